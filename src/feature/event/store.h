/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing dates, single dates of a series, and what is on when. */
#ifndef FEATURE_EVENT_STORE_H
#define FEATURE_EVENT_STORE_H

#include "feature/event/event.h"

struct job_run;

/* How far ahead dates of a series are written down, and how far back they are kept. */
#define EVENT_AHEAD_DAYS 550
#define EVENT_BACK_DAYS  400

struct event_form event_said(struct arena *a, const struct event_full *e);

/* Writes the dates of an event down anew, from its rule and changes. */
void event_expand(struct tx *tx, int64_t city_id, int64_t id);
/* The job: what a series will be, as time goes on. */
void event_expand_run(struct job_run *job);

/* That date is again as the series says. */
void event_change_undo(struct tx *tx, int64_t city_id, int64_t id, str day);

/*
 * This one and all following become a series of their own, which says what `f` says; the old one
 * ends before it. Its id.
 */
int64_t event_split(struct tx *tx, const struct event_full *e, str day,
                    const struct event_arrival *arrival, const struct event_form *f);

#endif

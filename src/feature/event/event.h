/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Dates of the town, as other features may use them: what a date says, storing it, and what is on
 * next. Times are those of the clock on the wall in Germany, also across summer time.
 */
#ifndef FEATURE_EVENT_H
#define FEATURE_EVENT_H

#include "event.sql.h"
#include "web/feature.h"

extern const struct feature event_feature;

/* Everything that somebody says about a date, in a form or elsewhere. */
struct event_form {
    str organisation; /* id as text; empty: the town's own */
    str title, title_simple, title_en, summary, text_md, simple_md;
    int64_t fields;
    str begins_on, begins_at, ends_on, ends_at; /* ISO day, "18:30"; as in the table */
    str repeat;                                 /* code of event_repeats; empty: once */
    str until;                                  /* last day of the series; empty: without end */
    str venue, street, postcode, place, district, online;
    int64_t access;
};

struct event_arrival {
    int64_t city_id;
    opt_int organisation_id;
    str state;
    int64_t account_id; /* 0: the program */
    opt_int follows;    /* the series that it was split off */
};

/* Stores a new date with its first event; returns its id. */
int64_t event_new(struct tx *tx, const struct event_arrival *arrival, const struct event_form *f);
/* Replaces what it says. Its single changes go when day, time or rule are others now. */
void event_save(struct tx *tx, int64_t id, const struct event_arrival *arrival,
                const struct event_form *f);

/* One date of a series, otherwise: moved (with days and clocks), cancelled, or with a note. */
struct event_single {
    str day; /* by the rule */
    bool cancelled;
    str begins_on, begins_at, ends_on, ends_at; /* empty: as the series says */
    str note;
};
void event_change_save(struct tx *tx, int64_t city_id, int64_t id, const struct event_single *s);

/* What is on next, for other pages: at most `n`, of different series. */
struct event_card_rows event_next(struct rq *rq, size_t n);

#endif

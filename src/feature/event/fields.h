/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a date, and that of a single date of a series. */
#ifndef FEATURE_EVENT_FIELDS_H
#define FEATURE_EVENT_FIELDS_H

#include "feature/event/event.h"
#include "feature/event/store.h"
#include "web/form.h"

extern const struct field event_fields[];

/* Fields that stand together under a heading. */
struct event_group {
    str name;
    enum msg label;
    const char *first; /* NULL ends the table */
    const char *last;
};
extern const struct event_group event_groups[];

/* Reads and checks; the organisation must be one for which this person may act. */
bool event_form_read(struct rq *rq, struct event_form *f);
opt_int event_form_organisation(const struct event_form *f);

/* One date of a series, moved or with a note. */
struct event_single_form {
    str begins_on, begins_at, ends_on, ends_at;
    str note;
};
extern const struct field event_single_fields[];
bool event_single_read(struct rq *rq, struct event_single_form *f);

#endif

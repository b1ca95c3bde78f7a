/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages about dates: list, form, one date of a series. */
#ifndef FEATURE_EVENT_OFFICE_H
#define FEATURE_EVENT_OFFICE_H

#include "feature/event/fields.h"
#include "web/procedure.h"

struct event_office_page {
    struct event_office_row_rows rows;
    str q, state;
    int64_t page;
    bool more;
};

struct event_edit_page {
    const struct event_full *stored; /* NULL: a new one */
    struct event_organiser_rows organisations;
    struct event_instance_row_rows dates;
    struct procedure_view view;
    str day; /* this date and all following are edited; empty: all */
    bool may_save;
};

/* One date of a series. */
struct event_single_page {
    const struct event_full *series;
    const struct event_instance_row *date;
    bool otherwise; /* than the series says */
};

void event_office_list_page(struct rq *rq);
void event_office_new(struct rq *rq);
void event_office_create(struct rq *rq, struct tx *tx);
void event_office_edit(struct rq *rq);
void event_office_save(struct rq *rq, struct tx *tx);
void event_office_step(struct rq *rq, struct tx *tx);
/* One date of a series: moved, with a note, cancelled, or again as the series says. */
void event_office_single(struct rq *rq);
void event_office_single_save(struct rq *rq, struct tx *tx);

#endif

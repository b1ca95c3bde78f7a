/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the calendar show: a question, the days of its answer, words. */
#ifndef FEATURE_EVENT_VIEW_H
#define FEATURE_EVENT_VIEW_H

#include "base/clock.h"
#include "feature/event/event.h"
#include "feature/event/when.h"
#include "web/vocab.h"

enum event_view { EVENT_LIST, EVENT_WEEK, EVENT_MONTH };

/* What is asked for: a part of the calendar, and what it is narrowed down to. */
struct event_ask {
    enum event_view view;
    struct day first; /* of the part that is shown */
    int days;
    struct day month; /* the first of the month that is shown or that `first` is in */
    str q, district;
    int field; /* of vocab_field; -1: any */
    int64_t organisation;
    bool narrowed; /* by anything but time */
    bool chosen;   /* from and to were given */
    struct day last;
};

/* One day with what is on; an event of several days is on each of them. */
struct event_day {
    struct day day;
    const struct event_card **v;
    size_t n;
    bool today, outside; /* outside of the month that is shown */
};

struct event_calendar {
    struct event_ask ask;
    struct event_card_rows rows;
    struct event_day *days; /* `n_days` of them, in order */
    size_t n_days;
    struct event_district_rows districts;
    size_t shown;
    bool cut; /* there is more than is shown */
};

struct event_ask event_ask_read(const struct rq *rq);
struct event_calendar event_calendar_find(struct rq *rq);

/* Dates of one event that end after an instant, in order. */
struct event_instance_row_rows event_dates_of(struct rq *rq, int64_t id, int64_t from,
                                              int64_t most);

/* The earlier and later part; the same part in another view. */
url event_turn(const struct rq *rq, const struct event_calendar *c, int by);
url event_as(const struct rq *rq, const struct event_calendar *c, enum event_view view);
url event_on_day(const struct rq *rq, struct day day);
url event_feed_link(const struct rq *rq, const struct event_ask *ask, str file);
/* "November 2026", "23. bis 29. November 2026", "ab 23. November 2026" */
str event_part_words(const struct rq *rq, const struct event_ask *ask);
str event_month_words(const struct rq *rq, struct day month);

/* The address of a card: the date of its series is named by its day. */
url event_card_link(const struct rq *rq, const struct event_card *e);
str event_card_title(const struct rq *rq, const struct event_card *e);
str event_full_title(const struct rq *rq, const struct event_full *e);
bool event_card_cancelled(const struct event_card *e);
/* "18:30" of a card on a day: when it begins there, "ganztägig", or that it goes on. */
str event_card_clock(const struct rq *rq, const struct event_card *e, struct day day);
str event_card_when(const struct rq *rq, const struct event_card *e);
/* "Haus der Begegnung, Innenstadt", "online" */
str event_card_where(const struct rq *rq, const struct event_card *e);
str event_address(const struct rq *rq, const struct event_full *e);
/* The office's page of one date of a series. */
url event_date_link(const struct rq *rq, int64_t event_id, str day);
str event_state_label(const struct rq *rq, str state);
/* schema.org */
str event_json_ld(struct rq *rq, const struct event_full *e, const struct event_instance_row *i);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* When a date is: day and time as typed, the rule of a series, and both in words. */
#ifndef FEATURE_EVENT_WHEN_H
#define FEATURE_EVENT_WHEN_H

#include "feature/event/event.h"
#include "web/recur.h"

/* Nothing lasts longer; a query relies on it. */
#define EVENT_DAYS_MOST 31

/* Begin and length on the wall; length 0 where no end is said. */
struct event_span {
    int64_t wall;
    int64_t length; /* seconds */
    bool whole_day;
};

/* From ISO days and "18:30" as they are stored. */
struct event_times {
    str begins_on, begins_at, ends_on, ends_at; /* without end: a moment of the first day */
};
/* Those of anything that has the four members. */
#define EVENT_TIMES(x) \
    (&(struct event_times){ (x)->begins_on, (x)->begins_at, (x)->ends_on, (x)->ends_at })
bool event_span_of(const struct event_times *t, struct event_span *span);
/* "18:30", "18.30 Uhr", "18 Uhr", "1830" as "18:30"; false: no time. */
bool event_clock_parse(struct arena *a, str typed, str *clock);

/* How a date is repeated: codes of the form. */
struct event_repeat {
    str code;
    enum msg label;
};
extern const struct event_repeat event_repeats[]; /* ended by code.p NULL */

/* The rule for a code, from the first day on; empty: once. */
str event_rule(struct arena *a, str repeat, str begins_on, str until);
/* The code and last day of a rule that event_rule made. */
str event_repeat_of(str rule);
str event_until_of(struct arena *a, str rule);
/* The same rule, ending before a day. */
str event_rule_before(struct arena *a, str rule, str day);

/* "jeden Dienstag bis 15. Dezember 2026"; empty for a date alone. */
str event_repeat_words(const struct rq *rq, str rule, str begins_on);
/* "Dienstag, 24. November 2026" */
str event_day_words(const struct rq *rq, int64_t instant);
/* "18:30 bis 20:00 Uhr", "ganztägig", "22:00 bis 2:00 Uhr (25. November)". */
str event_clock_words(const struct rq *rq, int64_t begins, int64_t ends, bool whole_day);
/* Both: "Dienstag, 24. November 2026, 18:30 bis 20:00 Uhr". */
str event_when_words(const struct rq *rq, int64_t begins, int64_t ends, bool whole_day);

#endif

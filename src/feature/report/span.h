/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The time that a report is about, and the one before it to compare with. Days are those of German
 * time: a year begins and ends at the town's midnight, whatever summer time does.
 */
#ifndef FEATURE_REPORT_SPAN_H
#define FEATURE_REPORT_SPAN_H

#include "base/clock.h"
#include "web/rq.h"

struct report_span {
    int64_t city_id;
    struct day first, last; /* both belong to it */
    int64_t from, until;    /* instants; never later than now */
    str first_iso, last_iso;
    bool years; /* whole calendar years */
};

/* Days in the wrong order are turned round. */
struct report_span report_span_of(struct rq *rq, struct day first, struct day last);
/*
 * As asked for by ?year=, or ?from= and &to= (days as people write them); else the last year that
 * is over. What cannot be read gets an error at its field.
 */
struct report_span report_span_asked(struct rq *rq);
/* This year until today. */
struct report_span report_span_now(struct rq *rq);
/*
 * What it is compared with: of whole years as many before, of days within a year the same days a
 * year before, else as many days right before.
 */
struct report_span report_span_before(struct rq *rq, const struct report_span *s);
/* "2025", or "1. Januar 2025 bis 22. November 2025". */
str report_span_words(const struct rq *rq, const struct report_span *s);
/* For the head of a column: "2025", "1.1.–22.11.2025". */
str report_span_short(const struct rq *rq, const struct report_span *s);
/* How many calendar months it touches; which of them a day is in, -1 for none. */
size_t report_span_months(const struct report_span *s);
int report_span_month(const struct report_span *s, struct day day);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Recurrence rules (RFC 5545, 3.3.10): "FREQ=MONTHLY;BYDAY=2TU" and the times that it names.
 *
 * Own code, though Debian has libical: its release there gives other times than the vectors of
 * its successor for a third of them, refuses some, and a rule that never fits keeps it busy
 * without end (decision 0012). Here the work is bounded, and nothing is kept between calls:
 * safe from all threads.
 *
 * A rule runs on the clock on the wall: `wall` is what a clock there shows, as seconds since
 * 1970-01-01 00:00 on that same clock. Zones are the caller's matter (ics_in.h). Neighbours:
 * recur_rule.c (reads rules), recur.c (finds times).
 */
#ifndef WEB_RECUR_H
#define WEB_RECUR_H

#include "base/clock.h"

enum recur_freq {
    RECUR_SECONDLY,
    RECUR_MINUTELY,
    RECUR_HOURLY,
    RECUR_DAILY,
    RECUR_WEEKLY,
    RECUR_MONTHLY,
    RECUR_YEARLY,
};

#define RECUR_ORDINALS 367 /* of days of a year, of positions: 1…366 */
#define RECUR_WORDS    6   /* of 64 bits, for as many */

/* Numbers that count from the beginning, and those that count from the end. Bit n is number n. */
struct recur_ordinals {
    uint64_t first[RECUR_WORDS];
    uint64_t last[RECUR_WORDS];
    bool any;
};

struct recur {
    enum recur_freq freq;
    int interval;
    int count;        /* 0: without */
    int64_t until;    /* wall, or an instant when until_utc; inclusive; INT64_MAX: without */
    bool until_utc;   /* the caller turns it into wall time */
    bool until_day;   /* a day was named, not a time; `until` is its midnight */
    int week_start;   /* 0 Monday … 6 Sunday */
    uint64_t seconds; /* bit n: BYSECOND n; 0: not said. So the next five */
    uint64_t minutes;
    uint32_t hours;
    uint32_t months;   /* bits 1…12 */
    uint32_t weekdays; /* BYDAY without number: bits 0…6 */
    struct recur_ordinals month_days, year_days, weeks, positions;
    struct recur_ordinals of_weekday[7]; /* BYDAY with number: "2TU", "-1SU" */
    bool nth;                            /* there is one */
};

/* False with a short English reason when the text is no rule that we follow. */
bool recur_parse(str text, struct recur *r, const char **why);

/* How much one question may cost, in days and periods looked at. */
#define RECUR_WORK 500000

struct recur_ask {
    int64_t start;    /* wall; DTSTART. COUNT counts from here */
    bool whole_day;   /* a rule for days: parts of the clock are ignored */
    int64_t from, to; /* wall, of starts that are wanted: from <= start < to */
};

struct recur_found {
    int64_t *wall; /* room for `most`, given by the caller; ascending, each once */
    size_t most;
    size_t n;
    bool cut; /* there were more, or the work became too much */
};

/* Times of the rule, after `r->until` has become wall time. */
void recur_expand(const struct recur *r, const struct recur_ask *ask, struct recur_found *found);

/* Wall seconds of a civil time, and back. */
int64_t recur_wall(struct local_time t);
struct local_time recur_local(int64_t wall);

#endif

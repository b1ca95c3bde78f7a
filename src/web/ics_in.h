/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading calendars (RFC 5545) that strangers wrote: events with their series, exceptions and
 * moved instances, in the zones that the file explains (VTIMEZONE) or that are German time.
 * Writing is ics.h.
 *
 *     ics_in_read(a, bytes, &in, &problem)      the file, event by event
 *     ics_in_expand(a, &in, &window, &found)    what is on between two instants
 *
 * Everything is bounded: bytes, lines, depth, events, instances, years, work. What is broken in
 * its build (a line that is none, a BEGIN without END) is refused as a whole with line and
 * reason; an event with a value that is none is left out and named in `trouble`; a habit of
 * some program that we can follow is followed and named there as well.
 *
 * Thread-safe. libical keeps its error number and its ring of memory by thread, and one switch
 * for the whole process, set once before the first use: its errors never abort. Its zones, which
 * are kept process-wide, and its rules are not used (ics_zone.h, recur.h).
 * Neighbours: ics_in.c (wraps libical), ics_zone.c (zones), ics_expand.c (instances).
 */
#ifndef WEB_ICS_IN_H
#define WEB_ICS_IN_H

#include "base/err.h"
#include "web/ics_zone.h"
#include "web/recur.h"

#define ICS_IN_BYTES  ((size_t)4 << 20)
#define ICS_IN_LINE   ((size_t)256 << 10) /* unfolded */
#define ICS_IN_DEPTH  6
#define ICS_IN_EVENTS 20000
#define ICS_IN_LIST   2000 /* RDATE, EXDATE, replaced instances of one event */
#define ICS_IN_YEARS  50   /* of one event at most: longer is a mistake */

enum ics_zone_kind { ICS_LOCAL, ICS_UTC, ICS_ZONE };

/* A time as the file says it. Without zone it is the town's (German) time. */
struct ics_time {
    int64_t wall; /* recur.h; for ICS_UTC of the clock in UTC */
    bool day;     /* a day, `wall` is its midnight */
    enum ics_zone_kind kind;
    str tzid;
    const struct ics_zone *zone; /* NULL: German time */
};

struct ics_span {
    struct ics_time begins;
    int64_t length; /* seconds; -1: as long as the event */
};

enum ics_status { ICS_CONFIRMED, ICS_TENTATIVE, ICS_CANCELLED };

struct ics_item {
    int64_t line; /* of its BEGIN */
    str uid, summary, description, location, url, categories, organiser;
    enum ics_status status;
    int64_t sequence;
    int64_t changed; /* LAST-MODIFIED, else DTSTAMP; 0: neither */
    bool secret;     /* CLASS is not PUBLIC */
    struct ics_time begins;
    int64_t length; /* seconds on the wall */
    str *rules;
    size_t n_rules;
    str *without_rules; /* EXRULE, of RFC 2445 */
    size_t n_without_rules;
    struct ics_span *dates; /* RDATE */
    size_t n_dates;
    struct ics_time *without; /* EXDATE */
    size_t n_without;
    bool replaces;  /* it stands for the instance `instead` … */
    bool following; /* … and for all after it */
    struct ics_time instead;
};

struct ics_trouble {
    int64_t line;
    bool left_out; /* the event is missing for it; else it was read nevertheless */
    str what;      /* English */
};

struct ics_in {
    str name; /* of the calendar */
    struct ics_item *v;
    size_t n;
    const struct ics_item **others; /* those that replace instances, by uid */
    size_t n_others;
    struct ics_trouble *trouble;
    size_t n_trouble;
};

/* ERR_INVALID or ERR_LIMIT with "line 7: reason" in *problem. Strings live in the arena. */
MUST_CHECK enum err ics_in_read(struct arena *a, str bytes, struct ics_in *in, str *problem);

struct ics_instance {
    const struct ics_item *item; /* whose words are shown: the series, or what replaces it */
    const struct ics_item *of;   /* the series; the same as `item` for an event alone */
    int64_t id;                  /* wall of the start by the rule, in the zone of the series */
    int64_t wall;                /* wall of the start, in the zone of `item` */
    int64_t length;              /* seconds on the wall */
    int64_t begins, ends;        /* instants */
    bool day;
};

struct ics_window {
    int64_t from, to; /* instants: what ends after `from` and begins before `to` */
    size_t most;      /* instances, of all events together */
};

struct ics_instances {
    struct ics_instance *v;
    size_t n, cap;
    bool cut; /* there would be more */
};

/* In the order of events, each event's instances by time. */
void ics_in_expand(struct arena *a, const struct ics_in *in, const struct ics_window *window,
                   struct ics_instances *found);
/* Instances of the n-th series or lone event only; nothing for what replaces an instance. */
void ics_in_expand_one(struct arena *a, const struct ics_in *in, size_t n,
                       const struct ics_window *window, struct ics_instances *found);

/* The instant of a time. */
int64_t ics_instant(const struct ics_time *t);
/* The same moment on the wall of another time's zone. */
int64_t ics_wall_as(const struct ics_time *t, const struct ics_time *there);

#endif

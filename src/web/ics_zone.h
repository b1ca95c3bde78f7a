/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Time zones as calendars explain them (VTIMEZONE): when the clocks are changed, and by how
 * much. German time is base/clock.h; here it is the zone NULL. Immutable once made: safe from
 * all threads.
 */
#ifndef WEB_ICS_ZONE_H
#define WEB_ICS_ZONE_H

#include "base/str.h"

/* STANDARD or DAYLIGHT: from here on, and as often as its rule says. */
struct ics_observance {
    int64_t line;
    int64_t start;     /* wall */
    int before, after; /* seconds east of UTC */
    str *rules;
    size_t n_rules;
    int64_t *dates; /* wall */
    size_t n_dates;
    bool has_start, has_before, has_after;
};

struct ics_shift {
    int64_t at; /* instant */
    int before, after;
};

struct ics_zone {
    str tzid;
    struct ics_shift *v; /* ascending */
    size_t n;
};

/* False with a reason when it lacks what it needs; shifts are computed until 2100. */
bool ics_zone_make(struct arena *a, struct ics_zone *z, const struct ics_observance *v, size_t n,
                   const char **why);
/* A skipped time counts with the clock before the change, of a doubled one the first is meant. */
int64_t ics_zone_instant(const struct ics_zone *z, int64_t wall);
int64_t ics_zone_wall(const struct ics_zone *z, int64_t instant);

/* Whether a name without VTIMEZONE means German time (also "/x.org/Europe/Berlin", Outlook's). */
bool ics_zone_is_german(str tzid);
bool ics_zone_is_utc(str tzid);

#endif

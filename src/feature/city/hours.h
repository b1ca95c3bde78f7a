/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening hours as people write them, one line for each time:
 *
 *     Mo 9–12
 *     Di, Do 14:00–16:30 Uhr, auch per Video
 *     Mo–Fr 9-12 und 13-15
 *     Mi nach Vereinbarung
 *
 * Days in German or English, long or short.
 */
#ifndef FEATURE_CITY_HOURS_H
#define FEATURE_CITY_HOURS_H

#include "base/str.h"

#define HOURS_MOST 60

/* One opening: weekday 0 Monday … 6 Sunday; "09:00", or both empty with only a note. */
struct hours {
    int weekday;
    str opens, closes, note;
};

struct hours_list {
    struct hours v[HOURS_MOST];
    size_t n;
};

/*
 * Reads all lines, in the order of the week. The first line that is not understood as it was
 * typed; empty when all are. The parts live as long as `text` and `a`.
 */
str hours_parse(struct arena *a, str text, struct hours_list *hours);

#endif

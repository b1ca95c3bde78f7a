/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Places on the ground, in whole numbers: the same distance on every machine.
 *
 * Germany is laid out in cells of 0.05° × 0.08° (about 5.5 km each way), numbered row by row
 * from the south-west. Points outside fall into the nearest cell at the rim, so nothing is lost.
 */
#ifndef MATCH_GEO_H
#define MATCH_GEO_H

#include "match/match.h"

#define GEO_NONE INT32_MIN

struct geo_point {
    int32_t lat, lon; /* millionths of a degree; lat GEO_NONE: no place */
};

#define GEO_ROWS         168u
#define GEO_COLUMNS      128u
#define GEO_CELL_NOWHERE (GEO_ROWS * GEO_COLUMNS)

struct geo_box {
    uint32_t first_row, last_row, first_column, last_column;
};

struct geo_point geo_point(struct match_point p);
uint32_t geo_cell(struct geo_point p);
/* Great-circle distance within 0.3 % up to 500 km; MATCH_NOWHERE when either has no place. */
uint32_t geo_metres(struct geo_point a, struct geo_point b);
/* The cells that hold every point within `metres` of p. */
struct geo_box geo_box(struct geo_point p, uint32_t metres);

#endif

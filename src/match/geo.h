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

/* A cell is 8 × 8 patches (about 700 m each way), in an order that keeps neighbours together. */
#define GEO_PATCH_BITS 6

struct geo_box {
    uint32_t first_row, last_row, first_column, last_column;
};

/* Everything between two parallels and two meridians. */
struct geo_area {
    int32_t south, north, west, east;
};

struct geo_point geo_point(struct match_point p);
uint32_t geo_cell(struct geo_point p);
uint32_t geo_patch(struct geo_point p);
/* Of n ascending cells the first that is not before `cell`; n when all are. */
uint32_t geo_first_cell(const uint32_t *cells, uint32_t n, uint32_t cell);
/* Great-circle distance within 0.3 % up to 500 km; MATCH_NOWHERE when either has no place. */
uint32_t geo_metres(struct geo_point a, struct geo_point b);
/* Not more than the distance of p, which has a place, to any point of the area. */
uint32_t geo_least(struct geo_point p, const struct geo_area *area);
/*
 * The same for many points of the area, without roots: a point that is so many millionths of a
 * degree away is not nearer than these metres each way, give or take a metre and a thousandth.
 */
struct geo_flat {
    float lat, lon;
};
struct geo_flat geo_flat(struct geo_point p, const struct geo_area *area);
/* The cells that hold every point within `metres` of p. */
struct geo_box geo_box(struct geo_point p, uint32_t metres);

#endif

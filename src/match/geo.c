/* SPDX-License-Identifier: EUPL-1.2 */
/* Places on the ground: integer arithmetic on an equirectangular projection. */
#include "match/geo.h"

#include <math.h>

#define DEGREE        1000000
#define SOUTH         (46900 * (DEGREE / 1000))
#define WEST          (5500 * (DEGREE / 1000))
#define CELL_LAT      (DEGREE / 20)
#define CELL_LON      (DEGREE / 100 * 8)
#define DM_PER_DEGREE INT64_C(1111951) /* decimetres; mean earth radius 6371.0088 km */

struct geo_point geo_point(struct match_point p)
{
    bool good = p.known && p.lat >= -90 && p.lat <= 90 && p.lon >= -180 && p.lon <= 180;
    if (!good)
        return (struct geo_point){ GEO_NONE, GEO_NONE };
    return (struct geo_point){ (int32_t)floor(p.lat * DEGREE + 0.5),
                               (int32_t)floor(p.lon * DEGREE + 0.5) };
}

static uint32_t step(int64_t value, int64_t width, uint32_t count)
{
    if (value < 0)
        return 0;
    int64_t n = value / width;
    return n < (int64_t)count ? (uint32_t)n : count - 1;
}

static uint32_t row_of(int64_t lat)
{
    return step(lat - SOUTH, CELL_LAT, GEO_ROWS);
}

static uint32_t column_of(int64_t lon)
{
    return step(lon - WEST, CELL_LON, GEO_COLUMNS);
}

uint32_t geo_cell(struct geo_point p)
{
    if (p.lat == GEO_NONE)
        return GEO_CELL_NOWHERE;
    return row_of(p.lat) * GEO_COLUMNS + column_of(p.lon);
}

/* Three bits, each in every second place. */
static uint32_t spread(uint32_t n)
{
    return (n & 1) | (n & 2) << 1 | (n & 4) << 2;
}

static uint32_t patch_step(int64_t value, int64_t width)
{
    int64_t within = value % width;
    return (uint32_t)((within < 0 ? within + width : within) * 8 / width);
}

/* Quarters of the cell, quarters of these, and once more. */
uint32_t geo_patch(struct geo_point p)
{
    if (p.lat == GEO_NONE)
        return 0;
    return spread(patch_step((int64_t)p.lat - SOUTH, CELL_LAT)) << 1 |
           spread(patch_step((int64_t)p.lon - WEST, CELL_LON));
}

/* cos of millionths of a degree, as a share of 2^30: the Taylor series up to x^10. */
static int64_t cosine(int64_t angle)
{
    int64_t x = angle * INT64_C(18740330) / DEGREE; /* 2^30 * pi / 180 */
    int64_t x2 = (x * x) >> 30;
    int64_t term = INT64_C(1) << 30;
    int64_t sum = term;
#pragma GCC unroll 5 /* so that each divides by a constant */
    for (int64_t k = 1; k <= 9; k += 2) {
        term = -((term * x2) >> 30) / (k * (k + 1));
        sum += term;
    }
    return sum > 0 ? sum : 0;
}

/* floor of the square root: the rounded one of the machine, put right in whole numbers. */
static uint64_t root(uint64_t n)
{
    uint64_t r = (uint64_t)sqrt((double)n);
    while (r * r > n)
        r--;
    while ((r + 1) * (r + 1) <= n)
        r++;
    return r;
}

/* Metres for differences in millionths of a degree, at the latitude in the middle. */
static uint32_t metres(int64_t dlat, int64_t dlon, int64_t middle)
{
    int64_t y = dlat * DM_PER_DEGREE / DEGREE;
    int64_t x = dlon * DM_PER_DEGREE / DEGREE;
    x = (x * (cosine(middle) >> 6)) >> 24;
    return (uint32_t)((root((uint64_t)(x * x + y * y)) + 5) / 10);
}

uint32_t geo_first_cell(const uint32_t *cells, uint32_t n, uint32_t cell)
{
    uint32_t from = 0, to = n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (cells[mid] < cell)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

uint32_t geo_metres(struct geo_point a, struct geo_point b)
{
    if (a.lat == GEO_NONE || b.lat == GEO_NONE)
        return MATCH_NOWHERE;
    return metres((int64_t)a.lat - b.lat, (int64_t)a.lon - b.lon, ((int64_t)a.lat + b.lat) / 2);
}

static int64_t beyond(int64_t at, int64_t least, int64_t most)
{
    return at < least ? least - at : at > most ? at - most : 0;
}

static int64_t size(int64_t n)
{
    return n < 0 ? -n : n;
}

/* Where the meridians are closest: at the point farthest from the equator. */
static int64_t narrowest(struct geo_point p, const struct geo_area *area)
{
    int64_t south = size((int64_t)p.lat + area->south), north = size((int64_t)p.lat + area->north);
    return (south > north ? south : north) / 2;
}

/* A metre for rounding. */
uint32_t geo_least(struct geo_point p, const struct geo_area *area)
{
    uint32_t m = metres(beyond(p.lat, area->south, area->north),
                        beyond(p.lon, area->west, area->east), narrowest(p, area));
    return m ? m - 1 : 0;
}

struct geo_flat geo_flat(struct geo_point p, const struct geo_area *area)
{
    float lat = (float)DM_PER_DEGREE / 10 / DEGREE;
    return (struct geo_flat){ lat, lat * (float)cosine(narrowest(p, area)) / (1 << 30) };
}

struct geo_box geo_box(struct geo_point p, uint32_t metres)
{
    int64_t dlat = ((int64_t)metres + 1) * 10 * DEGREE / DM_PER_DEGREE + 1;
    int64_t lat = p.lat < 0 ? -(int64_t)p.lat : p.lat;
    int64_t edge = lat + dlat < 89 * (int64_t)DEGREE ? lat + dlat : 89 * (int64_t)DEGREE;
    int64_t dlon = (dlat << 30) / cosine(edge) + 1;
    return (struct geo_box){ row_of(p.lat - dlat), row_of(p.lat + dlat), column_of(p.lon - dlon),
                             column_of(p.lon + dlon) };
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Germany as the generator sees it: postcodes, chosen by how many people live there (by Kreis,
 * data/population; each postcode of a Kreis has the same part), and points around their middle.
 */
#ifndef BENCH_LAND_H
#define BENCH_LAND_H

#include "bench/dice.h"

struct land_place {
    str postcode; /* five digits */
    str town;
    int32_t lat, lon;  /* millionths of a degree */
    uint32_t spread;   /* millionths of a degree of latitude: half way to the next postcode */
    uint16_t kreis;    /* number from 1 on, in the order of the official keys */
    uint16_t district; /* number of the postcode within its Kreis, from 1 on */
};

struct land {
    const struct land_place *places;
    uint32_t n;
    uint32_t kreise;
    struct weights people;
};

struct land_point {
    int32_t lat, lon; /* millionths of a degree */
};

/* `population`: data/population/kreis.de.tsv. Texts live in the arena and in the place table. */
struct land land_read(struct arena *a, str population);

static inline uint32_t land_pick(const struct land *l, struct dice *d)
{
    return weights_pick(&l->people, d);
}

/* Somewhere around the middle of a place, nearer ones more often. */
struct land_point land_point(const struct land *l, uint32_t place, struct dice *d);

#endif

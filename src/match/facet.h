/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filters and facets.
 *
 * Each offer is checked against every filter of a query at once. What comes out is the set of
 * filters that it fails: none, and it is a hit; exactly one, and it counts for the facet of that
 * filter, which ignores its own choice, and for how many there would be without the filter.
 */
#ifndef MATCH_FACET_H
#define MATCH_FACET_H

#include "match/columns.h"

struct check {
    uint8_t word;
    uint8_t filter; /* enum match_filter_id */
    bool asks_any;  /* also when no value of `any` exists: then nothing passes */
    uint32_t any, all, none;
};

struct checks {
    struct check v[MATCH_DIMS + 1];
    size_t n;
    uint32_t active; /* filters of the query, by enum match_filter_id */
    const struct match_query *q;
};

struct checks checks_new(const struct match_query *q);
/* The filters that a row fails, one bit each. */
uint32_t checks_fail(const struct checks *c, const struct columns *col, size_t row);

/* Facets while they are counted. */
struct facets {
    uint32_t bit[COLUMN_WORDS][32];
    uint32_t only[MATCH_FILTERS]; /* offers that fail this filter and no other */
    uint32_t hits;
    struct match_facets *out;        /* NULL: only hits and `only` are counted */
    uint32_t day_mask[MATCH_DAYS];   /* cells of the grid that count for a day … */
    uint32_t part_mask[MATCH_PARTS]; /* … and for a part of the day */
};

struct facets facets_new(const struct match_query *q, struct match_facets *out);
/* Counts a row by the filters that it fails. */
void facets_count(struct facets *f, const struct columns *col, size_t row, uint32_t fails);
/* Moves the counts to f->out. */
void facets_end(struct facets *f);

#endif

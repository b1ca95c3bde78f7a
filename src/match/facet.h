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

#include "match/bitcount.h"

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
/* Sets the filters that each row of a block fails, one bit each. */
void checks_block(const struct checks *c, struct block *b);

/* Facets while they are counted. */
struct facets {
    const struct checks *checks;
    struct match_facets *out; /* NULL: only hits and `only` are counted */
    bool districts;           /* count them, too: within one city */
    uint32_t day_cells,
        part_cells; /* cells of the grid that count for days, for parts of the day */
    struct bitcount bit[COLUMN_WORDS];
    struct bitcount grid; /* days at every fourth bit, parts in the last four */
    struct bitcount alone;
    uint32_t only[MATCH_FILTERS]; /* offers that fail this filter and no other */
    uint32_t hits;
};

/* Begins to count for this query; *f is zero. */
void facets_begin(struct facets *f, const struct checks *c, struct match_facets *out);
/* Counts the rows of a block by the filters that they fail. */
void facets_block(struct facets *f, const struct block *b);
/* Moves the counts to hits, only and f->out. */
void facets_end(struct facets *f);

#endif

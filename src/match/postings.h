/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the text of a query is worth for each row of a layer. The postings of all its terms are
 * added up in windows of rows, into small arrays that stay in the cache: a slot takes the greatest
 * of its terms, a way needs all of its slots, a word takes the best of its ways and a little of the
 * others. Postings outside of the ranges are passed over by seeking.
 */
#ifndef MATCH_POSTINGS_H
#define MATCH_POSTINGS_H

#include "match/block.h"
#include "match/expand.h"

struct ranges {
    struct city_rows *v; /* rows from…to-1, ascending, not touching */
    size_t n, cap;
};

#define RUN_VALUE_MAX (255u * LEXICON_ONE)

/*
 * An offer that answers a word in several ways (says it, and a synonym, and a compound) is more
 * likely meant than one that has it once: the best way counts, all others by one in so many.
 */
#define RUN_MORE_SHARE 16

struct text_room; /* the arrays; zero between windows */

struct text_scan {
    struct arena *a;
    const struct text_query *query;
    struct text_room *room;
    uint8_t least; /* rows that answer fewer words are left out; those that answer none always */
    /* Gets the rows in blocks, with `sum` (of idf * value over the words) and `words`. */
    void (*take)(void *ctx, struct block *b);
    void *ctx;
};

struct text_scan text_scan_new(struct arena *a, const struct text_query *q);
/* Rows of one layer within the ranges, as far as they answer the query. */
void text_scan(const struct text_scan *t, const struct layer *l, const struct ranges *in);

#endif

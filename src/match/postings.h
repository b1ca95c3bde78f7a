/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs: rows of one part in ascending order, each with a value. Text search is arithmetic on
 * runs: a term gives one, a slot takes the greatest of its terms, a way needs all of its slots,
 * a word takes the best of its ways and a little of the others.
 */
#ifndef MATCH_POSTINGS_H
#define MATCH_POSTINGS_H

#include "match/expand.h"

struct ranges {
    struct city_rows *v; /* rows from…to-1, ascending, not touching */
    size_t n, cap;
};

struct run {
    uint32_t *row;
    uint16_t *value; /* impact * weight / slots, at most 255 * 256 */
    uint32_t *more;  /* the values of the lesser ways, added up */
    size_t n;
};

#define RUN_VALUE_MAX (255u * LEXICON_ONE)

/*
 * An offer that answers a word in several ways (says it, and a synonym, and a compound) is more
 * likely meant than one that has it once: the best way counts, all others by one in so many.
 */
#define RUN_MORE_SHARE 16

static inline uint32_t run_value(uint32_t best, uint32_t more)
{
    uint32_t value = best + more / RUN_MORE_SHARE;
    return value < RUN_VALUE_MAX ? value : RUN_VALUE_MAX;
}

/* The rows within the ranges that answer a word of the query. */
struct run postings_word(struct arena *a, const struct part *p, const struct ranges *in,
                         const struct query_word *w);

/* An offer that answers some of the words. */
struct text_hit {
    uint64_t sum; /* of idf * value over the words */
    uint32_t row;
    uint32_t words; /* answered, not counting soft ones */
};

struct text_hits {
    struct text_hit *v;
    size_t n;
};

/* All rows within the ranges that answer at least one word that is not soft. */
struct text_hits postings_query(struct arena *a, const struct part *p, const struct ranges *in,
                                const struct text_query *q);

#endif

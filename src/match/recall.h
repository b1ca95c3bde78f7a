/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What texts of queries came to, remembered: people turn pages, choose filters and sort while
 * their words stay, and many ask with the same words. Remembered is what the words alone decide:
 * which rows of the cities asked for answer them, and what each answer is worth. The rest of the
 * scope, filters and order are judged anew each time.
 *
 * It belongs to one snapshot, whose number is part of the key: what an older one came to is not
 * found any more and leaves the cache in its turn. Callers hold the snapshot; any thread may ask.
 */
#ifndef MATCH_RECALL_H
#define MATCH_RECALL_H

#include "base/cache.h"
#include "match/expand.h"

/* A row that answers words of a text. The sum has 34 bits at most: ten words of 16 + 14. */
struct text_row {
    uint32_t row, sum_low;
    uint16_t sum_high;
    uint8_t layer, words;
};

static inline uint64_t text_row_sum(const struct text_row *r)
{
    return (uint64_t)r->sum_high << 32 | r->sum_low;
}

struct text_rows {
    const struct text_row *v; /* layer by layer */
    size_t n;
};

/* A text with more postings is not remembered: in a large index it would be much at once. */
#define RECALL_POSTINGS 16384

struct recall {
    uint64_t most;    /* the greatest sum that an offer could reach */
    uint8_t required; /* words that are not soft */
    str names;        /* of the terms, parted by blanks (expand_names) */
    struct text_rows rows;
};

/* What of the query decides: empty when it is too long, or there is no text. */
str recall_key(struct arena *a, const struct snapshot *s, const struct match_query *q);
/* A copy in `a`, or NULL. The cache may be NULL. */
const struct recall *recall_find(struct cache *c, struct arena *a, str key);
void recall_put(struct cache *c, str key, const struct recall *r);

#endif

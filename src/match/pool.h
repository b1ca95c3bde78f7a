/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A pool: offers among which many people look for theirs. For every value of every set one bit
 * for each offer, so that what fits a person is a few words of bits put together; sorted by what
 * they lack for everybody, so that for a person who has already seen better the rest of the pool
 * need not be looked at.
 *
 * What is lacking is counted in thousandths of weights: weight * (1000 - grade).
 */
#ifndef MATCH_POOL_H
#define MATCH_POOL_H

#include "base/arena.h"
#include "match/columns.h"
#include "match/sort.h"

/* What decides about an offer beside its sets, in one line of the cache. */
struct ware {
    uint32_t number; /* in the stock */
    uint32_t lack;   /* of freshness and waiting … */
    uint32_t fixed;  /* … and the weight of both, where they are judged */
    uint32_t grid;
    uint8_t access, known, hours, min_age;
    uint16_t city, from, to;
    struct geo_point at;
    struct abilities needs;
    int64_t id;
};
_Static_assert(sizeof(struct ware) == 64, "a ware is a line of the cache");

/* All offers of a batch, sorted by cell; those without a place at the end. */
struct stock {
    uint32_t n;
    struct ware *ware;
    uint32_t (*word)[COLUMN_WORDS];
    uint32_t *cell;
};

#define POOL_SLICES (COLUMN_WORDS * 32)

struct pool {
    uint32_t n, most;
    struct ware *ware; /* copies, by what they lack, then number */
    uint32_t *lack;    /* of each; with nearness, where the pool knows it */
    uint64_t *one;     /* offers with exactly one cell in their grid */
    uint64_t *bit;     /* slice after slice, pool_words() each */
    struct sort_key *key;
    struct arena scratch;
};

struct pool pool_new(struct arena *a, uint32_t most);
void pool_free(struct pool *p);
void pool_clear(struct pool *p);
/* In the order of their numbers. */
void pool_add(struct pool *p, uint32_t offer, uint32_t lack);
/* Sorts, and sets the bits. */
void pool_end(struct pool *p, const struct stock *s);

/* Bits are looked at so many words at a time: loops of a fixed length, which compilers unroll. */
#define POOL_BLOCK 8

/* Of a slice: whole blocks. */
static inline uint32_t pool_words(const struct pool *p)
{
    return (p->n + POOL_BLOCK * 64 - 1) / (POOL_BLOCK * 64) * POOL_BLOCK;
}

/* One bit for each offer that has any of the values of a word of columns.h, added to `out`. Only
 * the first `words` words, which are whole blocks. */
void pool_any(const struct pool *p, unsigned word, uint32_t values, uint64_t *out, uint32_t words);
/* One bit for each offer whose grid fits fully (grade.h). */
void pool_enough(const struct pool *p, uint32_t grid, uint64_t *out, uint32_t words);
/* The offers at the beginning that lack no more than this; how many. */
uint32_t pool_within(const struct pool *p, uint32_t lack);

#endif

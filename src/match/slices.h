/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The offers of a part that have no place, in slices: everybody may reach them, so every profile
 * is compared with all of them. For each value of the five words (columns.h) there is one bit for
 * each offer, and numbers lie bit by bit as well, so that a criterion is a few operations for
 * 512 offers: one line of the cache for each slice, and the slices of 512 offers side by side.
 */
#ifndef MATCH_SLICES_H
#define MATCH_SLICES_H

#include "base/arena.h"
#include "match/columns.h"

#define SLICE_WORDS 8
#define SLICE_ROWS  (SLICE_WORDS * 64)
/* Fewer offers are quicker looked at one after the other. */
#define SLICES_LEAST 16

/* One bit for each of 512 offers, worked on at once. */
typedef uint64_t slice_bits __attribute__((vector_size(SLICE_WORDS * 8), aligned(8), may_alias));

/* Bits of the numbers, which begin with the highest. */
#define SLICES_DAY   16
#define SLICES_AGE   8
#define SLICES_LEVEL 4

/* What there is a slice of. */
#define SLICE_VALUE(word, bit) ((word)*32u + (bit))
enum {
    SLICE_NO = COLUMN_WORDS * 32, /* + question of accessibility that is answered with no */
    SLICE_FULL = SLICE_NO + 8,    /* wants nobody any more */
    SLICE_ONE,                    /* has exactly one cell in its grid */
    SLICE_MIN_AGE,                /* a number */
    SLICE_FROM = SLICE_MIN_AGE + SLICES_AGE,
    SLICE_TO = SLICE_FROM + SLICES_DAY,         /* less one: without a day, the greatest */
    SLICE_CONFIRMED = SLICE_TO + SLICES_DAY,    /* less one as well */
    SLICE_LEVEL = SLICE_CONFIRMED + SLICES_DAY, /* + language * SLICES_LEVEL: the level needed */
    SLICES = SLICE_LEVEL + 16 * SLICES_LEVEL
};

/* One bit for each offer: its row is `first` and the number of the bit. */
struct slices {
    uint32_t first, n;
    uint32_t blocks;     /* of SLICE_ROWS offers */
    uint32_t kept;       /* slices of each block; the first one is all zero: */
    uint16_t at[SLICES]; /* that is what no offer has */
    slice_bits *bits;    /* block after block */
};

/* Of the rows first…first+n-1; NULL when they are too few. */
struct slices *slices_new(struct arena *a, const struct columns *c, uint32_t first, uint32_t n);

/* The same slice of the next block is on its way meanwhile. */
static inline const slice_bits *slices_get(const struct slices *s, uint32_t block, unsigned slice)
{
    const slice_bits *bits = &s->bits[(size_t)block * s->kept + s->at[slice]];
    __builtin_prefetch(bits + s->kept);
    return bits;
}

#endif

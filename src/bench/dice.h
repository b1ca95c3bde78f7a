/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Chance that repeats: the same numbers on every machine, in whole numbers only (SplitMix64).
 * Each thing that is made has dice of its own, thrown from the seed, what it is and its number,
 * so that any one of them can be made without the others.
 */
#ifndef BENCH_DICE_H
#define BENCH_DICE_H

#include "base/str.h"

struct arena;

struct dice {
    uint64_t state;
};

static inline uint64_t dice_next(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static inline struct dice dice_new(uint64_t seed, uint32_t what, uint64_t number)
{
    struct dice d = { seed ^ (uint64_t)what << 56 };
    d.state = dice_next(&d) ^ number * UINT64_C(0xD1B54A32D192ED03);
    return d;
}

/* 0 … n - 1 */
static inline uint32_t dice_below(struct dice *d, uint32_t n)
{
    return (uint32_t)((dice_next(d) >> 32) * n >> 32);
}

/* 0 … n - 1, small numbers more often: the square of an even chance. */
static inline uint32_t dice_small(struct dice *d, uint32_t n)
{
    uint64_t x = dice_next(d) >> 48;
    return (uint32_t)(x * x * n >> 32);
}

static inline bool dice_chance(struct dice *d, uint32_t percent)
{
    return dice_below(d, 100) < percent;
}

/* Choosing by weight in one step (Walker's alias method). */
struct weights {
    uint32_t n;
    const uint32_t *cut;   /* below: the field itself … */
    const uint32_t *other; /* … else this one */
};

/* At least one weight must not be zero; their sum times n must fit 64 bits. */
struct weights weights_new(struct arena *a, const uint64_t *weight, uint32_t n);

static inline uint32_t weights_pick(const struct weights *w, struct dice *d)
{
    uint64_t r = dice_next(d);
    uint32_t i = (uint32_t)((r >> 32) * w->n >> 32);
    return (uint32_t)r <= w->cut[i] ? i : w->other[i];
}

#endif

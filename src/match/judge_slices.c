/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers without a place against one profile, as bits. */
#include "match/judge_slices.h"

#include "match/grade.h"

/* A block of 512 offers. */
struct sliced {
    const struct slices *s;
    uint32_t block;
};

static inline const slice_bits *get(const struct sliced *x, unsigned slice)
{
    return slices_get(x->s, x->block, slice);
}

/* Offers that have any of the values. */
static void add_any(slice_bits *to, const struct sliced *x, unsigned slice, uint32_t values)
{
    for (; values; values &= values - 1)
        *to |= *get(x, slice + (unsigned)__builtin_ctz(values));
}

/* ---- numbers ---- */

struct number {
    unsigned slice, bits;
};

/* Bit by bit from the highest: above is what has a one where the limit has its first zero. */
static void add_above(slice_bits *to, const struct sliced *x, struct number n, uint32_t limit)
{
    slice_bits same = ~(slice_bits){ 0 }, above = { 0 };
    for (unsigned b = 0; b < n.bits; b++) {
        slice_bits bit = *get(x, n.slice + b);
        if (limit >> (n.bits - 1 - b) & 1) {
            same &= bit;
        } else {
            above |= same & bit;
            same &= ~bit;
        }
    }
    *to |= above;
}

/* Below a limit is what is not above the number before it. */
static void add_below(slice_bits *to, const struct sliced *x, struct number n, uint32_t limit)
{
    slice_bits above = { 0 };
    if (!limit)
        return;
    add_above(&above, x, n, limit - 1);
    *to |= ~above;
}

/* ---- what excludes ---- */

/* Languages spoken a little are compared; of those not spoken at all any level is too much. */
static void add_lacking(slice_bits *to, const struct sliced *x, uint64_t spoken)
{
    const struct dim_place *place = &dim_place[MATCH_LANGUAGE];
    for (unsigned i = 0; i < place->width; i++) {
        uint32_t level = spoken >> (4 * i) & 15;
        if (!level)
            *to |= *get(x, SLICE_VALUE(place->word, place->shift + i));
        else if (level < MATCH_LEVELS)
            add_above(to, x, (struct number){ SLICE_LEVEL + i * SLICES_LEVEL, SLICES_LEVEL },
                      level);
    }
}

static uint32_t refused_certificates(const struct match_profile *p)
{
    const struct dim_place *place = &dim_place[MATCH_CERTIFICATE];
    if (p->certificate < 0)
        return 0;
    return (UINT32_MAX << (p->certificate + 1)) << place->shift & dim_mask(MATCH_CERTIFICATE);
}

void slices_exclude(const struct block_judge *j, const struct slices *s, uint32_t block,
                    slice_bits hard[MATCH_HARDS])
{
    const struct judge *judge = j->judge;
    const struct match_profile *p = judge->p;
    const struct sliced x = { s, block };
    memset(hard, 0, MATCH_HARDS * sizeof *hard);
    for (unsigned w = 0; w < COLUMN_WORDS; w++)
        add_any(&hard[MATCH_H_NEVER], &x, SLICE_VALUE(w, 0), j->never[w]);
    add_any(&hard[MATCH_H_CERTIFICATE], &x, SLICE_VALUE(GRID_WORD, 0), refused_certificates(p));
    add_any(&hard[MATCH_H_ACCESS], &x, SLICE_NO, p->access & 0xFF);
    hard[MATCH_H_FULL] = *get(&x, SLICE_FULL);
    if (p->age)
        add_above(&hard[MATCH_H_AGE], &x, (struct number){ SLICE_MIN_AGE, SLICES_AGE }, p->age);
    if (judge->to)
        add_above(&hard[MATCH_H_DATES], &x, (struct number){ SLICE_FROM, SLICES_DAY }, judge->to);
    if (judge->from)
        add_below(&hard[MATCH_H_DATES], &x, (struct number){ SLICE_TO, SLICES_DAY },
                  judge->from - 1u);
    if (p->languages_known)
        add_lacking(&hard[MATCH_H_LANGUAGE], &x, p->levels);
}

/* ---- what they have ---- */

/* Two cells in common, or the only one of the offer (grade.h). */
static void put_enough(slice_bits *to, const struct sliced *x, uint32_t grid)
{
    _Static_assert(GRID_ENOUGH == 2, "counted in two bits");
    slice_bits once = { 0 }, twice = { 0 };
    for (; grid; grid &= grid - 1) {
        slice_bits cell = *get(x, SLICE_VALUE(GRID_WORD, (unsigned)__builtin_ctz(grid)));
        twice |= once & cell;
        once |= cell;
    }
    *to = twice | (once & *get(x, SLICE_ONE));
}

void slices_traits(const struct judge *j, const struct slices *s, uint32_t block,
                   slice_bits has[TRAITS])
{
    const struct match_profile *p = j->p;
    const struct sliced x = { s, block };
    for (size_t t = 0; t < LIKINGS; t++) {
        enum match_dim dim = pattern_liking[t].dim;
        const struct dim_place *place = &dim_place[dim];
        if (!p->like[dim])
            continue;
        has[t] = (slice_bits){ 0 };
        add_any(&has[t], &x, SLICE_VALUE(place->word, 0),
                p->like[dim] << place->shift & dim_mask(dim));
    }
    if (p->grid & MATCH_GRID_ALL)
        put_enough(&has[TRAIT_GRID], &x, p->grid & MATCH_GRID_ALL);
}

/* ---- who may be among the best ---- */

#define FRESH_DAY (MATCH_SCORE_MAX / FRESH_DAYS) /* what a day is worth, see rank_fresh() */

/* The grade that must be left, and the days that leave it. */
uint16_t slices_fresh_least(const struct judge *j, uint32_t lack)
{
    uint32_t weight = j->weight[MATCH_C_FRESH];
    if (!j->today || lack >= weight * GRADE_MAX)
        return 0;
    uint32_t grade = GRADE_MAX - lack / weight;
    uint32_t left = (grade * (MATCH_SCORE_MAX / GRADE_MAX) + FRESH_DAY - 1) / FRESH_DAY;
    uint32_t age = left < FRESH_DAYS ? FRESH_DAYS - left : 0;
    return (uint16_t)(j->today > age + 1 ? j->today - age - 1 : 0);
}

void slices_keep_fresh(const struct slices *s, uint32_t block, uint16_t least, slice_bits *among)
{
    slice_bits old = { 0 };
    add_below(&old, &(struct sliced){ s, block }, (struct number){ SLICE_CONFIRMED, SLICES_DAY },
              least);
    *among &= ~old;
}

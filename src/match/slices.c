/* SPDX-License-Identifier: EUPL-1.2 */
/* Laying offers out bit by bit: the slices of each offer are named twice, to learn which there are
 * and to set their bits. */
#include "match/slices.h"

struct laying {
    struct slices *s;
    uint32_t i; /* the offer */
};

static void put(struct laying *l, unsigned slice)
{
    struct slices *s = l->s;
    if (!s->bits) {
        s->at[slice] = 1;
        return;
    }
    slice_bits *to = &s->bits[(size_t)(l->i / SLICE_ROWS) * s->kept + s->at[slice]];
    (*to)[l->i % SLICE_ROWS / 64] |= UINT64_C(1) << (l->i % 64);
}

static void put_values(struct laying *l, unsigned slice, uint32_t values)
{
    for (; values; values &= values - 1)
        put(l, slice + (unsigned)__builtin_ctz(values));
}

static void put_number(struct laying *l, unsigned slice, unsigned bits, uint32_t number)
{
    for (; number; number &= number - 1)
        put(l, slice + bits - 1 - (unsigned)__builtin_ctz(number));
}

static void put_row(struct laying *l, const struct columns *c, uint32_t row)
{
    uint32_t grid = c->word[GRID_WORD][row] & MATCH_GRID_ALL;
    uint64_t levels = columns_needs(c, row)->levels;
    for (unsigned w = 0; w < COLUMN_WORDS; w++)
        put_values(l, SLICE_VALUE(w, 0), c->word[w][row]);
    put_values(l, SLICE_NO, c->known[row] & ~columns_dim(c, row, MATCH_ACCESS));
    if (!c->wanted[row])
        put(l, SLICE_FULL);
    if (grid && !(grid & (grid - 1)))
        put(l, SLICE_ONE);
    put_number(l, SLICE_MIN_AGE, SLICES_AGE, c->min_age[row]);
    put_number(l, SLICE_FROM, SLICES_DAY, c->from[row]);
    put_number(l, SLICE_TO, SLICES_DAY, (uint16_t)(c->to[row] - 1));
    put_number(l, SLICE_CONFIRMED, SLICES_DAY, (uint16_t)(c->confirmed[row] - 1));
    for (unsigned i = 0; levels >> (4 * i); i++)
        put_number(l, SLICE_LEVEL + i * SLICES_LEVEL, SLICES_LEVEL, levels >> (4 * i) & 15);
}

static void put_rows(struct slices *s, const struct columns *c)
{
    for (uint32_t i = 0; i < s->n; i++)
        put_row(&(struct laying){ s, i }, c, s->first + i);
}

struct slices *slices_new(struct arena *a, const struct columns *c, uint32_t first, uint32_t n)
{
    if (n < SLICES_LEAST)
        return NULL;
    struct slices *s = NEW(a, struct slices);
    s->first = first;
    s->n = n;
    s->blocks = (n + SLICE_ROWS - 1) / SLICE_ROWS;
    put_rows(s, c);
    s->kept = 1;
    for (size_t i = 0; i < SLICES; i++)
        s->at[i] = s->at[i] ? (uint16_t)s->kept++ : 0;
    s->bits = arena_array(a, (size_t)s->blocks * s->kept, sizeof *s->bits);
    put_rows(s, c);
    return s;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers among which many people look for theirs. */
#include "match/pool.h"

#include "match/grade.h"

struct pool pool_new(struct arena *a, uint32_t most)
{
    size_t words = (size_t)most / 64 + POOL_BLOCK;
    return (struct pool){ .most = most,
                          .ware = NEW_ROOM(a, most, struct ware),
                          .lack = NEW_ROOM(a, most, uint32_t),
                          .key = NEW_ROOM(a, most, struct sort_key),
                          .one = NEW_ROOM(a, words, uint64_t),
                          .bit = NEW_ROOM(a, words * POOL_SLICES, uint64_t) };
}

void pool_free(struct pool *p)
{
    arena_free(&p->scratch);
}

void pool_clear(struct pool *p)
{
    p->n = 0;
}

void pool_add(struct pool *p, uint32_t offer, uint32_t lack)
{
    p->key[p->n++] = (struct sort_key){ lack, offer };
}

void pool_end(struct pool *p, const struct stock *s)
{
    uint32_t words = pool_words(p);
    struct arena_mark mark = arena_mark(&p->scratch);
    sort_by_key(&p->scratch, p->key, p->n);
    arena_rewind(&p->scratch, mark);
    memset(p->bit, 0, (size_t)words * POOL_SLICES * sizeof *p->bit);
    memset(p->one, 0, words * sizeof *p->one);
    for (uint32_t i = 0; i < p->n; i++) {
        const uint32_t *word = s->word[p->key[i].what];
        p->ware[i] = s->ware[p->key[i].what];
        p->lack[i] = (uint32_t)p->key[i].key;
        p->one[i / 64] |= (uint64_t)(grade_bits(p->ware[i].grid) == 1) << (i % 64);
        for (size_t w = 0; w < COLUMN_WORDS; w++)
            for (uint32_t v = word[w]; v; v &= v - 1) {
                size_t slice = w * 32 + (size_t)__builtin_ctz(v);
                p->bit[slice * words + i / 64] |= UINT64_C(1) << (i % 64);
            }
    }
}

void pool_any(const struct pool *p, unsigned word, uint32_t values, uint64_t *out, uint32_t words)
{
    size_t stride = pool_words(p);
    for (uint32_t first = 0; values && first < words; first += POOL_BLOCK) {
        uint64_t any[POOL_BLOCK];
        memcpy(any, out + first, sizeof any);
        for (uint32_t v = values; v; v &= v - 1) {
            size_t slice = word * 32 + (size_t)__builtin_ctz(v);
            const uint64_t *has = p->bit + slice * stride + first;
            for (size_t i = 0; i < POOL_BLOCK; i++)
                any[i] |= has[i];
        }
        memcpy(out + first, any, sizeof any);
    }
}

/* Two cells in common, or the only one of the offer. */
void pool_enough(const struct pool *p, uint32_t grid, uint64_t *out, uint32_t words)
{
    _Static_assert(GRID_ENOUGH == 2, "counted in two bits");
    size_t stride = pool_words(p);
    for (uint32_t first = 0; first < words; first += POOL_BLOCK) {
        uint64_t once[POOL_BLOCK] = { 0 }, twice[POOL_BLOCK] = { 0 };
        for (uint32_t v = grid; v; v &= v - 1) {
            size_t slice = GRID_WORD * 32 + (size_t)__builtin_ctz(v);
            const uint64_t *has = p->bit + slice * stride + first;
            for (size_t i = 0; i < POOL_BLOCK; i++) {
                twice[i] |= once[i] & has[i];
                once[i] |= has[i];
            }
        }
        for (size_t i = 0; i < POOL_BLOCK; i++)
            out[first + i] = twice[i] | (once[i] & p->one[first + i]);
    }
}

uint32_t pool_within(const struct pool *p, uint32_t lack)
{
    uint32_t from = 0, to = p->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (p->lack[mid] <= lack)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

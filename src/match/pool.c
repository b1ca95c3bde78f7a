/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers among which many people look for theirs. */
#include "match/pool.h"

struct pool pool_new(struct arena *a, uint32_t most)
{
    size_t words = ((size_t)most + 63) / 64;
    return (struct pool){ .most = most,
                          .offer = NEW_ROOM(a, most, uint32_t),
                          .lack = NEW_ROOM(a, most, uint32_t),
                          .key = NEW_ROOM(a, most, struct sort_key),
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
    for (uint32_t i = 0; i < p->n; i++) {
        p->offer[i] = p->key[i].what;
        p->lack[i] = (uint32_t)p->key[i].key;
        for (size_t w = 0; w < COLUMN_WORDS; w++)
            for (uint32_t v = s->ware[p->offer[i]].word[w]; v; v &= v - 1) {
                size_t slice = w * 32 + (size_t)__builtin_ctz(v);
                p->bit[slice * words + i / 64] |= UINT64_C(1) << (i % 64);
            }
    }
}

void pool_any(const struct pool *p, unsigned word, uint32_t values, uint64_t *out, uint32_t words)
{
    size_t stride = pool_words(p);
    for (uint32_t v = values; v; v &= v - 1) {
        const uint64_t *slice = p->bit + (word * 32 + (size_t)__builtin_ctz(v)) * stride;
        for (uint32_t i = 0; i < words; i++)
            out[i] |= slice[i];
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

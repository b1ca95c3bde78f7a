/* SPDX-License-Identifier: EUPL-1.2 */
/* Sixty-four rows at a time: taking them from a layer. */
#include "match/block.h"

static void put_out(struct block *b, uint64_t out)
{
    for (; out; out &= out - 1)
        b->fails[__builtin_ctzll(out)] = BLOCK_OUT;
}

static struct columns slice_of(const struct columns *c, uint32_t first)
{
    struct columns s = *c;
#define X(type, name) s.name += first;
    COLUMNS(X)
    COLUMNS_SHORT(X)
#undef X
    for (int w = 0; w < COLUMN_WORDS; w++)
        s.word[w] += first;
    s.id_high += s.id_high ? first : 0;
    return s;
}

static void begin(struct block *b, const struct layer *l, uint32_t first)
{
    b->layer = l;
    b->first = first;
    b->rows = NULL;
    b->sum = NULL;
    b->words = NULL;
    b->col = slice_of(&l->part->col, first);
}

static inline void fetch(const void *column, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += 64)
        __builtin_prefetch((const char *)column + i);
}

void block_fetch(const struct layer *l, uint32_t first)
{
    const struct columns *c = &l->part->col;
#define X(type, name) fetch(c->name + first, BLOCK * sizeof(type));
    COLUMNS(X)
#undef X
    for (int w = 0; w < COLUMN_WORDS; w++)
        fetch(c->word[w] + first, BLOCK * sizeof *c->word[w]);
}

void block_slice(struct block *b, const struct layer *l, uint32_t first, uint32_t n)
{
    begin(b, l, first);
    for (uint32_t i = 0; i < BLOCK; i++)
        b->fails[i] = i < n ? 0 : BLOCK_OUT;
    put_out(b, layer_dead(l, first));
}

void block_masked(struct block *b, const struct layer *l, uint32_t first, uint64_t mask)
{
    begin(b, l, first);
    mask &= ~layer_dead(l, first);
    for (uint32_t i = 0; i < BLOCK; i++)
        b->fails[i] = mask >> i & 1 ? 0 : BLOCK_OUT;
}

void block_gather(struct block *b, const struct layer *l, struct block_room *room, uint32_t n)
{
    const struct columns *c = &l->part->col;
    begin(b, l, 0);
    b->rows = room->rows;
#define X(type, name)                           \
    for (uint32_t i = 0; i < n; i++)            \
        room->name[i] = c->name[room->rows[i]]; \
    b->col.name = room->name;
    COLUMNS(X)
    COLUMNS_SHORT(X)
#undef X
    for (int w = 0; w < COLUMN_WORDS; w++) {
        for (uint32_t i = 0; i < n; i++)
            room->word[w][i] = c->word[w][room->rows[i]];
        b->col.word[w] = room->word[w];
    }
    for (uint32_t i = 0; c->id_high && i < n; i++)
        room->id_high[i] = c->id_high[room->rows[i]];
    b->col.id_high = c->id_high ? room->id_high : NULL;
    for (uint32_t i = 0; i < BLOCK; i++)
        b->fails[i] = i < n && layer_has(l, room->rows[i]) ? 0 : BLOCK_OUT;
}

void block_text_end(struct block *b, const struct layer *l, struct block_text *t)
{
    block_gather(b, l, &t->room, t->n);
    b->sum = t->sum;
    b->words = t->words;
    t->n = 0;
}

uint64_t block_bits(const uint8_t flags[BLOCK])
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < BLOCK / 8; i++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * i, 8); /* each lowest bit to its place in the last byte */
        bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
    }
    return bits;
}

uint64_t block_hits(const struct block *b)
{
    uint8_t flags[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++)
        flags[i] = b->fails[i] == 0;
    return block_bits(flags);
}

uint64_t block_inside(const struct block *b)
{
    uint8_t flags[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++)
        flags[i] = b->fails[i] != BLOCK_OUT;
    return block_bits(flags);
}

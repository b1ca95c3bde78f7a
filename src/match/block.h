/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sixty-four rows at a time. Filters, facets and ranking go over a block in loops without
 * branches, of a length that the compiler knows: it makes vector instructions of them.
 *
 * A row of a block fails some of the filters of a query (one bit each), or is out of the scope.
 */
#ifndef MATCH_BLOCK_H
#define MATCH_BLOCK_H

#include "match/snapshot.h"

#define BLOCK     64
#define BLOCK_OUT UINT32_MAX /* `fails` of a row that is not in the scope, or no row at all */

/* Eight numbers that are worked on at once. */
#define LANES 8
typedef uint32_t lanes __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

struct block {
    const struct layer *layer;
    struct columns col;   /* of these rows: 0…63 can be read */
    uint32_t first;       /* row of the first; the others follow, unless: */
    const uint32_t *rows; /* the row of each, when they were gathered; else NULL */
    uint32_t fails[BLOCK];
    /* Metres to the place asked for, at least and at most; when there is such a place. */
    float least[BLOCK], most[BLOCK];
    const uint64_t *sum;  /* what the text of each is worth; NULL without text */
    const uint8_t *words; /* and how many words it answers */
};

/* Where gathered rows lie. */
struct block_room {
    uint32_t rows[BLOCK];
#define X(type, name) type name[BLOCK];
    COLUMNS(X)
    COLUMNS_SHORT(X)
#undef X
    uint32_t word[COLUMN_WORDS][BLOCK];
    uint32_t id_high[BLOCK];
};

/* What will be looked at in a moment is on its way meanwhile. */
void block_fetch(const struct layer *l, uint32_t first);
/* Rows first…first+n-1, n at most BLOCK; none of them is out yet. */
void block_slice(struct block *b, const struct layer *l, uint32_t first, uint32_t n);
/* The rows whose bit is set, of first…first+63. */
void block_masked(struct block *b, const struct layer *l, uint32_t first, uint64_t mask);
/* The n rows of room->rows, copied together. */
void block_gather(struct block *b, const struct layer *l, struct block_room *room, uint32_t n);

/* Rows that are gathered one by one, with what their text is worth. */
struct block_text {
    struct block_room room;
    uint64_t sum[BLOCK];
    uint8_t words[BLOCK];
    uint32_t n;
};

static inline void block_text_put(struct block_text *t, uint32_t row, uint64_t sum, uint8_t words)
{
    t->room.rows[t->n] = row;
    t->sum[t->n] = sum;
    t->words[t->n++] = words;
}

/* What was gathered, as a block; nothing is gathered afterwards. */
void block_text_end(struct block *b, const struct layer *l, struct block_text *t);

static inline uint32_t block_row(const struct block *b, uint32_t i)
{
    return b->rows ? b->rows[i] : b->first + i;
}

/* One bit for each flag that is set; flags are 0 or 1. */
uint64_t block_bits(const uint8_t flags[BLOCK]);
/* The rows that fail nothing. */
uint64_t block_hits(const struct block *b);
/* The rows that are in the scope. */
uint64_t block_inside(const struct block *b);

#endif

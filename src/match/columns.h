/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The offers of one part as columns: one array per property, a row number per offer.
 *
 * The nine dims of match.h and the grid share five 32-bit words, so that a filter is two
 * operations on a word and a scan touches few bytes:
 *
 *     word 0  fields 0…31
 *     word 1  kinds 0…31
 *     word 2  grid 0…27, certificate 28…31
 *     word 3  targets 0…15, languages 16…31
 *     word 4  time 0…7, place 8…15, suits 16…23, accessibility 24…31
 */
#ifndef MATCH_COLUMNS_H
#define MATCH_COLUMNS_H

#include "match/geo.h"
#include "match/match.h"

struct arena;

#define COLUMN_WORDS 5
#define GRID_WORD    2

struct dim_place {
    uint8_t word, shift, width;
};
extern const struct dim_place dim_place[MATCH_DIMS];

/* Days are kept as days since 2000-01-01, at least 1; 0 means none. */
#define DAY_ZERO 10957

#define COLUMNS(X)         \
    X(int64_t, id)         \
    X(int64_t, org)        \
    X(uint64_t, levels)    \
    X(uint64_t, skills)    \
    X(int32_t, lat)        \
    X(int32_t, lon)        \
    X(uint32_t, published) \
    X(uint16_t, city)      \
    X(uint16_t, district)  \
    X(uint16_t, confirmed) \
    X(uint16_t, from)      \
    X(uint16_t, to)        \
    X(uint8_t, wanted)     \
    X(uint8_t, min_age)    \
    X(uint8_t, hours)      \
    X(uint8_t, known)

struct columns {
#define X(type, name) type *name;
    COLUMNS(X)
#undef X
    uint32_t *word[COLUMN_WORDS];
};

/* One offer's row, for building and moving. */
struct row {
#define X(type, name) type name;
    COLUMNS(X)
#undef X
    uint32_t word[COLUMN_WORDS];
};

struct row row_from_offer(const struct match_offer *o);
struct columns columns_new(struct arena *a, size_t n);
void columns_put(struct columns *c, size_t i, const struct row *r);
struct row columns_get(const struct columns *c, size_t i);
/* The values of a dim in one row, from bit 0 on. */
uint32_t columns_dim(const struct columns *c, size_t i, enum match_dim d);
uint16_t day_pack(int64_t day_number);

static inline struct geo_point columns_point(const struct columns *c, size_t i)
{
    return (struct geo_point){ c->lat[i], c->lon[i] };
}

static inline uint32_t dim_mask(enum match_dim d)
{
    uint32_t all = dim_place[d].width == 32 ? UINT32_MAX : (1u << dim_place[d].width) - 1;
    return all << dim_place[d].shift;
}

#endif

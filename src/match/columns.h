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
static const struct dim_place dim_place[MATCH_DIMS] = {
    [MATCH_FIELD] = { 0, 0, 32 },       [MATCH_KIND] = { 1, 0, 32 },
    [MATCH_TARGET] = { 3, 0, 16 },      [MATCH_LANGUAGE] = { 3, 16, 16 },
    [MATCH_TIME] = { 4, 0, 8 },         [MATCH_PLACE] = { 4, 8, 8 },
    [MATCH_SUITS] = { 4, 16, 8 },       [MATCH_ACCESS] = { 4, 24, 8 },
    [MATCH_CERTIFICATE] = { 2, 28, 4 },
};

/* Days are kept as days since 2000-01-01, at least 1; 0 means none. */
#define DAY_ZERO 10957

/* What has a column as it is. */
#define COLUMNS(X)         \
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

/* What is kept in four bytes instead of eight, see columns_id, columns_org and columns_needs. */
#define COLUMNS_SHORT(X) \
    X(uint32_t, id_low)  \
    X(uint32_t, org)     \
    X(uint32_t, needs)

/* What an offer takes without its text, also its place in the order of ids. */
#define COLUMN_SIZE(type, name) sizeof(type) +
#define COLUMN_BYTES                                                                   \
    (COLUMNS(COLUMN_SIZE) COLUMNS_SHORT(COLUMN_SIZE) COLUMN_WORDS * sizeof(uint32_t) + \
     sizeof(uint32_t))
_Static_assert(COLUMN_BYTES <= 64, "an offer without its text takes a cache line");

/* What a person must bring: few sets are different, each is kept once. */
struct abilities {
    uint64_t levels, skills;
};

struct columns {
#define X(type, name) type *name;
    COLUMNS(X)
    COLUMNS_SHORT(X)
#undef X
    uint32_t *word[COLUMN_WORDS];
    int64_t first_id;               /* id_low counts from here */
    uint32_t *id_high;              /* NULL unless the ids are further apart than 32 bits */
    const int64_t *orgs;            /* different ones, by number */
    const struct abilities *needed; /* different ones, by number */
};

/* Columns can be read this many rows beyond their end: loops over blocks need no second form. */
#define COLUMN_SPARE 64

/* One offer's row, for building and moving. */
struct row {
    int64_t id;
    int64_t org;
    struct abilities needs;
#define X(type, name) type name;
    COLUMNS(X)
#undef X
    uint32_t word[COLUMN_WORDS];
};

struct row row_from_offer(const struct match_offer *o);
/* Rows in the order in which `order` names them, as columns. */
struct columns columns_new(struct arena *a, const struct row *rows, const uint32_t *order,
                           size_t n);
struct row columns_get(const struct columns *c, size_t i);
uint16_t day_pack(int64_t day_number);

static inline int64_t columns_id(const struct columns *c, size_t i)
{
    uint64_t high = c->id_high ? (uint64_t)c->id_high[i] << 32 : 0;
    return (int64_t)((uint64_t)c->first_id + (high | c->id_low[i]));
}

static inline int64_t columns_org(const struct columns *c, size_t i)
{
    return c->orgs[c->org[i]];
}

static inline const struct abilities *columns_needs(const struct columns *c, size_t i)
{
    return &c->needed[c->needs[i]];
}

static inline struct geo_point columns_point(const struct columns *c, size_t i)
{
    return (struct geo_point){ c->lat[i], c->lon[i] };
}

/* What will be looked at in a moment is on its way meanwhile. */
static inline void columns_fetch(const struct columns *c, size_t i)
{
    for (size_t w = 0; w < COLUMN_WORDS; w++)
        __builtin_prefetch(&c->word[w][i]);
    __builtin_prefetch(&c->lat[i]);
    __builtin_prefetch(&c->published[i]);
    __builtin_prefetch(&c->confirmed[i]);
    __builtin_prefetch(&c->hours[i]);
    __builtin_prefetch(&c->needs[i]);
    __builtin_prefetch(&c->id_low[i]);
}

static inline uint32_t dim_mask(enum match_dim d)
{
    uint32_t all = dim_place[d].width == 32 ? UINT32_MAX : (1u << dim_place[d].width) - 1;
    return all << dim_place[d].shift;
}

/* The values of a dim in one row, from bit 0 on. */
static inline uint32_t columns_dim(const struct columns *c, size_t i, enum match_dim d)
{
    return (c->word[dim_place[d].word][i] & dim_mask(d)) >> dim_place[d].shift;
}

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A crowd: people who were indexed together, what a part is for offers (part.h). Immutable once
 * made; see README.md for the picture.
 *
 * Rows are sorted by geo cell, town, who agreed to be proposed before who did not, how far they
 * get (farthest first), id. Those of one cell, town and agreement are a run: of each run, who
 * gets as far as an offer is a beginning.
 */
#ifndef MATCH_CROWD_H
#define MATCH_CROWD_H

#include "match/numbers.h"
#include "match/people.h"
#include "match/snapshot.h"

/* What has a column as it is. Of sets that few people have differently, the number. */
#define CROWD_COLUMNS(X)                                            \
    X(int32_t, lat)                                                 \
    X(int32_t, lon)                                                 \
    X(uint32_t, reach) /* metres; CROWD_ANYWHERE when not said */   \
    X(uint32_t, field) /* liked */                                  \
    X(uint32_t, kind)                                               \
    X(uint32_t, grid)                                               \
    X(uint32_t, able)  /* number among the abilities */             \
    X(uint32_t, never) /* number among what is not wanted at all */ \
    X(uint16_t, target)                                             \
    X(uint16_t, from)                                               \
    X(uint16_t, to)                                                 \
    X(uint16_t, confirmed)                                          \
    X(uint8_t, time)                                                \
    X(uint8_t, place)                                               \
    X(uint8_t, access)                                              \
    X(uint8_t, hours)                                               \
    X(uint8_t, age)                                                 \
    X(uint8_t, flags)

#define CROWD_ANYWHERE UINT32_MAX

/*
 * Columns of 64 people, one after the other: who looks at some people finds all that is known of
 * them in one place, and loops over a block have a fixed length.
 */
#define CROWD_BLOCK 64
struct crowd_block {
#define X(type, name) type name[CROWD_BLOCK];
    CROWD_COLUMNS(X)
#undef X
    uint32_t id_low[CROWD_BLOCK]; /* counts from first_id */
};
_Static_assert(sizeof(struct crowd_block) == CROWD_BLOCK * 50, "see README.md, People");
/* A person's place in a column. */
#define CROWD(c, name, row) ((c)->block[(row) / CROWD_BLOCK].name[(row) % CROWD_BLOCK])

/* Bits of the flags; the strictest certificate, plus one, takes the three above. */
#define CROWD_AGREED      1u
#define CROWD_SAYS_SPOKEN 2u
#define CROWD_CERTIFICATE 2

/* The words of offers (columns.h); of word 2 only the certificates. */
struct nevers {
    uint32_t word[COLUMN_WORDS];
};

struct run {
    uint32_t cell;
    uint32_t from; /* to the beginning of the next run */
    uint16_t city;
    bool agreed;
    struct geo_area area; /* around all its people; lat GEO_NONE: they have no point */
};

struct crowd {
    struct arena arena;
    unsigned users; /* snapshots that hold it; changed by the writer only */
    uint32_t n;
    struct crowd_block *block;
    int64_t first_id;
    uint32_t *id_high; /* NULL unless the ids are further apart than 32 bits */
    const struct abilities *abilities;
    const struct nevers *nevers;
    uint32_t *by_id; /* rows in the order of their ids */
    uint32_t n_runs;
    struct run *run; /* and one more, where the last one ends */
};

extern const struct part_kind people_parts;

struct people {
    struct arena arena;
    struct shelf shelf;
};

/* People on their way into a crowd: columns in pieces, in the order of arrival. */
struct crowd_draft;
struct crowd_draft *crowd_draft_new(void);
void crowd_draft_add(struct crowd_draft *d, const struct person *p);
uint32_t crowd_draft_size(const struct crowd_draft *d);
/* Lays the draft out, and frees it. */
struct crowd *crowd_new(struct crowd_draft *d);

/* A row as a profile again; a question's parts of it are zero. */
struct match_profile crowd_profile(const struct crowd *c, uint32_t row);

static inline int64_t crowd_id(const struct crowd *c, uint32_t row)
{
    uint64_t high = c->id_high ? (uint64_t)c->id_high[row] << 32 : 0;
    return (int64_t)((uint64_t)c->first_id + (high | CROWD(c, id_low, row)));
}

static inline struct geo_point crowd_point(const struct crowd *c, uint32_t row)
{
    return (struct geo_point){ CROWD(c, lat, row), CROWD(c, lon, row) };
}

#endif

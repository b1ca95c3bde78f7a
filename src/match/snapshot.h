/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A snapshot: everything a reader sees. A list of parts, largest first, each with the set of
 * its rows that are gone. Immutable; a change makes a new one and swaps it in. The same for an
 * index of offers (match.c) and of people (people.c), which differ in their kind of part.
 *
 * Readers announce the snapshot that they use in one of a few slots (hazard pointers), which
 * takes no lock and never waits for a writer; a writer frees a snapshot that was swapped out
 * once no slot names it.
 */
#ifndef MATCH_SNAPSHOT_H
#define MATCH_SNAPSHOT_H

#include <pthread.h>
#include <stdatomic.h>

#include "match/lexicon.h"
#include "match/part.h"

#define LAYERS_MAX 24

struct term_count {
    uint32_t term, count;
};

struct crowd;
struct snapshot;

struct layer {
    union {
        void *rows;          /* whatever the kind */
        struct part *part;   /* of offers */
        struct crowd *crowd; /* of people */
    };
    uint32_t n;     /* rows */
    uint64_t *dead; /* one bit per row; NULL when none is gone */
    uint32_t n_dead;
    struct term_count *dead_terms; /* how many of the dead have the term, by term */
    uint32_t n_dead_terms;
};

/* What a kind of part can do. */
struct part_kind {
    uint32_t (*find)(const void *rows, int64_t id); /* the row, or PART_NONE */
    void (*keep)(void *rows);                       /* one snapshot more holds it … */
    void (*drop)(void *rows);                       /* … and one less; the last one frees */
    /* All live rows of n layers as one new part, NULL when there is none; *rows: how many. */
    void *(*merge)(const struct layer *layers, uint32_t n, uint32_t *rows);
    /* A row has just died; may be NULL. */
    void (*died)(struct snapshot *s, struct layer *l, uint32_t row);
};
extern const struct part_kind offer_parts;

/* The words of a load; shared by the snapshots that follow it. Changed by the writer only. */
struct shared_lexicon {
    struct lexicon *lexicon;
    unsigned users;
};

struct snapshot {
    struct arena arena;
    const struct part_kind *kind;
    struct shared_lexicon *words; /* of offers; else NULL */
    uint32_t n_layers;
    struct layer layer[LAYERS_MAX];
    uint64_t n_live;
    uint64_t number; /* no two of a shelf have the same */
    struct snapshot *next_retired;
};

#define READERS_MAX 128

/* Where readers find the current snapshot, and writers change it. */
struct shelf {
    _Atomic(struct snapshot *) current;
    _Atomic(struct snapshot *) reading[READERS_MAX];
    pthread_mutex_t writing;
    struct snapshot *retired; /* under `writing`, as is: */
    uint64_t shelved;         /* how many snapshots there have been */
};

struct match {
    struct arena arena;
    const struct variant *variant; /* of the code that answers questions (variant.h) */
    struct match_words tables;
    struct shelf shelf;
    struct cache *texts; /* what they came to (recall.h); NULL: nothing is remembered */
};

static inline bool layer_has(const struct layer *l, uint32_t row)
{
    return !l->dead || !(l->dead[row / 64] >> (row % 64) & 1);
}

/* Which of the rows first…first+63 are gone, a bit each; `first` is a row. */
static inline uint64_t layer_dead(const struct layer *l, uint32_t first)
{
    uint32_t at = first / 64, shift = first % 64, words = (l->n + 63) / 64;
    uint64_t bits = l->dead ? l->dead[at] >> shift : 0;
    return l->dead && shift && at + 1 < words ? bits | l->dead[at + 1] << (64 - shift) : bits;
}

/* How many live offers have the term. */
uint32_t layer_count(const struct layer *l, uint32_t term);

/* The words that ship with the index, with nothing learned yet. */
struct shared_lexicon *words_new(const struct match *m);
/* An empty one; of people without words. */
struct snapshot *snapshot_new(const struct part_kind *kind, struct shared_lexicon *words);
/* Takes a part of n rows over as the last layer. */
void snapshot_add(struct snapshot *s, void *rows, uint32_t n);
void snapshot_erase(struct snapshot *s, int64_t id);
/* Puts layers `first` … last into one. */
void snapshot_merge(struct snapshot *s, uint32_t first);
/* All into one, where there is anything to merge. */
void snapshot_compact(struct snapshot *s);
/* Merges the small layers at the end while that is cheap (see README, "Updates"). */
void snapshot_tidy(struct snapshot *s);
void snapshot_free(struct snapshot *s);

/*
 * For readers: hold, use, release; at most READERS_MAX at a time, others wait for a slot. The
 * arena that is used meanwhile (may be NULL) unwinds at its limit: that releases as well.
 */
struct hold {
    struct shelf *shelf;
    unsigned slot;
    struct arena *arena;
    arena_full *full; /* the arena's own */
    void *full_ctx;
};
const struct snapshot *snapshot_hold(struct shelf *shelf, struct arena *a, struct hold *hold);
void snapshot_release(const struct hold *hold);

/* For writers: a shelf with its first snapshot; and the end of it, when no thread reads any more.
 */
void shelf_init(struct shelf *shelf, struct snapshot *first);
void shelf_free(struct shelf *shelf);
/* A copy of the current snapshot to change, which shelf_end makes the current one. Writers queue
 * up in between. */
struct snapshot *shelf_begin(struct shelf *shelf);
void shelf_end(struct shelf *shelf, struct snapshot *s);
/* Makes a wholly new one current. */
void shelf_replace(struct shelf *shelf, struct snapshot *s);

#endif

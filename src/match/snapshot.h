/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A snapshot: everything a reader sees. A list of parts, largest first, each with the set of
 * its rows that are gone. Immutable; a change makes a new one and swaps it in.
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

struct layer {
    struct part *part;
    uint64_t *dead; /* one bit per row; NULL when none is gone */
    uint32_t n_dead;
    struct term_count *dead_terms; /* how many of the dead have the term, by term */
    uint32_t n_dead_terms;
};

/* The words of a load; shared by the snapshots that follow it. Changed by the writer only. */
struct shared_lexicon {
    struct lexicon *lexicon;
    unsigned users;
};

struct snapshot {
    struct arena arena;
    struct shared_lexicon *words;
    uint32_t n_layers;
    struct layer layer[LAYERS_MAX];
    uint64_t n_live;
    struct snapshot *next_retired;
};

#define READERS_MAX 128

struct match {
    struct arena arena;
    struct match_words tables;
    _Atomic(struct snapshot *) current;
    _Atomic(struct snapshot *) reading[READERS_MAX];
    pthread_mutex_t writing;
    struct snapshot *retired; /* under `writing` */
};

static inline bool layer_has(const struct layer *l, uint32_t row)
{
    return !l->dead || !(l->dead[row / 64] >> (row % 64) & 1);
}

/* How many live offers have the term. */
uint32_t layer_count(const struct layer *l, uint32_t term);

/* A copy of `old` for changing before it is shared; NULL gives an empty one. */
/* The words that ship with the index, with nothing learned yet. */
struct shared_lexicon *words_new(const struct match *m);
struct snapshot *snapshot_new(const struct snapshot *old, struct shared_lexicon *words);
/* Takes the part over as the last layer. */
void snapshot_add(struct snapshot *s, struct part *p);
void snapshot_erase(struct snapshot *s, int64_t id);
/* Puts layers `first` … last into one. */
void snapshot_merge(struct snapshot *s, uint32_t first);
/* Merges the small layers at the end while that is cheap (see README, "Updates"). */
void snapshot_tidy(struct snapshot *s);
void snapshot_free(struct snapshot *s);

/*
 * For readers: hold, use, release; at most READERS_MAX at a time, others wait for a slot. The
 * arena that is used meanwhile (may be NULL) unwinds at its limit: that releases as well.
 */
struct hold {
    struct match *m;
    unsigned slot;
    struct arena *arena;
    arena_full *full; /* the arena's own */
    void *full_ctx;
};
const struct snapshot *snapshot_hold(struct match *m, struct arena *a, struct hold *hold);
void snapshot_release(const struct hold *hold);
/* For the writer, under `writing`: makes s current, frees what nobody reads any more. */
void snapshot_swap(struct match *m, struct snapshot *s);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The terms of a snapshot, over all its layers: counting, beginnings, near misses. */
#ifndef MATCH_VOCABULARY_H
#define MATCH_VOCABULARY_H

#include "match/snapshot.h"

struct near_term {
    str name; /* lives as long as the snapshot is held */
    uint64_t count;
    uint32_t distance; /* edits; 0 for a prefix */
};
struct near_terms {
    struct near_term *v;
    size_t n, cap;
};

/* Live offers that have the term. */
uint64_t vocabulary_count(const struct snapshot *s, str term);
/* The most frequent terms that begin so, at most `most`; ties by name. */
struct near_terms vocabulary_prefix(struct arena *a, const struct snapshot *s, str prefix,
                                    size_t most);
/*
 * Terms within `limit` edits (a letter more, less, other, or two swapped), nearest first, then
 * most frequent, then by name; at most `most`.
 */
struct near_terms vocabulary_near(struct arena *a, const struct snapshot *s, str word,
                                  uint32_t limit);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a person typed, as what to look for.
 *
 * A query is a list of words. Each word may be answered in several ways (itself, its parts
 * together, a synonym, a near miss); each way is a list of terms that must all be there, and each
 * of these may be replaced by equals. So: word = best of ways, way = all of slots, slot = best
 * of terms. Weights are shares of LEXICON_ONE.
 */
#ifndef MATCH_EXPAND_H
#define MATCH_EXPAND_H

#include "match/snapshot.h"

#define EXPAND_WORDS 10 /* further ones are ignored */
#define EXPAND_SLOTS 4

struct wanted_term {
    str name;
    uint32_t weight;
    uint64_t count; /* live offers that have it */
};

struct slot {
    struct wanted_term *v;
    size_t n, cap;
};

struct way {
    struct slot slot[EXPAND_SLOTS];
    size_t n;
    uint32_t weight;
};

/* A word as it was typed. */
struct typed {
    str word; /* folded */
    str stem;
    enum word_class kind;
    bool completed; /* the stem is that of what the word most likely becomes */
};

struct query_word {
    struct way *v;
    size_t n, cap;
    bool soft;                 /* may be missing */
    uint32_t idf;              /* how rare, 1/256 bits */
    const struct typed *typed; /* NULL for a phrase */
};

struct text_query {
    struct query_word word[EXPAND_WORDS];
    size_t n;
    uint8_t required; /* words that are not soft; 0 when there is nothing to look for */
};

/*
 * What the query's text looks for: with MATCH_WANT_PREFIX the last word may go on, and its `own`
 * synonyms count. The result lives in `a` and needs the snapshot held.
 */
struct text_query expand(struct arena *a, const struct snapshot *s, const struct match_query *from);

/* How many postings of live offers all terms of it have. */
uint64_t expand_postings(const struct text_query *q);
/* The names of all terms of all ways, parted by blanks; some twice. */
str expand_names(struct arena *a, const struct text_query *q);

/* log2((2n + 2) / (2k + 1)), in 1/256, at least 16: how telling it is to have what k of n have. */
uint32_t expand_idf(uint64_t n, uint64_t k);

#endif

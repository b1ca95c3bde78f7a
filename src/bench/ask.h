/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions that people would ask of made offers: near where people live, about what offers are
 * about, in words that offers use. Each by its number, so that all who are measured get the same.
 */
#ifndef BENCH_ASK_H
#define BENCH_ASK_H

#include "bench/maker.h"
#include "bench/peer.h"

/* What questions are made from. */
struct asking {
    const struct maker *maker;
    struct match *match;
    int64_t offers;
    bool plain_words; /* only words that mean one term; else whatever offers say */
};

/*
 * Question `number` of this kind, in the arena. False when no such words were found. The circle is
 * drawn so that no offer lies within two metres of its rim, where the ways to compute a distance
 * may differ.
 */
bool ask_make(const struct asking *x, struct arena *a, enum peer_question kind, int64_t number,
              struct match_query *q);

/* A word, or several, that a made offer says. */
str ask_words(const struct asking *x, struct arena *a, struct dice *d, uint32_t words);

/* "total: got 3, want 4", empty when both are the same. */
str ask_difference(struct arena *a, enum peer_question kind, const struct match_result *ours,
                   const struct peer_answer *theirs);

#endif

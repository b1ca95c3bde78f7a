/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Traits that a person asks an offer for, and the ways to miss some of them, least lacking first:
 * who looks for the best among many offers tries those that miss nothing, then those that lack
 * little, until what is lacking cannot be made good any more.
 *
 * What is lacking is counted in thousandths of weights: weight * (1000 - grade).
 */
#ifndef MATCH_PATTERN_H
#define MATCH_PATTERN_H

#include "match/columns.h"

/* The sets that a person likes: which criterion, and which of the sets. */
#define LIKINGS 5
struct liking {
    enum match_criterion criterion;
    enum match_dim dim;
};
extern const struct liking pattern_liking[LIKINGS];

/* Beside them, whether enough of the grid is in common: what an offer may have or miss. */
#define TRAIT_GRID LIKINGS
#define TRAITS     (LIKINGS + 1)
#define PATTERNS   (1u << TRAITS)

struct pattern {
    uint32_t missing; /* traits, a bit each */
    uint32_t likings; /* what is lacking of the likings among them … */
    uint32_t lack;    /* … and at least in all */
};

/* All of them for who asks for some traits, least lacking first. */
struct patterns {
    size_t n;
    struct pattern v[PATTERNS];
};

/* The traits that a profile asks for, a bit each. */
uint32_t pattern_asked(const struct match_profile *p);
void patterns_lay(const uint16_t weight[MATCH_CRITERIA], uint32_t asked, struct patterns *p);
/*
 * What an offer may lack at most and still have this score, when so much can be judged of it.
 */
uint32_t pattern_budget(uint32_t weight, uint32_t score);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a person says in words of their own ("Klavier", "mit Hunden"), and which offers have it.
 * Each entry is looked for by itself, all of its words must be there; what an offer has of all
 * entries is graded against the offer in scope that has the most. It is said to have an entry when
 * it has at least half of what the best one in scope has of it: less only touches on it by the way.
 */
#ifndef MATCH_SAID_H
#define MATCH_SAID_H

#include "match/scope.h"

struct said_row {
    uint32_t row;
    uint32_t entries; /* one bit each */
    uint64_t sum;     /* of rarity * value */
};

struct said {
    uint32_t asked; /* entries in which there is anything to look for */
    uint64_t most;  /* the greatest sum; 0: no offer in scope has any of it */
    struct {
        struct said_row *v; /* ascending */
        size_t n;
    } layer[LAYERS_MAX];
};

/* Lives in `a`; needs the snapshot held while it is made. */
const struct said *said_find(struct arena *a, const struct snapshot *s,
                             const struct match_profile *p, const struct scope *scope);
/* The reason, without its weight; false where there is nothing to judge. */
bool said_reason(const struct said *s, uint8_t layer, uint32_t row, struct match_reason *r);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Sorted names in one pool: looking up, beginnings, near misses. Used for terms and for places. */
#ifndef MATCH_NAMES_H
#define MATCH_NAMES_H

#include "base/str.h"

struct names {
    uint32_t n;
    const uint32_t *at; /* n + 1 offsets into the pool */
    const char *pool;
};

#define NAMES_NONE UINT32_MAX

str names_get(const struct names *names, uint32_t i);
/* The first name that is not before `name`; n when all are. */
uint32_t names_lower_bound(const struct names *names, str name);
/* The (first) number of a name, or NAMES_NONE. */
uint32_t names_find(const struct names *names, str name);

/*
 * Visits the names within `limit` edits of a word (a letter more, less, other, or two neighbours
 * swapped), in their order:
 *
 *     struct names_walk w;
 *     names_walk_begin(&w, names, word, limit);
 *     while (names_walk_next(&w)) use(w.found, w.distance);
 *
 * Only the first NAMES_WALK_MAX bytes of words and names count.
 */
#define NAMES_WALK_MAX 64

struct names_walk {
    const struct names *names;
    str word;
    str before;
    uint32_t limit, next;
    uint32_t found, distance;
    uint8_t row[NAMES_WALK_MAX + 1][NAMES_WALK_MAX + 1]; /* [letters of name][letters of word] */
};

void names_walk_begin(struct names_walk *w, const struct names *names, str word, uint32_t limit);
bool names_walk_next(struct names_walk *w);

#endif

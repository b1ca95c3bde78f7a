/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How alike two texts are, for finding what was entered twice: the share of runs of three letters
 * that they have in common (Dice's coefficient). It forgives typing errors and changed endings,
 * and knows nothing of meaning: a person decides.
 */
#ifndef BASE_ALIKE_H
#define BASE_ALIKE_H

#include "base/str.h"

struct arena;

/* The runs of a text, each once. Kept in the arena. */
struct alike {
    const uint32_t *v; /* in order */
    size_t n;
};

/* Of any text; it is folded first (utf8_fold). */
struct alike alike_of(struct arena *a, str text);
/* In hundredths: 100 means the same runs, 0 none in common, or nothing to compare. */
int alike_share(struct alike a, struct alike b);

#endif

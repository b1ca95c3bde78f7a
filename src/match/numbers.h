/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Numbers for values that occur often: a column keeps four bytes instead of the value, and each
 * different value is kept once, in the order of first use.
 */
#ifndef MATCH_NUMBERS_H
#define MATCH_NUMBERS_H

#include <stdint.h>

#include "base/arena.h"

struct numbers {
    struct arena arena;
    size_t size; /* of a value, which has no padding */
    uint32_t n, room;
    char *values; /* one after the other */
    uint32_t *at; /* by hash: number + 1; open addressing, at most half full */
};

struct numbers numbers_new(size_t size);
void numbers_free(struct numbers *x);
/* The number of a value, a new one when it was not there. */
uint32_t numbers_add(struct numbers *x, const void *value);
/* All values as an array. */
void *numbers_values(const struct numbers *x, struct arena *a);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sorting by whole numbers: byte by byte from the last (radix), stable, without comparing. Bytes
 * that are the same in all keys cost nothing, and neither does an order that is there already.
 */
#ifndef MATCH_SORT_H
#define MATCH_SORT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct sort_key {
    uint64_t key;
    uint32_t what;
};

/* Ascending by key; `scratch` is used for a second array as large. */
void sort_by_key(struct arena *scratch, struct sort_key *v, size_t n);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* A hash map from text to a 64-bit value, in an arena; keys are not copied. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_slot {
    str key;
    uint64_t hash;
    uint64_t value;
    bool used;
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t cap; /* a power of two */
    size_t n;
};

struct map map_new(struct arena *a);
/* The value's place, zero when the key is new. Valid until the next call of map_put. */
uint64_t *map_put(struct map *m, str key);
/* The value's place, or NULL. */
uint64_t *map_find(const struct map *m, str key);

#endif

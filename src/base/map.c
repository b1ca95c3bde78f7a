/* SPDX-License-Identifier: EUPL-1.2 */
/* Open addressing with linear probing, at most three quarters full. */
#include "base/map.h"

#include "base/arena.h"

struct map map_new(struct arena *a)
{
    return (struct map){ .arena = a };
}

static struct map_slot *probe(const struct map *m, str key, uint64_t hash)
{
    size_t i = hash & (m->cap - 1);
    while (m->slots[i].used && !(m->slots[i].hash == hash && str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = NEW_ARRAY(m->arena, m->cap, struct map_slot);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].used)
            *probe(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

uint64_t *map_put(struct map *m, str key)
{
    if ((m->n + 1) * 4 > m->cap * 3)
        grow(m);
    uint64_t hash = str_hash(key);
    struct map_slot *slot = probe(m, key, hash);
    if (!slot->used) {
        *slot = (struct map_slot){ .key = key, .hash = hash, .used = true };
        m->n++;
    }
    return &slot->value;
}

uint64_t *map_find(const struct map *m, str key)
{
    if (!m->n)
        return NULL;
    struct map_slot *slot = probe(m, key, str_hash(key));
    return slot->used ? &slot->value : NULL;
}

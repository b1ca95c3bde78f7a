/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A bounded cache of byte strings, least recently used first out. Thread-safe. Entries
 * are counted: what somebody still sends stays alive after it left the cache. Once it is full, a
 * newcomer gets in when it is put for the second time: what is asked for only once (a crawler's
 * walk, everybody's own words) does not push out what many ask for, nor is it copied.
 */
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include "base/str.h"

struct cache;

struct cache_entry {
    str key;
    str value;
    struct cache_entry *chain; /* of the hash bucket */
    struct cache_entry *newer;
    struct cache_entry *older;
    uint64_t hash;
    int references;
    int shard;
};

/* Keeps at most this many bytes of keys and values. Never NULL. */
struct cache *cache_new(size_t bytes);
void cache_free(struct cache *c);
/* The entry, with a reference for the caller, or NULL. */
struct cache_entry *cache_get(struct cache *c, str key);
/*
 * Copies key and value, which is given in pieces, in, replacing an older entry; does nothing when
 * they are too large, or new to a full cache.
 */
void cache_put(struct cache *c, str key, const str *pieces, size_t n);
void cache_drop(struct cache *c, str key);
void cache_release(struct cache *c, struct cache_entry *e);

#endif

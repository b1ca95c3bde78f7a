/* SPDX-License-Identifier: EUPL-1.2 */
/* The cache: shards by hash, each a chained table and a list in order of use. */
#include "base/cache.h"

#include <pthread.h>

#include "base/err.h"

#define SHARDS  16
#define BUCKETS 512
#define MARKS   1024 /* of what a full shard refused; a power of two */

struct shard {
    pthread_mutex_t lock;
    struct cache_entry *buckets[BUCKETS];
    struct cache_entry *newest;
    struct cache_entry *oldest;
    size_t bytes;
    size_t limit;
    uint32_t refused[MARKS]; /* of a hash its high half, at the place of its low one */
};

struct cache {
    struct shard shards[SHARDS];
};

struct cache *cache_new(size_t bytes)
{
    struct cache *c = calloc(1, sizeof *c);
    must(c);
    for (int i = 0; i < SHARDS; i++) {
        c->shards[i].limit = bytes / SHARDS;
        pthread_mutex_init(&c->shards[i].lock, NULL);
    }
    return c;
}

static size_t size_of(const struct cache_entry *e)
{
    return sizeof *e + e->key.n + e->value.n;
}

/* With the shard's lock held. */
static void forget(struct cache_entry *e)
{
    if (--e->references == 0)
        free(e);
}

static void unlink_entry(struct shard *s, struct cache_entry *e)
{
    if (e->newer)
        e->newer->older = e->older;
    else
        s->newest = e->older;
    if (e->older)
        e->older->newer = e->newer;
    else
        s->oldest = e->newer;
}

static void link_newest(struct shard *s, struct cache_entry *e)
{
    e->newer = NULL;
    e->older = s->newest;
    if (s->newest)
        s->newest->newer = e;
    s->newest = e;
    if (!s->oldest)
        s->oldest = e;
}

static struct cache_entry **slot_of(struct shard *s, uint64_t hash, str key)
{
    struct cache_entry **slot = &s->buckets[(hash >> 8) % BUCKETS];
    while (*slot && !((*slot)->hash == hash && str_eq((*slot)->key, key)))
        slot = &(*slot)->chain;
    return slot;
}

static void remove_at(struct shard *s, struct cache_entry **slot)
{
    struct cache_entry *e = *slot;
    *slot = e->chain;
    unlink_entry(s, e);
    s->bytes -= size_of(e);
    forget(e);
}

struct cache_entry *cache_get(struct cache *c, str key)
{
    uint64_t hash = str_hash(key);
    struct shard *s = &c->shards[hash % SHARDS];
    pthread_mutex_lock(&s->lock);
    struct cache_entry *e = *slot_of(s, hash, key);
    if (e) {
        e->references++;
        if (s->newest != e) {
            unlink_entry(s, e);
            link_newest(s, e);
        }
    }
    pthread_mutex_unlock(&s->lock);
    return e;
}

/* Whether the shard may take in so many bytes: has room, or the key, or refused it already. */
static bool admits(struct shard *s, uint64_t hash, str key, size_t room)
{
    if (room <= s->limit - s->bytes || *slot_of(s, hash, key))
        return true;
    uint32_t *mark = &s->refused[hash / SHARDS % MARKS];
    uint32_t high = (uint32_t)(hash >> 32);
    bool again = *mark == high;
    *mark = again ? 0 : high;
    return again;
}

static size_t bytes_of(const str *pieces, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += pieces[i].n;
    return sum;
}

static struct cache_entry *entry_new(uint64_t hash, str key, const str *pieces, size_t n)
{
    size_t length = bytes_of(pieces, n);
    struct cache_entry *e = malloc(sizeof *e + length + key.n);
    must(e);
    char *bytes = (char *)(e + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) { /* first, so that it is aligned like the entry */
        if (pieces[i].n)
            memcpy(bytes + at, pieces[i].p, pieces[i].n);
        at += pieces[i].n;
    }
    memcpy(bytes + at, key.p, key.n);
    *e = (struct cache_entry){ .value = { bytes, length },
                               .key = { bytes + at, key.n },
                               .hash = hash,
                               .references = 1,
                               .shard = (int)(hash % SHARDS) };
    return e;
}

/* With the shard's lock held. */
static void take_in(struct shard *s, struct cache_entry *e)
{
    struct cache_entry **slot = slot_of(s, e->hash, e->key);
    if (*slot)
        remove_at(s, slot);
    slot = slot_of(s, e->hash, e->key);
    *slot = e;
    link_newest(s, e);
    s->bytes += size_of(e);
    while (s->bytes > s->limit && s->oldest != e)
        remove_at(s, slot_of(s, s->oldest->hash, s->oldest->key));
}

void cache_put(struct cache *c, str key, const str *pieces, size_t n)
{
    size_t length = bytes_of(pieces, n);
    uint64_t hash = str_hash(key);
    struct shard *s = &c->shards[hash % SHARDS];
    size_t room = sizeof(struct cache_entry) + key.n + length;
    if (!key.n || !length || key.n + length > s->limit / 4)
        return;
    pthread_mutex_lock(&s->lock);
    bool admitted = admits(s, hash, key, room);
    pthread_mutex_unlock(&s->lock);
    if (!admitted)
        return;
    struct cache_entry *e = entry_new(hash, key, pieces, n);
    pthread_mutex_lock(&s->lock);
    take_in(s, e);
    pthread_mutex_unlock(&s->lock);
}

void cache_drop(struct cache *c, str key)
{
    uint64_t hash = str_hash(key);
    struct shard *s = &c->shards[hash % SHARDS];
    pthread_mutex_lock(&s->lock);
    struct cache_entry **slot = slot_of(s, hash, key);
    if (*slot)
        remove_at(s, slot);
    pthread_mutex_unlock(&s->lock);
}

void cache_release(struct cache *c, struct cache_entry *e)
{
    struct shard *s = &c->shards[e->shard];
    pthread_mutex_lock(&s->lock);
    forget(e);
    pthread_mutex_unlock(&s->lock);
}

void cache_free(struct cache *c)
{
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];
        while (s->oldest)
            remove_at(s, slot_of(s, s->oldest->hash, s->oldest->key));
        pthread_mutex_destroy(&s->lock);
    }
    free(c);
}

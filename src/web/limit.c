/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Token buckets, each as one number: the instant at which it will be full again (the
 * generic cell rate algorithm). A table of sets with a few places each, as in a processor's
 * cache: looking up touches one set.
 */
#include "web/limit.h"

#include <pthread.h>

#include "base/clock.h"

#define PLACES 8

struct bucket {
    uint64_t key;
    int64_t full_at; /* 0: the place is free */
};

struct limits {
    pthread_mutex_t lock;
    struct bucket *buckets;
    size_t sets; /* a power of two */
};

struct limits *limits_new(struct arena *a, size_t callers)
{
    struct limits *l = NEW(a, struct limits);
    l->sets = 1;
    while (l->sets * PLACES < callers)
        l->sets *= 2;
    l->buckets = NEW_ARRAY(a, l->sets * PLACES, struct bucket);
    pthread_mutex_init(&l->lock, NULL);
    return l;
}

void limits_end(struct limits *l)
{
    pthread_mutex_destroy(&l->lock);
}

static uint64_t mixed(const struct limit_rule *rule, uint64_t key)
{
    uint64_t h = str_hash(str_from_c(rule->name)) ^ key;
    h ^= h >> 31;
    h *= 0x9e3779b97f4a7c15u; /* the golden ratio: spreads keys that differ in few bits */
    return h ^ h >> 29;
}

/* The bucket of the key, else the place that loses least when it is taken. */
static struct bucket *place_of(const struct limits *l, uint64_t key)
{
    struct bucket *set = &l->buckets[(key & (l->sets - 1)) * PLACES];
    struct bucket *least = set;
    for (size_t i = 0; i < PLACES; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].full_at < least->full_at)
            least = &set[i];
    }
    return least;
}

int limit_take(struct limits *l, const struct limit_rule *rule, uint64_t key)
{
    int64_t now = clock_now();
    int64_t room = (int64_t)(rule->burst - 1) * rule->seconds;
    uint64_t wanted = mixed(rule, key);
    pthread_mutex_lock(&l->lock);
    struct bucket *b = place_of(l, wanted);
    int64_t full_at = b->key == wanted && b->full_at > now ? b->full_at : now;
    int64_t wait = full_at - now - room;
    if (wait <= 0)
        *b = (struct bucket){ wanted, full_at + rule->seconds };
    pthread_mutex_unlock(&l->lock);
    return wait > 0 ? (int)wait : 0;
}

void limit_forget(struct limits *l, const struct limit_rule *rule, uint64_t key)
{
    uint64_t wanted = mixed(rule, key);
    pthread_mutex_lock(&l->lock);
    struct bucket *b = place_of(l, wanted);
    if (b->key == wanted)
        *b = (struct bucket){ 0 };
    pthread_mutex_unlock(&l->lock);
}

/* "2001:db8:1:2:3:…" -> "2001:db8:1:2": a provider gives each household 64 bits at least. */
str limit_peer(str address)
{
    if (str_starts(address, S("::ffff:"))) /* IPv4 on a socket that takes both */
        return str_slice(address, 7, address.n);
    size_t colons = 0;
    for (size_t i = 0; i < address.n; i++) {
        if (address.p[i] != ':')
            continue;
        bool gap = i > 0 && address.p[i - 1] == ':';
        if (gap || ++colons == 4)
            return str_slice(address, 0, i);
    }
    return address;
}

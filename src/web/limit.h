/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How often somebody may do something: token buckets in memory, for sign-in, mailed links
 * and forms that everybody may send. Nothing about the caller is kept but a one-way key
 * (rq_peer_key) and a time. Thread-safe.
 *
 * The memory is bounded: when a place is needed, the bucket that is nearest to full goes,
 * so that a flood of new keys frees the floods before it last.
 */
#ifndef WEB_LIMIT_H
#define WEB_LIMIT_H

#include "base/arena.h"
#include "base/str.h"

struct limits;

/* `burst` at once, then one more each `seconds`. Rules of different names do not mix. */
struct limit_rule {
    const char *name;
    int burst;
    int seconds;
};

/* Room for at least so many callers at once. Lives in the arena, as long as the process. */
struct limits *limits_new(struct arena *a, size_t callers);
void limits_end(struct limits *l);
/* Takes one token: 0, or the seconds until there is one again (nothing is taken then). */
int limit_take(struct limits *l, const struct limit_rule *rule, uint64_t key);
/* Fills the bucket again, for instance because a sign-in has succeeded. */
void limit_forget(struct limits *l, const struct limit_rule *rule, uint64_t key);
/* What belongs to one caller: the address for IPv4, the network of 64 bits for IPv6. */
str limit_peer(str address);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Deadlines and caps of connections; see watch.h. */
#include "http/watch.h"

#include <sys/socket.h>

#include "base/clock.h"

/* Unless it is idle nothing that is still on its way to the client is worth keeping. */
static void cut_off(const struct watched *c)
{
    static const struct linger at_once = { .l_onoff = 1 };

    if (!atomic_load_explicit(&c->idle, memory_order_relaxed))
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    shutdown(c->fd, SHUT_RDWR);
}

static void sweep(struct watch *w)
{
    int64_t now = clock_ticks();

    for (struct watched *c = w->first; c; c = c->next) {
        int64_t deadline = atomic_load_explicit(&c->deadline, memory_order_relaxed);
        if (deadline && deadline < now)
            cut_off(c);
    }
}

static void *run(void *ctx)
{
    struct watch *w = ctx;

    pthread_mutex_lock(&w->lock);
    while (!w->ends) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += (long)w->period_ms * 1000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&w->wake, &w->lock, &until);
        sweep(w);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

enum err watch_start(struct watch *w, size_t most, int period_ms)
{
    pthread_condattr_t attributes;

    *w = (struct watch){ .most = most, .period_ms = period_ms };
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&w->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!pthread_create(&w->thread, NULL, run, w))
        return ERR_OK;
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    return ERR_LIMIT;
}

void watch_stop(struct watch *w)
{
    pthread_mutex_lock(&w->lock);
    w->ends = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
}

/* The idle connection that will be closed first anyway; NULL when all are busy. */
static struct watched *longest_idle(const struct watch *w)
{
    struct watched *found = NULL;
    int64_t earliest = INT64_MAX;

    for (struct watched *c = w->first; c; c = c->next) {
        int64_t deadline = atomic_load_explicit(&c->deadline, memory_order_relaxed);
        if (atomic_load_explicit(&c->idle, memory_order_relaxed) && deadline < earliest) {
            found = c;
            earliest = deadline;
        }
    }
    return found;
}

/* How many connections of that address are open. */
static size_t count_address(const struct watch *w, str address)
{
    size_t n = 0;

    for (const struct watched *c = w->first; c; c = c->next)
        n += str_eq(str_from_c(c->address), address);
    return n;
}

void watch_add(struct watch *w, struct watched *c, size_t most_of_address)
{
    pthread_mutex_lock(&w->lock);
    if (most_of_address && count_address(w, str_from_c(c->address)) >= most_of_address) {
        shutdown(c->fd, SHUT_RDWR);
    } else if (w->count >= w->most) {
        struct watched *victim = longest_idle(w);
        if (victim)
            watch_deadline(victim, 1, false); /* not to be chosen twice */
        shutdown(victim ? victim->fd : c->fd, SHUT_RDWR);
    }
    c->prev = NULL;
    c->next = w->first;
    if (w->first)
        w->first->prev = c;
    w->first = c;
    w->count++;
    pthread_mutex_unlock(&w->lock);
}

void watch_remove(struct watch *w, struct watched *c)
{
    pthread_mutex_lock(&w->lock);
    *(c->prev ? &c->prev->next : &w->first) = c->next;
    if (c->next)
        c->next->prev = c->prev;
    w->count--;
    pthread_mutex_unlock(&w->lock);
}

void watch_deadline(struct watched *c, int64_t ms, bool idle)
{
    int64_t deadline = ms ? clock_ticks() + ms * 1000 : 0;

    atomic_store_explicit(&c->deadline, deadline, memory_order_relaxed);
    atomic_store_explicit(&c->idle, idle, memory_order_relaxed);
}

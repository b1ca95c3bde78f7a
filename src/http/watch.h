/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The watch over open connections: overall deadlines and caps, which the library lacks (its
 * time-out starts anew with each byte, so that a slow client may hold a connection for ever).
 *
 * A sweeping thread shuts overdue sockets down; the library then sees their end and cleans up.
 * A connection is registered before it is served and removed before its socket is closed, so
 * that the thread never touches a number that the system has given to another socket.
 */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/err.h"
#include "base/str.h"

struct watched {
    struct watched *next;
    struct watched *prev;
    int fd;
    char address[48];         /* as text, NUL-terminated */
    _Atomic int64_t deadline; /* clock_ticks; 0: none */
    _Atomic bool idle;        /* between two requests: may be closed to make room */
};

struct watch {
    pthread_mutex_t lock; /* over the list */
    pthread_cond_t wake;
    pthread_t thread;
    struct watched *first;
    size_t count;
    size_t most;
    int period_ms;
    bool ends;
};

/* Starts the thread; most: how many connections may be open; period: between two sweeps. */
MUST_CHECK enum err watch_start(struct watch *w, size_t most, int period_ms);
void watch_stop(struct watch *w);
/*
 * Registers a connection; when there are too many, the idle one that has waited longest is
 * shut down, or this one if all are busy. Of one address there may be most_of_address (0: any
 * number); one more is shut down.
 */
void watch_add(struct watch *w, struct watched *c, size_t most_of_address);
void watch_remove(struct watch *w, struct watched *c);
/* Sets the deadline in milliseconds from now; 0: none. Any thread. */
void watch_deadline(struct watched *c, int64_t ms, bool idle);

#endif

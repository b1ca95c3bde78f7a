/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The accepting thread. The library's own threads would all wait at the listening socket, and
 * whichever wakes first takes the whole queue: a proxy's connections, opened at once and kept
 * for long, then all belong to one thread while the others sleep.
 */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "base/err.h"

struct acceptor {
    int fd;
    /* Gets each connection; it is his to close. Runs on the accepting thread. */
    void (*take)(void *ctx, int fd, const struct sockaddr *from, socklen_t length);
    void *ctx;
    pthread_t thread;
    _Atomic bool ends;
};

/* Starts the thread; fd listens, take and ctx are set. fd stays the caller's when this fails. */
MUST_CHECK enum err accept_start(struct acceptor *a);
/* After this nobody connects any more; closes fd. */
void accept_stop(struct acceptor *a);

#endif

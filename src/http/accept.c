/* SPDX-License-Identifier: EUPL-1.2 */
/* The accepting thread; see accept.h. */
#include "http/accept.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

/* Out of descriptors or memory: others have to end first, trying at once would only burn time. */
static void wait_for_room(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

static bool lacks_room(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

static void *run(void *ctx)
{
    struct acceptor *a = ctx;

    while (!atomic_load(&a->ends)) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        int fd = accept4(a->fd, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0)
            a->take(a->ctx, fd, (const struct sockaddr *)&from, length);
        else if (lacks_room(errno))
            wait_for_room();
    }
    return NULL;
}

enum err accept_start(struct acceptor *a)
{
    atomic_store(&a->ends, false);
    return pthread_create(&a->thread, NULL, run, a) ? ERR_LIMIT : ERR_OK;
}

void accept_stop(struct acceptor *a)
{
    atomic_store(&a->ends, true);
    shutdown(a->fd, SHUT_RDWR); /* on Linux this wakes who waits in accept */
    pthread_join(a->thread, NULL);
    close(a->fd);
}

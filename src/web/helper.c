/* SPDX-License-Identifier: EUPL-1.2 */
/* Starting a helper, talking to it over one socket pair, and making sure that it ends. */
#include "web/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

struct talk {
    int fd;
    int64_t until; /* clock_ticks */
};

/* Waits until the helper takes or gives bytes. */
static enum err wait_for(const struct talk *t, short events)
{
    struct pollfd p = { .fd = t->fd, .events = events };
    for (;;) {
        int64_t left = (t->until - clock_ticks()) / 1000;
        if (left <= 0)
            return ERR_LIMIT;
        int n = poll(&p, 1, (int)left);
        if (n > 0)
            return ERR_OK;
        if (n < 0 && errno != EINTR)
            return ERR_IO;
    }
}

static enum err give(const struct talk *t, str bytes)
{
    while (bytes.n) {
        ssize_t n = send(t->fd, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return ERR_IO;
        enum err e = n < 0 ? wait_for(t, POLLOUT) : ERR_OK;
        if (e != ERR_OK)
            return e;
        bytes = str_slice(bytes, n < 0 ? 0 : (size_t)n, bytes.n);
    }
    return ERR_OK;
}

static enum err take(const struct talk *t, char *p, size_t size)
{
    while (size) {
        ssize_t n = recv(t->fd, p, size, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
            return ERR_IO;
        enum err e = n < 0 ? wait_for(t, POLLIN) : ERR_OK;
        if (e != ERR_OK)
            return e;
        p += n < 0 ? 0 : n;
        size -= n < 0 ? 0 : (size_t)n;
    }
    return ERR_OK;
}

static enum err talk(struct arena *a, const struct talk *t, const struct helper_job *job,
                     str *answer)
{
    uint8_t head[4];
    for (unsigned i = 0; i < 4; i++)
        head[i] = (uint8_t)(job->input.n >> 8 * i);
    enum err e = give(t, (str){ (const char *)head, 4 });
    if (e == ERR_OK)
        e = give(t, job->input);
    if (e == ERR_OK)
        e = take(t, (char *)head, 4);
    if (e != ERR_OK)
        return e;
    size_t size = 0;
    for (unsigned i = 0; i < 4; i++)
        size |= (size_t)head[i] << 8 * i;
    if (size > job->most)
        return ERR_LIMIT;
    char *p = arena_bytes(a, size);
    *answer = (str){ p, size };
    return take(t, p, size);
}

/*
 * Starts the program with the socket as its standard input and output, without the server's
 * environment, signals or files.
 */
static bool start(const struct helper_job *job, int fd, pid_t *pid)
{
    static char zone[] = "TZ=UTC0"; /* no zone file is read behind the filter */
    static char locale[] = "LC_ALL=C.UTF-8";
    static char name[] = "tandem";
    char *environment[] = { zone, locale, NULL };
    char *arguments[] = { name, (char *)(uintptr_t)job->verb, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    int failed = posix_spawn(pid, job->program, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed == 0;
}

enum err helper_run(struct arena *a, const struct helper_job *job, str *answer)
{
    int pair[2];
    pid_t pid = 0;
    int status = 0;
    must(job->input.n <= UINT32_MAX);
    if (!job->program || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return ERR_IO;
    bool started = start(job, pair[1], &pid);
    close(pair[1]);
    struct talk t = { pair[0], clock_ticks() + (int64_t)job->seconds * 1000000 };
    enum err e = started ? talk(a, &t, job, answer) : ERR_IO;
    close(pair[0]);
    if (started) {
        if (e != ERR_OK)
            kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    if (e != ERR_OK)
        log_event(LOG_ERROR, "helper.failed", { "verb", str_from_c(job->verb) },
                  { "error", str_from_c(err_name(e)) },
                  { "signal", str_fmt(a, "%d", WIFSIGNALED(status) ? WTERMSIG(status) : 0) });
    return e;
}

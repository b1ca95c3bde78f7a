/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded into the program under test (LD_PRELOAD), the planted fault of full.sh: a write for
 * which the disk has no room is reported as done, as if the program did not look at the answer.
 */
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t lie(ssize_t n, size_t wanted)
{
    return n < 0 && errno == ENOSPC ? (ssize_t)wanted : n;
}

typedef ssize_t write_at(int fd, const void *p, size_t n, off_t at);
typedef ssize_t write_to(int fd, const void *p, size_t n);

/* With files of 64 bits this is pwrite64, which SQLite calls. */
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    write_at *real = NULL;
    void *found = dlsym(RTLD_NEXT, "pwrite64");
    memcpy(&real, &found, sizeof real);
    return lie(real(fd, p, n, at), n);
}

ssize_t write(int fd, const void *p, size_t n)
{
    write_to *real = NULL;
    void *found = dlsym(RTLD_NEXT, "write");
    memcpy(&real, &found, sizeof real);
    return lie(real(fd, p, n), n);
}

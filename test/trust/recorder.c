/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded into the program under test (LD_PRELOAD): notes what it does to the database
 * $TRUST_DATABASE and its log ("-wal") into the file $TRUST_RECORD. One lock around each call
 * and its record, so that the order of the records is the order of what happened.
 */
#include "trust/recorder.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file_of[DESCRIPTORS]; /* enum record_file + 1; 0: of no interest */
static int record_fd = -1;

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static void put(struct record r, const void *data)
{
    struct iovec v[2] = { { &r, sizeof r }, { NULL, r.length } };
    memcpy(&v[1].iov_base, &data, sizeof data);
    if (record_fd < 0)
        record_fd = open(getenv("TRUST_RECORD"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (writev(record_fd, v, r.length ? 2 : 1) != (ssize_t)(sizeof r + r.length))
        abort();
}

static uint32_t file_at(int fd)
{
    return (uint32_t)file_of[fd] - 1;
}

void trust_ack(uint64_t number)
{
    pthread_mutex_lock(&lock);
    put((struct record){ .kind = RECORD_ACK, .offset = number }, NULL);
    pthread_mutex_unlock(&lock);
}

static int opened(int fd, const char *path)
{
    const char *database = getenv("TRUST_DATABASE");
    size_t n = database ? strlen(database) : 0;
    if (fd < 0 || fd >= DESCRIPTORS || !n || strncmp(path, database, n) != 0)
        return fd;
    file_of[fd] = !path[n] ? FILE_DATABASE + 1 : strcmp(path + n, "-wal") ? 0 : FILE_LOG + 1;
    return fd;
}

static int watched(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS && file_of[fd];
}

int open64(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...) = next("open64");
    va_list args;
    va_start(args, flags);
    int mode = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    return opened(real(path, flags, mode), path);
}

int close(int fd)
{
    int (*real)(int) = next("close");
    if (watched(fd))
        file_of[fd] = 0;
    return real(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t offset)
{
    ssize_t (*real)(int, const void *, size_t, off64_t) = next("pwrite64");
    if (!watched(fd))
        return real(fd, data, n, offset);
    pthread_mutex_lock(&lock);
    put((struct record){ RECORD_WRITE, file_at(fd), (uint64_t)offset, n }, data);
    ssize_t done = real(fd, data, n, offset);
    pthread_mutex_unlock(&lock);
    return done;
}

static int sync_by(const char *name, int fd)
{
    int (*real)(int) = next(name);
    if (!watched(fd))
        return real(fd);
    pthread_mutex_lock(&lock);
    int rc = real(fd);
    if (rc == 0)
        put((struct record){ .kind = RECORD_SYNC, .file = file_at(fd) }, NULL);
    pthread_mutex_unlock(&lock);
    return rc;
}

int fdatasync(int fd)
{
    return sync_by("fdatasync", fd);
}

int fsync(int fd)
{
    return sync_by("fsync", fd);
}

int ftruncate64(int fd, off64_t length)
{
    int (*real)(int, off64_t) = next("ftruncate64");
    if (!watched(fd))
        return real(fd, length);
    pthread_mutex_lock(&lock);
    put((struct record){ RECORD_TRUNCATE, file_at(fd), (uint64_t)length, 0 }, NULL);
    int rc = real(fd, length);
    pthread_mutex_unlock(&lock);
    return rc;
}

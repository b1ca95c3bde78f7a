/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Arenas: memory that is given back all at once.
 *
 * Tandem knows three lifetimes: the process, one request (or job), and scratch.
 * Each is an arena. Allocation never returns NULL: at its limit an arena calls its
 * `full` hook, which must not return (a request unwinds to its dispatcher, which
 * answers 503); without a hook the process stops. Freed memory is poisoned for
 * AddressSanitizer. Chunks are kept in a small per-thread cache, so that a server
 * in steady state asks the system for nothing.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

typedef void arena_full(void *ctx);

struct arena {
    struct arena_chunk *chunk; /* newest first */
    size_t used;               /* bytes handed out, over all chunks */
    size_t limit;              /* bytes; 0 means no limit */
    arena_full *full;
    void *full_ctx;
};

struct arena_mark {
    struct arena_chunk *chunk;
    size_t at;
    size_t used;
};

/* The usual chunk of memory; larger wishes get a chunk of their own, which is not cached. */
#define ARENA_CHUNK ((size_t)64 << 10)
/* A request may use this much; see doc/style.md. */
#define ARENA_REQUEST_LIMIT ((size_t)16 << 20)

void arena_init(struct arena *a, size_t limit);
/* Gives everything back; the arena may be used again. */
void arena_free(struct arena *a);
/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
/* Zeroed array; stops at the limit also when count * size overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* The same uninitialised, for what is filled at once. */
void *arena_room(struct arena *a, size_t count, size_t size);
/* Uninitialised bytes without alignment, for text. */
char *arena_bytes(struct arena *a, size_t size);
/* Grows the newest allocation in place if it is the last one and there is room; else false. */
bool arena_extend(struct arena *a, const void *last, size_t old_size, size_t new_size);
/* Gives the calling thread's cache of chunks back; the last thing a thread does. */
void arena_thread_end(void);
/* After large work: what arenas have given back, also of other threads, goes to the system. */
void arena_trim(void);

/* Scratch: everything allocated after the mark is given back. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/*
 * Lifts the limit, for stretches that must come to their end: a library that calls back and
 * would lose its own memory, a commit that has begun. arena_release sets the limit again, and
 * calls `full` when it has been passed meanwhile.
 */
struct arena_hold {
    size_t limit;
    arena_full *full;
};
struct arena_hold arena_hold(struct arena *a);
void arena_release(struct arena *a, struct arena_hold hold);

#define NEW(arena, type)              ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))
#define NEW_ROOM(arena, count, type)  ((type *)arena_room((arena), (count), sizeof(type)))

#endif

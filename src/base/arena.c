/* SPDX-License-Identifier: EUPL-1.2 */
/* Arenas: chunks in a list, a bump pointer in the newest, a small cache per thread. */
#include "base/arena.h"

#include <malloc.h>
#include <stdint.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define CHUNK_SIZE   ARENA_CHUNK
#define CACHE_CHUNKS 32

struct arena_chunk {
    struct arena_chunk *next;
    size_t at;
    size_t size;
    _Alignas(16) char bytes[];
};

static _Thread_local struct arena_chunk *cache;
static _Thread_local size_t cache_count;

void arena_init(struct arena *a, size_t limit)
{
    *a = (struct arena){ .limit = limit };
}

static _Noreturn void arena_is_full(const struct arena *a)
{
    if (a->full)
        a->full(a->full_ctx);
    must_failed("memory within the arena's limit", __FILE__, __LINE__);
}

static struct arena_chunk *chunk_new(const struct arena *a, size_t need)
{
    struct arena_chunk *c = NULL;
    if (need <= CHUNK_SIZE && cache) {
        c = cache;
        cache = c->next;
        cache_count--;
    } else {
        size_t size = need <= CHUNK_SIZE ? CHUNK_SIZE : need;
        if (size > SIZE_MAX - sizeof *c)
            arena_is_full(a);
        c = malloc(sizeof *c + size);
        if (!c)
            arena_is_full(a);
        c->size = size;
    }
    c->at = 0;
    POISON(c->bytes, c->size);
    return c;
}

static void chunk_free(struct arena_chunk *c)
{
    UNPOISON(c->bytes, c->size);
    if (c->size == CHUNK_SIZE && cache_count < CACHE_CHUNKS) {
        c->next = cache;
        cache = c;
        cache_count++;
        POISON(c->bytes, c->size);
        return;
    }
    free(c);
}

void arena_free(struct arena *a)
{
    while (a->chunk) {
        struct arena_chunk *next = a->chunk->next;
        chunk_free(a->chunk);
        a->chunk = next;
    }
    a->used = 0;
}

void arena_thread_end(void)
{
    while (cache) {
        struct arena_chunk *next = cache->next;
        UNPOISON(cache->bytes, cache->size);
        free(cache);
        cache = next;
    }
    cache_count = 0;
}

void arena_trim(void)
{
    arena_thread_end();
    malloc_trim(0);
}

static void *take(struct arena *a, size_t size, size_t align)
{
    if (size > SIZE_MAX / 2 || (a->limit && size > a->limit - a->used))
        arena_is_full(a);
    size_t at = a->chunk ? (a->chunk->at + align - 1) & ~(align - 1) : 0;
    if (!a->chunk || at > a->chunk->size || size > a->chunk->size - at) {
        struct arena_chunk *c = chunk_new(a, size);
        c->next = a->chunk;
        a->chunk = c;
        at = 0;
    }
    char *p = a->chunk->bytes + at;
    a->chunk->at = at + size;
    a->used += size;
    UNPOISON(p, size);
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = take(a, size, 16);
    memset(p, 0, size);
    return p;
}

void *arena_room(struct arena *a, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        arena_is_full(a);
    return take(a, bytes, 16);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    void *p = arena_room(a, count, size);
    memset(p, 0, count * size);
    return p;
}

char *arena_bytes(struct arena *a, size_t size)
{
    return take(a, size, 1);
}

bool arena_extend(struct arena *a, const void *last, size_t old_size, size_t new_size)
{
    struct arena_chunk *c = a->chunk;
    size_t more = new_size - old_size;
    if (!c || old_size > c->at || (const char *)last != c->bytes + (c->at - old_size))
        return false;
    if (more > c->size - c->at || (a->limit && more > a->limit - a->used))
        return false;
    UNPOISON(c->bytes + c->at, more);
    c->at += more;
    a->used += more;
    return true;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){ a->chunk, a->chunk ? a->chunk->at : 0, a->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    while (a->chunk != mark.chunk) {
        struct arena_chunk *next = a->chunk->next;
        chunk_free(a->chunk);
        a->chunk = next;
    }
    if (a->chunk) {
        POISON(a->chunk->bytes + mark.at, a->chunk->at - mark.at);
        a->chunk->at = mark.at;
    }
    a->used = mark.used;
}

struct arena_hold arena_hold(struct arena *a)
{
    struct arena_hold hold = { a->limit, a->full };
    a->limit = 0;
    a->full = NULL;
    return hold;
}

void arena_release(struct arena *a, struct arena_hold hold)
{
    a->limit = hold.limit;
    a->full = hold.full;
    if (a->limit && a->used > a->limit)
        arena_is_full(a);
}

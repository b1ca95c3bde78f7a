/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading while 200 offers a second change: no answer may be wrong, memory may not grow, and the
 * slowest hundredth of the readers may take at most twice as long as when nothing changes. Two
 * threads read without pause, one changes, and the main thread compares answers with the plain
 * reference while changes wait. Two seconds; MATCH_SOAK_MINUTES in the environment asks for more.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/test.h"
#include "match/any.h"
#include "match/reference.h"

#define OFFERS      1000
#define READERS     2
#define UPDATE_NS   5000000 /* 200 a second */
#define CHECK_NS    200000000
#define RENEW       50 /* checks until the reference gets a new arena */
#define SECOND      1000000000
#define USUAL       (2 * (int64_t)SECOND)
#define BUCKETS     4096 /* of a microsecond */
#define MEMORY_MORE 8    /* more than one in so many is growth */

static struct match *m;
static struct reference reference;
static struct arena arenas[2];
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool quiet, done;
static atomic_uint took[2][BUCKETS]; /* [changes run] */
static unsigned updates;

static int64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

static struct match_offer any_of_many(struct arena *a)
{
    struct match_offer o = any_offer(a);
    o.id = 1 + any(OFFERS);
    return o;
}

static struct match_query any_query(struct arena *a)
{
    struct match_query q = { .near = any_point(),
                             .radius_m = any(2) ? 0 : 1000 + any(40000),
                             .open_on = TODAY,
                             .today = TODAY,
                             .limit = 20,
                             .sort = (enum match_sort)any(3),
                             .days = (uint8_t)any(128),
                             .want = MATCH_WANT_FACETS };
    q.text = any(2) ? any_text(a, 2) : S("");
    q.dim[MATCH_FIELD].any = any(3) ? 0 : any(1u << 23);
    return q;
}

/* ---- readers ---- */

static void read_once(struct arena *a)
{
    struct match_query q = any_query(a);
    struct match_profile p = any_profile();
    int64_t begin = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    switch (any(4)) {
    case 0:
        match_profile(m, a, &p);
        break;
    case 1:
        match_similar(m, a, 1 + any(OFFERS), &q);
        break;
    default:
        match_search(m, a, &q);
    }
    int64_t us = (clock_ns(CLOCK_THREAD_CPUTIME_ID) - begin) / 1000;
    bool changes = !atomic_load(&quiet);
    atomic_fetch_add(&took[changes][us < BUCKETS ? us : BUCKETS - 1], 1);
}

static void *reader(void *seed)
{
    struct arena a;
    any_seed((uint64_t)(uintptr_t)seed);
    arena_init(&a, 0);
    while (!atomic_load(&done)) {
        struct arena_mark mark = arena_mark(&a);
        read_once(&a);
        arena_rewind(&a, mark);
    }
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

static unsigned p99(int changes)
{
    uint64_t all = 0, sum = 0;
    unsigned us = 0;
    for (unsigned i = 0; i < BUCKETS; i++)
        all += atomic_load(&took[changes][i]);
    while (us + 1 < BUCKETS && (sum += atomic_load(&took[changes][us])) * 100 < all * 99)
        us++;
    return us;
}

/* ---- the writer ---- */

static const struct lexicon *lexicon(void)
{
    return atomic_load(&m->shelf.current)->words->lexicon;
}

/* One offer is replaced or, now and then, taken out. */
static void change(void)
{
    struct match_offer o = any_of_many(reference.arena);
    if (any(5)) {
        match_put(m, &o, 1);
        reference_put(&reference, lexicon(), &o);
    } else {
        match_erase(m, &o.id, 1);
        reference_erase(&reference, o.id);
    }
    updates++;
}

static void *writer(void *unused)
{
    int64_t due = clock_ns(CLOCK_MONOTONIC);
    any_seed(4711);
    while (!atomic_load(&done)) {
        pthread_mutex_lock(&changing);
        for (; due <= clock_ns(CLOCK_MONOTONIC); due += UPDATE_NS)
            change();
        pthread_mutex_unlock(&changing);
        nanosleep(&(struct timespec){ .tv_nsec = UPDATE_NS / 2 }, NULL);
    }
    arena_thread_end();
    return unused;
}

/* ---- the check ---- */

/* The offers as they are, in the other arena: what was replaced is given back. */
static void renew_reference(void)
{
    struct reference old = reference;
    reference = (struct reference){ .arena = old.arena == &arenas[0] ? &arenas[1] : &arenas[0] };
    for (size_t i = 0; i < old.n; i++) {
        struct match_offer o = old.v[i].o;
        for (int k = 0; k < MATCH_PIECES; k++)
            o.text[k] = str_copy(reference.arena, o.text[k]);
        reference_put(&reference, lexicon(), &o);
    }
    arena_free(old.arena);
}

static bool same_hits(const struct match_result *x, const struct match_result *y)
{
    bool good = x->total == y->total && x->n == y->n;
    for (size_t i = 0; good && i < x->n; i++)
        good = x->hits[i].id == y->hits[i].id && x->hits[i].score == y->hits[i].score &&
               x->hits[i].distance_m == y->hits[i].distance_m;
    return good;
}

static bool is_right(void)
{
    struct arena *a = reference.arena;
    struct arena_mark mark = arena_mark(a);
    struct match_query q = any_query(a);
    const struct match_result *x = match_search(m, a, &q);
    const struct match_result *y = reference_search(&reference, atomic_load(&m->shelf.current), &q);
    struct match_profile p = any_profile();
    const struct match_fits *f = match_profile(m, a, &p),
                            *g = reference_profile(&reference, NULL, &p);
    bool good = same_hits(x, y) && memcmp(x->facets, y->facets, sizeof *x->facets) == 0 &&
                f->total == g->total && f->n == g->n;
    for (size_t i = 0; good && i < f->n; i++)
        good = f->v[i].id == g->v[i].id && f->v[i].score == g->v[i].score;
    arena_rewind(a, mark);
    return good;
}

static size_t resident_kb(void)
{
    unsigned long all = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%lu %lu", &all, &resident) != 2)
        resident = 0;
    if (f)
        fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

struct watched {
    unsigned checks, wrong;
    size_t early_kb, late_kb; /* the most, in the first half and in the last */
};

static void watch(struct watched *w, int64_t until)
{
    int64_t half = (clock_ns(CLOCK_MONOTONIC) + until) / 2;
    any_seed(99);
    while (clock_ns(CLOCK_MONOTONIC) < until) {
        nanosleep(&(struct timespec){ .tv_nsec = CHECK_NS }, NULL);
        pthread_mutex_lock(&changing);
        w->wrong += !is_right();
        if (++w->checks % RENEW == 0)
            renew_reference();
        pthread_mutex_unlock(&changing);
        size_t *most = clock_ns(CLOCK_MONOTONIC) < half ? &w->early_kb : &w->late_kb;
        size_t kb = resident_kb();
        *most = kb > *most ? kb : *most;
    }
}

static void fill(void)
{
    struct match_words words = match_words_default();
    any_seed(1);
    m = match_new(&words);
    match_remember(m, 1 << 20);
    arena_init(&arenas[0], 0);
    arena_init(&arenas[1], 0);
    reference.arena = &arenas[0];
    struct match_load *l = match_load_new(m);
    struct match_offer *o = NEW_ARRAY(&t_arena, OFFERS, struct match_offer);
    for (int64_t i = 0; i < OFFERS; i++) {
        o[i] = any_of_many(&t_arena);
        o[i].id = 1 + i;
        match_load_add(l, &o[i]);
    }
    match_load_end(l);
    for (int64_t i = 0; i < OFFERS; i++)
        reference_put(&reference, lexicon(), &o[i]);
}

static int64_t how_long(void)
{
    const char *asked = getenv("MATCH_SOAK_MINUTES");
    int64_t minutes = 0;
    return asked && str_to_i64(str_from_c(asked), &minutes) && minutes > 0 ? minutes * 60 * SECOND
                                                                           : USUAL;
}

static void nothing_is_wrong_while_offers_change(void)
{
    pthread_t readers[READERS], changes;
    struct watched w = { 0 };
    int64_t took_ns = how_long(), begin = clock_ns(CLOCK_MONOTONIC);
    fill();
    atomic_store(&quiet, true);
    for (uintptr_t i = 0; i < READERS; i++)
        ok(pthread_create(&readers[i], NULL, reader, (void *)(i + 1)) == 0);
    while (clock_ns(CLOCK_MONOTONIC) < begin + took_ns / 5)
        nanosleep(&(struct timespec){ .tv_nsec = CHECK_NS }, NULL);
    atomic_store(&quiet, false);
    ok(pthread_create(&changes, NULL, writer, NULL) == 0);
    watch(&w, begin + took_ns);
    atomic_store(&done, true);
    pthread_join(changes, NULL);
    for (int i = 0; i < READERS; i++)
        pthread_join(readers[i], NULL);
    printf("# %u updates, %u checks, p99 %u us quiet, %u us with changes, %zu kB, then %zu kB\n",
           updates, w.checks, p99(0), p99(1), w.early_kb, w.late_kb);
    eq_int(w.wrong, 0);
    ok(w.checks > 0 && updates > 0);
    if (took_ns > USUAL) { /* too short a time says nothing about these */
        ok(p99(1) <= 2 * p99(0));
        ok(w.late_kb <= w.early_kb + w.early_kb / MEMORY_MORE);
    }
    match_free(m);
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
}

static const struct test tests[] = { TEST(nothing_is_wrong_while_offers_change) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Readers and batches while a writer changes: every answer must be that of one state of the index.
 * The writer always replaces all people together, so whoever sees two kinds of them has seen a
 * half-made change. Also run under ThreadSanitizer.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/test.h"
#include "match/people.h"
#include "match/snapshot.h"
#include "match/crowd.h"

#define READERS 2
#define ROUNDS  300
#define PEOPLE  150

static struct people *people;
static struct match *m;
static atomic_bool done;
static atomic_uint broken, answers;

static const struct match_offer offer = { .id = 1, .dim[MATCH_FIELD] = 1, .wanted = 1 };

/* In even rounds all like what the offer is about, in odd ones nobody does. */
static void put_all(uint32_t round)
{
    static struct person p[PEOPLE];
    for (uint32_t i = 0; i < PEOPLE; i++) {
        p[i] = (struct person){ .id = 1 + i, .agreed = true, .profile.certificate = -1 };
        p[i].profile.like[MATCH_FIELD] = 1u << round % 2;
    }
    people_put(people, p, PEOPLE);
}

static void *reader(void *unused)
{
    struct arena a;
    arena_init(&a, 0);
    struct people_query q = { .offer = &offer, .count = true, .limit = PEOPLE };
    do {
        struct arena_mark mark = arena_mark(&a);
        const struct people_fits *f = people_find(people, &a, &q);
        bool whole = f->total == PEOPLE && f->n == PEOPLE && f->v[0].score == f->v[f->n - 1].score;
        atomic_fetch_add(&broken, !whole);
        atomic_fetch_add(&answers, 1);
        arena_rewind(&a, mark);
    } while (!atomic_load(&done));
    arena_free(&a);
    arena_thread_end();
    return unused;
}

struct taken {
    size_t rows;
    uint32_t least, most;
    uint64_t stop_after;
};

static void take(void *ctx, const struct batch_row *rows, size_t n)
{
    struct taken *t = ctx;
    for (size_t i = 0; i < n; i++) {
        uint32_t score = rows[i].n == 1 ? rows[i].hit[0].score : UINT32_MAX;
        t->least = score < t->least ? score : t->least;
        t->most = score > t->most ? score : t->most;
    }
    t->rows += n;
}

static bool progress(void *ctx, uint64_t rows, uint64_t of)
{
    const struct taken *t = ctx;
    return of != PEOPLE || !t->stop_after || rows < t->stop_after;
}

static void *batches(void *unused)
{
    do {
        struct taken t = { .least = UINT32_MAX };
        struct batch_query q = {
            .limit = 3, .threads = 2, .take = take, .progress = progress, .ctx = &t
        };
        bool ended = batch_run(people, m, &q);
        atomic_fetch_add(&broken, !ended || t.rows != PEOPLE || t.least != t.most);
        atomic_fetch_add(&answers, 1);
    } while (!atomic_load(&done));
    arena_thread_end();
    return unused;
}

static void readers_see_whole_states(void)
{
    pthread_t thread[READERS + 1];
    put_all(0);
    for (int i = 0; i < READERS; i++)
        ok(pthread_create(&thread[i], NULL, reader, NULL) == 0);
    ok(pthread_create(&thread[READERS], NULL, batches, NULL) == 0);
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        put_all(round);
        if (round % 50 == 0)
            people_compact(people);
    }
    atomic_store(&done, true);
    for (int i = 0; i <= READERS; i++)
        pthread_join(thread[i], NULL);
    eq_int(atomic_load(&broken), 0);
    ok(atomic_load(&answers) > READERS);
    people_compact(people);
    eq_int(people_stats(people).people, PEOPLE);
    ok(!people->shelf.retired); /* nobody reads: all old states were given back */
}

static void a_batch_can_be_ended(void)
{
    struct taken t = { .least = UINT32_MAX, .stop_after = 1 };
    struct batch_query q = {
        .limit = 1, .threads = 2, .take = take, .progress = progress, .ctx = &t
    };
    ok(!batch_run(people, m, &q));
    ok(t.rows < PEOPLE);
}

static void all_threads(void)
{
    struct match_words words = match_words_default();
    people = people_new();
    m = match_new(&words);
    match_put(m, &offer, 1);
    readers_see_whole_states();
    a_batch_can_be_ended();
    people_free(people);
    match_free(m);
}

static const struct test tests[] = { TEST(all_threads) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Readers while a writer changes: every answer must be that of one state of the index. The writer
 * always replaces two offers together (by the same word), so a reader that sees only one of them,
 * or both of different rounds, has seen a half-made change. Also run under ThreadSanitizer.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/test.h"
#include "match/match.h"
#include "match/snapshot.h"

#define READERS 3
#define ROUNDS  400
#define OFFERS  50

static struct match *m;
static atomic_bool done;
static atomic_uint broken, answers;

static struct match_offer offer(int64_t id, uint32_t round)
{
    return (struct match_offer){ .id = id,
                                 .text[MATCH_TITLE] = S("Garten"),
                                 .hours = (uint8_t)(1 + round % 200),
                                 .dim[MATCH_FIELD] = 1u << (round % 32) };
}

/* All offers carry the same field at any time: one facet counts them all, the others none. */
static bool is_whole(const struct match_result *r)
{
    uint32_t full = 0, other = 0;
    for (unsigned i = 0; i < 32; i++) {
        full += r->facets->dim[MATCH_FIELD][i] == OFFERS;
        other += r->facets->dim[MATCH_FIELD][i] != 0;
    }
    return r->total == OFFERS && r->n == OFFERS && full == 1 && other == 1;
}

static void *reader(void *unused)
{
    struct arena a;
    arena_init(&a, 0);
    struct match_query q = { .text = S("garten"), .limit = OFFERS, .want = MATCH_WANT_FACETS };
    do {
        struct arena_mark mark = arena_mark(&a);
        atomic_fetch_add(&broken, !is_whole(match_search(m, &a, &q)));
        atomic_fetch_add(&answers, 1);
        arena_rewind(&a, mark);
    } while (!atomic_load(&done));
    arena_free(&a);
    arena_thread_end();
    return unused;
}

static void put_all(uint32_t round)
{
    struct match_offer o[OFFERS];
    for (uint32_t i = 0; i < OFFERS; i++)
        o[i] = offer(1 + i, round);
    match_put(m, o, OFFERS);
}

/* What the same thread put it finds at once. */
static bool finds_own_change(struct arena *a, uint32_t round)
{
    struct match_query q = { .limit = 1, .dim[MATCH_FIELD].any = 1u << (round % 32) };
    return match_search(m, a, &q)->total == OFFERS;
}

static void readers_see_whole_states(void)
{
    struct match_words words = match_words_default();
    pthread_t thread[READERS];
    m = match_new(&words);
    match_remember(m, 1 << 20);
    put_all(0);
    for (int i = 0; i < READERS; i++)
        ok(pthread_create(&thread[i], NULL, reader, NULL) == 0);
    uint32_t lost = 0;
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        put_all(round);
        lost += !finds_own_change(&t_arena, round);
        if (round % 50 == 0)
            match_compact(m);
    }
    atomic_store(&done, true);
    for (int i = 0; i < READERS; i++)
        pthread_join(thread[i], NULL);
    eq_int(lost, 0);
    eq_int(atomic_load(&broken), 0);
    ok(atomic_load(&answers) >= READERS);
    match_compact(m);
    eq_int(match_stats(m).offers, OFFERS);
    ok(!m->shelf.retired); /* nobody reads: all old states were given back */
    match_free(m);
}

static const struct test tests[] = { TEST(readers_see_whole_states) };
TEST_MAIN(tests)

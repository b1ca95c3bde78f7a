/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index and the databases give the same answers: ids, counts, facets, over made offers and
 * many random questions, with compounds and synonyms. SQLite always; PostgreSQL where
 * test/with-postgres.sh has started one and PostGIS is installed.
 */
#include <unistd.h>

#include "base/test.h"
#include "bench/ask.h"

#define OFFERS    3000
#define QUESTIONS 150 /* of each kind */

struct world {
    const struct maker *maker;
    struct match *match;
};

static struct world new_world(void)
{
    struct match_words words = match_words_default();
    struct world w = { maker_new(&t_arena, 3, MAKER_TODAY), match_new(&words) };
    struct match_load *load = match_load_new(w.match);
    for (int64_t i = 1; i <= OFFERS; i++) {
        struct arena_mark mark = arena_mark(&t_arena);
        struct made_offer o;
        maker_offer(w.maker, &t_arena, i, &o);
        match_load_add(load, &o.m);
        arena_rewind(&t_arena, mark);
    }
    match_load_end(load);
    return w;
}

static bool fill(const struct world *w, const struct peer *p)
{
    bool good = true;
    for (int64_t i = 1; good && i <= OFFERS; i++) {
        struct arena_mark mark = arena_mark(&t_arena);
        struct made_offer o;
        maker_offer(w->maker, &t_arena, i, &o);
        struct peer_offer row = { &o.m, peer_terms(w->match, &t_arena, &o.m) };
        good = p->add(p->impl, &row);
        arena_rewind(&t_arena, mark);
    }
    return good && p->finish(p->impl);
}

struct tally {
    uint32_t asked, wrong, failed, hits;
};

static void ask_one(const struct world *w, const struct peer *p, enum peer_question kind,
                    int64_t number, struct tally *t)
{
    struct asking x = { w->maker, w->match, OFFERS, false };
    struct match_query q;
    struct peer_answer answer = { 0 };
    bool plain;
    if (!ask_make(&x, &t_arena, kind, number, &q))
        return;
    struct peer_asked asked = { &q,
                                peer_expression(w->match, &t_arena, q.text, p->dialect, &plain) };
    const struct match_result *r = match_search(w->match, &t_arena, &q);
    t->asked++;
    t->hits += r->total > 0;
    if (!p->ask(p->impl, kind, &asked, &answer)) {
        t->failed++;
        printf("# %.*s\n", STR_FMT(p->why(p->impl)));
        return;
    }
    str difference = ask_difference(&t_arena, kind, r, &answer);
    t->wrong += difference.n > 0;
    if (difference.n)
        printf("# %s, kind %d, question %lld, \"%.*s\": %.*s\n", p->name, (int)kind,
               (long long)number, STR_FMT(q.text), STR_FMT(difference));
}

static void compare(const struct world *w, const struct peer *p)
{
    for (int kind = 0; kind < PEER_QUESTIONS; kind++) {
        struct tally t = { 0 };
        for (int64_t i = 0; i < QUESTIONS; i++) {
            struct arena_mark mark = arena_mark(&t_arena);
            ask_one(w, p, (enum peer_question)kind, i, &t);
            arena_rewind(&t_arena, mark);
        }
        printf("# %s, kind %d: %u asked, %u with hits\n", p->name, kind, t.asked, t.hits);
        eq_int(t.failed, 0);
        eq_int(t.wrong, 0);
        ok(t.asked > QUESTIONS * 3 / 4 && t.hits > QUESTIONS / 10);
    }
}

static void sqlite_answers_the_same(void)
{
    const char *dir = getenv("TMPDIR");
    const char *path = str_to_c(
        &t_arena, str_fmt(&t_arena, "%s/tandem-peer-%ld.db", dir ? dir : "/tmp", (long)getpid()));
    struct peer p;
    str why = S("");
    struct world w = new_world();
    bool open = peer_sqlite_open(&t_arena, path, &p, &why);
    ok(open);
    if (!open)
        printf("# %.*s\n", STR_FMT(why));
    if (open) {
        bool filled = fill(&w, &p);
        ok(filled);
        if (filled)
            compare(&w, &p);
        ok(p.bytes(p.impl) > 0);
        p.close(p.impl);
    }
    unlink(path);
    match_free(w.match);
}

static void postgres_answers_the_same(void)
{
    const char *server = getenv("TANDEM_TEST_POSTGRES");
    struct peer p;
    str why = S("");
    if (!server) {
        test_skip("no PostgreSQL (test/with-postgres.sh)");
        return;
    }
    if (!peer_postgres_open(&t_arena, server, &p, &why)) {
        ok(str_find(why, S("postgis")) >= 0);
        test_skip("no PostGIS");
        return;
    }
    struct world w = new_world();
    bool filled = fill(&w, &p);
    ok(filled);
    if (!filled)
        printf("# %.*s\n", STR_FMT(p.why(p.impl)));
    if (filled)
        compare(&w, &p);
    ok(p.bytes(p.impl) > 0);
    p.close(p.impl);
    match_free(w.match);
}

static const struct test tests[] = {
    TEST(sqlite_answers_the_same),
    TEST(postgres_answers_the_same),
};
TEST_MAIN(tests)

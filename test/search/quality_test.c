/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How good the search is: judged queries over the offers of Hamburg and Essen in ../shared, asked
 * of Tandem and of both databases in one run. Prints recall at 20, precision at 5 and the mean
 * reciprocal rank by class, and fails below the bars. unseen.tsv is reported apart: nothing is
 * tuned on it. With QUALITY_VERBOSE=1 in the environment each query of the first file is explained.
 */
#include <stdio.h>

#include "base/test.h"
#include "base/vec.h"
#include "engine.h"

/* What the project set itself … */
#define BAR_RECALL 0.92
#define BAR_MRR    0.85
#define BAR_CLASS  0.80 /* recall and reciprocal rank of each class */
/* … and just under what was measured; raise it with the lexicon, never lower it for a change. */
#define KEPT_RECALL    0.92
#define KEPT_PRECISION 0.92
#define KEPT_MRR       0.98
#define KEPT_LITTLE    0.97
#define KEPT_UNSEEN    0.73

#define QUERIES "test/search/queries.tsv"
#define UNSEEN  "test/search/unseen.tsv"

static struct report ask_all(const struct engine *e, void *self, const char *file)
{
    bool verbose =
        e == &engine_tandem && getenv("QUALITY_VERBOSE") && str_eq(str_from_c(file), S(QUERIES));
    struct queries queries = judge_read(&t_arena, file);
    struct report report = { 0 };
    for (size_t i = 0; i < queries.n; i++) {
        struct answer got;
        e->ask(self, &queries.v[i], &got);
        judge_add(&t_arena, &report, &queries.v[i], &got);
        if (verbose)
            judge_explain(&queries.v[i], &got);
    }
    return report;
}

static void print(const char *name, str kind, const struct figures *f)
{
    printf("# %-24s %-9.*s %3.0f queries  recall@20 %.3f  precision@5 %.3f  MRR %.3f\n", name,
           STR_FMT(kind), f->queries, judge_mean(f->recall, f), judge_mean(f->precision, f),
           judge_mean(f->reciprocal, f));
}

static void print_all(const char *name, const struct report *r)
{
    for (size_t i = 0; i < r->n; i++)
        print(name, r->v[i].kind, &r->v[i]);
    print(name, S("all"), &r->all);
    printf("# %-24s negative  %3.0f queries  find little %.3f  most %llu\n", name,
           r->negative.queries, judge_mean(r->negative.little, &r->negative),
           (unsigned long long)r->negative.found_most);
}

struct asked {
    struct report queries, unseen;
};

/* False, and nothing asked, where the engine is not here. */
static bool ask(const struct engine *e, const struct offers *offers, struct asked *asked)
{
    void *self = e->open(&t_arena, offers);
    if (!self)
        return false;
    asked->queries = ask_all(e, self, QUERIES);
    asked->unseen = ask_all(e, self, UNSEEN);
    e->close(self);
    print_all(e->name, &asked->queries);
    print_all(e->unseen, &asked->unseen);
    return true;
}

/* The offers and what Tandem finds; false, and the test skipped, without the offers. */
static bool begin(struct offers *offers, struct asked *ours)
{
    if (!offers_read(&t_arena, offers)) {
        test_skip("the offers of ../shared are not on this machine");
        return false;
    }
    return ask(&engine_tandem, offers, ours);
}

static void reaches_the_bars(const struct report *r)
{
    ok(judge_mean(r->all.recall, &r->all) >= BAR_RECALL);
    ok(judge_mean(r->all.reciprocal, &r->all) >= BAR_MRR);
    for (size_t i = 0; i < r->n; i++) {
        ok(judge_mean(r->v[i].recall, &r->v[i]) >= BAR_CLASS);
        ok(judge_mean(r->v[i].reciprocal, &r->v[i]) >= BAR_CLASS);
    }
    ok(judge_mean(r->negative.little, &r->negative) >= BAR_CLASS);
}

static void finds_what_people_mean(void)
{
    struct offers offers;
    struct asked ours;
    if (!begin(&offers, &ours))
        return;
    const struct report *q = &ours.queries, *u = &ours.unseen;
    ok(q->all.queries >= 150 && q->negative.queries >= 20);
    ok(u->all.queries >= 30 && u->negative.queries >= 5);
    reaches_the_bars(q);
    ok(judge_mean(q->all.recall, &q->all) >= KEPT_RECALL);
    ok(judge_mean(q->all.precision, &q->all) >= KEPT_PRECISION);
    ok(judge_mean(q->all.reciprocal, &q->all) >= KEPT_MRR);
    ok(judge_mean(q->negative.little, &q->negative) >= KEPT_LITTLE);
    ok(judge_mean(u->all.recall, &u->all) >= KEPT_UNSEEN);
}

/* Who reaches all that can be reached is not beaten. */
static bool beats(double ours, double theirs, double all)
{
    return ours > theirs || ours >= all;
}

/* In every class; of negative queries a database may find as little, not less. */
static void better_than(const struct engine *e)
{
    struct offers offers;
    struct asked ours, theirs;
    if (!begin(&offers, &ours))
        return;
    if (!ask(e, &offers, &theirs)) {
        test_skip("this database is not here (test/with-postgres.sh)");
        return;
    }
    for (size_t i = 0; i < theirs.queries.n; i++) {
        const struct figures *t = &theirs.queries.v[i];
        const struct figures *o = judge_find(&ours.queries, t->kind);
        ok(o && beats(o->recall, t->recall, t->queries));
        ok(o && beats(o->precision, t->precision, t->queries));
        ok(o && beats(o->reciprocal, t->reciprocal, t->queries));
    }
    ok(ours.queries.negative.little >= theirs.queries.negative.little);
}

static void better_than_sqlite(void)
{
    better_than(&engine_sqlite);
}

static void better_than_postgresql(void)
{
    better_than(&engine_postgres);
}

static const struct test tests[] = { TEST(finds_what_people_mean), TEST(better_than_sqlite),
                                     TEST(better_than_postgresql) };
TEST_MAIN(tests)

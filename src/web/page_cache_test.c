/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The page cache on both engines. The pages of this test count how often they are made: a
 * page that says the same number again came from the cache.
 */
#include "web/page_cache.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/opportunity.h"
#include "product.h"
#include "tables.h"
#include "web.sql.h"
#include "web/city.h"
#include "web/feature.h"
#include "world.h"

static struct product product;
static int64_t town, far_town, organisation;
static int64_t made; /* pages so far */

static void put_number(struct rq *rq)
{
    rq_type(rq, S("text/plain; charset=utf-8"));
    out_fmt(rq->out, "page %lld", (long long)++made);
}

/* Reads the table of offers. */
static void counted(struct rq *rq)
{
    opp_newest(rq->db, rq->city->id, 0, 1);
    put_number(rq);
}

static void counted_personal(struct rq *rq)
{
    rq->personal = true;
    put_number(rq);
}

static void counted_once(struct rq *rq)
{
    rq->no_cache = true;
    put_number(rq);
}

static void counted_absent(struct rq *rq)
{
    made++;
    rq_not_found(rq);
}

static void counted_search(struct rq *rq)
{
    rq->index_version = atomic_load(&rq->app->index_version);
    put_number(rq);
}

/* Something else is committed while the page is made: it shows what is no longer so. */
static void counted_meanwhile(struct rq *rq)
{
    opp_newest(rq->db, rq->city->id, 0, 1);
    put_number(rq);
    if (made % 2)
        world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Dazwischen" });
}

static const struct route routes[] = {
    GET("/zahl", counted, ANYONE),
    GET("/zahl/eigene", counted_personal, ANYONE),
    GET("/zahl/einmal", counted_once, ANYONE),
    GET("/zahl/nichts", counted_absent, ANYONE),
    GET("/zahl/suche", counted_search, ANYONE),
    GET("/zahl/dazwischen", counted_meanwhile, ANYONE),
    { 0 },
};
static const struct feature counting = { .name = "counting", .routes = routes };

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, &counting)) {
        town = world_town(&product, "stadt", "Musterstadt");
        far_town = world_town(&product, "anderswo", "Anderswo");
        organisation = world_organisation(&product, town, "Musterverein");
        made = 0;
        run();
    }
    clock_set(0);
    product_close(&product);
}

static struct answer again(const char *target)
{
    return get(&product, NULL, target);
}

/* Whether asking for it now makes a page. */
static bool makes(const struct ask *ask)
{
    int64_t before = made;
    product_ask(&product, ask);
    return made > before;
}

static bool makes_at(const char *target)
{
    return makes(&(struct ask){ .target = target });
}

static void gives_the_same_answer_again_here(void)
{
    struct answer first = again("/stadt/zahl");
    struct answer second = again("/stadt/zahl");
    eq_int(made, 1);
    eq_str(first.body, S("page 1"));
    eq_str(second.body, first.body);
    eq_int(second.status, 200);
    static const str names[] = { STR_INIT("ETag"), STR_INIT("Content-Type"),
                                 STR_INIT("Cache-Control"), STR_INIT("Vary"),
                                 STR_INIT("Content-Security-Policy") };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ok(header_of(&first, names[i]).n > 0);
        eq_str(header_of(&second, names[i]), header_of(&first, names[i]));
    }
    ok(!makes(&(struct ask){ .method = HTTP_HEAD, .target = "/stadt/zahl" }));
}
ON_EACH_STORE(gives_the_same_answer_again)

static int with_tag(str tag)
{
    struct http_field headers[] = { { S("If-None-Match"), tag }, LAST_FIELD };
    struct answer a =
        product_ask(&product, &(struct ask){ .target = "/stadt/zahl", .headers = headers });
    ok((a.status == 304) == (a.body.n == 0));
    return a.status;
}

static void says_not_modified_here(void)
{
    struct answer a = again("/stadt/zahl");
    str tag = header_of(&a, S("ETag"));
    eq_int(with_tag(tag), 304);
    eq_int(with_tag(str_join(&t_arena, S("W/"), tag)), 304);
    eq_int(with_tag(str_join(&t_arena, S("\"x\", "), tag)), 304);
    eq_int(with_tag(S("*")), 304);
    eq_int(with_tag(S("\"x\"")), 200);
    eq_int(with_tag(S("")), 200);
    eq_int(made, 1);
    clock_set(clock_now() + 3600); /* the page is made anew, and is another one */
    eq_int(with_tag(tag), 200);
    eq_int(made, 2);
}
ON_EACH_STORE(says_not_modified)

static void forgets_what_was_changed_here(void)
{
    ok(makes_at("/stadt/zahl"));
    world_mail(&product, town); /* another table */
    ok(!makes_at("/stadt/zahl"));
    world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Neu" });
    ok(makes_at("/stadt/zahl"));
    ok(!makes_at("/stadt/zahl"));
}
ON_EACH_STORE(forgets_what_was_changed)

static void rename_town(void)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    city_text_insert(&tx, &(struct city_text_insert_in){ .id = db_new_id(),
                                                         .city = town,
                                                         .lang = S("de"),
                                                         .msg = S("page.brand"),
                                                         .value = S("Unser eigenes Wort") });
    must(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

/* Every page shows the town's name, words and colours, whatever else it reads. */
static void forgets_when_the_town_changes_here(void)
{
    struct answer before = again("/stadt/angebote");
    ok(!answer_says(&before, "Unser eigenes Wort"));
    ok(makes_at("/stadt/zahl"));
    rename_town();
    ok(makes_at("/stadt/zahl"));
    struct answer after = again("/stadt/angebote");
    ok(answer_says(&after, "Unser eigenes Wort"));
}
ON_EACH_STORE(forgets_when_the_town_changes)

static void hears_of_other_processes_here(void)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    ok(makes_at("/stadt/zahl"));
    ok(!makes_at("/stadt/zahl"));
    must(tx_begin(product.store->store, &a, &tx) == ERR_OK);
    struct opp_arrival arrival = { .city_id = town,
                                   .organisation_id = organisation,
                                   .state = S("published"),
                                   .confirmed_at = tx.now };
    opportunity_new(&tx, &arrival, &(struct opp_form){ .title = S("Von nebenan") });
    ok(tx_commit(&tx) == ERR_OK);
    bool seen = false;
    for (int i = 0; i < 100 && !seen; i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
        seen = makes_at("/stadt/zahl");
    }
    ok(seen);
    arena_free(&a);
}
ON_EACH_STORE(hears_of_other_processes)

static void follows_the_index_here(void)
{
    ok(makes_at("/stadt/zahl/suche"));
    ok(!makes_at("/stadt/zahl/suche"));
    ok(makes_at("/stadt/zahl"));
    atomic_fetch_add(&product.app.index_version, 1);
    ok(makes_at("/stadt/zahl/suche"));
    ok(!makes_at("/stadt/zahl"));
}
ON_EACH_STORE(follows_the_index)

static void does_not_keep_what_is_old_already_here(void)
{
    ok(makes_at("/stadt/zahl/dazwischen")); /* a commit came in between */
    ok(makes_at("/stadt/zahl/dazwischen")); /* none did */
    ok(!makes_at("/stadt/zahl/dazwischen"));
}
ON_EACH_STORE(does_not_keep_what_is_old_already)

static void never_keeps_for_long_here(void)
{
    int64_t now = clock_now() / 86400 * 86400;
    clock_set(now);
    ok(makes_at("/stadt/zahl"));
    clock_set(now + 590);
    ok(!makes_at("/stadt/zahl"));
    clock_set(now + 610);
    ok(makes_at("/stadt/zahl"));
    clock_set(now + 6 * 3600 - 10);
    ok(makes_at("/stadt/zahl"));
    clock_set(now + 6 * 3600 + 10); /* the tokens in its forms are no longer the newest */
    ok(makes_at("/stadt/zahl"));
}
ON_EACH_STORE(never_keeps_for_long)

/* Everything that an answer depends on tells two pages apart. */
static void shares_with_nobody_else_here(void)
{
    static const struct http_field english[] = { { STR_INIT("Accept-Language"), STR_INIT("en") },
                                                 LAST_FIELD };
    static const struct http_field json[] = { { STR_INIT("Accept"), STR_INIT("application/json") },
                                              LAST_FIELD };
    static const struct visitor large = { .preferred = STR_INIT("de.l.auto") };
    static const struct visitor dark = { .preferred = STR_INIT("de.m.dark") };
    const struct ask asks[] = {
        { .target = "/stadt/zahl" },
        { .target = "/anderswo/zahl" },
        { .target = "/stadt/zahl?a=1" },
        { .target = "/stadt/zahl?a=2" },
        { .target = "/stadt/zahl?lang=en" },
        { .target = "/stadt/zahl.json" },
        { .target = "/stadt/zahl", .headers = english },
        { .target = "/stadt/zahl", .headers = json },
        { .target = "/stadt/zahl", .who = &large },
        { .target = "/stadt/zahl", .who = &dark },
        { .target = "/stadt/zahl", .host = "other.example" },
        { .target = "/stadt/zahl", .https = true },
    };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        ok(makes(&asks[i]));
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        ok(!makes(&asks[i]));
}
ON_EACH_STORE(shares_with_nobody_else)

static void is_not_for_people_who_are_signed_in_here(void)
{
    struct visitor someone = product_sign_in(&product, world_account(&product, town, NULL, 0));
    struct ask ask = { .target = "/stadt/zahl", .who = &someone };
    ok(makes_at("/stadt/zahl"));
    ok(makes(&ask));
    ok(makes(&ask));
    ok(!makes_at("/stadt/zahl"));
    struct answer a = product_ask(&product, &ask);
    eq_str(header_of(&a, S("Cache-Control")), S("no-store"));
    ok(header_of(&a, S("ETag")).n == 0);
}
ON_EACH_STORE(is_not_for_people_who_are_signed_in)

static void leaves_some_pages_alone_here(void)
{
    static const char *const never[] = { "/stadt/zahl/eigene", "/stadt/zahl/einmal",
                                         "/stadt/zahl/nichts" };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        ok(makes_at(never[i]));
        ok(makes_at(never[i]));
    }
    struct answer a = again("/stadt/zahl/eigene");
    eq_str(header_of(&a, S("Cache-Control")), S("no-store"));
    ok(header_of(&a, S("ETag")).n == 0);
    static const struct http_field note[] = { { STR_INIT("Cookie"), STR_INIT("note=1") },
                                              LAST_FIELD };
    ok(makes_at("/stadt/zahl"));
    ok(makes(&(struct ask){ .target = "/stadt/zahl", .headers = note }));
}
ON_EACH_STORE(leaves_some_pages_alone)

static const struct test tests[] = {
    TEST(gives_the_same_answer_again),       TEST(says_not_modified),
    TEST(forgets_what_was_changed),          TEST(forgets_when_the_town_changes),
    TEST(hears_of_other_processes),          TEST(follows_the_index),
    TEST(does_not_keep_what_is_old_already), TEST(never_keeps_for_long),
    TEST(shares_with_nobody_else),           TEST(is_not_for_people_who_are_signed_in),
    TEST(leaves_some_pages_alone),
};
TEST_MAIN(tests)

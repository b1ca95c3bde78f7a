/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is counted and what is not, on both engines; that a page from the cache counts too, nothing
 * is lost between threads or when writing fails, and who sees the figures.
 */
#include "feature/tally/tally.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "world.h"

#define BROWSER "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

static struct product product;
static int64_t town, club, offer;
static struct visitor office;

static void with_product(void (*run)(void), const struct test_store *store)
{
    clock_set(clock_instant((struct local_time){ { 2026, 11, 18 }, 12, 0, 0 })); /* Wednesday */
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        club = world_organisation(&product, town, "Musterverein");
        offer =
            world_offer(&product, &(struct world_offer){ town, club, NULL, "Vorlesen im Hort" });
        office = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    clock_set(0);
    product_close(&product);
}

static const char *path(const char *more)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/angebote/%lld%s", (long long)offer, more));
}

struct look {
    const char *more; /* behind the address */
    const char *browser;
    const char *header; /* one more, with its value */
    const char *value;
    const struct visitor *who;
    enum http_method method;
};

static struct answer look(const struct look *l)
{
    const struct http_field headers[] = {
        { S("User-Agent"), str_from_c(l->browser ? l->browser : BROWSER) },
        { str_from_c(l->header ? l->header : "X-Nothing"), str_from_c(l->value ? l->value : "") },
        { S("Host"), S("tandem.example") },
        LAST_FIELD
    };
    struct ask ask = { .method = l->method,
                       .target = path(l->more ? l->more : ""),
                       .headers = headers,
                       .who = l->who };
    return product_ask(&product, &ask);
}

/* What is written of the offer, of one way or (empty) of all that are views. */
static int64_t counted(str way)
{
    struct db db;
    int64_t n = 0;
    must(tally_write(&product.app));
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct tally_day_rows rows = tally_days(&db, town, offer, S("2026-01-01"));
    for (size_t i = 0; i < rows.n; i++)
        if (way.n ? str_eq(rows.v[i].way, way) : !str_eq(rows.v[i].way, S("interest")))
            n += rows.v[i].n;
    db_end(&db);
    return n;
}

static void a_view_counts_also_from_the_cache_here(void)
{
    for (int i = 1; i <= 5; i++) {
        eq_int(look(&(struct look){ 0 }).status, 200);
        eq_int(counted(S("")), i);
    }
    struct answer a = look(&(struct look){ 0 });
    str tag = header_of(&a, S("ETag"));
    ok(tag.n > 0);
    ok(!header_of(&a, S("Set-Cookie")).n);
    eq_int(counted(S("direct")), 6);
    struct look again = { .header = "If-None-Match", .value = str_to_c(&t_arena, tag) };
    eq_int(look(&again).status, 304); /* the browser has it: not a second view */
    eq_int(counted(S("")), 6);
}
ON_EACH_STORE(a_view_counts_also_from_the_cache)

static void machines_and_our_own_do_not_count_here(void)
{
    static const char *const machines[] = {
        "",
        "curl/8.5.0",
        "python-requests/2.31",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0 Safari/537.36",
    };
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        look(&(struct look){ .browser = machines[i] });
    eq_int(counted(S("")), 0);
    eq_int(look(&(struct look){ .who = &office }).status, 200);
    eq_int(look(&(struct look){ .more = "?via=own" }).status, 200);
    eq_int(look(&(struct look){ .more = ".json" }).status, 200);
    eq_int(look(&(struct look){ .method = HTTP_HEAD }).status, 200);
    eq_int(look(&(struct look){ .header = "Sec-Purpose", .value = "prefetch" }).status, 200);
    eq_int(look(&(struct look){ .more = "9" }).status, 404);
    eq_int(counted(S("")), 0);
    look(&(struct look){ 0 });
    eq_int(counted(S("")), 1);
}
ON_EACH_STORE(machines_and_our_own_do_not_count)

static void the_way_is_known_without_following_here(void)
{
    static const struct {
        struct look look;
        const char *way;
    } cases[] = {
        { { .more = "?via=embed" }, "embed" },
        { { .more = "?via=feed" }, "feed" },
        { { .more = "?via=paper" }, "paper" },
        { { .more = "?via=interest" }, "direct" }, /* nobody makes interests by an address */
        { { .header = "Referer", .value = "http://tandem.example/stadt/angebote?q=x" }, "search" },
        { { .header = "Referer", .value = "http://tandem.example/stadt/karte" }, "search" },
        { { .header = "Referer", .value = "http://tandem.example/stadt/" }, "site" },
        { { .header = "Referer", .value = "https://example.org/stadt/angebote" }, "elsewhere" },
        { { .header = "Referer", .value = "nonsense" }, "direct" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str way = str_from_c(cases[i].way);
        int64_t before = counted(way);
        look(&cases[i].look);
        eq_int(counted(way), before + 1);
    }
    eq_int(counted(S("")), 9);
    eq_int(counted(S("interest")), 0);
    struct answer feed = get(&product, NULL, "/stadt/feed/angebote.atom");
    ok(answer_says(&feed, "?via=feed\"/>"));
    struct answer frame = get(&product, NULL, "/stadt/einbetten/angebote");
    ok(answer_says(&frame, "?via=embed\""));
}
ON_EACH_STORE(the_way_is_known_without_following)

/* ---- nothing is lost ---- */

#define THREADS 4
#define LOOKS   500

static void *look_often(void *ctx)
{
    const struct rq *rq = ctx;
    for (int i = 0; i < LOOKS; i++)
        tally_seen(rq);
    return NULL;
}

static void threads_lose_nothing_here(void)
{
    const struct http_field headers[] = { { S("User-Agent"), S(BROWSER) } };
    const struct http_request http = {
        .method = HTTP_GET, .headers = { headers, 1 }, .path = S("/"), .arena = &t_arena
    };
    const struct city city = { .id = town };
    struct rq rq = { .arena = &t_arena,
                     .app = &product.app,
                     .http = &http,
                     .city = &city,
                     .segments = { str_fmt(&t_arena, "%lld", (long long)offer) },
                     .segment_count = 1 };
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        must(pthread_create(&threads[i], NULL, look_often, &rq) == 0);
    for (int i = 0; i < 20; i++)
        tally_write(&product.app);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    eq_int(counted(S("")), THREADS * LOOKS);
}
ON_EACH_STORE(threads_lose_nothing)

/* ---- the figures ---- */

static void go_to(int month, int day)
{
    clock_set(clock_instant((struct local_time){ { 2026, month, day }, 12, 0, 0 }));
}

static void figures_are_by_week_here(void)
{
    go_to(9, 1);
    look(&(struct look){ 0 }); /* in the week that begins on 31 August, the first of twelve */
    must(counted(S("")) == 1);
    go_to(11, 15); /* Sunday */
    look(&(struct look){ 0 });
    look(&(struct look){ 0 });
    must(counted(S("")) == 3);
    go_to(11, 16); /* Monday */
    look(&(struct look){ .more = "?via=paper" });
    must(counted(S("")) == 4);
    go_to(11, 18);
    struct visitor member =
        product_sign_in(&product, world_account(&product, town, "organisation_member", club));
    const char *page = str_to_c(
        &t_arena, str_fmt(&t_arena, "/stadt/buero/angebote/%lld/statistik", (long long)offer));
    struct answer a = get(&product, &member, page);
    eq_int(a.status, 200);
    ok(answer_says(&a, "4 Mal angesehen"));
    ok(answer_says(&a, "31. August"));
    ok(answer_says(&a, "höchstens 2 in einer Woche"));
    ok(answer_says(&a, "Aushang"));
    go_to(11, 23); /* the first week is over the edge now */
    office = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    a = get(&product, &office, page);
    ok(answer_says(&a, "3 Mal angesehen"));
    ok(!answer_says(&a, "31. August"));
    int64_t other = world_organisation(&product, town, "Gartenfreunde");
    struct visitor stranger =
        product_sign_in(&product, world_account(&product, town, "organisation_member", other));
    eq_int(get(&product, &stranger, page).status, 403);
    eq_int(get(&product, &stranger, "/stadt/buero/statistik").status, 403);
}
ON_EACH_STORE(figures_are_by_week)

static void interests(int n)
{
    for (int i = 0; i < n; i++) {
        struct tx tx;
        must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
        tally_interest(&tx, town, offer);
        must(tx_commit(&tx) == ERR_OK);
    }
}

static bool file_says(const char *text)
{
    const struct http_field csv[] = { { S("format"), S("csv") }, LAST_FIELD };
    struct answer a = post(&product, &office, "/stadt/buero/statistik/export", csv);
    eq_int(a.status, 200);
    return answer_says(&a, text);
}

static void files_do_not_tell_small_numbers_here(void)
{
    look(&(struct look){ 0 });
    must(counted(S("")) == 1);
    interests(2);
    struct answer a = get(&product, &office, "/stadt/buero/statistik");
    ok(answer_says(&a, "Vorlesen im Hort"));
    ok(file_says("unter 3"));
    interests(1);
    ok(!file_says("unter 3"));
    eq_int(counted(S("interest")), 3);
    eq_int(counted(S("")), 1); /* no view */
}
ON_EACH_STORE(files_do_not_tell_small_numbers)

static const struct test tests[] = {
    TEST(a_view_counts_also_from_the_cache),
    TEST(machines_and_our_own_do_not_count),
    TEST(the_way_is_known_without_following),
    TEST(threads_lose_nothing),
    TEST(figures_are_by_week),
    TEST(files_do_not_tell_small_numbers),
};
TEST_MAIN(tests)

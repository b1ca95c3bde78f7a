/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailed links, on both engines: a probe feature gives links of two purposes (one that is
 * used up, one that lasts and has parts), and everybody who should not gets nothing.
 */
#include "base/clock.h"
#include "base/test.h"
#include "feature/account/pages.h"
#include "base/crypt.h"
#include "product.h"
#include "web.sql.h"
#include "web/feature.h"
#include "web/job.h"
#include "world.h"

#define HOUR 3600

static struct product product;
static int64_t town, far_town;
static int acted; /* by handlers that ran to their end */
static str last_mail;

/* ---- a feature that gives links ---- */

static void say(struct rq *rq, const char *words)
{
    rq_type(rq, S("text/plain; charset=utf-8"));
    out_fmt(rq->out, "%s", words);
}

static void show_once(struct rq *rq, const struct token *token)
{
    out_fmt(rq->out, "once %lld", (long long)token->subject_id);
}

static void act_once(struct rq *rq, struct tx *tx, const struct token *token)
{
    (void)tx;
    (void)token;
    acted++;
    say(rq, "done");
}

static void show_offer(struct rq *rq, const struct token *token)
{
    (void)token;
    say(rq, "manage");
    out_str(rq->out, token_page(rq, S("aendern")).s);
}

static void confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    (void)tx;
    acted++;
    last_mail = str_copy(&t_arena, token->mail);
    say(rq, "confirmed");
}

static void refuse(struct rq *rq, struct tx *tx, const struct token *token)
{
    (void)tx;
    (void)token;
    rq_conflict(rq);
}

static void edit(struct rq *rq, const struct token *token)
{
    (void)token;
    say(rq, "the form");
}

static void renew(struct rq *rq, struct tx *tx, const struct token *token)
{
    (void)tx;
    (void)token;
    acted++;
    say(rq, "sent again");
}

static void offer_over(struct rq *rq, const struct token *token)
{
    (void)token;
    say(rq, "ask for a new one");
}

static const struct link_part parts[] = {
    { .name = "bestaetigen", .act = confirm },           { .name = "pausieren", .act = refuse },
    { .name = "aendern", .show = edit, .act = confirm }, { .name = "lesen", .show = edit },
    { .name = "neu", .act = renew, .when_over = true },  { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = "probe_once", .show = show_once, .act = act_once },
    { .purpose = "probe_offer",
      .show = show_offer,
      .parts = parts,
      .lasts = true,
      .over = offer_over },
    { 0 },
};

/* Gives a link; answers with it. */
static void give(struct rq *rq, struct tx *tx)
{
    struct token_wish wish = { .purpose = rq_param(rq, "purpose"),
                               .subject_id = 7,
                               .seconds = HOUR,
                               .mail = S("verein@verein.example"),
                               .remembered = 10 * HOUR };
    rq_type(rq, S("text/plain; charset=utf-8"));
    out_str(rq->out, token_new(rq, tx, &wish).s);
}

static void take_back(struct rq *rq, struct tx *tx)
{
    (void)rq;
    eq_int(token_revoke(tx, town, S("probe_offer"), 7), 2);
    rq_see(rq, S("/"), 0);
}

static const struct route routes[] = {
    POST("/probe/geben", give, ANYONE),
    POST("/probe/nehmen", take_back, ANYONE),
    { 0 },
};
static const struct feature probe = { .name = "probe", .routes = routes, .links = links };

/* ---- asking ---- */

static void with_product(void (*run)(void), const struct test_store *store)
{
    acted = 0;
    if (product_open(&product, store, &probe)) {
        town = world_town(&product, "stadt", "Musterstadt");
        far_town = world_town(&product, "anderswo", "Anderswo");
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* The link's path in its town: "/stadt/l/…". */
static str link_of(const char *purpose)
{
    const struct http_field fields[] = { { S("purpose"), str_from_c(purpose) }, LAST_FIELD };
    struct answer a = post(&product, NULL, "/stadt/probe/geben", fields);
    ptrdiff_t at = str_find(a.body, S("/stadt/l/"));
    must(at > 0);
    return str_copy(&t_arena, str_slice(a.body, (size_t)at, a.body.n));
}

static struct answer look(str link, const char *below)
{
    return get(&product, NULL, str_to_c(&t_arena, str_join(&t_arena, link, str_from_c(below))));
}

static struct answer press(str link, const char *below, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, str_to_c(&t_arena, str_join(&t_arena, link, str_from_c(below))),
                fields);
}

static void has_128_bits_and_is_kept_as_hash_here(void)
{
    struct arena a;
    struct db db;
    str token = str_slice(link_of("probe_once"), S("/stadt/l/").n, SIZE_MAX);
    str again = str_slice(link_of("probe_once"), S("/stadt/l/").n, SIZE_MAX);
    eq_int(token.n, 22); /* 16 bytes in base64 without padding */
    ok(!str_eq(token, again));
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    ok(!link_find(&db, town, token));
    ok(link_find(&db, town, crypt_sha256_hex(&a, token)));
    db_end(&db);
    arena_free(&a);
}
ON_EACH_STORE(has_128_bits_and_is_kept_as_hash)

/* Scanners open the links of a mail, often several times. */
static void looking_changes_nothing_here(void)
{
    str once = link_of("probe_once");
    str offer = link_of("probe_offer");
    uint64_t moment = product_moment(&product);
    for (int i = 0; i < 3; i++) {
        eq_int(look(once, "").status, 200);
        eq_int(look(offer, "").status, 200);
        eq_int(look(offer, "/aendern").status, 200);
        eq_int(look(offer, "?act=bestaetigen").status, 200);
    }
    eq_int(product_moment(&product), moment);
    eq_int(acted, 0);
    eq_int(press(once, "", "").status, 200);
}
ON_EACH_STORE(looking_changes_nothing)

static void is_told_to_nobody_here(void)
{
    static const char *const pages[] = { "", "/aendern", "/gibtesnicht" };
    str offer = link_of("probe_offer");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct answer a = look(offer, pages[i]);
        eq_str(header_of(&a, S("Referrer-Policy")), S("no-referrer"));
        eq_str(header_of(&a, S("Cache-Control")), S("no-store"));
        ok(!header_of(&a, S("ETag")).n);
    }
    struct answer done = press(offer, "", "bestaetigen");
    eq_str(header_of(&done, S("Referrer-Policy")), S("no-referrer"));
    struct answer other = get(&product, NULL, "/stadt/anmelden");
    eq_str(header_of(&other, S("Referrer-Policy")), S("same-origin"));
}
ON_EACH_STORE(is_told_to_nobody)

/* A page without referrer sends "Origin: null" with its form; elsewhere that is refused. */
static void its_own_form_is_let_in_here(void)
{
    const struct http_field null_origin[] = { { S("Origin"), S("null") }, LAST_FIELD };
    const struct http_field foreign[] = { { S("Origin"), S("null") },
                                          { S("Sec-Fetch-Site"), S("cross-site") },
                                          LAST_FIELD };
    const struct http_field act[] = { { S("act"), S("bestaetigen") }, LAST_FIELD };
    struct ask ask = { .method = HTTP_POST,
                       .target = str_to_c(&t_arena, link_of("probe_offer")),
                       .headers = null_origin,
                       .fields = act };
    eq_int(product_ask(&product, &ask).status, 200);
    ask.headers = foreign;
    eq_int(product_ask(&product, &ask).status, 403);
    ask.headers = null_origin;
    ask.without_token = true;
    eq_int(product_ask(&product, &ask).status, 403);
    ask.without_token = false;
    ask.target = "/stadt/probe/geben";
    eq_int(product_ask(&product, &ask).status, 403);
    eq_int(acted, 1);
}
ON_EACH_STORE(its_own_form_is_let_in)

static void works_once_here(void)
{
    str link = link_of("probe_once");
    eq_int(press(link, "", "").status, 200);
    eq_int(press(link, "", "").status, 410);
    eq_int(look(link, "").status, 410);
    eq_int(press(link, "/bestaetigen", "").status, 404);
    eq_int(acted, 1);
}
ON_EACH_STORE(works_once)

static void lasts_until_it_ends_here(void)
{
    int64_t now = clock_now();
    str link = link_of("probe_offer");
    for (int i = 0; i < 3; i++)
        eq_int(press(link, "", "bestaetigen").status, 200);
    eq_int(press(link, "/aendern", "").status, 200);
    eq_str(last_mail, S("verein@verein.example"));
    eq_int(acted, 4);
    clock_set(now + HOUR - 5);
    eq_int(press(link, "", "bestaetigen").status, 200);
    clock_set(now + HOUR + 5);
    struct answer a = look(link, "");
    eq_int(a.status, 410);
    ok(answer_says(&a, "ask for a new one"));
    eq_int(look(link, "/aendern").status, 410);
    eq_int(press(link, "", "bestaetigen").status, 410);
    eq_int(press(link, "/aendern", "").status, 410);
    eq_int(acted, 5);
    eq_int(press(link, "", "neu").status, 200); /* only this one may still be pressed */
    eq_int(acted, 6);
}
ON_EACH_STORE(lasts_until_it_ends)

static void does_only_what_its_table_says_here(void)
{
    str link = link_of("probe_offer");
    eq_int(press(link, "", "").status, 404);
    eq_int(press(link, "", "loeschen").status, 404);
    eq_int(press(link, "/loeschen", "bestaetigen").status, 404);
    eq_int(press(link, "/lesen", "").status, 404);
    eq_int(look(link, "/bestaetigen").status, 404);
    eq_int(look(link, "/loeschen").status, 404);
    eq_int(press(link, "", "pausieren").status, 409);
    eq_int(acted, 0);
    struct answer a = look(link, "");
    eq_str(a.body, str_fmt(&t_arena, "manage%.*s/aendern", STR_FMT(link)));
    eq_int(press(link_of("probe_once"), "/bestaetigen", "").status, 404);
    eq_int(acted, 0);
    eq_int(press(link_of("unbekannt"), "", "bestaetigen").status, 410);
}
ON_EACH_STORE(does_only_what_its_table_says)

static void can_be_taken_back_here(void)
{
    str link = link_of("probe_offer");
    str second = link_of("probe_offer");
    str once = link_of("probe_once");
    eq_int(press(link, "", "bestaetigen").status, 200);
    eq_int(post(&product, NULL, "/stadt/probe/nehmen", NULL).status, 303);
    eq_int(look(link, "").status, 410);
    ok(!answer_says(&(struct answer){ .body = look(second, "").body }, "ask for a new one"));
    eq_int(press(second, "", "bestaetigen").status, 410);
    eq_int(press(second, "", "neu").status, 410);
    eq_int(press(once, "", "").status, 200);
    clock_set(clock_now() + 2 * HOUR);
    eq_int(press(second, "", "neu").status, 410); /* also when it has ended as well */
    eq_int(acted, 2);
}
ON_EACH_STORE(can_be_taken_back)

static void opens_in_its_town_only_here(void)
{
    str link = link_of("probe_offer");
    str elsewhere = str_join(&t_arena, S("/anderswo"), str_slice(link, S("/stadt").n, link.n));
    eq_int(look(elsewhere, "").status, 410);
    eq_int(press(elsewhere, "", "bestaetigen").status, 410);
    eq_int(look(S("/stadt/l/AAAAAAAAAAAAAAAAAAAAAA"), "").status, 410);
    eq_int(press(S("/stadt/l/AAAAAAAAAAAAAAAAAAAAAA"), "", "bestaetigen").status, 410);
    eq_int(acted, 0);
    eq_int(press(link, "", "bestaetigen").status, 200);
}
ON_EACH_STORE(opens_in_its_town_only)

static void tidy(void)
{
    struct job_run run = { 0 };
    struct arena a;
    arena_init(&a, 0);
    run.arena = &a;
    eq_int(job_run_now(&product.app, S("privacy.retention"), &run), ERR_OK);
    arena_free(&a);
}

/* An ended link is known as such for a while; then it is gone from the database. */
static void is_forgotten_in_time_here(void)
{
    int64_t now = clock_now();
    str link = link_of("probe_offer");
    clock_set(now + 10 * HOUR);
    tidy();
    ok(answer_says(&(struct answer){ .body = look(link, "").body }, "ask for a new one"));
    clock_set(now + 48 * HOUR); /* the night after */
    tidy();
    ok(!answer_says(&(struct answer){ .body = look(link, "").body }, "ask for a new one"));
    eq_int(look(link, "").status, 410);
}
ON_EACH_STORE(is_forgotten_in_time)

/* ---- what the start refuses ---- */

static enum err start_with(const struct mailed_link *table)
{
    const struct feature one = { .name = "one", .links = links };
    const struct feature two = { .name = "two", .links = table };
    const struct feature *const features[] = { &one, &two, NULL };
    struct app app = { .features = features };
    return link_start(&app);
}

static void bad_tables_stop_the_start(void)
{
    static const struct link_part twice[] = { { .name = "a", .act = confirm },
                                              { .name = "a", .show = edit },
                                              { 0 } };
    static const struct link_part idle[] = { { .name = "a" }, { 0 } };
    const struct mailed_link good[] = { { .purpose = "x", .show = edit, .act = act_once }, { 0 } };
    const struct mailed_link known[] = { { .purpose = "probe_once", .show = edit, .act = act_once },
                                         { 0 } };
    const struct mailed_link blind[] = { { .purpose = "x", .act = act_once }, { 0 } };
    const struct mailed_link both[] = {
        { .purpose = "x", .show = edit, .act = act_once, .parts = parts }, { 0 }
    };
    const struct mailed_link none[] = { { .purpose = "x", .show = edit }, { 0 } };
    const struct mailed_link lasting[] = {
        { .purpose = "x", .show = edit, .act = act_once, .lasts = true }, { 0 }
    };
    const struct mailed_link doubled[] = { { .purpose = "x", .show = edit, .parts = twice },
                                           { 0 } };
    const struct mailed_link useless[] = { { .purpose = "x", .show = edit, .parts = idle }, { 0 } };
    const struct mailed_link *const bad[] = { known, blind, both, none, lasting, doubled, useless };
    eq_int(start_with(good), ERR_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        eq_int(start_with(bad[i]), ERR_INVALID);
}

static const struct test tests[] = {
    TEST(has_128_bits_and_is_kept_as_hash),
    TEST(looking_changes_nothing),
    TEST(is_told_to_nobody),
    TEST(its_own_form_is_let_in),
    TEST(works_once),
    TEST(lasts_until_it_ends),
    TEST(does_only_what_its_table_says),
    TEST(can_be_taken_back),
    TEST(opens_in_its_town_only),
    TEST(is_forgotten_in_time),
    TEST(bad_tables_stop_the_start),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Trying passwords: pauses grow, nobody is told who has an account, and nobody can be locked
 * out by somebody else. On both engines, but for what only costs time.
 */
#include "base/clock.h"
#include "base/crypt.h"
#include "base/test.h"
#include "feature/account/browser.h"
#include "product.h"
#include "web.sql.h"
#include "world.h"

#define PASSWORD "vier Wörter ohne Sinn"
#define NOON     1790000010

static struct product product;
static int64_t town, account;

static void set_password(void)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    account_set_password(&tx, crypt_password_hash(&a, S(PASSWORD), true), account);
    ok(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(NOON);
        town = world_town(&product, "stadt", "Musterstadt");
        account = world_account(&product, town, NULL, 0);
        set_password();
        run();
    }
    clock_set(0);
    product_close(&product);
}

static str own_mail(void)
{
    return str_fmt(&t_arena, "p%lld@person.example", (long long)account);
}

struct attempt {
    str mail;
    const char *password;
    str peer;
    const struct visitor *browser;
};

static struct answer attempt(const struct attempt *t)
{
    struct http_field form[] = { { S("login"), t->mail },
                                 { S("password"), str_from_c(t->password) },
                                 LAST_FIELD };
    return product_ask(&product, &(struct ask){ .method = HTTP_POST,
                                                .target = "/stadt/anmelden/passwort",
                                                .who = t->browser,
                                                .fields = form,
                                                .peer = t->peer });
}

static int wrong(str mail, const char *peer)
{
    return attempt(&(struct attempt){ mail, "falsch und lang", str_from_c(peer), NULL }).status;
}

/* A browser that keeps only what makes it known. */
static struct visitor known_browser(const struct answer *a)
{
    struct visitor v = { 0 };
    str cookie = S("");
    if (answer_cookie(a, S("tandem-known"), &cookie))
        v.more = str_fmt(&t_arena, "tandem-known=%.*s", STR_FMT(cookie));
    return v;
}

/* ---- the same for everybody ---- */

/* The page without what somebody typed. */
static str plain(str page, str typed)
{
    struct out o = out_new(&t_arena, 0);
    for (ptrdiff_t at; (at = str_find(page, typed)) >= 0;) {
        out_str(&o, str_slice(page, 0, (size_t)at));
        page = str_slice(page, (size_t)at + typed.n, page.n);
    }
    out_str(&o, page);
    return out_text(&o);
}

static void unknown_people_get_the_same_here(void)
{
    str nobody = S("niemand@person.example");
    for (int i = 0; i < 7; i++) {
        struct answer a = attempt(&(struct attempt){ own_mail(), "falsch", S("192.0.2.7"), NULL });
        struct answer b = attempt(&(struct attempt){ nobody, "falsch", S("192.0.2.8"), NULL });
        eq_int(a.status, i < 5 ? 422 : 429);
        eq_int(b.status, a.status);
        eq_str(header_of(&b, S("Retry-After")), header_of(&a, S("Retry-After")));
        eq_str(plain(b.body, nobody), plain(a.body, own_mail()));
    }
    struct http_field form[] = { { S("mail"), own_mail() }, LAST_FIELD };
    struct answer a = post(&product, NULL, "/stadt/anmelden", form);
    form[0].value = nobody;
    struct answer b = post(&product, NULL, "/stadt/anmelden", form);
    eq_int(a.status, 303);
    eq_int(b.status, a.status);
    eq_str(header_of(&b, S("Location")), header_of(&a, S("Location")));
}
ON_EACH_STORE(unknown_people_get_the_same)

/* ---- pauses ---- */

/* Tries as soon as it is let; the length of the n-th pause. */
static void pauses_grow_here(void)
{
    int tries = 0;
    int64_t now = NOON;
    int64_t pause = 0;
    int64_t at_10 = 0;
    int64_t at_25 = 0;
    while (tries < 50 && now < NOON + 86400) {
        struct answer a =
            attempt(&(struct attempt){ S("wer@person.example"), "x", S("192.0.2.7"), NULL });
        if (a.status == 422) {
            tries++;
            at_10 = tries == 10 ? pause : at_10;
            at_25 = tries == 25 ? pause : at_25;
            pause = 0;
        }
        now += 15;
        pause += 15;
        clock_set(now);
    }
    printf("# %d tries, pauses %lld, %lld, %lld\n", tries, (long long)at_10, (long long)at_25,
           (long long)pause);
    ok(at_10 >= 15 && at_10 <= 45);
    ok(at_25 >= 90 && at_25 <= 150);
    ok(tries == 50);
    ok(now > NOON + 10 * 600); /* the last ones took a quarter of an hour each */
}

static void pauses_grow_on(struct test_store *t)
{
    with_product(pauses_grow_here, t);
}

static void pauses_grow(void)
{
    test_sqlite_store(pauses_grow_on);
}

static void the_right_password_gives_tries_back_here(void)
{
    for (int i = 0; i < 4; i++)
        eq_int(wrong(own_mail(), "192.0.2.7"), 422);
    eq_int(attempt(&(struct attempt){ own_mail(), PASSWORD, S("192.0.2.7"), NULL }).status, 303);
    for (int i = 0; i < 5; i++)
        eq_int(wrong(own_mail(), "192.0.2.7"), 422);
    eq_int(wrong(own_mail(), "192.0.2.7"), 429);
    eq_int(attempt(&(struct attempt){ own_mail(), PASSWORD, S("192.0.2.7"), NULL }).status, 429);
    eq_int(wrong(own_mail(), "198.51.100.9"), 422); /* elsewhere they are others */
}
ON_EACH_STORE(the_right_password_gives_tries_back)

/* ---- nobody is locked out ---- */

/* Somebody tries from many addresses until nothing is looked at any more. */
static void flood(void)
{
    int refused = 0;
    for (int i = 0; i < 60; i++) {
        str peer = str_fmt(&t_arena, "203.0.%d.1", i);
        struct attempt t = { own_mail(), "falsch", peer, NULL };
        refused += attempt(&t).status == 429;
    }
    ok(refused >= 10);
}

static void a_flood_locks_nobody_out_here(void)
{
    struct attempt good = { own_mail(), PASSWORD, S("192.0.2.7"), NULL };
    struct answer first = attempt(&good);
    struct visitor browser = known_browser(&first);
    ok(browser.more.n > 0);
    flood();
    eq_int(attempt(&good).status, 429); /* a browser that nobody knows must wait … */
    good.browser = &browser;
    eq_int(attempt(&good).status, 303); /* … but not the one of the person */
    for (int i = 0; i < 5; i++)
        attempt(&(struct attempt){ own_mail(), "falsch", S("192.0.2.7"), &browser });
    eq_int(attempt(&good).status, 429); /* whose tries are limited, too */
    str path = str_fmt(&t_arena, "/stadt/l/%.*s", STR_FMT(world_link(&product, town, account)));
    eq_int(post(&product, NULL, str_to_c(&t_arena, path), NULL).status, 303); /* a link works */
}

static void a_flood_locks_nobody_out_on(struct test_store *t)
{
    with_product(a_flood_locks_nobody_out_here, t);
}

static void a_flood_locks_nobody_out(void)
{
    test_sqlite_store(a_flood_locks_nobody_out_on);
}

/* The mark of one address is worth nothing for another, and cannot be made up. */
static void marks_cannot_be_moved_here(void)
{
    struct answer in = attempt(&(struct attempt){ own_mail(), PASSWORD, S("192.0.2.7"), NULL });
    struct visitor browser = known_browser(&in);
    struct visitor forged = { .more = S("tandem-known=AAAAAAAAAAAAAAAAAAAAAA."
                                        "00000000000000000000000000000000") };
    str other = S("andere@person.example");
    for (int i = 0; i < 5; i++)
        eq_int(wrong(other, "192.0.2.7"), 422);
    struct attempt t = { other, "falsch", S("192.0.2.7"), &browser };
    eq_int(attempt(&t).status, 429);
    t.browser = &forged;
    eq_int(attempt(&t).status, 429);
}
ON_EACH_STORE(marks_cannot_be_moved)

static const struct test tests[] = {
    TEST(unknown_people_get_the_same),
    TEST(pauses_grow),
    TEST(the_right_password_gives_tries_back),
    TEST(a_flood_locks_nobody_out),
    TEST(marks_cannot_be_moved),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* The second step, and showing again who one is, through the pages, on both engines. */
#include "base/clock.h"
#include "base/crypt.h"
#include "base/test.h"
#include "feature/account/account.h"
#include "feature/account/factor.h"
#include "product.h"
#include "web.sql.h"
#include "web/seal.h"
#include "web/session.h"
#include "web/totp.h"
#include "world.h"

#define PASSWORD "vier Wörter ohne Sinn"
/* A moment of its own, so that steps of 30 seconds can be walked through. */
#define NOON 1790000010

static struct product product;
static int64_t town;
static char hash_text[200];
static str hash; /* of PASSWORD, computed once for all tests */

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(NOON);
        town = world_town(&product, "stadt", "Musterstadt");
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- helpers ---- */

struct write {
    struct arena arena;
    struct tx tx;
};

static struct tx *begin(struct write *w)
{
    arena_init(&w->arena, 0);
    must(tx_begin(product.app.store, &w->arena, &w->tx) == ERR_OK);
    return &w->tx;
}

static void end(struct write *w)
{
    ok(tx_commit(&w->tx) == ERR_OK);
    arena_free(&w->arena);
}

/* Somebody with PASSWORD and a role of the town (NULL: none). */
static int64_t person(const char *role)
{
    struct write w;
    int64_t id = world_account(&product, town, role, 0);
    if (!hash.n) {
        str phc = crypt_password_hash(&t_arena, S(PASSWORD), false);
        must(phc.n < sizeof hash_text);
        memcpy(hash_text, phc.p, phc.n);
        hash = (str){ hash_text, phc.n };
    }
    account_set_password(begin(&w), hash, id);
    end(&w);
    return id;
}

static str mail_of(int64_t account)
{
    return str_fmt(&t_arena, "p%lld@person.example", (long long)account);
}

/* What stands between two texts of a page. */
static str between(str page, const char *before, const char *after)
{
    ptrdiff_t at = str_find(page, str_from_c(before));
    if (at < 0)
        return S("");
    str rest = str_slice(page, (size_t)at + str_from_c(before).n, page.n);
    ptrdiff_t stop = str_find(rest, str_from_c(after));
    return stop < 0 ? S("") : str_slice(rest, 0, (size_t)stop);
}

/* The browser behind a session cookie, with the ids that make form tokens. */
static struct visitor browser_of(const struct answer *a)
{
    struct visitor v = { 0 };
    struct db db;
    if (!answer_cookie(a, S("tandem"), &v.session) || !v.session.n)
        return v;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct session_row *row = session_find(&db, crypt_sha256_hex(&t_arena, v.session));
    if (row) {
        v.account_id = row->account_id;
        v.session_id = row->id;
    }
    db_end(&db);
    return v;
}

static struct answer sign_in(int64_t account)
{
    struct http_field form[] = { { S("login"), mail_of(account) },
                                 { S("password"), S(PASSWORD) },
                                 LAST_FIELD };
    return post(&product, NULL, "/stadt/anmelden/passwort", form);
}

/* The browser between the two steps. */
static struct visitor halfway(const struct answer *a)
{
    struct visitor v = { 0 };
    str cookie = S("");
    if (answer_cookie(a, S("tandem-step"), &cookie))
        v.more = str_fmt(&t_arena, "tandem-step=%.*s", STR_FMT(cookie));
    return v;
}

static struct answer give_code(const struct visitor *v, str code)
{
    struct http_field form[] = { { S("code"), code }, LAST_FIELD };
    return post(&product, v, "/stadt/anmelden/zweiter-schritt", form);
}

struct enrolled {
    struct visitor browser;
    str secret;
    str recovery; /* the first of the codes on paper */
};

/* Turns the step on through its page, with the code of this moment. */
static struct enrolled enrol(const struct visitor *v)
{
    struct enrolled e = { 0 };
    struct answer page = get(&product, v, "/stadt/konto/zweiter-schritt");
    str groups = between(page.body, "<code>", "</code>");
    char *secret = arena_bytes(&t_arena, groups.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < groups.n; i++)
        if (groups.p[i] != ' ')
            secret[n++] = groups.p[i];
    e.secret = (str){ secret, n };
    eq_int(n, 32);
    str code = totp_code(&t_arena, e.secret, totp_step(clock_now()));
    struct http_field form[] = { { S("offer"),
                                   between(page.body, "name=\"offer\" value=\"", "\"") },
                                 { S("code"), code },
                                 LAST_FIELD };
    struct answer done = post(&product, v, "/stadt/konto/zweiter-schritt", form);
    eq_int(done.status, 200);
    e.browser = browser_of(&done);
    e.recovery = between(done.body, "<code>", "</code>");
    eq_int(e.recovery.n, 14);
    return e;
}

static bool leads_to(const struct answer *a, const char *where)
{
    return str_eq(header_of(a, S("Location")), str_from_c(where));
}

static int times(str page, const char *what)
{
    int n = 0;
    str w = str_from_c(what);
    for (ptrdiff_t at; (at = str_find(page, w)) >= 0; n++)
        page = str_slice(page, (size_t)at + w.n, page.n);
    return n;
}

/* ---- the second step ---- */

static void asks_for_a_code_after_the_password_here(void)
{
    int64_t account = person(NULL);
    struct visitor other = product_sign_in(&product, account);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    ok(e.browser.session_id == v.session_id && !str_eq(e.browser.session, v.session));
    eq_int(get(&product, &e.browser, "/stadt/konto").status, 200);
    eq_int(get(&product, &v, "/stadt/konto").status, 303);     /* the old token */
    eq_int(get(&product, &other, "/stadt/konto").status, 303); /* the other device */
    struct answer first = sign_in(account);
    ok(leads_to(&first, "/stadt/anmelden/zweiter-schritt"));
    ok(!answer_cookie(&first, S("tandem"), NULL));
    struct visitor half = halfway(&first);
    eq_int(get(&product, &half, "/stadt/konto").status, 303);
    eq_int(get(&product, &half, "/stadt/anmelden/zweiter-schritt").status, 200);
    str used = totp_code(&t_arena, e.secret, totp_step(NOON));
    eq_int(give_code(&half, used).status, 422); /* the code that turned it on is no good again */
    eq_int(give_code(&half, S("000000")).status, 422);
    clock_set(NOON + 30);
    struct answer in = give_code(&half, totp_code(&t_arena, e.secret, totp_step(NOON + 30)));
    eq_int(in.status, 303);
    struct visitor signed_in = browser_of(&in);
    eq_int(signed_in.account_id, account);
    eq_int(get(&product, &signed_in, "/stadt/konto").status, 200);
    struct answer again = give_code(&half, totp_code(&t_arena, e.secret, totp_step(NOON + 30)));
    eq_int(again.status, 422); /* a replay, even with the cookie of the first step */
}
ON_EACH_STORE(asks_for_a_code_after_the_password)

static void asks_for_a_code_after_the_link_here(void)
{
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    str path = str_fmt(&t_arena, "/stadt/l/%.*s", STR_FMT(world_link(&product, town, account)));
    struct answer first = post(&product, NULL, str_to_c(&t_arena, path), NULL);
    ok(leads_to(&first, "/stadt/anmelden/zweiter-schritt"));
    ok(!answer_cookie(&first, S("tandem"), NULL));
    struct visitor half = halfway(&first);
    clock_set(NOON + 60);
    struct answer in = give_code(&half, totp_code(&t_arena, e.secret, totp_step(NOON + 60)));
    eq_int(browser_of(&in).account_id, account);
}
ON_EACH_STORE(asks_for_a_code_after_the_link)

static void takes_codes_of_neighbouring_steps_only_here(void)
{
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    clock_set(NOON + 600);
    struct answer first = sign_in(account);
    struct visitor half = halfway(&first);
    int64_t here = totp_step(NOON + 600);
    eq_int(give_code(&half, totp_code(&t_arena, e.secret, here - 2)).status, 422);
    eq_int(give_code(&half, totp_code(&t_arena, e.secret, here + 2)).status, 422);
    eq_int(give_code(&half, totp_code(&t_arena, e.secret, here - 1)).status, 303);
    eq_int(give_code(&half, totp_code(&t_arena, e.secret, here + 1)).status, 303);
    eq_int(give_code(&half, totp_code(&t_arena, e.secret, here)).status, 422); /* older by now */
}
ON_EACH_STORE(takes_codes_of_neighbouring_steps_only)

static void recovery_codes_work_once_here(void)
{
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    struct answer first = sign_in(account);
    struct visitor half = halfway(&first);
    eq_int(give_code(&half, e.recovery).status, 303);
    eq_int(give_code(&half, e.recovery).status, 422);
    eq_int(give_code(&half, S("aaaa-bbbb-cccc")).status, 422);
    struct answer page = get(&product, &e.browser, "/stadt/konto/zweiter-schritt");
    ok(answer_says(&page, "noch 9 unbenutzte Ersatzcodes"));
    struct answer renewed =
        post(&product, &e.browser, "/stadt/konto/zweiter-schritt/ersatzcodes", NULL);
    eq_int(times(renewed.body, "<li><code>"), FACTOR_RECOVERY_CODES);
    str fresh = between(renewed.body, "<code>", "</code>");
    char *shouted = str_to_c(&t_arena, fresh);
    for (char *c = shouted; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c == '-' ? ' ' : *c);
    eq_int(give_code(&half, str_from_c(shouted)).status, 303); /* as people write it */
}
ON_EACH_STORE(recovery_codes_work_once)

static void guessing_is_slowed_down_here(void)
{
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    struct answer first = sign_in(account);
    struct visitor half = halfway(&first);
    for (int i = 0; i < 5; i++)
        eq_int(give_code(&half, S("123123")).status, 422);
    eq_int(give_code(&half, S("123123")).status, 429);
    eq_int(give_code(&half, e.recovery).status, 429);
    clock_set(NOON + 31);
    eq_int(give_code(&half, e.recovery).status, 303);
}
ON_EACH_STORE(guessing_is_slowed_down)

static void the_first_step_does_not_last_here(void)
{
    int64_t account = person(NULL);
    struct write w;
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    struct answer first = sign_in(account);
    struct visitor half = halfway(&first);
    struct visitor forged = { .more = S("tandem-step=AAAA") };
    struct answer a = give_code(&forged, e.recovery);
    ok(leads_to(&a, "/stadt/anmelden"));
    account_set_password(begin(&w), S("other"), account);
    end(&w);
    a = give_code(&half, e.recovery);
    ok(leads_to(&a, "/stadt/anmelden")); /* the password was changed in the meantime */
    account_set_password(begin(&w), hash, account);
    end(&w);
    clock_set(NOON + 601);
    a = give_code(&half, e.recovery);
    ok(leads_to(&a, "/stadt/anmelden"));
}
ON_EACH_STORE(the_first_step_does_not_last)

/* An offer is of no use to somebody else, nor later, and a wrong code turns nothing on. */
static void starts_with_a_code_of_its_own_offer_here(void)
{
    struct visitor v = product_sign_in(&product, person(NULL));
    struct visitor thief = product_sign_in(&product, person(NULL));
    struct answer page = get(&product, &v, "/stadt/konto/zweiter-schritt");
    eq_int(times(page.body, "<svg viewBox="), 1);
    str offer = between(page.body, "name=\"offer\" value=\"", "\"");
    struct http_field form[] = { { S("offer"), offer }, { S("code"), S("000000") }, LAST_FIELD };
    struct answer wrong = post(&product, &v, "/stadt/konto/zweiter-schritt", form);
    eq_int(wrong.status, 422);
    eq_str(between(wrong.body, "<code>", "</code>"), between(page.body, "<code>", "</code>"));
    struct answer foreign = post(&product, &thief, "/stadt/konto/zweiter-schritt", form);
    eq_int(foreign.status, 303);
    struct write w;
    clock_set(NOON + 1201);
    session_set_proven(begin(&w), NOON + 1201, v.session_id, v.account_id);
    end(&w);
    eq_int(post(&product, &v, "/stadt/konto/zweiter-schritt", form).status, 303);
}
ON_EACH_STORE(starts_with_a_code_of_its_own_offer)

/* ---- demanded by the town ---- */

static void is_demanded_from_the_next_sign_in_on_here(void)
{
    int64_t staff = person("office_staff");
    struct visitor admin = product_sign_in(&product, person("city_admin"));
    struct visitor before = product_sign_in(&product, staff);
    static const struct http_field demand[] = { { STR_INIT("demand"), STR_INIT("1") }, LAST_FIELD };
    clock_set(NOON + 10);
    eq_int(post(&product, &admin, "/stadt/buero/rollen/zweiter-schritt", demand).status, 303);
    eq_int(get(&product, &before, "/stadt/buero").status, 200); /* goes on as it began */
    clock_set(NOON + 20);
    struct answer in = sign_in(staff);
    struct visitor v = browser_of(&in);
    struct answer a = get(&product, &v, "/stadt/buero");
    ok(leads_to(&a, "/stadt/konto/zweiter-schritt"));
    a = get(&product, &v, "/stadt/buero/angebote");
    ok(leads_to(&a, "/stadt/konto/zweiter-schritt"));
    eq_int(get(&product, &v, "/stadt/konto").status, 200);
    eq_int(get(&product, &v, "/stadt/").status, 200);
    a = get(&product, &v, "/stadt/konto/zweiter-schritt");
    ok(answer_says(&a, "verlangt den zweiten Schritt"));
    struct enrolled e = enrol(&v);
    eq_int(get(&product, &e.browser, "/stadt/buero").status, 200);
    a = post(&product, &e.browser, "/stadt/konto/zweiter-schritt/beenden", NULL);
    eq_int(a.status, 422); /* nobody gets around it */
    struct answer volunteer = sign_in(person(NULL));
    struct visitor citizen = browser_of(&volunteer);
    eq_int(get(&product, &citizen, "/stadt/konto").status, 200);
}
ON_EACH_STORE(is_demanded_from_the_next_sign_in_on)

static void can_be_turned_off_here(void)
{
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct enrolled e = enrol(&v);
    product_make_stale(&product, &e.browser);
    struct answer a = post(&product, &e.browser, "/stadt/konto/zweiter-schritt/beenden", NULL);
    eq_int(a.status, 307); /* asks again who it is */
    struct http_field code[] = { { S("proof_go"), S("1") },
                                 { S("proof_code"), e.recovery },
                                 LAST_FIELD };
    a = post(&product, &e.browser, "/stadt/konto/bestaetigen?next=/stadt/konto", code);
    ok(leads_to(&a, "/stadt/konto"));
    struct visitor proven = browser_of(&a);
    a = post(&product, &proven, "/stadt/konto/zweiter-schritt/beenden", NULL);
    eq_int(a.status, 303);
    struct answer in = sign_in(account);
    eq_int(browser_of(&in).account_id, account);
}
ON_EACH_STORE(can_be_turned_off)

/* ---- showing again who one is ---- */

static const struct http_field new_role[] = {
    { STR_INIT("mail"), STR_INIT("neu@person.example") },
    { STR_INIT("name"), STR_INIT("Neu \"im\" Büro") },
    { STR_INIT("role"), STR_INIT("office_staff") },
    LAST_FIELD,
};

static bool was_given(const struct visitor *admin)
{
    struct answer a = get(&product, admin, "/stadt/buero/rollen");
    return answer_says(&a, "neu@person.example");
}

static void keeps_what_was_typed_here(void)
{
    struct visitor admin = product_sign_in(&product, person("city_admin"));
    product_make_stale(&product, &admin);
    struct answer a = post(&product, &admin, "/stadt/buero/rollen", new_role);
    eq_int(a.status, 307);
    const char *prove = "/stadt/konto/bestaetigen?to=%2Fstadt%2Fbuero%2Frollen";
    ok(leads_to(&a, prove));
    ok(!was_given(&admin));
    a = post(&product, &admin, prove, new_role); /* what the browser does with a 307 */
    eq_int(a.status, 200);
    ok(answer_says(&a, "name=\"name\" value=\"Neu &quot;im&quot; Büro\""));
    ok(answer_says(&a, "name=\"mail\" value=\"neu@person.example\""));
    struct answer plain = get(&product, &admin, "/stadt/konto/bestaetigen");
    eq_int(times(a.body, "name=\"csrf\""), times(plain.body, "name=\"csrf\"")); /* not kept */
    struct http_field with_proof[] = { new_role[0],
                                       new_role[1],
                                       new_role[2],
                                       { S("proof_go"), S("1") },
                                       { S("proof_password"), S("falsch") },
                                       LAST_FIELD };
    a = post(&product, &admin, prove, with_proof);
    eq_int(a.status, 422);
    ok(answer_says(&a, "name=\"mail\" value=\"neu@person.example\""));
    ok(!answer_says(&a, "falsch"));
    with_proof[4].value = S(PASSWORD);
    a = post(&product, &admin, prove, with_proof);
    eq_int(a.status, 307);
    ok(leads_to(&a, "/stadt/buero/rollen"));
    struct visitor proven = browser_of(&a);
    ok(proven.session_id == admin.session_id && !str_eq(proven.session, admin.session));
    eq_int(get(&product, &admin, "/stadt/konto").status, 303); /* the old token is none */
    eq_int(post(&product, &proven, "/stadt/buero/rollen", with_proof).status, 303);
    ok(was_given(&proven));
}
ON_EACH_STORE(keeps_what_was_typed)

/* A link alone must not lead somebody into confirming a form that they never filled in. */
static void no_link_confirms_a_form_here(void)
{
    struct visitor v = product_sign_in(&product, person("city_admin"));
    product_make_stale(&product, &v);
    struct answer a =
        get(&product, &v, "/stadt/konto/bestaetigen?to=%2Fstadt%2Fkonto%2Floeschen&sure=1");
    eq_int(a.status, 200);
    ok(answer_says(&a, "action=\"/stadt/konto/bestaetigen?next=%2Fstadt%2Fkonto\""));
    ok(!answer_says(&a, "action=\"/stadt/konto/bestaetigen?to="));
    ok(!answer_says(&a, "name=\"sure\""));
    a = get(&product, &v, "/stadt/konto/bestaetigen?next=https%3A%2F%2Fboese.example%2F");
    ok(answer_says(&a, "action=\"/stadt/konto/bestaetigen?next=%2Fstadt%2Fkonto\""));
    struct http_field proof[] = { { S("proof_go"), S("1") },
                                  { S("proof_password"), S(PASSWORD) },
                                  LAST_FIELD };
    a = post(&product, &v, "/stadt/konto/bestaetigen?to=%2F%2Fboese.example%2F", proof);
    ok(leads_to(&a, "/stadt/konto"));
}
ON_EACH_STORE(no_link_confirms_a_form)

static void a_proof_ends_after_ten_minutes_here(void)
{
    int64_t account = person(NULL);
    struct answer in = sign_in(account);
    struct visitor v = browser_of(&in);
    eq_int(get(&product, &v, "/stadt/konto/daten.json").status, 200);
    clock_set(NOON + SESSION_FRESH);
    struct answer a = get(&product, &v, "/stadt/konto/daten.json");
    ok(leads_to(&a, "/stadt/konto/bestaetigen?next=%2Fstadt%2Fkonto%2Fdaten.json"));
    a = get(&product, &v, str_to_c(&t_arena, header_of(&a, S("Location"))));
    eq_int(a.status, 200);
    ok(answer_says(&a, "next=%2Fstadt%2Fkonto%2Fdaten.json"));
}
ON_EACH_STORE(a_proof_ends_after_ten_minutes)

/* The text of the newest mail to somebody. */
static str newest_mail(int64_t account)
{
    struct db db;
    str text = S("");
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct mail_due_row_rows rows = mail_due(&db, clock_now());
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].recipient, mail_of(account)))
            text = rows.v[i].body_text;
    db_end(&db);
    return text;
}

static void a_mailed_code_proves_it_without_a_password_here(void)
{
    int64_t account = world_account(&product, town, NULL, 0);
    struct visitor v = product_sign_in(&product, account);
    struct visitor other = product_sign_in(&product, account);
    product_make_stale(&product, &v);
    product_make_stale(&product, &other);
    const char *prove = "/stadt/konto/bestaetigen?next=%2Fstadt%2Fkonto%2Floeschen";
    struct http_field send[] = { { S("proof_send"), S("1") }, LAST_FIELD };
    struct answer a = post(&product, &v, prove, send);
    eq_int(a.status, 200);
    str code = str_trim(between(newest_mail(account), "dafür:\n\n", "\n"));
    eq_int(code.n, 8);
    struct http_field give[] = { { S("proof_go"), S("1") }, { S("proof_code"), code }, LAST_FIELD };
    eq_int(post(&product, &other, prove, give).status, 422); /* bound to the session */
    clock_set(NOON + 601);
    eq_int(post(&product, &v, prove, give).status, 422); /* too late */
    clock_set(NOON + 599);
    a = post(&product, &v, prove, give);
    ok(leads_to(&a, "/stadt/konto/loeschen"));
    struct visitor proven = browser_of(&a);
    eq_int(get(&product, &proven, "/stadt/konto/loeschen").status, 200);
    eq_int(post(&product, &proven, prove, give).status, 422); /* once */
}
ON_EACH_STORE(a_mailed_code_proves_it_without_a_password)

/* A secret from before keys had numbers: as a form's offer is sealed, which was the way then. */
static void an_old_secret_is_sealed_anew_here(void)
{
    struct write w;
    int64_t account = person(NULL);
    struct visitor v = product_sign_in(&product, account);
    struct answer page = get(&product, &v, "/stadt/konto/zweiter-schritt");
    str offer = between(page.body, "name=\"offer\" value=\"", "\"");
    struct enrolled e = enrol(&v);
    struct tx *tx = begin(&w);
    totp_set_secret(tx, (sealed){ offer }, account);
    end(&w);
    eq_int(factor_seal_old(&product.app), ERR_OK);
    tx = begin(&w);
    const struct totp_row *row = totp_of_account(&tx->db, account);
    ok(row && str_starts(row->secret.box, S("1.")));
    struct seal_place place = { "account_totp.secret", account };
    str plain = S("");
    ok(row && seal_open(&product.app, &t_arena, place, row->secret, &plain));
    eq_int(plain.n, 32);
    ok(!str_eq(plain, e.secret)); /* the page had offered another one before */
    end(&w);
}
ON_EACH_STORE(an_old_secret_is_sealed_anew)

static const struct test tests[] = {
    TEST(asks_for_a_code_after_the_password),
    TEST(asks_for_a_code_after_the_link),
    TEST(takes_codes_of_neighbouring_steps_only),
    TEST(recovery_codes_work_once),
    TEST(guessing_is_slowed_down),
    TEST(the_first_step_does_not_last),
    TEST(starts_with_a_code_of_its_own_offer),
    TEST(is_demanded_from_the_next_sign_in_on),
    TEST(can_be_turned_off),
    TEST(keeps_what_was_typed),
    TEST(no_link_confirms_a_form),
    TEST(a_proof_ends_after_ten_minutes),
    TEST(a_mailed_code_proves_it_without_a_password),
    TEST(an_old_secret_is_sealed_anew),
};
TEST_MAIN(tests)

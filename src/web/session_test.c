/* SPDX-License-Identifier: EUPL-1.2 */
/* Sessions, from the first cookie to the last, on both engines. */
#include "web/session.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web.sql.h"
#include "web/feature.h"
#include "world.h"

static struct product product;
static int64_t town, far_town, account;

static void start(struct rq *rq, struct tx *tx)
{
    session_start(rq, tx,
                  &(struct session_wish){ .account_id = account,
                                          .staff = rq_has_param(rq, "staff"),
                                          .proven_at = tx->now });
    rq_see(rq, S("/"), 0);
}

static void end(struct rq *rq, struct tx *tx)
{
    session_end(rq, tx);
    rq_see(rq, S("/"), 0);
}

static void who(struct rq *rq)
{
    rq_type(rq, S("text/plain; charset=utf-8"));
    out_fmt(rq->out, "%lld %zu", (long long)rq->who.account_id, rq->who.grant_count);
}

static const struct route routes[] = {
    POST("/sitzung/an", start, ANYONE),
    POST("/sitzung/aus", end, SIGNED_IN),
    GET("/sitzung", who, ANYONE),
    { 0 },
};
static const struct feature probe = { .name = "probe", .routes = routes };

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, &probe)) {
        town = world_town(&product, "stadt", "Musterstadt");
        far_town = world_town(&product, "anderswo", "Anderswo");
        account = world_account(&product, town, NULL, 0);
        run();
    }
    clock_set(0);
    product_close(&product);
}

static bool known(const struct visitor *v)
{
    struct answer a = get(&product, v, "/stadt/sitzung");
    return !str_starts(a.body, S("0 "));
}

static const struct session_row *row_of(str token, struct arena *a)
{
    struct db db;
    must(db_begin(product.app.store, a, &db) == ERR_OK);
    const struct session_row *row = session_find(&db, crypt_sha256_hex(a, token));
    db_end(&db);
    return row;
}

static str attributes_of(const struct answer *a, const char *cookie)
{
    str start_of = str_fmt(&t_arena, "%s=", cookie);
    for (size_t i = 0; i < a->headers.n; i++)
        if (str_starts(a->headers.v[i].value, start_of))
            return a->headers.v[i].value;
    return S("");
}

static bool has(str attributes, const char *one)
{
    return str_find(attributes, str_from_c(one)) > 0;
}

static void starts_with_a_good_cookie_here(void)
{
    str token = S("");
    struct answer a = post(&product, NULL, "/stadt/sitzung/an", NULL);
    ok(answer_cookie(&a, S("tandem"), &token));
    eq_int(token.n, 43); /* 256 bits */
    str all = attributes_of(&a, "tandem");
    ok(has(all, "; Path=/") && has(all, "; HttpOnly") && has(all, "; SameSite=Lax"));
    ok(!has(all, "; Secure") && !has(all, "Domain"));
    struct ask https = { .method = HTTP_POST, .target = "/stadt/sitzung/an", .https = true };
    a = product_ask(&product, &https);
    all = attributes_of(&a, "__Host-tandem");
    ok(has(all, "; Path=/") && has(all, "; Secure") && has(all, "; HttpOnly") &&
       !has(all, "Domain"));
    const struct session_row *row = row_of(token, &t_arena);
    ok(row && row->account_id == account);
    struct visitor v = { .session = token };
    ok(known(&v));
}
ON_EACH_STORE(starts_with_a_good_cookie)

/* A cookie that somebody planted does not become a session. */
static void is_never_fixed_here(void)
{
    str token = S("");
    struct visitor planted = { .session = crypt_token(&t_arena, 32) };
    ok(!known(&planted));
    struct answer a = post(&product, &planted, "/stadt/sitzung/an", NULL);
    ok(answer_cookie(&a, S("tandem"), &token));
    ok(!str_eq(token, planted.session));
    ok(!known(&planted));
    struct visitor first = { .session = token };
    struct answer b = post(&product, NULL, "/stadt/sitzung/an", NULL);
    ok(answer_cookie(&b, S("tandem"), &token));
    ok(!str_eq(token, first.session));
}
ON_EACH_STORE(is_never_fixed)

static void garbage_is_nobody_here(void)
{
    static const str rows[] = { STR_INIT("x"), STR_INIT("' OR 1=1 --"), STR_INIT("%00"),
                                STR_INIT("\xff\xfe") };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ok(!known(&(struct visitor){ .session = rows[i] }));
    struct visitor v = product_sign_in(&product, account);
    ok(known(&v));
    v.session = str_slice(v.session, 0, v.session.n - 1);
    ok(!known(&v));
    v.session = crypt_sha256_hex(&t_arena, product_sign_in(&product, account).session);
    ok(!known(&v)); /* what the database holds opens nothing */
}
ON_EACH_STORE(garbage_is_nobody)

static void ends_when_asked_here(void)
{
    str value = S("x");
    struct visitor v = product_sign_in(&product, account);
    struct visitor other = product_sign_in(&product, account);
    struct answer a = post(&product, &v, "/stadt/sitzung/aus", NULL);
    eq_int(a.status, 303);
    ok(answer_cookie(&a, S("tandem"), &value));
    eq_str(value, S(""));
    ok(has(attributes_of(&a, "tandem"), "Max-Age=0"));
    eq_str(header_of(&a, S("Clear-Site-Data")), S("\"cache\", \"storage\""));
    ok(!known(&v));
    ok(known(&other));
}
ON_EACH_STORE(ends_when_asked)

/* The session is still open after `idle` seconds, and closed soon after. */
static bool idles(const struct visitor *v, int64_t idle)
{
    int64_t now = clock_now();
    clock_set(now + idle - 60);
    bool open = known(v);
    struct arena a;
    arena_init(&a, 0);
    for (int i = 0; i < 200; i++) { /* a worker writes down that it was seen */
        const struct session_row *row = row_of(v->session, &a);
        if (row && row->seen_at > now)
            break;
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
        arena_free(&a);
    }
    arena_free(&a);
    clock_set(now + idle - 60 + idle - 60);
    open = open && known(v);
    for (int i = 0; i < 10; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    clock_set(now + 3 * idle + 3600);
    bool closed = !known(v);
    clock_set(0);
    return open && closed;
}

static void ends_when_nobody_uses_it_here(void)
{
    struct visitor person = { 0 };
    struct answer a = post(&product, NULL, "/stadt/sitzung/an", NULL);
    ok(answer_cookie(&a, S("tandem"), &person.session));
    struct visitor clerk =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    ok(idles(&clerk, SESSION_STAFF_IDLE));
    int64_t now = clock_now();
    clock_set(now + SESSION_STAFF_IDLE * 2);
    ok(known(&person)); /* who has no rights in any town may rest longer */
}
ON_EACH_STORE(ends_when_nobody_uses_it)

/* Where the clerk has no rights the session is none either, and cannot be revived there. */
static void rests_no_longer_elsewhere_here(void)
{
    struct visitor clerk =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    int64_t now = clock_now();
    clock_set(now + SESSION_STAFF_IDLE + 60);
    struct answer a = get(&product, &clerk, "/anderswo/sitzung");
    ok(str_starts(a.body, S("0 ")));
    clock_set(now + SESSION_STAFF_IDLE + 120);
    ok(!known(&clerk));
}
ON_EACH_STORE(rests_no_longer_elsewhere)

static void ends_at_last_here(void)
{
    str token = S("");
    int64_t now = clock_now();
    static const struct http_field staff[] = { { STR_INIT("staff"), STR_INIT("1") }, LAST_FIELD };
    struct answer a = post(&product, NULL, "/stadt/sitzung/an", staff);
    ok(answer_cookie(&a, S("tandem"), &token));
    const struct session_row *row = row_of(token, &t_arena);
    ok(row && row->expires_at - row->created_at == SESSION_STAFF_LONGEST);
    struct answer b = post(&product, NULL, "/stadt/sitzung/an", NULL);
    ok(answer_cookie(&b, S("tandem"), &token));
    row = row_of(token, &t_arena);
    ok(row && row->expires_at - row->created_at == SESSION_PEOPLE_LONGEST);
    struct visitor v = { .session = token };
    clock_set(now + SESSION_PEOPLE_LONGEST + 60);
    ok(!known(&v));
}
ON_EACH_STORE(ends_at_last)

static void rights_stay_in_their_town_here(void)
{
    struct visitor admin =
        product_sign_in(&product, world_account(&product, town, "city_admin", 0));
    eq_int(get(&product, &admin, "/stadt/buero").status, 200);
    eq_int(get(&product, &admin, "/anderswo/buero").status, 403);
    struct answer a = get(&product, &admin, "/stadt/sitzung");
    ok(str_ends(a.body, S(" 1")));
    a = get(&product, &admin, "/anderswo/sitzung");
    ok(str_ends(a.body, S(" 0")));
}
ON_EACH_STORE(rights_stay_in_their_town)

static const struct test tests[] = {
    TEST(starts_with_a_good_cookie), TEST(is_never_fixed),
    TEST(garbage_is_nobody),         TEST(ends_when_asked),
    TEST(ends_when_nobody_uses_it),  TEST(ends_at_last),
    TEST(rights_stay_in_their_town), TEST(rests_no_longer_elsewhere),
};
TEST_MAIN(tests)

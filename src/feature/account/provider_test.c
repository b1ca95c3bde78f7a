/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in by a provider of OpenID Connect, through the pages, on both engines, against a
 * provider in this process that lies on demand. A real one: test/oidc/glewlwyd_test.sh.
 */
#include "account.sql.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/test.h"
#include "fake_provider.h"
#include "feature/account/account.h"
#include "feature/account/oidc.h"
#include "product.h"
#include "web/fetch.h"
#include "web/session.h"
#include "world.h"

#define NOON 1790000010
#define BACK "/stadt/anmelden/anbieter/zurueck"

static struct product product;
static int64_t town;
static str issuer;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(NOON);
        town = world_town(&product, "stadt", "Musterstadt");
        world_town(&product, "dorf", "Musterdorf");
        issuer = fake_provider_start();
        product.app.config.oidc_issuer = str_to_c(&t_arena, issuer);
        product.app.config.oidc_client_id = "tandem";
        product.app.config.oidc_towns = "stadt";
        must(oidc_start(&product.app) == ERR_OK);
        run();
        fake_provider_stop();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- a sign-in ---- */

/* Somebody on the way: their browser, and what the provider was told. */
struct journey {
    struct visitor browser;
    str state;
    str nonce;
    str where;
};

static str param_of(str address, const char *name)
{
    ptrdiff_t at = str_find(address, str_fmt(&t_arena, "%s=", name));
    if (at < 0)
        return S("");
    str rest = str_slice(address, (size_t)at + str_from_c(name).n + 1, address.n);
    str value = rest;
    str_next(&rest, '&', &value);
    return value;
}

static void keep_cookie(struct visitor *v, const struct answer *a, const char *name)
{
    str value = S("");
    if (answer_cookie(a, str_from_c(name), &value))
        v->more = str_fmt(&t_arena, "%.*s%s%s=%.*s", STR_FMT(v->more), v->more.n ? "; " : "", name,
                          STR_FMT(value));
}

static struct journey leave(const struct visitor *v, const char *query)
{
    struct journey j = { .browser = v ? *v : (struct visitor){ 0 } };
    struct answer a = get(
        &product, v, str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/anmelden/anbieter%s", query)));
    eq_int(a.status, 303);
    j.where = header_of(&a, S("Location"));
    j.state = param_of(j.where, "state");
    j.nonce = param_of(j.where, "nonce");
    keep_cookie(&j.browser, &a, "tandem-provider");
    return j;
}

/* What a token says; NULL members take what is right. */
struct claims {
    const char *iss, *aud, *nonce, *sub, *mail, *more;
    int64_t exp, iat; /* seconds from now; exp 0: five minutes */
    bool unverified;
};

static str claims_of(const struct journey *j, const struct claims *c)
{
    return str_fmt(&t_arena,
                   "{\"iss\":\"%s\",\"aud\":%s,\"nonce\":\"%s\",\"sub\":\"%s\",\"exp\":%lld,"
                   "\"iat\":%lld,\"email\":\"%s\",\"email_verified\":%s%s}",
                   c->iss ? c->iss : str_to_c(&t_arena, issuer), c->aud ? c->aud : "\"tandem\"",
                   c->nonce ? c->nonce : str_to_c(&t_arena, j->nonce), c->sub ? c->sub : "subject",
                   (long long)(clock_now() + (c->exp ? c->exp : 300)),
                   (long long)(clock_now() + c->iat), c->mail ? c->mail : "nobody@person.example",
                   c->unverified ? "false" : "true", c->more ? c->more : "");
}

static struct answer come_back(const struct journey *j, const char *iss)
{
    struct http_field form[] = { { S("code"), S("code-1") },
                                 { S("state"), j->state },
                                 { S("iss"), iss ? str_from_c(iss) : issuer },
                                 LAST_FIELD };
    return post(&product, &j->browser, BACK, form);
}

/* There, with such a token, and back. */
static struct answer visit(const struct claims *c, struct fake_says says)
{
    struct journey j = leave(NULL, "");
    says.claims = claims_of(&j, c);
    fake_provider_say(&says);
    return come_back(&j, NULL);
}

static bool is_in(const struct answer *a)
{
    str value = S("");
    return a->status == 303 && answer_cookie(a, S("tandem"), &value) && value.n;
}

static const char *mail_of(int64_t account)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "p%lld@person.example", (long long)account));
}

/* Somebody of the office whose account belongs to the subject "subject". */
static int64_t connected(void)
{
    struct arena a;
    struct tx tx;
    int64_t id = world_account(&product, town, "office_staff", 0);
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    identity_insert(&tx, &(struct identity_insert_in){ .id = db_new_id(),
                                                       .account = id,
                                                       .issuer = issuer,
                                                       .subject = S("subject"),
                                                       .at = 1,
                                                       .used_at = 1 });
    ok(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
    return id;
}

/* ---- the way there ---- */

static void asks_as_it_should_here(void)
{
    struct journey j = leave(NULL, "?next=/stadt/buero");
    ok(str_starts(j.where, str_fmt(&t_arena, "%.*s/auth?response_type=code&", STR_FMT(issuer))));
    ok(str_find(j.where, S("code_challenge_method=S256")) > 0);
    ok(str_find(j.where, S("redirect_uri=http%3A%2F%2Ftandem.example%2Fstadt%2Fanmelden%2F"
                           "anbieter%2Fzurueck&")) > 0);
    ok(j.state.n >= 43 && j.nonce.n >= 43 && !str_eq(j.state, j.nonce));
    ok(str_find(j.where, S("prompt=")) < 0);
    struct journey other = leave(NULL, "");
    ok(!str_eq(other.state, j.state) && !str_eq(other.nonce, j.nonce));
    /* The verifier stays here until the exchange, and fits then. */
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &(struct claims){ 0 }) });
    come_back(&j, NULL);
    str authorization = S("");
    str form = fake_provider_asked(&authorization);
    uint8_t hash[CRYPT_HASH_BYTES];
    str rest = str_slice(form, (size_t)str_find(form, S("code_verifier=")) + 14, form.n);
    str verifier = S("");
    str_next(&rest, '\n', &verifier);
    ok(verifier.n >= 43 && str_find(j.where, verifier) < 0);
    crypt_sha256(verifier, hash);
    eq_str(param_of(j.where, "code_challenge"),
           crypt_base64url(&t_arena, (str){ (const char *)hash, sizeof hash }));
    ok(str_find(form, S("grant_type=authorization_code\n")) >= 0 &&
       str_find(form, S("client_id=tandem\n")) >= 0 && !authorization.n);
}
ON_EACH_STORE(asks_as_it_should)

static void only_where_it_is_offered_here(void)
{
    eq_int(get(&product, NULL, "/dorf/anmelden/anbieter").status, 404);
    struct answer here = get(&product, NULL, "/stadt/anmelden");
    struct answer there = get(&product, NULL, "/dorf/anmelden");
    ok(answer_says(&here, "/stadt/anmelden/anbieter"));
    ok(!answer_says(&there, "/anmelden/anbieter"));
    struct http_field headers[] = { { S("Sec-Fetch-Site"), S("cross-site") }, LAST_FIELD };
    struct answer a = product_ask(&product, &(struct ask){ .method = HTTP_GET,
                                                           .target = "/stadt/anmelden/anbieter",
                                                           .headers = headers });
    eq_str(header_of(&a, S("Location")), S("/stadt/anmelden"));
    ok(!answer_cookie(&a, S("tandem-provider"), NULL));
}
ON_EACH_STORE(only_where_it_is_offered)

/* ---- coming in ---- */

static void lets_in_whom_it_knows_here(void)
{
    connected();
    const enum fake_sign ways[] = { FAKE_RS256, FAKE_PS256, FAKE_ES256 };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct answer a = visit(&(struct claims){ 0 }, (struct fake_says){ .sign = ways[i] });
        ok(is_in(&a));
        eq_str(header_of(&a, S("Location")), S("/stadt/buero"));
    }
    /* Another address is no matter: the subject is who it is. */
    struct answer a =
        visit(&(struct claims){ .mail = "new@person.example" }, (struct fake_says){ 0 });
    ok(is_in(&a));
    /* For others too, and given to us. */
    a = visit(&(struct claims){ .aud = "[\"else\",\"tandem\"]", .more = ",\"azp\":\"tandem\"" },
              (struct fake_says){ 0 });
    ok(is_in(&a));
}
ON_EACH_STORE(lets_in_whom_it_knows)

/* Each of them by itself, beside an answer that is good. */
static void refuses_what_is_wrong_here(void)
{
    connected();
    static const struct claims wrong[] = {
        { .iss = "https://other.example" },
        { .aud = "\"other\"" },
        { .aud = "[\"tandem\",\"other\"]" },
        { .more = ",\"azp\":\"other\"" },
        { .aud = "[]" },
        { .nonce = "0123456789012345678901234567890123456789012" },
        { .nonce = "" },
        { .exp = -61 },
        { .iat = -601 },
        { .iat = 120 },
        { .sub = "" },
        { .more = ",\"nbf\":1790009999" },
        { .more = ",\"at_hash\":\"AAAAAAAAAAAAAAAAAAAAAA\"" },
        { .more = ",\"sub\":\"subject\"" }, /* twice */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        clock_set(clock_now() + 20); /* nobody tries so often at once */
        struct answer a = visit(&wrong[i], (struct fake_says){ 0 });
        eq_int(a.status, 403);
        ok(!answer_cookie(&a, S("tandem"), NULL));
        ok(answer_cookie(&a, S("tandem-provider"), NULL)); /* taken away */
    }
    struct answer good = visit(&(struct claims){ 0 }, (struct fake_says){ 0 });
    ok(is_in(&good));
}
ON_EACH_STORE(refuses_what_is_wrong)

static void refuses_what_is_signed_otherwise_here(void)
{
    connected();
    const enum fake_sign wrong[] = { FAKE_NONE, FAKE_HS256, FAKE_FOREIGN_KEY, FAKE_NEW_KEY };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct answer a = visit(&(struct claims){ 0 }, (struct fake_says){ .sign = wrong[i] });
        eq_int(a.status, 403);
        ok(!answer_cookie(&a, S("tandem"), NULL));
    }
}
ON_EACH_STORE(refuses_what_is_signed_otherwise)

static void follows_new_keys_but_not_all_the_time_here(void)
{
    connected();
    struct answer a = visit(&(struct claims){ 0 }, (struct fake_says){ 0 });
    ok(is_in(&a));
    int before = fake_provider_key_fetches();
    /* Tokens by keys that are nowhere have it fetched once a minute, not once each. */
    clock_set(NOON + 61);
    for (int i = 0; i < 4; i++) {
        a = visit(&(struct claims){ 0 }, (struct fake_says){ .sign = FAKE_NEW_KEY });
        eq_int(a.status, 403);
    }
    eq_int(fake_provider_key_fetches(), before + 1);
    clock_set(NOON + 122);
    a = visit(&(struct claims){ 0 }, (struct fake_says){ .sign = FAKE_NEW_KEY, .rotated = true });
    ok(is_in(&a));
    eq_int(fake_provider_key_fetches(), before + 2);
}
ON_EACH_STORE(follows_new_keys_but_not_all_the_time)

static void an_answer_works_once_and_in_its_browser_here(void)
{
    connected();
    struct journey j = leave(NULL, "");
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &(struct claims){ 0 }) });
    struct journey elsewhere = leave(NULL, "");
    elsewhere.state = j.state; /* the answer, in a browser that asked for another */
    eq_int(come_back(&elsewhere, NULL).status, 403);
    struct journey nowhere = j;
    nowhere.browser.more = S("");
    eq_int(come_back(&nowhere, NULL).status, 403);
    struct answer first = come_back(&j, NULL);
    ok(is_in(&first));
    struct answer again = come_back(&j, NULL); /* cookie and state kept by somebody */
    eq_int(again.status, 403);
    ok(!answer_cookie(&again, S("tandem"), NULL));
    struct journey late = leave(NULL, "");
    fake_provider_say(&(struct fake_says){
        .claims = claims_of(&late, &(struct claims){ .iat = 901, .exp = 1200 }) });
    clock_set(NOON + 901);
    eq_int(come_back(&late, NULL).status, 403);
}
ON_EACH_STORE(an_answer_works_once_and_in_its_browser)

static void is_not_mixed_up_with_another_issuer_here(void)
{
    connected();
    struct journey j = leave(NULL, "");
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &(struct claims){ 0 }) });
    eq_int(come_back(&j, "https://other.example").status, 403);
    j = leave(NULL, "");
    eq_int(come_back(&j, "").status, 403); /* it promises to name itself */
}
ON_EACH_STORE(is_not_mixed_up_with_another_issuer)

static void a_foreign_description_is_not_used_here(void)
{
    fake_provider_say(&(struct fake_says){ .foreign_issuer = true });
    struct answer a = get(&product, NULL, "/stadt/anmelden/anbieter");
    eq_int(a.status, 503);
    ok(!answer_cookie(&a, S("tandem-provider"), NULL));
}
ON_EACH_STORE(a_foreign_description_is_not_used)

static void answers_that_are_none_here(void)
{
    connected();
    char *big = arena_bytes(&t_arena, FETCH_BYTES + 100);
    memset(big, ' ', FETCH_BYTES + 100);
    struct answer a =
        visit(&(struct claims){ 0 }, (struct fake_says){ .body = { big, FETCH_BYTES + 100 } });
    eq_int(a.status, 503);
    a = visit(&(struct claims){ 0 }, (struct fake_says){ .body = S("[]") });
    eq_int(a.status, 403);
    a = visit(&(struct claims){ 0 }, (struct fake_says){ .body = S("{\"id_token\":\"a.b\"}") });
    eq_int(a.status, 403);
    a = visit(&(struct claims){ 0 }, (struct fake_says){ .status = 400 });
    eq_int(a.status, 403);
    a = visit(&(struct claims){ 0 }, (struct fake_says){ .status = 302 });
    eq_int(a.status, 403);
}
ON_EACH_STORE(answers_that_are_none)

static void says_when_it_was_stopped_here(void)
{
    struct journey j = leave(NULL, "");
    const char *target = str_to_c(
        &t_arena, str_fmt(&t_arena, BACK "?error=access_denied&state=%.*s", STR_FMT(j.state)));
    struct answer a = get(&product, &j.browser, target);
    eq_int(a.status, 403);
    ok(answer_says(&a, "abgebrochen"));
    struct journey good = leave(NULL, "");
    target = str_to_c(&t_arena, str_fmt(&t_arena, BACK "?code=c&state=%.*s", STR_FMT(good.state)));
    a = get(&product, &good.browser, target);
    eq_int(a.status, 200);
    ok(answer_says(&a, "data-send"));
    eq_str(header_of(&a, S("Referrer-Policy")), S("no-referrer"));
    eq_str(header_of(&a, S("Cache-Control")), S("no-store"));
    eq_int(get(&product, NULL, target).status, 403);
}
ON_EACH_STORE(says_when_it_was_stopped)

/* ---- connecting ---- */

static struct visitor waiting_as(const struct visitor *v, const struct claims *c)
{
    struct journey j = leave(v, "");
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, c) });
    struct answer a = come_back(&j, NULL);
    struct visitor w = v ? *v : (struct visitor){ 0 };
    keep_cookie(&w, &a, "tandem-connect");
    ok(v ? a.status == 303 : a.status == 200);
    ok(!answer_cookie(&a, S("tandem"), NULL));
    return w;
}

/* The address alone opens nothing: the account is connected by who is signed in. */
static void a_stranger_shows_first_who_they_are_here(void)
{
    int64_t account = world_account(&product, town, "office_staff", 0);
    struct claims c = { .mail = mail_of(account) };
    struct visitor anybody = waiting_as(NULL, &c);
    struct visitor v = product_sign_in(&product, account);
    v.more = anybody.more;
    struct answer page = get(&product, &v, "/stadt/konto/anbieter");
    ok(page.status == 200 && answer_says(&page, c.mail));
    struct answer done = post(&product, &v, "/stadt/konto/anbieter", NULL);
    eq_int(done.status, 303);
    eq_int(world_mails(&product, str_from_c(c.mail)), 1);
    struct answer in = visit(&c, (struct fake_says){ 0 });
    ok(is_in(&in));
    /* Parted again, it opens nothing. */
    eq_int(post(&product, &v, "/stadt/konto/anbieter/trennen", NULL).status, 303);
    in = visit(&c, (struct fake_says){ 0 });
    ok(in.status == 200 && !answer_cookie(&in, S("tandem"), NULL));
}
ON_EACH_STORE(a_stranger_shows_first_who_they_are)

static void connects_nothing_else_here(void)
{
    int64_t account = world_account(&product, town, "office_staff", 0);
    int64_t volunteer = world_account(&product, town, NULL, 0);
    struct visitor v = product_sign_in(&product, account);
    struct visitor w = waiting_as(&v, &(struct claims){ .mail = "other@person.example" });
    eq_int(post(&product, &w, "/stadt/konto/anbieter", NULL).status, 422);
    w = waiting_as(&v, &(struct claims){ .mail = mail_of(account), .unverified = true });
    eq_int(post(&product, &w, "/stadt/konto/anbieter", NULL).status, 422);
    eq_int(post(&product, &v, "/stadt/konto/anbieter", NULL).status, 422); /* nobody waits */
    w = waiting_as(&v, &(struct claims){ .mail = mail_of(account) });
    product_make_stale(&product, &w);
    eq_int(post(&product, &w, "/stadt/konto/anbieter", NULL).status, 307);
    clock_set(NOON + 901);
    struct visitor late = product_sign_in(&product, account);
    late.more = w.more;
    eq_int(post(&product, &late, "/stadt/konto/anbieter", NULL).status, 422);
    clock_set(NOON);
    struct visitor x = product_sign_in(&product, volunteer);
    w = waiting_as(&x, &(struct claims){ .mail = mail_of(volunteer) });
    eq_int(post(&product, &w, "/stadt/konto/anbieter", NULL).status, 422);
}
ON_EACH_STORE(connects_nothing_else)

static void the_town_may_trust_addresses_here(void)
{
    int64_t account = world_account(&product, town, "office_staff", 0);
    struct claims c = { .mail = mail_of(account) };
    product.app.config.oidc_mail_connects = true;
    struct claims unverified = c;
    unverified.unverified = true;
    struct answer a = visit(&unverified, (struct fake_says){ 0 });
    ok(!is_in(&a));
    product.app.config.oidc_mail_verified = true;
    a = visit(&unverified, (struct fake_says){ 0 });
    ok(is_in(&a));
    eq_int(world_mails(&product, str_from_c(c.mail)), 1);
    struct claims second = { .sub = "another", .mail = c.mail }; /* one subject for an account */
    a = visit(&second, (struct fake_says){ 0 });
    ok(!is_in(&a));
    int64_t citizen = world_account(&product, town, NULL, 0);
    struct claims d = { .sub = "citizen", .mail = mail_of(citizen) };
    a = visit(&d, (struct fake_says){ 0 });
    ok(!is_in(&a));
}
ON_EACH_STORE(the_town_may_trust_addresses)

/* It has no say about people of towns that do not offer it. */
static void trust_ends_at_the_border_here(void)
{
    product.app.config.oidc_mail_connects = true;
    int64_t account = world_account(&product, town, "office_staff", 0);
    product.app.config.oidc_towns = "dorf stadt";
    struct claims c = { .mail = mail_of(account) };
    product.app.config.oidc_towns = "dorf";
    struct journey j = { 0 };
    struct answer a = get(&product, NULL, "/dorf/anmelden/anbieter");
    j.where = header_of(&a, S("Location"));
    j.state = param_of(j.where, "state");
    j.nonce = param_of(j.where, "nonce");
    keep_cookie(&j.browser, &a, "tandem-provider");
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &c) });
    struct http_field form[] = {
        { S("code"), S("c") }, { S("state"), j.state }, { S("iss"), issuer }, LAST_FIELD
    };
    a = post(&product, &j.browser, "/dorf/anmelden/anbieter/zurueck", form);
    ok(a.status == 200 && !answer_cookie(&a, S("tandem"), NULL));
}
ON_EACH_STORE(trust_ends_at_the_border)

/* ---- how strong, how fresh ---- */

static struct visitor session_of(const struct answer *a)
{
    struct visitor v = { 0 };
    struct db db;
    if (!answer_cookie(a, S("tandem"), &v.session))
        return v;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct session_row *row = session_find(&db, crypt_sha256_hex(&t_arena, v.session));
    v.account_id = row ? row->account_id : 0;
    v.session_id = row ? row->id : 0;
    db_end(&db);
    return v;
}

static void demand_second_step(void)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    city_second_step(&tx, 1, town);
    ok(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

static void its_second_step_counts_where_it_is_believed_here(void)
{
    connected();
    demand_second_step();
    const struct claims strong = { .more = ",\"amr\":[\"pwd\",\"mfa\"]" };
    const struct claims by_acr = { .more = ",\"acr\":\"gold\"" };
    struct answer a = visit(&strong, (struct fake_says){ 0 });
    struct visitor v = session_of(&a);
    eq_int(get(&product, &v, "/stadt/buero").status, 303); /* to setting one up */
    product.app.config.oidc_second_step = "mfa gold";
    a = visit(&(struct claims){ 0 }, (struct fake_says){ 0 });
    v = session_of(&a);
    eq_int(get(&product, &v, "/stadt/buero").status, 303);
    a = visit(&strong, (struct fake_says){ 0 });
    v = session_of(&a);
    eq_int(get(&product, &v, "/stadt/buero").status, 200);
    a = visit(&by_acr, (struct fake_says){ 0 });
    v = session_of(&a);
    eq_int(get(&product, &v, "/stadt/buero").status, 200);
}
ON_EACH_STORE(its_second_step_counts_where_it_is_believed)

/* A sign-in at the provider of this morning is no proof of now. */
static void dangerous_acts_need_a_proof_of_now_here(void)
{
    connected();
    struct answer a =
        visit(&(struct claims){ .more = ",\"auth_time\":1789990000" }, (struct fake_says){ 0 });
    struct visitor v = session_of(&a);
    struct answer asked = get(&product, &v, "/stadt/konto/loeschen");
    eq_int(asked.status, 303);
    struct answer page = get(&product, &v, "/stadt/konto/bestaetigen?next=/stadt/konto/loeschen");
    ok(answer_says(&page, "/stadt/anmelden/anbieter?prove=1&amp;next="));
    struct journey j = leave(&v, "?prove=1&next=/stadt/konto/loeschen");
    ok(str_find(j.where, S("&prompt=login&max_age=0")) > 0);
    fake_provider_say(&(struct fake_says){
        .claims = claims_of(&j, &(struct claims){ .more = ",\"auth_time\":1789990000" }) });
    eq_int(come_back(&j, NULL).status, 403);
    j = leave(&v, "?prove=1");
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &(struct claims){ 0 }) });
    eq_int(come_back(&j, NULL).status, 403); /* it does not say when */
    j = leave(&v, "?prove=1");
    struct claims other = { .sub = "somebody", .more = ",\"auth_time\":1790000010" };
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &other) });
    eq_int(come_back(&j, NULL).status, 403);
    eq_int(get(&product, &v, "/stadt/konto/loeschen").status, 303);
    j = leave(&v, "?prove=1&next=/stadt/konto/loeschen");
    struct claims now = { .more = ",\"auth_time\":1790000010" };
    fake_provider_say(&(struct fake_says){ .claims = claims_of(&j, &now) });
    a = come_back(&j, NULL);
    eq_str(header_of(&a, S("Location")), S("/stadt/konto/loeschen"));
    v = session_of(&a);
    eq_int(get(&product, &v, "/stadt/konto/loeschen").status, 200);
}
ON_EACH_STORE(dangerous_acts_need_a_proof_of_now)

static void leads_to_signing_out_there_here(void)
{
    connected();
    struct answer a = visit(&(struct claims){ 0 }, (struct fake_says){ 0 });
    struct visitor v = session_of(&a);
    struct answer out = post(&product, &v, "/stadt/abmelden", NULL);
    eq_str(header_of(&out, S("Location")), S("/stadt/abmelden/anbieter"));
    eq_int(get(&product, &v, "/stadt/konto").status, 303);
    struct answer page = get(&product, NULL, "/stadt/abmelden/anbieter");
    ok(answer_says(&page, "/bye?client_id=tandem&amp;post_logout_redirect_uri="));
    int64_t other = world_account(&product, town, "office_staff", 0);
    struct visitor w = product_sign_in(&product, other);
    out = post(&product, &w, "/stadt/abmelden", NULL);
    eq_str(header_of(&out, S("Location")), S("/stadt/"));
}
ON_EACH_STORE(leads_to_signing_out_there)

/* ---- pieces ---- */

static void goes_only_where_it_is_safe(void)
{
    static const char *const good[] = { "https://id.example", "https://id.example:8443/realms/a",
                                        "http://127.0.0.1:4593/x", "http://[::1]:80/" };
    static const char *const bad[] = { "http://id.example/",
                                       "ftp://id.example/",
                                       "https://",
                                       "https://a@id.example/",
                                       "http://127.0.0.1.id.example/",
                                       "http://127.0.0.1@id.example/",
                                       "file:///etc/passwd",
                                       "https://id.example/a b",
                                       "",
                                       "https://:443/" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ok(fetch_may(str_from_c(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(!fetch_may(str_from_c(bad[i])));
}

static const struct test tests[] = {
    TEST(asks_as_it_should),
    TEST(only_where_it_is_offered),
    TEST(lets_in_whom_it_knows),
    TEST(refuses_what_is_wrong),
    TEST(refuses_what_is_signed_otherwise),
    TEST(follows_new_keys_but_not_all_the_time),
    TEST(an_answer_works_once_and_in_its_browser),
    TEST(is_not_mixed_up_with_another_issuer),
    TEST(a_foreign_description_is_not_used),
    TEST(answers_that_are_none),
    TEST(says_when_it_was_stopped),
    TEST(a_stranger_shows_first_who_they_are),
    TEST(connects_nothing_else),
    TEST(the_town_may_trust_addresses),
    TEST(trust_ends_at_the_border),
    TEST(its_second_step_counts_where_it_is_believed),
    TEST(dangerous_acts_need_a_proof_of_now),
    TEST(leads_to_signing_out_there),
    TEST(goes_only_where_it_is_safe),
};
TEST_MAIN(tests)

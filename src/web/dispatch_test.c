/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The dispatcher, asked in process on both engines: what every answer carries, who is let in,
 * what is committed. The pages that only a broken handler gives come from a feature of this
 * test. Caching is in page_cache_test.c.
 */
#include "web/dispatch.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web/audit.h"
#include "web/error.h"
#include "web/feature.h"
#include "web/router.h"
#include "world.h"

/* ---- handlers that misbehave ---- */

static void hog(struct rq *rq)
{
    for (;;)
        arena_alloc(rq->arena, 100000);
}

static void flood(struct rq *rq)
{
    for (;;) {
        out_fmt(rq->out, "%01000d", 7);
        if (rq->out->full)
            return;
        if (rq->out->n > (size_t)1 << 20)
            rq->out->max = rq->out->n + 500; /* sooner than the arena's limit */
    }
}

static void broken(struct rq *rq)
{
    OUT(rq->out, "half a page");
    rq_header(rq, S("Content-Disposition"), S("attachment"));
    db_fail(rq->db, ERR_ENGINE, S("planted"));
}

static void write_down(struct rq *rq, struct tx *tx)
{
    audit(rq, tx, S("test.write"), 1, S(""));
}

static void writes(struct rq *rq, struct tx *tx)
{
    write_down(rq, tx);
    rq_see(rq, S("/angebote"), 0);
}

static void writes_and_breaks(struct rq *rq, struct tx *tx)
{
    writes(rq, tx);
    db_fail(&tx->db, ERR_ENGINE, S("planted"));
}

static void writes_and_has_no_room(struct rq *rq, struct tx *tx)
{
    writes(rq, tx);
    db_fail(&tx->db, ERR_FULL, S("planted"));
}

static void writes_and_hogs(struct rq *rq, struct tx *tx)
{
    write_down(rq, tx);
    hog(rq);
}

static void writes_and_refuses(struct rq *rq, struct tx *tx)
{
    write_down(rq, tx);
    rq_conflict(rq);
}

static void writes_and_complains(struct rq *rq, struct tx *tx)
{
    write_down(rq, tx);
    rq_error(rq, "title", S("too long"));
    error_fields(rq);
}

static const struct route routes[] = {
    GET("/probe/hog", hog, ANYONE),
    GET("/probe/flood", flood, ANYONE),
    GET("/probe/broken", broken, ANYONE),
    POST("/probe/writes", writes, ANYONE),
    POST("/probe/slow", writes, ANYONE, .slow = true),
    POST("/probe/open", writes, ANYONE, .no_csrf = true),
    POST("/probe/breaks", writes_and_breaks, ANYONE),
    POST("/probe/full", writes_and_has_no_room, ANYONE),
    POST("/probe/hogs", writes_and_hogs, ANYONE),
    POST("/probe/refuses", writes_and_refuses, ANYONE),
    POST("/probe/complains", writes_and_complains, ANYONE),
    { 0 },
};
static const struct feature probe = { .name = "probe", .routes = routes };

/* ---- the world of a test ---- */

static struct product product;
static int64_t town, organisation, offer;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, &probe)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        offer =
            world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Vorlesen" });
        run();
    }
    product_close(&product);
}

static struct answer send(enum http_method method, const char *target,
                          const struct http_field *headers)
{
    return product_ask(&product,
                       &(struct ask){ .method = method, .target = target, .headers = headers });
}

/* ---- what every answer carries ---- */

static bool has(const struct answer *a, const char *name, const char *value)
{
    return str_eq(header_of(a, str_from_c(name)), str_from_c(value));
}

static bool is_safe_for(const struct answer *a, bool framed)
{
    bool quiet =
        has(a, "Referrer-Policy", "same-origin") || has(a, "Referrer-Policy", "no-referrer");
    str policy = header_of(a, S("Content-Security-Policy"));
    /* Who may frame it is the last word of a page for other sites, and may be anybody. */
    ptrdiff_t ancestors = str_find(policy, S("frame-ancestors "));
    if (framed && ancestors > 0)
        policy = str_slice(policy, 0, (size_t)ancestors);
    else if (str_find(policy, S("frame-ancestors 'none'")) < 0)
        return false;
    return str_starts(policy, S("default-src 'none';")) && str_find(policy, S("unsafe")) < 0 &&
           str_find(policy, S("*")) < 0 && str_find(policy, S("http")) < 0 &&
           has(a, "X-Content-Type-Options", "nosniff") && quiet &&
           header_of(a, S("Cache-Control")).n && (!a->body.n || header_of(a, S("Content-Type")).n);
}

static bool is_safe(const struct answer *a)
{
    return is_safe_for(a, false);
}

/* The copy that a 304 lets somebody go on using has its headers; more would only be sent. */
static bool is_short(const struct answer *a)
{
    return header_of(a, S("ETag")).n && header_of(a, S("Cache-Control")).n &&
           header_of(a, S("Vary")).n && !header_of(a, S("Content-Security-Policy")).n &&
           !header_of(a, S("Content-Type")).n && !a->body.n;
}

static void expect(struct answer a, int status, const char *what)
{
    test_check(a.status == status, what, __FILE__, __LINE__);
    if (a.status != status)
        printf("# status %d, not %d\n", a.status, status);
    bool safe = status == 304 ? is_short(&a) : is_safe(&a);
    test_check(safe, "its headers are safe", __FILE__, __LINE__);
    for (size_t i = 0; i < a.headers.n && !safe; i++)
        printf("# %.*s: %.*s\n", STR_FMT(a.headers.v[i].name), STR_FMT(a.headers.v[i].value));
}

static void every_status_is_safe_here(void)
{
    static const struct http_field no_form[] = { { STR_INIT("title"), STR_INIT("x") }, LAST_FIELD };
    int64_t staff = world_account(&product, town, "office_staff", 0);
    struct visitor clerk = product_sign_in(&product, staff);
    struct visitor nobody = product_sign_in(&product, world_account(&product, town, NULL, 0));
    expect(get(&product, NULL, "/stadt/"), 200, "a page");
    expect(get(&product, NULL, "/stadt/angebote.json"), 200, "JSON");
    expect(get(&product, NULL, "/stadt/buero"), 303, "to the sign-in");
    struct answer page = get(&product, NULL, "/stadt/angebote");
    struct http_field again[] = { { S("If-None-Match"), header_of(&page, S("ETag")) }, LAST_FIELD };
    expect(send(HTTP_GET, "/stadt/angebote", again), 304, "not modified");
    expect(get(&product, &nobody, "/stadt/buero"), 403, "forbidden");
    expect(get(&product, NULL, "/stadt/buero.json"), 401, "unauthorised");
    expect(get(&product, NULL, "/stadt/nichts"), 404, "not found");
    expect(get(&product, NULL, "/niemandsland"), 404, "no such town");
    expect(get(&product, NULL, "/api/v1/stadt/nothing"), 404, "no such JSON");
    expect(send(HTTP_PUT, "/stadt/angebote", NULL), 405, "no such method");
    expect(post(&product, NULL, "/stadt/probe/refuses", NULL), 409, "conflict");
    expect(post(&product, NULL, "/stadt/probe/complains", NULL), 422, "invalid");
    expect(post(&product, &clerk, "/stadt/buero/angebote/neu", no_form), 422, "invalid form");
    expect(post(&product, NULL, "/stadt/probe/breaks", NULL), 500, "failed");
    expect(get(&product, NULL, "/stadt/probe/hog"), 503, "out of memory");
}
ON_EACH_STORE(every_status_is_safe)

/* {id} and other parts of a route's path, filled with something that need not exist. */
static const char *address_of(const struct route *r)
{
    struct out o = out_new(&t_arena, 0);
    str rest = str_slice(str_from_c(r->path), 1, str_from_c(r->path).n);
    str part = S("");
    if (r->scope == IN_CITY)
        OUT(&o, "/stadt");
    while (str_next(&rest, '/', &part)) {
        bool value = part.n && part.p[0] == '{';
        out_fmt(&o, "/%.*s", STR_FMT(value ? S("1") : part));
    }
    return str_to_c(&t_arena, out_text(&o));
}

static void every_route_is_safe_here(void)
{
    struct router_list all = router_all(product.app.router);
    size_t bad = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct answer a = send(all.v[i]->method, address_of(all.v[i]), NULL);
        bool safe = is_safe_for(&a, all.v[i]->framed);
        bool planted = str_starts(str_from_c(all.v[i]->path), S("/probe/"));
        if (safe && (a.status < 500 || planted))
            continue;
        printf("# %s: %d\n", all.v[i]->path, a.status);
        bad++;
    }
    eq_int(bad, 0);
    ok(all.n > 30);
}
ON_EACH_STORE(every_route_is_safe)

static void refusals_of_the_server_are_pages_here(void)
{
    static const int statuses[] = { 400, 413, 405, 501, 505 };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct arena a;
        arena_init(&a, 0);
        struct http_request nothing_known = { .arena = &a };
        struct http_reply reply = { .status = statuses[i] };
        dispatch_refused(&product.app, &nothing_known, &reply);
        struct answer got = { .status = reply.status,
                              .body = str_copy(&t_arena, reply.body),
                              .headers = { reply.headers, reply.header_count } };
        expect(got, statuses[i], "a refusal");
        ok(str_find(got.body, S("<h1")) > 0);
        arena_free(&a);
    }
}
ON_EACH_STORE(refusals_of_the_server_are_pages)

static void says_which_methods_there_are_here(void)
{
    struct answer a = send(HTTP_DELETE, "/stadt/angebote", NULL);
    eq_int(a.status, 405);
    eq_str(header_of(&a, S("Allow")), S("GET, HEAD"));
    a = send(HTTP_GET, "/stadt/probe/writes", NULL);
    eq_int(a.status, 405);
    eq_str(header_of(&a, S("Allow")), S("POST"));
    a = send(HTTP_PUT, "/stadt/buero/angebote/neu", NULL);
    eq_str(header_of(&a, S("Allow")), S("GET, HEAD, POST"));
}
ON_EACH_STORE(says_which_methods_there_are)

static void head_is_get_here(void)
{
    struct answer page = get(&product, NULL, "/stadt/angebote");
    struct answer head = send(HTTP_HEAD, "/stadt/angebote", NULL);
    eq_int(head.status, 200);
    eq_str(header_of(&head, S("ETag")), header_of(&page, S("ETag")));
    eq_str(head.body, page.body); /* whose length the server announces */
    eq_int(send(HTTP_HEAD, "/stadt/nichts", NULL).status, 404);
    eq_int(send(HTTP_HEAD, "/stadt/probe/writes", NULL).status, 405);
}
ON_EACH_STORE(head_is_get)

static void only_https_is_strict_here(void)
{
    struct ask ask = { .target = "/stadt/", .https = true };
    struct answer a = product_ask(&product, &ask);
    ok(header_of(&a, S("Strict-Transport-Security")).n > 0);
    a = get(&product, NULL, "/stadt/");
    ok(header_of(&a, S("Strict-Transport-Security")).n == 0);
}
ON_EACH_STORE(only_https_is_strict)

/* ---- language ---- */

static str lang_of(struct answer a)
{
    return header_of(&a, S("Content-Language"));
}

static void languages_in_their_order_here(void)
{
    static const struct http_field english[] = { { STR_INIT("Accept-Language"), STR_INIT("en") },
                                                 LAST_FIELD };
    struct visitor simple = { .preferred = S("de-simple.m.auto") };
    struct ask ask = { .target = "/stadt/" };
    eq_str(lang_of(product_ask(&product, &ask)), S("de"));
    ask.headers = english;
    eq_str(lang_of(product_ask(&product, &ask)), S("en"));
    ask.who = &simple;
    eq_str(lang_of(product_ask(&product, &ask)), S("de-simple"));
    ask.target = "/stadt/?lang=de";
    eq_str(lang_of(product_ask(&product, &ask)), S("de"));
    ask.target = "/stadt/?lang=klingon";
    eq_str(lang_of(product_ask(&product, &ask)), S("de-simple"));
}
ON_EACH_STORE(languages_in_their_order)

static size_t cookies_set(const struct answer *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->headers.n; i++)
        n += str_ieq(a->headers.v[i].name, S("Set-Cookie"));
    return n;
}

static void only_asking_for_a_language_sets_a_cookie_here(void)
{
    str value = S("");
    struct router_list all = router_all(product.app.router);
    size_t set = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct answer a = send(HTTP_GET, address_of(all.v[i]), NULL);
        set += cookies_set(&a);
    }
    eq_int(set, 0);
    struct answer a = get(&product, NULL, "/stadt/angebote?lang=en");
    eq_int(cookies_set(&a), 1);
    ok(answer_cookie(&a, S("view"), &value));
    eq_str(value, S("en.m.auto"));
    a = get(&product, NULL, "/stadt/angebote?lang=en"); /* now from the cache */
    eq_int(cookies_set(&a), 1);
    a = get(&product, NULL, "/stadt/angebote?lang=xx");
    eq_int(cookies_set(&a), 0);
    a = get(&product, NULL, "/stadt/angebote.json?lang=en");
    eq_int(cookies_set(&a), 0);
}
ON_EACH_STORE(only_asking_for_a_language_sets_a_cookie)

/* ---- forms from elsewhere ---- */

struct forgery {
    const char *what;
    struct http_field headers[3];
    const char *token; /* NULL: the right one */
    const str *taken;  /* the token of another session; NULL: `token` says */
    bool not_secret;   /* of a page with a secret address it is what a browser sends */
};

/* Tokens that were right once, or are right for somebody else. */
static str foreign_token, ended_token;

static const struct forgery forgeries[] = {
    { "no token", { LAST_FIELD }, "" },
    { "the token of another person", { LAST_FIELD }, "", .taken = &foreign_token },
    { "the token of an ended session", { LAST_FIELD }, "", .taken = &ended_token },
    { "a wrong token", { LAST_FIELD }, "0123456789abcdef0123456789abcdef" },
    { "a foreign origin", { { STR_INIT("Origin"), STR_INIT("https://evil.example") } }, NULL },
    { "an origin that begins like ours",
      { { STR_INIT("Origin"), STR_INIT("http://tandem.example.evil.example") } },
      NULL },
    { "no origin", { { STR_INIT("Origin"), STR_INIT("null") } }, NULL, .not_secret = true },
    { "no origin, from another site",
      { { STR_INIT("Origin"), STR_INIT("null") },
        { STR_INIT("Sec-Fetch-Site"), STR_INIT("cross-site") } },
      NULL },
    { "another site", { { STR_INIT("Sec-Fetch-Site"), STR_INIT("cross-site") } }, NULL },
    { "a sister site", { { STR_INIT("Sec-Fetch-Site"), STR_INIT("same-site") } }, NULL },
};

static int forged(const char *target, const struct visitor *who, const struct forgery *f)
{
    str given = f->taken ? *f->taken : str_from_c(f->token);
    struct http_field token[] = { { S("csrf"), given }, LAST_FIELD };
    return product_ask(&product, &(struct ask){ .method = HTTP_POST,
                                                .target = target,
                                                .who = who,
                                                .headers = f->headers,
                                                .fields = f->token ? token : NULL,
                                                .without_token = f->token != NULL })
        .status;
}

/* Somebody else's token, and one of this person's from before signing out and in again. */
static void take_tokens(int64_t account)
{
    struct visitor other =
        product_sign_in(&product, world_account(&product, town, "city_admin", 0));
    struct visitor before = product_sign_in(&product, account);
    foreign_token = product_token(&product, &other);
    ended_token = product_token(&product, &before);
    eq_int(post(&product, &before, "/stadt/abmelden", NULL).status, 303);
}

static void forged_forms_are_refused_everywhere_here(void)
{
    int64_t account = world_account(&product, town, "city_admin", 0);
    take_tokens(account);
    struct visitor admin = product_sign_in(&product, account);
    struct router_list all = router_all(product.app.router);
    uint64_t before = product_moment(&product);
    for (size_t f = 0; f < sizeof forgeries / sizeof *forgeries; f++) {
        size_t accepted = 0;
        size_t tried = 0;
        for (size_t i = 0; i < all.n; i++) {
            if (!all.v[i]->post || all.v[i]->no_csrf || /* ASK routes cannot write */
                (all.v[i]->secret && forgeries[f].not_secret))
                continue;
            const char *at = address_of(all.v[i]);
            tried += 2;
            accepted += forged(at, NULL, &forgeries[f]) != 403;
            accepted += forged(at, &admin, &forgeries[f]) != 403;
        }
        printf("# %s, %zu requests\n", forgeries[f].what, tried);
        eq_int(accepted, 0);
        ok(tried > 10);
    }
    eq_int(product_moment(&product), before);
    /* The control: the same request with everything right is let in. */
    static const struct http_field ours[] = {
        { STR_INIT("Origin"), STR_INIT("http://tandem.example") },
        { STR_INIT("Sec-Fetch-Site"), STR_INIT("same-origin") },
        LAST_FIELD,
    };
    eq_int(send(HTTP_POST, "/stadt/probe/writes", ours).status, 303);
}
ON_EACH_STORE(forged_forms_are_refused_everywhere)

static void a_token_belongs_to_one_session_here(void)
{
    int64_t account = world_account(&product, town, "city_admin", 0);
    struct visitor one = product_sign_in(&product, account);
    struct visitor two = product_sign_in(&product, account);
    struct http_field stolen[] = { { S("csrf"), product_token(&product, &two) }, LAST_FIELD };
    struct ask ask = { .method = HTTP_POST,
                       .target = "/stadt/probe/writes",
                       .who = &one,
                       .fields = stolen,
                       .without_token = true };
    eq_int(product_ask(&product, &ask).status, 403);
    ask.who = &two;
    eq_int(product_ask(&product, &ask).status, 303);
    stolen[0].value = product_token(&product, NULL);
    eq_int(product_ask(&product, &ask).status, 403);
}
ON_EACH_STORE(a_token_belongs_to_one_session)

static void anonymous_tokens_wear_out_here(void)
{
    int64_t now = clock_now();
    struct http_field old[] = { { S("csrf"), product_token(&product, NULL) }, LAST_FIELD };
    struct ask ask = {
        .method = HTTP_POST, .target = "/stadt/probe/writes", .fields = old, .without_token = true
    };
    clock_set(now + 5 * 3600);
    eq_int(product_ask(&product, &ask).status, 303);
    clock_set(now + 13 * 3600);
    eq_int(product_ask(&product, &ask).status, 403);
    clock_set(0);
}
ON_EACH_STORE(anonymous_tokens_wear_out)

/* ---- what is committed ---- */

static void commits_once_or_not_at_all_here(void)
{
    static const struct {
        const char *target;
        int status;
    } rolled_back[] = {
        { "/stadt/probe/breaks", 500 },
        { "/stadt/probe/hogs", 503 },
        { "/stadt/probe/refuses", 409 },
        { "/stadt/probe/complains", 422 },
    };
    for (size_t i = 0; i < sizeof rolled_back / sizeof *rolled_back; i++) {
        uint64_t before = product_moment(&product);
        eq_int(post(&product, NULL, rolled_back[i].target, NULL).status, rolled_back[i].status);
        eq_int(product_moment(&product), before);
    }
    static const char *const kept[] = { "/stadt/probe/writes", "/stadt/probe/slow",
                                        "/stadt/probe/open" };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        uint64_t before = product_moment(&product);
        struct answer a = post(&product, NULL, kept[i], NULL);
        eq_int(a.status, 303);
        eq_str(header_of(&a, S("Location")), S("/stadt/angebote"));
        ok(product_moment(&product) > before);
    }
}
ON_EACH_STORE(commits_once_or_not_at_all)

static void goes_on_after_failures_here(void)
{
    for (int i = 0; i < 20; i++) {
        eq_int(get(&product, NULL, "/stadt/probe/hog").status, 503);
        eq_int(post(&product, NULL, "/stadt/probe/hogs", NULL).status, 503);
        eq_int(get(&product, NULL, "/stadt/probe/broken").status, 500);
    }
    eq_int(get(&product, NULL, "/stadt/angebote").status, 200);
    eq_int(post(&product, NULL, "/stadt/probe/writes", NULL).status, 303);
}
ON_EACH_STORE(goes_on_after_failures)

static void a_failed_page_shows_nothing_half_here(void)
{
    struct answer a = get(&product, NULL, "/stadt/probe/broken");
    eq_int(a.status, 500);
    ok(!answer_says(&a, "half a page") && !answer_says(&a, "planted"));
    ok(header_of(&a, S("Content-Disposition")).n == 0);
    for (int i = 0; i < 2; i++) {
        a = get(&product, NULL, "/stadt/probe/flood");
        eq_int(a.status, 500);
        ok(a.body.n < 100000);
    }
}
ON_EACH_STORE(a_failed_page_shows_nothing_half)

/* What somebody wrote is on the page, goes again by one click, and nothing was stored. */
static void typed_text_survives_a_full_disk_here(void)
{
    static const struct http_field typed[] = {
        { STR_INIT("question"), STR_INIT("Wer zahlt, wenn beim <b>Sommerfest</b> jemand stürzt?") },
        { STR_INIT("asker"), STR_INIT("citizen\"") },
        LAST_FIELD
    };
    static const struct http_field secret[] = {
        { STR_INIT("question"), STR_INIT("Wer zahlt, wenn beim <b>Sommerfest</b> jemand stürzt?") },
        { STR_INIT("password"), STR_INIT("fünf leise Igel") },
        LAST_FIELD
    };
    uint64_t before = product_moment(&product);
    struct answer a = post(&product, NULL, "/stadt/probe/full", typed);
    expect(a, 507, "no room");
    ok(answer_says(&a, "action=\"/stadt/probe/full\"") && answer_says(&a, "id=\"again\""));
    ok(answer_says(&a, "name=\"asker\" value=\"citizen&quot;\""));
    ok(answer_says(&a, "wenn beim &lt;b&gt;Sommerfest"));
    ok(str_find(a.body, product_token(&product, NULL)) >= 0);
    a = post(&product, NULL, "/stadt/probe/full", secret);
    eq_int(a.status, 507);
    ok(!answer_says(&a, "id=\"again\"") && !answer_says(&a, "Igel"));
    a = post(&product, NULL, "/stadt/probe/refuses", typed);
    ok(!answer_says(&a, "id=\"again\"")); /* not ours to say that it would help */
    eq_int(product_moment(&product), before);
}
ON_EACH_STORE(typed_text_survives_a_full_disk)

/* ---- objects ---- */

static void objects_stay_in_their_town_here(void)
{
    int64_t far = world_town(&product, "anderswo", "Anderswo");
    int64_t far_group = world_organisation(&product, far, "Fernverein");
    int64_t far_offer =
        world_offer(&product, &(struct world_offer){ far, far_group, NULL, "Fern" });
    struct visitor admin =
        product_sign_in(&product, world_account(&product, town, "city_admin", 0));
    static const char *const offers[] = { "/stadt/angebote/{id}", "/stadt/angebote/{id}.json",
                                          "/stadt/angebote/{id}/aehnliche.json",
                                          "/stadt/buero/angebote/{id}" };
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        eq_int(get(&product, &admin, world_path(offers[i], offer)).status, 200);
        eq_int(get(&product, &admin, world_path(offers[i], far_offer)).status, 404);
    }
    eq_int(get(&product, NULL, world_path("/anderswo/angebote/{id}", far_offer)).status, 200);
}
ON_EACH_STORE(objects_stay_in_their_town)

static void a_form_keeps_what_was_typed_here(void)
{
    static const struct http_field typed[] = {
        { STR_INIT("title"), STR_INIT("Vorlesen & <Zuhören>") },
        { STR_INIT("wanted"), STR_INIT("viele") },
        LAST_FIELD,
    };
    struct visitor clerk =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer a = post(&product, &clerk, "/stadt/buero/angebote/neu", typed);
    eq_int(a.status, 422);
    ok(answer_says(&a, "value=\"Vorlesen &amp; &lt;Zuhören&gt;\""));
    ok(answer_says(&a, "value=\"viele\""));
    ok(answer_says(&a, "aria-invalid=\"true\""));
    const struct http_field *good = world_offer_form(organisation, "Ein neues Angebot");
    a = post(&product, &clerk, "/stadt/buero/angebote/neu", good);
    eq_int(a.status, 303);
    ok(str_starts(header_of(&a, S("Location")), S("/stadt/buero/angebote/")));
    str at = header_of(&a, S("Location"));
    a = get(&product, &clerk, str_to_c(&t_arena, at));
    ok(answer_says(&a, "Ein neues Angebot"));
}
ON_EACH_STORE(a_form_keeps_what_was_typed)

static const struct test tests[] = {
    TEST(every_status_is_safe),
    TEST(every_route_is_safe),
    TEST(refusals_of_the_server_are_pages),
    TEST(says_which_methods_there_are),
    TEST(head_is_get),
    TEST(only_https_is_strict),
    TEST(languages_in_their_order),
    TEST(only_asking_for_a_language_sets_a_cookie),
    TEST(forged_forms_are_refused_everywhere),
    TEST(a_token_belongs_to_one_session),
    TEST(anonymous_tokens_wear_out),
    TEST(commits_once_or_not_at_all),
    TEST(goes_on_after_failures),
    TEST(a_failed_page_shows_nothing_half),
    TEST(typed_text_survives_a_full_disk),
    TEST(objects_stay_in_their_town),
    TEST(a_form_keeps_what_was_typed),
};
TEST_MAIN(tests)

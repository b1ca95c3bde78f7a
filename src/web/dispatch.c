/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The dispatcher. Steps, in order: find town and route (locate), find out who and how
 * (prefer, session), ask the access rule, run the handler, commit, send.
 * Neighbours: router.c, session.c, page_cache.c, error.c.
 */
#include "web/dispatch.h"

#include <setjmp.h>

#include "assets.h"
#include "base/clock.h"
#include "base/log.h"
#include "web/app.h"
#include "web/error.h"
#include "web/feature.h"
#include "web/page.h"
#include "web/page_cache.h"
#include "web/prefer.h"
#include "web/remember.h"
#include "web/return_to.h"
#include "web/router.h"
#include "web/session.h"
#include "web/worker.h"

/* Most pages fit: a whole chunk of the arena, so that it costs nothing. */
#define PAGE_ROOM ARENA_CHUNK

/* Everything that belongs to one run of the dispatcher; lives in the request's arena. */
struct run {
    struct app *app;
    const struct http_request *http;
    struct http_reply *reply;
    struct rq rq;
    struct db db;
    struct tx tx;
    struct out out;
    struct city_list cities;
    struct router_match match;
    jmp_buf bail; /* the arena's limit unwinds to here */
    bool towns;   /* `cities` must be given back */
    bool reading; /* `db` must be ended */
    bool writing; /* `tx` must be rolled back */
    bool later;   /* the committing thread sends the reply */
    bool api;
};

/* ---- where ---- */

/* Cuts ".json" or ".ics" off the last segment. */
static void take_format(struct run *r)
{
    struct rq *rq = &r->rq;
    if (str_ends(rq->path, S(".json"))) {
        rq->format = FORMAT_JSON;
        rq->path.n -= 5;
    } else if (str_ends(rq->path, S(".ics"))) {
        rq->format = FORMAT_ICS;
        rq->path.n -= 4;
    } else if (r->api || str_starts(http_header(r->http, S("Accept")), S("application/json"))) {
        rq->format = FORMAT_JSON;
    }
}

/* The first segment of a path that begins with '/', and what follows it. */
static str first_segment(str path, str *rest)
{
    str tail = str_slice(path, 1, path.n);
    ptrdiff_t slash = str_find_byte(tail, '/');
    size_t n = slash < 0 ? tail.n : (size_t)slash;
    *rest = str_slice(tail, n, tail.n);
    return str_slice(tail, 0, n);
}

static void find_route(struct run *r, bool in_city)
{
    r->match = router_find(r->app->router, r->http->method, r->rq.path, in_city, r->api);
    if (!r->match.route && r->rq.format != FORMAT_HTML && !r->api) {
        /* "/feed/x.json" may be an address of its own. */
        str path = r->rq.path;
        r->rq.path.n += r->rq.format == FORMAT_JSON ? 5 : 4;
        bool inside = r->rq.path.p + r->rq.path.n <= r->http->path.p + r->http->path.n;
        if (inside)
            r->match = router_find(r->app->router, r->http->method, r->rq.path, in_city, false);
        if (!r->match.route)
            r->rq.path = path;
    }
}

static void locate(struct run *r)
{
    struct rq *rq = &r->rq;
    str rest;
    r->cities = city_list_begin(r->app->cities);
    r->towns = true;
    rq->cities = &r->cities;
    rq->path = r->http->path;
    r->api = str_starts(rq->path, S("/api/v1/"));
    if (r->api)
        rq->path = str_slice(rq->path, 7, rq->path.n);
    const struct city *by_host = city_by_host(&r->cities, r->http->host);
    str slug = first_segment(rq->path, &rest);
    const struct city *by_slug = city_by_slug(&r->cities, slug);
    if (by_slug && (!by_host || r->api)) {
        rq->city = by_slug;
        if (!by_host || by_host->id != by_slug->id)
            rq->base = str_slice(rq->path, 0, 1 + slug.n);
        rq->path = rest.n ? rest : S("/");
    } else {
        rq->city = by_host;
    }
    take_format(r);
    if (rq->city)
        find_route(r, true);
    if (!r->match.route && (!by_slug || by_host))
        find_route(r, false);
    rq->route = r->match.route;
    rq->segment_count = r->match.value_count;
    memcpy(rq->segments, r->match.values, sizeof rq->segments);
}

/* ---- headers ---- */

/* The two gaps are for what may come from elsewhere. */
#define POLICY(images, connections)                                                              \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" images \
    "; font-src 'self'; connect-src 'self'" connections                                          \
    "; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* Of a page for other sites: no script, no form, and whoever may frame it. */
#define FRAMED_POLICY                                                                          \
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; " \
    "form-action 'none'; frame-ancestors %.*s"

/* Nothing from elsewhere, except the tiles of a town that has its own, and only on its map. */
static str policy(const struct rq *rq)
{
    str tiles =
        rq->city && str_eq(rq->path, S("/karte")) ? city_tile_origin(rq->arena, rq->city) : S("");
    if (rq->route && rq->route->frames)
        return S(POLICY("", "") "; frame-src 'self'");
    if (!tiles.n)
        return S(POLICY("", ""));
    return str_fmt(rq->arena, POLICY(" %.*s", " %.*s"), STR_FMT(tiles), STR_FMT(tiles));
}

static bool is_framed(const struct rq *rq)
{
    return rq->route && rq->route->framed;
}

static void security_headers(struct rq *rq)
{
    /* A page of errors is one of ours, whatever was asked for. */
    bool framed = is_framed(rq) && rq->framers.n && !rq->refused;
    rq_header(rq, S("Content-Security-Policy"),
              framed ? str_fmt(rq->arena, FRAMED_POLICY, STR_FMT(rq->framers)) : policy(rq));
    rq_header(rq, S("X-Content-Type-Options"), S("nosniff"));
    rq_header(rq, S("Referrer-Policy"),
              rq->route && rq->route->secret ? S("no-referrer") : S("same-origin"));
    rq_header(rq, S("Cross-Origin-Opener-Policy"), S("same-origin"));
    rq_header(rq, S("Permissions-Policy"), S("camera=(), geolocation=(self), microphone=()"));
    if (!framed)
        rq_header(rq, S("Cross-Origin-Resource-Policy"), S("same-origin"));
    /* What everybody may read without being known: scripts of other sites too. */
    if (is_framed(rq) && rq_wants_json(rq))
        rq_header(rq, S("Access-Control-Allow-Origin"), S("*"));
    if (str_eq(rq->http->scheme, S("https")))
        rq_header(rq, S("Strict-Transport-Security"), S("max-age=31536000; includeSubDomains"));
}

/*
 * With 304 go only the headers that a cache needs to go on using its copy (RFC 9110, section
 * 15.4.5); all others stand in the copy.
 */
static void final_headers(struct rq *rq)
{
    bool secret = rq->route && rq->route->secret;
    bool personal = secret || rq->personal || rq_signed_in(rq) || rq->http->method == HTTP_POST ||
                    rq->reply->status >= 400;
    bool lasting =
        rq->route && rq->route->lasting && rq_has_param(rq, "v") && rq->reply->status < 400;
    rq_header(rq, S("Cache-Control"),
              lasting    ? S("public, max-age=31536000, immutable")
              : personal ? S("no-store")
                         : S("no-cache"));
    rq_header(rq, S("Vary"),
              is_framed(rq) ? S("Accept, Accept-Language") : S("Accept, Accept-Language, Cookie"));
    if (!is_framed(rq))
        prefer_remember(rq);
    if (rq->reply->status == 304)
        return;
    rq_header(rq, S("Content-Language"), lang_info(rq->lang)->code);
    if (rq->reply->body.n)
        rq_header(rq, S("Content-Type"), rq->type);
    security_headers(rq);
}

/* ---- ends ---- */

static void let_go(struct run *r)
{
    if (r->writing)
        tx_rollback(&r->tx);
    if (r->reading)
        db_end(&r->db);
    if (r->towns)
        city_list_end(r->app->cities, &r->cities);
    r->writing = r->reading = r->towns = false;
}

static int status_of(enum err e)
{
    return e == ERR_CONFLICT ? 409 : e == ERR_FULL ? 507 : e == ERR_IO ? 503 : 500;
}

/* The database has failed: nothing that the handler has said holds, headers included. */
static void failed(struct run *r, const struct db *db)
{
    log_event(LOG_ERROR, "request.failed",
              { "route", str_from_c(r->rq.route ? r->rq.route->path : "") },
              { "error", str_from_c(err_name(db->err)) }, { "text", db->err_text },
              { "statement", str_from_c(db->err_stmt) }, { "at", str_from_c(db->err_at) });
    r->reply->header_count = 0;
    error_page(&r->rq, status_of(db->err));
}

/* What has been written becomes the body, unless it is only the beginning of one. */
static void take_body(struct run *r)
{
    struct rq *rq = &r->rq;
    if (rq->out->full)
        error_page(rq, 500);
    if (!rq->reply->body.n && rq->out->n)
        rq->reply->body = out_text(rq->out);
}

static void finish(struct run *r)
{
    take_body(r);
    final_headers(&r->rq);
}

static void arena_is_full(void *ctx)
{
    struct run *r = ctx;
    longjmp(r->bail, 1);
}

/* ---- reading ---- */

static bool begin_reading(struct run *r)
{
    r->rq.db = &r->db;
    if (db_begin(r->app->store, r->rq.arena, &r->db) != ERR_OK) {
        error_page(&r->rq, 503);
        return false;
    }
    r->reading = true;
    return true;
}

/* Whether the session has shown enough of who it is: a second step, a proof of late. */
static bool secure_enough(struct rq *rq)
{
    enum access_kind kind = rq->route->access.kind;
    if (rq->who.step_missing && (kind == ACCESS_CAN || kind == ACCESS_OWN)) {
        rq->refused = true;
        rq_see(rq, S("/konto/zweiter-schritt"), 0);
        return false;
    }
    if (!rq->route->fresh || session_is_fresh(rq))
        return true;
    session_ask_proof(rq);
    return false;
}

/* Answers in the handler's place where the access rule says so; true: go on. */
static bool admitted(struct run *r)
{
    struct rq *rq = &r->rq;
    switch (access_check(rq, &rq->route->access)) {
    case ACCESS_YES:
        return secure_enough(rq);
    case ACCESS_SIGN_IN_FIRST:
        if (rq->format != FORMAT_HTML || rq->http->method != HTTP_GET || !rq->city) {
            error_page(rq, 401);
            return false;
        }
        rq_see_url(rq, link_query(rq, S("/anmelden"),
                                  &(struct http_field){ S("next"), return_to_here(rq) }, 1));
        return false;
    case ACCESS_NO:
        break;
    }
    rq_forbidden(rq);
    return false;
}

static void run_get(struct run *r)
{
    struct rq *rq = &r->rq;
    str key = page_cache_key(rq);
    if (key.n && page_cache_answer(rq, key))
        return;
    uint64_t moment = page_cache_moment(r->app);
    if (!begin_reading(r))
        return;
    out_reserve(&r->out, PAGE_ROOM);
    session_load(rq);
    rq->csrf = csrf_token(rq);
    prefer_note(rq);
    if (admitted(r))
        rq->route->get(rq);
    if (r->db.err != ERR_OK)
        failed(r, &r->db);
    take_body(r);
    bool plain = rq->reply->status == 200 && rq->reply->body.n && !rq_signed_in(rq);
    if (plain && !rq->personal && !rq->route->secret)
        page_cache_keep(rq, key, moment);
}

/* ---- writing ---- */

/* What was to be said no longer holds when the disk has not taken it. */
static void committed(void *ctx, enum err e)
{
    struct run *r = ctx;
    if (e != ERR_OK) {
        r->tx.db.err = e;
        failed(r, &r->tx.db);
        finish(r);
    }
    let_go(r);
    http_resume(r->reply);
}

/* Who it is, whether the form is ours, whether that person may. True: go on. */
static bool let_in(struct run *r)
{
    struct rq *rq = &r->rq;
    session_load(rq);
    rq->csrf = csrf_token(rq);
    if (!rq->route->no_csrf && !csrf_check(rq)) {
        error_page(rq, 403);
        return false;
    }
    return admitted(r);
}

/* The part of a slow route that comes before the transaction. True: go on. */
static bool prepared(struct run *r)
{
    struct rq *rq = &r->rq;
    if (!rq->route->prepare)
        return true;
    if (!begin_reading(r))
        return false;
    bool good = let_in(r);
    if (good)
        rq->route->prepare(rq);
    if (r->db.err != ERR_OK)
        failed(r, &r->db);
    db_end(&r->db);
    r->reading = false;
    return good && !rq->refused;
}

/* Runs the handler once. True when its result is to be committed. */
static bool try_post(struct run *r)
{
    struct rq *rq = &r->rq;
    enum err e = tx_begin(r->app->store, rq->arena, &r->tx);
    if (e != ERR_OK) {
        error_page(rq, e == ERR_FULL ? 507 : 503);
        return false;
    }
    r->writing = true;
    rq->db = &r->tx.db;
    if (!let_in(r))
        return false;
    rq->route->post(rq, &r->tx);
    return r->tx.db.err == ERR_OK && rq_ok(rq) && !rq->refused;
}

static void reset(struct run *r)
{
    r->rq.who = (struct who){ 0 };
    r->rq.errors.n = 0;
    r->rq.crumbs.n = 0;
    r->rq.refused = false;
    r->out.n = 0;
    r->reply->status = 200;
    r->reply->header_count = 0;
    r->reply->body = S("");
}

/* On SQLite many replies wait for one fsync; this thread goes on meanwhile. */
static void end_post(struct run *r)
{
    finish(r);
    arena_hold(r->rq.arena); /* a commit that has begun must come to its end */
    r->writing = false;      /* from here on the committing thread owns all of it */
    r->reply->deferred = true;
    r->later = true;
    tx_commit_later(&r->tx, committed, r);
}

/*
 * On PostgreSQL the commit itself may ask for another try; a worker may wait on both. The
 * reply is complete before: what is acknowledged as failed must not have happened.
 */
static bool commit_or_again(struct run *r, int tries)
{
    struct arena *a = r->rq.arena;
    finish(r);
    struct arena_hold hold = arena_hold(a);
    r->writing = false;
    enum err e = tx_commit(&r->tx);
    a->limit = hold.limit; /* what has been committed is told, not unwound */
    a->full = hold.full;
    if (e == ERR_OK)
        return true;
    if (tx_again(&r->tx, tries)) {
        tx_pause(tries);
        return false;
    }
    r->tx.db.err = e;
    failed(r, &r->tx.db);
    finish(r);
    return true;
}

static void run_post(struct run *r)
{
    struct rq *rq = &r->rq;
    bool postgres = store_is_postgres(r->app->store);
    if (!prepared(r)) {
        finish(r);
        return;
    }
    for (int tries = 1;; tries++) {
        reset(r);
        if (!try_post(r)) {
            if (!r->writing || !tx_again(&r->tx, tries))
                break;
            tx_rollback(&r->tx);
            r->writing = false;
            tx_pause(tries);
            continue;
        }
        if (!postgres && !rq->route->slow) {
            end_post(r);
            return;
        }
        if (commit_or_again(r, tries))
            return;
    }
    if (r->writing && r->tx.db.err != ERR_OK)
        failed(r, &r->tx.db);
    finish(r);
}

/* ---- the whole ---- */

static str methods_text(unsigned methods)
{
    bool reads = methods & 1u << HTTP_GET;
    bool writes = methods & 1u << HTTP_POST;
    return !writes ? S("GET, HEAD") : reads ? S("GET, HEAD, POST") : S("POST");
}

static void answer_nothing_there(struct run *r)
{
    struct rq *rq = &r->rq;
    if (!begin_reading(r))
        return;
    session_load(rq);
    rq->csrf = csrf_token(rq);
    if (r->match.methods)
        rq_header(rq, S("Allow"), methods_text(r->match.methods));
    error_page(rq, r->match.methods ? 405 : 404);
}

static void run_request(struct run *r)
{
    if (r->rq.route && r->rq.route->post) {
        run_post(r);
    } else {
        if (r->rq.route)
            run_get(r);
        if (r->rq.route && r->rq.route->seen && r->rq.reply->status == 200)
            r->rq.route->seen(&r->rq);
        if (!r->rq.route)
            answer_nothing_there(r);
        finish(r);
    }
    if (!r->later)
        let_go(r);
}

/* Runs a step; where it comes to the arena's limit everything is let go: false. */
static bool within_limit(struct run *r, void (*step)(struct run *r))
{
    struct arena *a = r->rq.arena;
    a->limit = ARENA_REQUEST_LIMIT + a->used;
    a->full = arena_is_full;
    a->full_ctx = r;
    bool good = !setjmp(r->bail);
    if (good)
        step(r);
    if (!good || !r->later) /* else the committing thread has it by now */
        arena_hold(a);      /* from here on nothing is unwound */
    if (good)
        return true;
    let_go(r);
    error_last_resort(r->reply);
    return false;
}

struct slow_run {
    struct run *run;
};

static void run_slowly(struct app *app, void *ctx, struct arena *arena)
{
    (void)app;
    (void)arena;
    struct run *r = ((struct slow_run *)ctx)->run;
    within_limit(r, run_request);
    http_resume(r->reply);
}

static void answer_asset(const struct http_request *http, struct http_reply *reply,
                         const struct asset *asset)
{
    str accepted = http_header(http, S("Accept-Encoding"));
    bool br = asset->br.n && str_find(accepted, S("br")) >= 0;
    bool gzip = !br && asset->gzip.n && str_find(accepted, S("gzip")) >= 0;
    reply->status = 200;
    reply->body = br ? asset->br : gzip ? asset->gzip : asset->raw;
    http_reply_header(http, reply, S("Content-Type"), asset->type);
    http_reply_header(http, reply, S("Cache-Control"), S("public, max-age=31536000, immutable"));
    http_reply_header(http, reply, S("ETag"), asset->etag);
    http_reply_header(http, reply, S("X-Content-Type-Options"), S("nosniff"));
    http_reply_header(http, reply, S("Cross-Origin-Resource-Policy"), S("same-origin"));
    http_reply_header(http, reply, S("Vary"), S("Accept-Encoding"));
    if (br || gzip)
        http_reply_header(http, reply, S("Content-Encoding"), br ? S("br") : S("gzip"));
    if (str_eq(http_header(http, S("If-None-Match")), asset->etag)) {
        reply->status = 304;
        reply->body = S("");
    }
}

static struct run *run_new(struct app *app, const struct http_request *http,
                           struct http_reply *reply)
{
    struct run *r = NEW(http->arena, struct run);
    r->app = app;
    r->http = http;
    r->reply = reply;
    r->out = out_new(http->arena, 0);
    r->rq = (struct rq){ .arena = http->arena,
                         .out = &r->out,
                         .app = app,
                         .http = http,
                         .reply = reply,
                         .days = NEW(http->arena, struct page_days),
                         .path = S("/"),
                         .type = S("text/html; charset=utf-8") };
    r->db.store = app->store;
    r->rq.db = &r->db;
    return r;
}

/* The request as a browser without any cookie sends it. */
static void forget_cookies(struct run *r)
{
    struct http_request *http = NEW(r->rq.arena, struct http_request);
    struct http_field *kept = NEW_ARRAY(r->rq.arena, r->http->headers.n, struct http_field);
    *http = *r->http;
    http->headers = (struct http_fields){ .v = kept };
    for (size_t i = 0; i < r->http->headers.n; i++)
        if (!str_ieq(r->http->headers.v[i].name, S("Cookie")))
            kept[http->headers.n++] = r->http->headers.v[i];
    r->http = r->rq.http = http;
}

static void understand(struct run *r)
{
    locate(r);
    if (is_framed(&r->rq))
        forget_cookies(r);
    prefer_load(&r->rq);
    remember_read(&r->rq);
}

void dispatch(void *ctx, const struct http_request *http, struct http_reply *reply)
{
    struct app *app = ctx;
    reply->status = 200;
    const struct asset *asset =
        str_starts(http->path, S("/assets/")) ? asset_find(http->path) : NULL;
    if (asset && http->method != HTTP_POST) {
        answer_asset(http, reply, asset);
        return;
    }
    struct run *r = run_new(app, http, reply);
    if (!within_limit(r, understand))
        return;
    if (!r->rq.route || !r->rq.route->slow) {
        within_limit(r, run_request);
        return;
    }
    struct slow_run slow = { r };
    reply->deferred = true;
    if (!worker_run_later(app->workers, run_slowly, &slow, sizeof slow)) {
        reply->deferred = false;
        let_go(r);
        error_last_resort(reply);
    }
}

static void answer_refused(struct run *r)
{
    prefer_load(&r->rq);
    r->rq.csrf = csrf_token(&r->rq);
    error_page(&r->rq, r->reply->status);
    finish(r);
}

void dispatch_refused(void *ctx, const struct http_request *http, struct http_reply *reply)
{
    int status = reply->status;
    struct run *r = run_new(ctx, http, reply);
    within_limit(r, answer_refused);
    reply->status = status;
}

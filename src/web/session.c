/* SPDX-License-Identifier: EUPL-1.2 */
/* Sessions and form tokens. */
#include "web/session.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "base/vec.h"
#include "web/app.h"
#include "web/feature.h"
#include "web/limit.h"
#include "web/return_to.h"
#include "web/worker.h"
#include "web.sql.h"

#define TOKEN_BYTES    32
#define PERIOD_SECONDS (6 * 3600)
/* A session's "last seen" is written at most this often. */
#define TOUCH_SECONDS 300

#define COOKIE S("tandem")

str session_cookie(const struct rq *rq)
{
    return rq_cookie(rq, COOKIE);
}

static void load_grants(struct rq *rq)
{
    struct role_row_rows rows = role_of_account(rq->db, rq->who.account_id, rq->city->id);
    struct grant *grants = NEW_ARRAY(rq->arena, rows.n, struct grant);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        enum role role;
        if (!role_find(rows.v[i].role, &role))
            continue;
        grants[n++] = (struct grant){ role, rows.v[i].scope_id };
        if (role_info(role)->scope == SCOPE_CITY)
            rq->who.city_permissions |= role_info(role)->permissions;
    }
    rq->who.grants = grants;
    rq->who.grant_count = n;
}

/* Whoever works in the office of a town that asks for it, and signed in since it does. */
static bool lacks_step(const struct rq *rq, int64_t begun_at)
{
    return rq->city && rq->city->second_step_from && rq->who.city_permissions &&
           !rq->who.second_step && rq->who.way != SESSION_BY_PROVIDER_STRONG &&
           begun_at >= rq->city->second_step_from;
}

struct touch {
    int64_t session_id;
};

static void touch(struct app *app, void *ctx, struct arena *arena)
{
    const struct touch *t = ctx;
    struct tx tx;
    if (tx_begin(app->store, arena, &tx) != ERR_OK)
        return;
    session_touch(&tx, clock_now(), t->session_id);
    enum err e = tx_commit(&tx);
    (void)e; /* the next request tries again */
}

void session_load(struct rq *rq)
{
    str token = session_cookie(rq);
    if (str_empty(token))
        return;
    int64_t now = clock_now();
    const struct session_row *s = session_find(rq->db, crypt_sha256_hex(rq->arena, token));
    if (!s || s->expires_at <= now || s->seen_at + s->idle < now)
        return;
    rq->who.account_id = s->account_id;
    rq->who.session_id = s->id;
    rq->who.name = s->name;
    rq->who.mail = s->mail;
    rq->who.proven_at = s->proven_at;
    rq->who.ends_at = s->expires_at;
    rq->who.second_step = s->second_step.has;
    rq->who.way = (int)s->way;
    if (rq->city)
        load_grants(rq);
    rq->who.step_missing = lacks_step(rq, s->created_at);
    if (s->seen_at + TOUCH_SECONDS < now) {
        struct touch t = { s->id };
        worker_run_later(rq->app->workers, touch, &t, sizeof t);
    }
}

/* "Firefox, Linux" from a User-Agent header: enough to recognise one's own device. */
static str device_name(const struct rq *rq)
{
    static const struct {
        str mark, name;
    } browsers[] = { { STR_INIT("Firefox/"), STR_INIT("Firefox") },
                     { STR_INIT("Edg/"), STR_INIT("Edge") },
                     { STR_INIT("Chrome/"), STR_INIT("Chrome") },
                     { STR_INIT("Safari/"), STR_INIT("Safari") } },
      machines[] = { { STR_INIT("Android"), STR_INIT("Android") },
                     { STR_INIT("iPhone"), STR_INIT("iPhone") },
                     { STR_INIT("Windows"), STR_INIT("Windows") },
                     { STR_INIT("Mac OS"), STR_INIT("macOS") },
                     { STR_INIT("Linux"), STR_INIT("Linux") } };
    str agent = http_header(rq->http, S("User-Agent"));
    str browser = S("Browser");
    str machine = S("");
    for (size_t i = sizeof browsers / sizeof *browsers; i-- > 0;)
        if (str_find(agent, browsers[i].mark) >= 0)
            browser = browsers[i].name;
    for (size_t i = sizeof machines / sizeof *machines; i-- > 0;)
        if (str_find(agent, machines[i].mark) >= 0)
            machine = machines[i].name;
    return machine.n ? str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(browser), STR_FMT(machine))
                     : browser;
}

void session_start(struct rq *rq, struct tx *tx, const struct session_wish *wish)
{
    str token = crypt_token(rq->arena, TOKEN_BYTES);
    int64_t longest = wish->staff ? SESSION_STAFF_LONGEST : SESSION_PEOPLE_LONGEST;
    session_insert(tx, &(struct session_insert_in){
                           .id = db_new_id(),
                           .account = wish->account_id,
                           .hash = crypt_sha256_hex(rq->arena, token),
                           .created_at = tx->now,
                           .seen_at = tx->now,
                           .expires_at = tx->now + longest,
                           .proven_at = wish->proven_at,
                           .idle = wish->staff ? SESSION_STAFF_IDLE : SESSION_PEOPLE_IDLE,
                           .device = device_name(rq),
                           .way = wish->way,
                       });
    account_set_seen(tx, tx->now, wish->account_id);
    rq_cookie_set(rq, COOKIE, token, longest);
}

void session_renew(struct rq *rq, struct tx *tx)
{
    str token = crypt_token(rq->arena, TOKEN_BYTES);
    session_set_token(tx, crypt_sha256_hex(rq->arena, token), rq->who.session_id,
                      rq->who.account_id);
    rq_cookie_set(rq, COOKIE, token, rq->who.ends_at - tx->now);
}

void session_prove(struct rq *rq, struct tx *tx)
{
    session_set_proven(tx, tx->now, rq->who.session_id, rq->who.account_id);
    session_renew(rq, tx);
}

bool session_is_fresh(const struct rq *rq)
{
    return rq->who.proven_at + SESSION_FRESH > clock_now();
}

void session_ask_proof(struct rq *rq)
{
    bool post = rq->http->method == HTTP_POST;
    struct http_field way = { post ? S("to") : S("next"),
                              post ? rq->http->target : return_to_here(rq) };
    rq->refused = true;
    rq_see_url(rq, link_query(rq, S("/konto/bestaetigen"), &way, 1));
    if (post)
        rq_status(rq, 307); /* the browser sends the form on as it is */
}

void session_end(struct rq *rq, struct tx *tx)
{
    session_delete(tx, rq->who.session_id, rq->who.account_id);
    rq_cookie_set(rq, COOKIE, S(""), 0);
    rq_header(rq, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
}

int64_t csrf_period(void)
{
    return clock_now() / PERIOD_SECONDS;
}

static str token_for(const struct rq *rq, int64_t period)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    str bound = rq_signed_in(rq)
                    ? str_fmt(rq->arena, "form session %lld", (long long)rq->who.session_id)
                    : str_fmt(rq->arena, "form period %lld", (long long)period);
    return str_slice(crypt_hmac_hex(rq->arena, key, bound), 0, 32);
}

str csrf_token(const struct rq *rq)
{
    return token_for(rq, csrf_period());
}

/*
 * Browsers say where a request comes from; what they say must be this site. A page whose
 * address is secret sends no referrer, and by that "Origin: null" with its forms (Fetch,
 * "append a request Origin header"): whoever could send that from elsewhere knew the secret.
 */
static bool same_origin(const struct rq *rq)
{
    str site = http_header(rq->http, S("Sec-Fetch-Site"));
    if (site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return false;
    str origin = http_header(rq->http, S("Origin"));
    if (!origin.n || (rq->route->secret && str_eq(origin, S("null"))))
        return true;
    ptrdiff_t at = str_find(origin, S("://"));
    return at >= 0 &&
           str_ieq(str_slice(origin, (size_t)at + 3, origin.n), http_header(rq->http, S("Host")));
}

bool csrf_check(const struct rq *rq)
{
    if (!same_origin(rq))
        return false;
    str sent = rq_param(rq, "csrf");
    int64_t period = csrf_period();
    return crypt_equal(sent, token_for(rq, period)) || crypt_equal(sent, token_for(rq, period - 1));
}

uint64_t rq_peer_key(const struct rq *rq)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return str_hash(crypt_hmac_hex(rq->arena, key, limit_peer(rq->http->peer)));
}

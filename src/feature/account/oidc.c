/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The conversation with the provider. Its description and its keys are kept in this process:
 * texts in arenas of their own, copied out under the lock and read in the caller's arena.
 */
#include "feature/account/oidc.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/log.h"
#include "base/out.h"
#include "web/app.h"
#include "web/fetch.h"
#include "web/html.h"
#include "web/json_in.h"
#include "web/secret.h"

/* A document is fetched again after an hour; where that fails, the old one serves for a day. */
#define KEEP_SECONDS 3600
#define OLD_SECONDS  86400
/* So often at most, whatever tokens with unknown keys, or visitors of a dead provider, ask for. */
#define PAUSE_SECONDS 60

struct document {
    struct arena arena;
    str text;           /* empty: never fetched */
    int64_t fetched_at; /* with success */
    int64_t tried_at;
};

struct oidc {
    pthread_mutex_t lock; /* never held while fetching */
    struct document about;
    struct document keys;
};

/* ---- settings ---- */

static str setting(const char *text)
{
    return str_from_c(text ? text : "");
}

static enum err complain(const char *problem)
{
    log_event(LOG_ERROR, "oidc.settings", { "problem", str_from_c(problem) });
    return ERR_INVALID;
}

enum err oidc_start(struct app *app)
{
    const struct config *c = &app->config;
    if (!setting(c->oidc_issuer).n)
        return ERR_OK;
    if (!fetch_may(setting(c->oidc_issuer)))
        return complain("oidc_issuer is no address of HTTPS");
    if (!setting(c->oidc_client_id).n)
        return complain("oidc_client_id is missing");
    if (setting(c->oidc_secret_file).n && !secret_line(&app->arena, c->oidc_secret_file).n)
        return complain("oidc_secret_file cannot be read");
    app->oidc = NEW(&app->arena, struct oidc);
    pthread_mutex_init(&app->oidc->lock, NULL);
    arena_init(&app->oidc->about.arena, 0);
    arena_init(&app->oidc->keys.arena, 0);
    return ERR_OK;
}

void oidc_stop(struct app *app)
{
    if (!app->oidc)
        return;
    arena_free(&app->oidc->about.arena);
    arena_free(&app->oidc->keys.arena);
    pthread_mutex_destroy(&app->oidc->lock);
    app->oidc = NULL;
}

bool oidc_is_for(const struct app *app, str town)
{
    str towns = setting(app->config.oidc_towns);
    str one;
    if (!app->oidc || !towns.n)
        return app->oidc != NULL;
    while (str_next(&towns, ' ', &one))
        if (str_eq(one, town))
            return true;
    return false;
}

bool oidc_is_on(const struct rq *rq)
{
    return rq->city && oidc_is_for(rq->app, rq->city->slug);
}

static void refuse(const char *reason, str detail)
{
    log_event(LOG_WARNING, "oidc.refused", { "reason", str_from_c(reason) }, { "detail", detail });
}

/* ---- documents ---- */

static bool is_json_object(struct arena *a, str text)
{
    str problem = S("");
    return json_in_is(json_in_parse(a, text, &problem), JSON_IN_OBJECT);
}

static void failed(struct oidc *o, struct document *d)
{
    pthread_mutex_lock(&o->lock);
    d->tried_at = clock_now();
    pthread_mutex_unlock(&o->lock);
}

static void keep(struct oidc *o, struct document *d, str text)
{
    pthread_mutex_lock(&o->lock);
    arena_free(&d->arena);
    d->text = str_copy(&d->arena, text);
    d->fetched_at = clock_now();
    pthread_mutex_unlock(&o->lock);
}

/* A copy of what is kept, when it is not older than that; notes a try, when there is to be one. */
static bool kept(struct oidc *o, struct arena *a, struct document *d, str *text, int64_t oldest)
{
    int64_t now = clock_now();
    pthread_mutex_lock(&o->lock);
    bool may_try = d->tried_at <= now - PAUSE_SECONDS;
    bool serves = d->text.n && d->fetched_at > now - OLD_SECONDS;
    bool fresh = serves && d->fetched_at > now - oldest;
    *text = serves ? str_copy(a, d->text) : S("");
    if (!fresh && may_try && serves)
        d->tried_at = now;
    pthread_mutex_unlock(&o->lock);
    return fresh || !may_try;
}

/* The document at that address: what is kept, else fetched. Empty: there is none. */
static str document_get(struct app *app, struct arena *a, struct document *d, str address,
                        int64_t oldest)
{
    str text = S("");
    str why = S("");
    struct fetch_ask ask = { .address = address, .proxy = app->config.proxy };
    struct fetch_answer answer;
    if (kept(app->oidc, a, d, &text, oldest))
        return text;
    enum err e = fetch(a, &ask, &answer, &why);
    if (e == ERR_OK && answer.status == 200 && is_json_object(a, answer.body)) {
        keep(app->oidc, d, answer.body);
        return answer.body;
    }
    failed(app->oidc, d);
    refuse(d == &app->oidc->keys ? "keys" : "description",
           e == ERR_OK ? str_fmt(a, "status %d", answer.status) : why);
    return text;
}

static str member(const struct json_in *object, str name)
{
    return json_in_str(json_in_find(object, name));
}

static bool lists(const struct json_in *array, str word)
{
    for (size_t i = 0; json_in_is(array, JSON_IN_ARRAY) && i < array->n; i++)
        if (str_eq(json_in_str(&array->v[i]), word))
            return true;
    return false;
}

/* "https://id.example/" and its path, once, whether or not the issuer ends in a slash. */
static str address_of_description(struct arena *a, str issuer)
{
    str base = str_ends(issuer, S("/")) ? str_slice(issuer, 0, issuer.n - 1) : issuer;
    return str_join(a, base, S("/.well-known/openid-configuration"));
}

enum err oidc_discover(struct app *app, struct arena *a, struct oidc_provider *p)
{
    str issuer = setting(app->config.oidc_issuer);
    str problem = S("");
    str text =
        document_get(app, a, &app->oidc->about, address_of_description(a, issuer), KEEP_SECONDS);
    const struct json_in *d = text.n ? json_in_parse(a, text, &problem) : NULL;
    const struct json_in *ways = json_in_find(d, S("token_endpoint_auth_methods_supported"));
    *p = (struct oidc_provider){
        .authorization = member(d, S("authorization_endpoint")),
        .token = member(d, S("token_endpoint")),
        .keys = member(d, S("jwks_uri")),
        .logout = member(d, S("end_session_endpoint")),
        .names_self = json_in_bool(
            json_in_find(d, S("authorization_response_iss_parameter_supported")), false),
        .by_post = lists(ways, S("client_secret_post")) && !lists(ways, S("client_secret_basic")),
    };
    if (!d)
        return ERR_IO;
    bool good = str_eq(member(d, S("issuer")), issuer) && fetch_may(p->authorization) &&
                fetch_may(p->token) && fetch_may(p->keys);
    if (!good)
        refuse("description", S("another issuer, or addresses without HTTPS"));
    return good ? ERR_OK : ERR_INVALID;
}

/* ---- the question ---- */

static void put(struct out *o, const char *name, str value)
{
    out_fmt(o, "%s=", name);
    html_put_part_str(o, value);
}

static str challenge(struct arena *a, str verifier)
{
    uint8_t hash[CRYPT_HASH_BYTES];
    crypt_sha256(verifier, hash);
    return crypt_base64url(a, (str){ (const char *)hash, sizeof hash });
}

bool oidc_address(const struct rq *rq, const struct oidc_provider *p, const struct oidc_question *q,
                  url *page)
{
    struct out o = out_new(rq->arena, URL_MAX);
    out_str(&o, p->authorization);
    out_char(&o, str_find_byte(p->authorization, '?') < 0 ? '?' : '&');
    OUT(&o, "response_type=code&scope=openid%20email&code_challenge_method=S256&");
    put(&o, "client_id", setting(rq->app->config.oidc_client_id));
    put(&o, "&redirect_uri", q->redirect);
    put(&o, "&state", q->state);
    put(&o, "&nonce", q->nonce);
    put(&o, "&code_challenge", challenge(rq->arena, q->verifier));
    put(&o, "&ui_locales", lang_info(rq->lang)->code);
    if (q->prove)
        OUT(&o, "&prompt=login&max_age=0");
    return !o.full && url_parse(rq->arena, out_text(&o), page);
}

/* ---- the reply ---- */

static str encoded(struct arena *a, str s)
{
    struct out o = out_new(a, 0);
    html_put_part_str(&o, s);
    return out_text(&o);
}

/* The secret goes as HTTP Basic with both parts encoded (RFC 6749, 2.3.1), or in the form. */
static struct fetch_ask exchange(struct rq *rq, const struct oidc_provider *p,
                                 const struct oidc_question *q, str code)
{
    const struct config *c = &rq->app->config;
    str secret = secret_line(rq->arena, c->oidc_secret_file);
    struct fetch_ask ask = { .address = p->token, .proxy = c->proxy };
    struct out o = out_new(rq->arena, 0);
    OUT(&o, "grant_type=authorization_code");
    put(&o, "&code", code);
    put(&o, "&redirect_uri", q->redirect);
    put(&o, "&code_verifier", q->verifier);
    if (secret.n && !p->by_post) {
        ask.user = encoded(rq->arena, setting(c->oidc_client_id));
        ask.password = encoded(rq->arena, secret);
    } else {
        put(&o, "&client_id", setting(c->oidc_client_id));
        if (secret.n)
            put(&o, "&client_secret", secret);
    }
    ask.form = out_text(&o);
    return ask;
}

static enum oidc_result tokens_get(struct rq *rq, const struct fetch_ask *ask,
                                   const struct json_in **tokens)
{
    struct fetch_answer answer;
    str why = S("");
    if (fetch(rq->arena, ask, &answer, &why) != ERR_OK) {
        refuse("exchange", why);
        return OIDC_AWAY;
    }
    *tokens = answer.status == 200 ? json_in_parse(rq->arena, answer.body, &why) : NULL;
    bool good = member(*tokens, S("id_token")).n && member(*tokens, S("access_token")).n &&
                str_ieq(member(*tokens, S("token_type")), S("bearer"));
    if (!good)
        refuse("exchange", str_fmt(rq->arena, "status %d", answer.status));
    return good ? OIDC_GOOD : OIDC_REFUSED;
}

/* Keys change: one that is not known yet is looked for at the provider, once in a while. */
static enum id_token_fault open_token(struct rq *rq, const struct oidc_provider *p, str text,
                                      struct id_token_want *want, struct id_token *token)
{
    enum id_token_fault fault = ID_TOKEN_KEY;
    str problem = S("");
    const int64_t ages[] = { KEEP_SECONDS, 0 };
    for (size_t i = 0; i < 2 && fault == ID_TOKEN_KEY; i++) {
        str keys = document_get(rq->app, rq->arena, &rq->app->oidc->keys, p->keys, ages[i]);
        want->keys = keys.n ? json_in_parse(rq->arena, keys, &problem) : NULL;
        fault = id_token_open(rq->arena, text, want, token);
    }
    return fault;
}

enum oidc_result oidc_take(struct rq *rq, const struct oidc_question *q,
                           const struct oidc_reply *reply, struct id_token *token)
{
    const struct config *c = &rq->app->config;
    struct oidc_provider p;
    const struct json_in *tokens = NULL;
    if (oidc_discover(rq->app, rq->arena, &p) != ERR_OK)
        return OIDC_AWAY;
    bool named = reply->iss.n ? str_eq(reply->iss, setting(c->oidc_issuer)) : !p.names_self;
    if (!named || !reply->code.n) {
        refuse("iss", S("the answer names another issuer, or none"));
        return OIDC_REFUSED;
    }
    struct fetch_ask ask = exchange(rq, &p, q, reply->code);
    enum oidc_result result = tokens_get(rq, &ask, &tokens);
    if (result != OIDC_GOOD)
        return result;
    struct id_token_want want = { .issuer = setting(c->oidc_issuer),
                                  .client_id = setting(c->oidc_client_id),
                                  .nonce = q->nonce,
                                  .access_token = member(tokens, S("access_token")),
                                  .strong = setting(c->oidc_second_step),
                                  .now = clock_now(),
                                  .proven_since = reply->proven_since };
    enum id_token_fault fault = open_token(rq, &p, member(tokens, S("id_token")), &want, token);
    if (fault != ID_TOKEN_GOOD)
        refuse("token", id_token_fault_name(fault));
    return fault == ID_TOKEN_GOOD    ? OIDC_GOOD
           : fault == ID_TOKEN_PROOF ? OIDC_UNPROVEN
                                     : OIDC_REFUSED;
}

/* ---- signing out ---- */

bool oidc_sign_out(const struct rq *rq, url back, url *page)
{
    struct oidc_provider p;
    if (oidc_discover(rq->app, rq->arena, &p) != ERR_OK || !fetch_may(p.logout))
        return false;
    struct out o = out_new(rq->arena, URL_MAX);
    out_str(&o, p.logout);
    out_char(&o, str_find_byte(p.logout, '?') < 0 ? '?' : '&');
    put(&o, "client_id", setting(rq->app->config.oidc_client_id));
    put(&o, "&post_logout_redirect_uri", back.s);
    return !o.full && url_parse(rq->arena, out_text(&o), page);
}

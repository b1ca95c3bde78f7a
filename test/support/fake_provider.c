/* SPDX-License-Identifier: EUPL-1.2 */
/* A provider that lies on demand; see fake_provider.h. Its server runs on threads of http/. */
#include "fake_provider.h"

#include <cjose/cjose.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/crypt.h"
#include "base/err.h"
#include "base/test.h"
#include "http/http.h"

static struct {
    pthread_mutex_t lock;
    struct http_server *server;
    char issuer[64];
    cjose_jwk_t *rsa, *ec, *foreign, *fresh;
    struct fake_says says;
    char form[4096], authorization[512];
    int key_fetches;
} fake = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* ---- keys and tokens ---- */

static cjose_jwk_t *rsa_new(const char *kid)
{
    cjose_err why;
    const uint8_t e[] = { 1, 0, 1 };
    cjose_jwk_t *key = cjose_jwk_create_RSA_random(2048, e, sizeof e, &why);
    must(key && cjose_jwk_set_kid(key, kid, str_from_c(kid).n, &why));
    return key;
}

static void make_keys(void)
{
    cjose_err why;
    if (fake.rsa)
        return;
    fake.rsa = rsa_new("one");
    fake.foreign = rsa_new("one");
    fake.fresh = rsa_new("fresh");
    fake.ec = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &why);
    must(fake.ec && cjose_jwk_set_kid(fake.ec, "ec", 2, &why));
}

static str public_of(struct arena *a, const cjose_jwk_t *key)
{
    cjose_err why;
    char *text = cjose_jwk_to_json(key, false, &why);
    must(text != NULL);
    str copy = str_copy(a, str_from_c(text));
    free(text);
    return copy;
}

static str signed_by(struct arena *a, const cjose_jwk_t *key, const char *alg)
{
    cjose_err why;
    const char *compact = NULL;
    cjose_header_t *header = cjose_header_new(&why);
    const char *kid = cjose_jwk_get_kid(key, &why);
    must(header && cjose_header_set(header, CJOSE_HDR_ALG, alg, &why));
    must(!kid || cjose_header_set(header, CJOSE_HDR_KID, kid, &why));
    cjose_jws_t *jws =
        cjose_jws_sign(key, header, (const uint8_t *)fake.says.claims.p, fake.says.claims.n, &why);
    must(jws && cjose_jws_export(jws, &compact, &why));
    str text = str_copy(a, str_from_c(compact));
    cjose_jws_release(jws);
    cjose_header_release(header);
    return text;
}

static str by_public_key(struct arena *a)
{
    cjose_err why;
    str secret = public_of(a, fake.rsa);
    cjose_jwk_t *key = cjose_jwk_create_oct_spec((const uint8_t *)secret.p, secret.n, &why);
    must(key && cjose_jwk_set_kid(key, "one", 3, &why));
    str text = signed_by(a, key, "HS256");
    cjose_jwk_release(key);
    return text;
}

static str token(struct arena *a)
{
    switch (fake.says.sign) {
    case FAKE_PS256:
        return signed_by(a, fake.rsa, "PS256");
    case FAKE_ES256:
        return signed_by(a, fake.ec, "ES256");
    case FAKE_FOREIGN_KEY:
        return signed_by(a, fake.foreign, "RS256");
    case FAKE_NEW_KEY:
        return signed_by(a, fake.fresh, "RS256");
    case FAKE_HS256:
        return by_public_key(a);
    case FAKE_NONE:
        return str_fmt(a, "%.*s.%.*s.",
                       STR_FMT(crypt_base64url(a, S("{\"alg\":\"none\",\"kid\":\"one\"}"))),
                       STR_FMT(crypt_base64url(a, fake.says.claims)));
    default:
        return signed_by(a, fake.rsa, "RS256");
    }
}

/* ---- the server ---- */

static str description(struct arena *a)
{
    return str_fmt(a,
                   "{\"issuer\":\"%s%s\",\"authorization_endpoint\":\"%s/auth\","
                   "\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/keys\","
                   "\"end_session_endpoint\":\"%s/bye\","
                   "\"authorization_response_iss_parameter_supported\":%s}",
                   fake.issuer, fake.says.foreign_issuer ? "/other" : "", fake.issuer, fake.issuer,
                   fake.issuer, fake.issuer, fake.says.no_iss ? "false" : "true");
}

static str key_set(struct arena *a)
{
    fake.key_fetches++;
    return str_fmt(a, "{\"keys\":[%.*s,%.*s%s%.*s]}", STR_FMT(public_of(a, fake.rsa)),
                   STR_FMT(public_of(a, fake.ec)), fake.says.rotated ? "," : "",
                   STR_FMT(fake.says.rotated ? public_of(a, fake.fresh) : S("")));
}

static void note(char *to, size_t room, str text)
{
    size_t n = text.n < room ? text.n : room - 1;
    if (n)
        memcpy(to, text.p, n);
    to[n] = '\0';
}

static str form_text(struct arena *a, const struct http_request *rq)
{
    str all = S("");
    for (size_t i = 0; i < rq->form.n; i++)
        all = str_fmt(a, "%.*s%.*s=%.*s\n", STR_FMT(all), STR_FMT(rq->form.v[i].name),
                      STR_FMT(rq->form.v[i].value));
    return all;
}

static void answer(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    struct arena *a = rq->arena;
    (void)ctx;
    pthread_mutex_lock(&fake.lock);
    reply->status = 200;
    if (str_eq(rq->path, S("/.well-known/openid-configuration"))) {
        reply->body = description(a);
    } else if (str_eq(rq->path, S("/keys"))) {
        reply->body = key_set(a);
    } else if (str_eq(rq->path, S("/token"))) {
        note(fake.form, sizeof fake.form, form_text(a, rq));
        note(fake.authorization, sizeof fake.authorization, http_header(rq, S("Authorization")));
        reply->status = fake.says.status ? fake.says.status : 200;
        reply->body = fake.says.body.n
                          ? fake.says.body
                          : str_fmt(a,
                                    "{\"access_token\":\"" FAKE_ACCESS_TOKEN
                                    "\",\"token_type\":\"Bearer\",\"id_token\":\"%.*s\"}",
                                    STR_FMT(token(a)));
    } else {
        reply->status = 404;
    }
    http_reply_header(rq, reply, S("Content-Type"), S("application/json"));
    pthread_mutex_unlock(&fake.lock);
}

str fake_provider_start(void)
{
    struct http_options options = { .listen = "127.0.0.1:0", .threads = 1, .handler = answer };
    make_keys();
    must(http_start(&options, &fake.server) == ERR_OK);
    str issuer = str_fmt(&t_arena, "http://127.0.0.1:%d", http_port(fake.server));
    note(fake.issuer, sizeof fake.issuer, issuer);
    fake.says = (struct fake_says){ 0 };
    fake.key_fetches = 0;
    return issuer;
}

void fake_provider_stop(void)
{
    http_stop(fake.server, 5);
    fake.server = NULL;
}

void fake_provider_say(const struct fake_says *says)
{
    pthread_mutex_lock(&fake.lock);
    fake.says = *says;
    pthread_mutex_unlock(&fake.lock);
}

str fake_provider_asked(str *authorization)
{
    pthread_mutex_lock(&fake.lock);
    str form = str_copy(&t_arena, str_from_c(fake.form));
    *authorization = str_copy(&t_arena, str_from_c(fake.authorization));
    pthread_mutex_unlock(&fake.lock);
    return form;
}

int fake_provider_key_fetches(void)
{
    pthread_mutex_lock(&fake.lock);
    int n = fake.key_fetches;
    pthread_mutex_unlock(&fake.lock);
    return n;
}

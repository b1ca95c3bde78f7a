/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed tokens. The only file that knows cjose. */
#include "web/jws.h"

#include <cjose/cjose.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "web/json_in.h"

#define RSA_BITS 2048

static const struct {
    str name, kty, crv;
} algs[JWS_ALG_COUNT] = {
    [JWS_RS256] = { STR_INIT("RS256"), STR_INIT("RSA"), STR_INIT("") },
    [JWS_PS256] = { STR_INIT("PS256"), STR_INIT("RSA"), STR_INIT("") },
    [JWS_ES256] = { STR_INIT("ES256"), STR_INIT("EC"), STR_INIT("P-256") },
};

bool jws_alg_find(str name, enum jws_alg *alg)
{
    for (int i = 0; i < JWS_ALG_COUNT; i++) {
        if (!str_eq(algs[i].name, name))
            continue;
        *alg = (enum jws_alg)i;
        return true;
    }
    return false;
}

const struct json_in *jws_header(struct arena *a, str token)
{
    str part = S("");
    str bytes = S("");
    str problem = S("");
    if (!str_next(&token, '.', &part) || !crypt_from_base64url(a, part, &bytes))
        return NULL;
    const struct json_in *header = json_in_parse(a, bytes, &problem);
    return json_in_is(header, JSON_IN_OBJECT) ? header : NULL;
}

static str member(const struct json_in *object, str name)
{
    return json_in_str(json_in_find(object, name));
}

bool jws_key_fits(const struct json_in *key, enum jws_alg alg)
{
    str use = member(key, S("use"));
    str said = member(key, S("alg"));
    return str_eq(member(key, S("kty")), algs[alg].kty) &&
           (!algs[alg].crv.n || str_eq(member(key, S("crv")), algs[alg].crv)) &&
           (!use.n || str_eq(use, S("sig"))) && (!said.n || str_eq(said, algs[alg].name));
}

/* Letters of base64url and nothing else, so that it may stand in JSON. */
static str number(const struct json_in *key, str name)
{
    str s = member(key, name);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_';
        if (!good)
            return S("");
    }
    return s;
}

/* The key with its public numbers alone: nothing else of it reaches the library. */
static cjose_jwk_t *import(struct arena *a, const struct jws_key *key)
{
    cjose_err why;
    const struct json_in *k = key->jwk;
    str text = key->alg == JWS_ES256
                   ? str_fmt(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%.*s\",\"y\":\"%.*s\"}",
                             STR_FMT(number(k, S("x"))), STR_FMT(number(k, S("y"))))
                   : str_fmt(a, "{\"kty\":\"RSA\",\"n\":\"%.*s\",\"e\":\"%.*s\"}",
                             STR_FMT(number(k, S("n"))), STR_FMT(number(k, S("e"))));
    cjose_jwk_t *jwk = cjose_jwk_import(text.p, text.n, &why);
    if (jwk && key->alg != JWS_ES256 && cjose_jwk_get_keysize(jwk, &why) < RSA_BITS) {
        cjose_jwk_release(jwk);
        return NULL;
    }
    return jwk;
}

bool jws_open(struct arena *a, str token, const struct jws_key *key, str *payload)
{
    cjose_err why;
    uint8_t *bytes = NULL;
    size_t n = 0;
    const struct json_in *header = jws_header(a, token);
    bool named = str_eq(member(header, S("alg")), algs[key->alg].name) &&
                 !json_in_find(header, S("crit")); /* RFC 7515, 4.1.11: none is understood */
    if (!named || !jws_key_fits(key->jwk, key->alg))
        return false;
    struct arena_hold hold = arena_hold(a); /* what the library holds must be given back */
    cjose_jwk_t *jwk = import(a, key);
    cjose_jws_t *jws = jwk ? cjose_jws_import(token.p, token.n, &why) : NULL;
    bool good =
        jws && cjose_jws_verify(jws, jwk, &why) && cjose_jws_get_plaintext(jws, &bytes, &n, &why);
    if (good)
        *payload = str_copy(a, (str){ (const char *)bytes, n });
    if (jws)
        cjose_jws_release(jws);
    if (jwk)
        cjose_jwk_release(jwk);
    arena_release(a, hold);
    return good;
}

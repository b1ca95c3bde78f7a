/* SPDX-License-Identifier: EUPL-1.2 */
/* Checking ID tokens: first the signature, then every claim. No database, no network. */
#include "feature/account/id_token.h"

#include "base/arena.h"
#include "base/crypt.h"
#include "web/form.h"
#include "web/json_in.h"
#include "web/jws.h"

/* Clocks differ; a token that was made longer ago was kept by somebody. */
#define SKEW   60
#define OLDEST 600

#define SUBJECT_MOST 255 /* OpenID Connect Core, section 2 */
#define TOKEN_MOST   ((size_t)32 << 10)

static str text(const struct json_in *claims, str name)
{
    return json_in_str(json_in_find(claims, name));
}

/* ---- the signature ---- */

/*
 * The key that the header names. A token without name is for providers with one key of the kind.
 */
static const struct json_in *key_of(const struct json_in *keys, str kid, enum jws_alg alg)
{
    const struct json_in *all = json_in_find(keys, S("keys"));
    const struct json_in *found = NULL;
    for (size_t i = 0; json_in_is(all, JSON_IN_ARRAY) && i < all->n; i++) {
        const struct json_in *key = &all->v[i];
        if (!jws_key_fits(key, alg) || (kid.n && !str_eq(text(key, S("kid")), kid)))
            continue;
        if (found)
            return NULL;
        found = key;
    }
    return found;
}

static enum id_token_fault open_signed(struct arena *a, str token, const struct id_token_want *want,
                                       const struct json_in **claims)
{
    enum jws_alg alg;
    str payload = S("");
    str problem = S("");
    const struct json_in *header = token.n > TOKEN_MOST ? NULL : jws_header(a, token);
    if (!header)
        return ID_TOKEN_FORM;
    if (!jws_alg_find(text(header, S("alg")), &alg))
        return ID_TOKEN_ALG;
    struct jws_key key = { key_of(want->keys, text(header, S("kid")), alg), alg };
    if (!key.jwk)
        return ID_TOKEN_KEY;
    if (!jws_open(a, token, &key, &payload))
        return ID_TOKEN_SIGNATURE;
    *claims = json_in_parse(a, payload, &problem);
    return json_in_is(*claims, JSON_IN_OBJECT) ? ID_TOKEN_GOOD : ID_TOKEN_FORM;
}

/* ---- the claims ---- */

/* For us, and where it is for others too, given to us (azp). */
static bool is_for_us(const struct json_in *claims, str client_id)
{
    const struct json_in *aud = json_in_find(claims, S("aud"));
    const struct json_in *azp = json_in_find(claims, S("azp"));
    if (azp && !str_eq(json_in_str(azp), client_id))
        return false;
    if (!json_in_is(aud, JSON_IN_ARRAY))
        return str_eq(json_in_str(aud), client_id);
    bool named = false;
    for (size_t i = 0; i < aud->n; i++)
        named = named || str_eq(json_in_str(&aud->v[i]), client_id);
    return named && (aud->n == 1 || azp);
}

static bool is_in_time(const struct json_in *claims, int64_t now)
{
    int64_t exp = json_in_int(json_in_find(claims, S("exp")), 0);
    int64_t iat = json_in_int(json_in_find(claims, S("iat")), 0);
    int64_t nbf = json_in_int(json_in_find(claims, S("nbf")), 0);
    return exp > now - SKEW && iat > now - OLDEST && iat < now + SKEW && nbf < now + SKEW;
}

/* at_hash: the left half of the hash of the access token, by the hash of the signature. */
static bool hash_fits(struct arena *a, const struct json_in *claims, str access_token)
{
    uint8_t hash[CRYPT_HASH_BYTES];
    const struct json_in *said = json_in_find(claims, S("at_hash"));
    if (!said)
        return true;
    crypt_sha256(access_token, hash);
    str half = { (const char *)hash, sizeof hash / 2 };
    return crypt_equal(json_in_str(said), crypt_base64url(a, half));
}

static bool is_among(str word, str words)
{
    str one;
    while (word.n && str_next(&words, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static bool is_strong(const struct json_in *claims, str words)
{
    const struct json_in *amr = json_in_find(claims, S("amr"));
    if (is_among(text(claims, S("acr")), words))
        return true;
    for (size_t i = 0; json_in_is(amr, JSON_IN_ARRAY) && i < amr->n; i++)
        if (is_among(json_in_str(&amr->v[i]), words))
            return true;
    return false;
}

static enum id_token_fault check(struct arena *a, const struct json_in *claims,
                                 const struct id_token_want *want)
{
    str subject = text(claims, S("sub"));
    int64_t proven_at = json_in_int(json_in_find(claims, S("auth_time")), 0);
    if (!want->issuer.n || !str_eq(text(claims, S("iss")), want->issuer))
        return ID_TOKEN_ISSUER;
    if (!want->client_id.n || !is_for_us(claims, want->client_id))
        return ID_TOKEN_AUDIENCE;
    if (!is_in_time(claims, want->now))
        return ID_TOKEN_TIME;
    if (!want->nonce.n || !crypt_equal(text(claims, S("nonce")), want->nonce))
        return ID_TOKEN_NONCE;
    if (!subject.n || subject.n > SUBJECT_MOST)
        return ID_TOKEN_FORM;
    if (!hash_fits(a, claims, want->access_token))
        return ID_TOKEN_HASH;
    if (want->proven_since &&
        (proven_at < want->proven_since - SKEW || proven_at > want->now + SKEW))
        return ID_TOKEN_PROOF;
    return ID_TOKEN_GOOD;
}

enum id_token_fault id_token_open(struct arena *a, str signed_text,
                                  const struct id_token_want *want, struct id_token *token)
{
    const struct json_in *claims = NULL;
    enum id_token_fault fault = open_signed(a, signed_text, want, &claims);
    if (fault == ID_TOKEN_GOOD)
        fault = check(a, claims, want);
    if (fault != ID_TOKEN_GOOD)
        return fault;
    *token = (struct id_token){
        .subject = text(claims, S("sub")),
        .mail = mail_folded(a, text(claims, S("email"))),
        .mail_verified = json_in_bool(json_in_find(claims, S("email_verified")), false),
        .strong = is_strong(claims, want->strong),
        .proven_at = json_in_int(json_in_find(claims, S("auth_time")), 0),
    };
    return ID_TOKEN_GOOD;
}

str id_token_fault_name(enum id_token_fault fault)
{
    static const str names[] = {
        [ID_TOKEN_GOOD] = STR_INIT("good"),           [ID_TOKEN_KEY] = STR_INIT("key"),
        [ID_TOKEN_FORM] = STR_INIT("form"),           [ID_TOKEN_ALG] = STR_INIT("alg"),
        [ID_TOKEN_SIGNATURE] = STR_INIT("signature"), [ID_TOKEN_ISSUER] = STR_INIT("issuer"),
        [ID_TOKEN_AUDIENCE] = STR_INIT("audience"),   [ID_TOKEN_TIME] = STR_INIT("time"),
        [ID_TOKEN_NONCE] = STR_INIT("nonce"),         [ID_TOKEN_HASH] = STR_INIT("at_hash"),
        [ID_TOKEN_PROOF] = STR_INIT("auth_time"),
    };
    return names[fault];
}

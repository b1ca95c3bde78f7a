/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signed tokens (RFC 7515, compact form). Wraps cjose. Only signatures by public keys: a token
 * without signature ("none") or with a shared secret (HS256 …) has no name here.
 */
#ifndef WEB_JWS_H
#define WEB_JWS_H

#include "base/str.h"

struct json_in;

enum jws_alg { JWS_RS256, JWS_PS256, JWS_ES256, JWS_ALG_COUNT };

bool jws_alg_find(str name, enum jws_alg *alg);
/* The unverified header of a token; NULL: this is none. Only for choosing the key. */
const struct json_in *jws_header(struct arena *a, str token);
/*
 * Whether a key of a key set (RFC 7517) is one for verifying signatures of this kind: its type and
 * curve fit, its `use` and `alg` do not say otherwise.
 */
bool jws_key_fits(const struct json_in *key, enum jws_alg alg);
/*
 * What a token says, when its signature is by this key and in this way; else false. RSA keys
 * have 2048 bits at least (BSI TR-02102-1).
 */
struct jws_key {
    const struct json_in *jwk;
    enum jws_alg alg;
};
bool jws_open(struct arena *a, str token, const struct jws_key *key, str *payload);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A provider of OpenID Connect in the test's own process, on a port of its own: it says and signs
 * whatever the test wants, also what no provider should. One at a time.
 */
#ifndef TEST_FAKE_PROVIDER_H
#define TEST_FAKE_PROVIDER_H

#include "base/str.h"

/* How the next tokens are signed. */
enum fake_sign {
    FAKE_RS256,
    FAKE_PS256,
    FAKE_ES256,
    FAKE_NONE,        /* "alg": "none" */
    FAKE_HS256,       /* by the public key as if it were a shared secret */
    FAKE_FOREIGN_KEY, /* another key under the name of the known one */
    FAKE_NEW_KEY,     /* a key that is in the key set from fake_rotate on */
};

struct fake_says {
    str claims; /* of the ID token, JSON */
    enum fake_sign sign;
    int status;          /* of the token's endpoint; 0: 200 */
    str body;            /* instead of tokens; empty: tokens */
    bool foreign_issuer; /* the description names another */
    bool no_iss;         /* it does not promise `iss` in its answers */
    bool rotated;        /* the key set has the new key */
};

/* Keys are made once; the issuer is "http://127.0.0.1:PORT". */
str fake_provider_start(void);
void fake_provider_stop(void);
void fake_provider_say(const struct fake_says *says);
/* The last form that the token's endpoint got, and the Authorization with it; in t_arena. */
str fake_provider_asked(str *authorization);
/* How often its key set was fetched. */
int fake_provider_key_fetches(void);
#define FAKE_ACCESS_TOKEN "access-token-of-the-test"

#endif

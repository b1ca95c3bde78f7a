/* SPDX-License-Identifier: EUPL-1.2 */
/* Sealed cookies. Neighbours: step.c, provider.c, identity.c. */
#include "feature/account/sealed.h"

#include "base/crypt.h"
#include "web/app.h"

void sealed_set(struct rq *rq, str name, str plain, int64_t seconds)
{
    uint8_t key[CRYPT_KEY_BYTES];
    crypt_subkey(rq->app->key, name, key);
    rq_cookie_set(rq, name, crypt_base64url(rq->arena, crypt_seal(rq->arena, key, plain)), seconds);
}

str sealed_get(struct rq *rq, str name)
{
    uint8_t key[CRYPT_KEY_BYTES];
    str bytes = S("");
    crypt_subkey(rq->app->key, name, key);
    if (!crypt_from_base64url(rq->arena, rq_cookie(rq, name), &bytes))
        return S("");
    return crypt_open(rq->arena, key, bytes);
}

void sealed_end(struct rq *rq, str name)
{
    rq_cookie_set(rq, name, S(""), 0);
}

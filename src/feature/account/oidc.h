/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * OpenID Connect with one provider: authorization code flow with PKCE (RFC 9700, 2.1.1). This file
 * speaks with the provider and knows no pages; they are in provider.c and identity.c. What blocks
 * may take FETCH_SECONDS and belongs on a worker (slow routes, before the transaction).
 * Thread-safe.
 */
#ifndef FEATURE_ACCOUNT_OIDC_H
#define FEATURE_ACCOUNT_OIDC_H

#include "base/err.h"
#include "feature/account/id_token.h"
#include "web/rq.h"

/* Looks at the settings; ERR_INVALID, with a line in the log, when they cannot be meant. */
MUST_CHECK enum err oidc_start(struct app *app);
void oidc_stop(struct app *app);
/* Whether this town offers to sign in by the provider. No network. */
bool oidc_is_on(const struct rq *rq);
bool oidc_is_for(const struct app *app, str town);

/* The provider's own description (OpenID Connect Discovery 1.0), kept for an hour. */
struct oidc_provider {
    str authorization;
    str token;
    str keys;
    str logout;      /* empty: it has none */
    bool names_self; /* its answers carry `iss` (RFC 9207) */
    bool by_post;    /* takes the secret in the form only */
};
/* Blocks. */
MUST_CHECK enum err oidc_discover(struct app *app, struct arena *a, struct oidc_provider *p);

/* What goes to the provider with somebody, and must come back. */
struct oidc_question {
    str state;
    str nonce;
    str verifier; /* of PKCE; stays here */
    str redirect; /* absolute address of our page */
    bool prove;   /* the person shall prove now who they are (prompt=login, max_age=0) */
};
/* The provider's page for it; false: it gives no address that could be one. */
bool oidc_address(const struct rq *rq, const struct oidc_provider *p, const struct oidc_question *q,
                  url *page);

/* What came back. */
struct oidc_reply {
    str code;
    str iss;
    int64_t proven_since; /* for questions with `prove`; else 0 */
};
enum oidc_result { OIDC_GOOD, OIDC_AWAY, OIDC_REFUSED, OIDC_UNPROVEN };
/* Exchanges the code and checks the token. Blocks. Reasons go to the log. */
enum oidc_result oidc_take(struct rq *rq, const struct oidc_question *q,
                           const struct oidc_reply *reply, struct id_token *token);

/* Where one signs out at the provider, and comes back from there; false: nowhere. Blocks. */
bool oidc_sign_out(const struct rq *rq, url back, url *page);

#endif

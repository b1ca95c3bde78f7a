/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whom the provider knows: accounts are found by issuer and subject alone, never by an address. An
 * account gets its identity once, from who has shown that it is theirs.
 */
#ifndef FEATURE_ACCOUNT_IDENTITY_H
#define FEATURE_ACCOUNT_IDENTITY_H

#include "account.sql.h"
#include "feature/account/id_token.h"
#include "web.sql.h"
#include "web/form.h"
#include "web/rq.h"

/* The account that the token's subject belongs to; NULL: none yet. */
const struct account_row *identity_account(struct rq *rq, const struct id_token *token);
/* Whether the account belongs to a subject of the provider. */
const struct identity_row *identity_get(struct rq *rq, int64_t account_id);
/* It has just signed in. */
void identity_touch(struct rq *rq, struct tx *tx, const struct id_token *token);
/*
 * Connects the account that has the token's address, where the settings say that this is enough;
 * NULL: it is not, or there is no such account of this town's people.
 */
const struct account_row *identity_by_mail(struct rq *rq, struct tx *tx,
                                           const struct id_token *token);
/* Keeps the token's subject in this browser for a while, until who it is has been shown. */
void identity_wait(struct rq *rq, const struct id_token *token);

extern const struct field identity_fields[]; /* none: errors are about the whole */

/* What the page /konto/anbieter shows. */
struct identity_page {
    const struct identity_row *bound; /* NULL: not connected */
    str mail;                         /* of who waits to be connected; empty: nobody does */
    bool staff;
};

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Signing in, for the pages of this feature that end with somebody being signed in. */
#ifndef FEATURE_ACCOUNT_SIGN_IN_H
#define FEATURE_ACCOUNT_SIGN_IN_H

#include "web.sql.h"
#include "web/form.h"

/* What the sign-in page shows. */
struct sign_in {
    str next;      /* page to go to afterwards, as it came in */
    bool password; /* the part for passwords is open */
    struct sign_in_mail_form {
        str mail;
    } by_mail;
    struct sign_in_password_form {
        str login;
        str password;
    } by_password;
};

extern const struct field sign_in_mail_fields[];
extern const struct field sign_in_password_fields[];

/* Whether the account holds any permission in any town: its sessions are short then. */
bool account_is_staff(struct rq *rq, int64_t account_id);
/*
 * Asks for the second step, where the account has one. Else begins a new session, with a new token,
 * in place of the one this request came with; goes to `next` when that is a page of ours, else to
 * the office or to "my account". `how` is for the audit trail.
 */
void sign_in_begin(struct rq *rq, struct tx *tx, const struct account_row *account, str how);
/* The same for somebody whose second step, if there is one, has been taken. */
void sign_in_finish(struct rq *rq, struct tx *tx, const struct account_row *account, str how);
/*
 * The same for somebody whom the provider knows. Its second step counts where the settings say so;
 * the new session is as fresh as the sign-in there.
 */
struct id_token;
void sign_in_by_provider(struct rq *rq, struct tx *tx, const struct account_row *account,
                         const struct id_token *token);
/* `how` of those who came by the provider. */
#define SIGN_IN_PROVIDER S("provider")

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages under /konto show. */
#ifndef FEATURE_ACCOUNT_MINE_H
#define FEATURE_ACCOUNT_MINE_H

#include "account.sql.h"
#include "web.sql.h"
#include "web/form.h"

struct mine {
    const struct account_row *account;
    struct account_role_row_rows roles;
    struct session_list_row_rows sessions;
    bool second_step;
    const struct identity_row *identity; /* at the provider; NULL: not connected */
    struct mine_form {
        str name;
        str lang;
    } form;
};

extern const struct field mine_fields[];

struct mine_password_form {
    str current;
    str password;
};

extern const struct field mine_password_fields[];

struct leave_form {
    int64_t sure;
};

extern const struct field leave_fields[];

/* Whether somebody who is signed in knows the password; guesses are slowed down. */
enum proof { PROOF_GOOD, PROOF_WRONG, PROOF_WAIT };

/* Slow (argon2id): for `prepare` handlers. */
enum proof mine_prove(struct rq *rq, const struct account_row *account, str password);
/* The error of a proof at the field; none for PROOF_GOOD. */
void mine_prove_error(struct rq *rq, const char *field, enum proof proof);

#endif

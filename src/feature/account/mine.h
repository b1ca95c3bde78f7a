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
    str password;
    int64_t sure;
};

extern const struct field leave_fields[];

/*
 * Before something that cannot be undone, a person shows again who they are: by password,
 * or, where there is none, by having signed in just now (ASVS 7.5.1).
 */
#define FRESH_SECONDS (15 * 60)

enum proof { PROOF_GOOD, PROOF_WRONG, PROOF_STALE, PROOF_WAIT };

/* Slow (argon2id): for `prepare` handlers. */
enum proof mine_prove(struct rq *rq, const struct account_row *account, str password);
/* The error of a proof at the field; none for PROOF_GOOD. */
void mine_prove_error(struct rq *rq, const char *field, enum proof proof);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Between the first and the second step of signing in: who has come so far carries a sealed
 * cookie for ten minutes. It is no session and opens nothing but the page for the code.
 */
#ifndef FEATURE_ACCOUNT_STEP_H
#define FEATURE_ACCOUNT_STEP_H

#include "web.sql.h"
#include "web/form.h"

struct step_form {
    str code;
};

extern const struct field step_fields[];

/* Leads to the page for the code; `how` is the first step: "password", "link", "provider". */
void step_ask(struct rq *rq, const struct account_row *account, str how);

#endif

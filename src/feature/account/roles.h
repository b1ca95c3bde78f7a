/* SPDX-License-Identifier: EUPL-1.2 */
/* What the page of roles shows, and the rule that a town keeps an administrator. */
#ifndef FEATURE_ACCOUNT_ROLES_H
#define FEATURE_ACCOUNT_ROLES_H

#include "account.sql.h"
#include "web/form.h"

struct role_form {
    str mail;
    str name;
    str role;
    str organisation; /* id as text */
};

extern const struct field role_fields[];

/* Whether this account is the only one in the town that may give roles. */
bool roles_last_admin(struct db *db, int64_t city_id, int64_t account_id);

#endif

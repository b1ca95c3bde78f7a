/* SPDX-License-Identifier: EUPL-1.2 */
/* Accounts, as other features may use them: making one, and giving it roles. */
#ifndef FEATURE_ACCOUNT_H
#define FEATURE_ACCOUNT_H

#include "web/feature.h"

extern const struct feature account_feature;

/*
 * The account of a mail address (checked by mail_valid, folded to lower case), made when
 * there is none. An account that exists keeps its name.
 */
int64_t account_get(struct tx *tx, str mail, str name);
/* Slow on purpose (argon2id): for commands and the demo, never inside a request. */
void account_password(struct tx *tx, int64_t account_id, str password);

struct account_grant {
    int64_t account_id;
    int64_t city_id;
    enum role role;
    int64_t scope_id; /* organisation of a SCOPE_ORGANISATION role, else 0 */
};

/*
 * Gives a role, with its audit line, and ends the account's sessions, because a session
 * begun with fewer rights may live longer than one with more. False: held already.
 */
bool account_give(struct tx *tx, const struct account_grant *grant, int64_t by_account);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles and towns in words. */
#include "feature/account/words.h"
#include "account.text.h"

static const struct {
    enum msg name, does;
} words[] = {
#define ROLE_WORDS(code, scope, permissions) { MSG_account_role_##code, MSG_account_does_##code },
    ROLES(ROLE_WORDS)
#undef ROLE_WORDS
};

str role_name(const struct rq *rq, enum role role)
{
    return text_of(rq, words[role].name);
}

str role_does(const struct rq *rq, enum role role)
{
    return text_of(rq, words[role].does);
}

str role_name_of(const struct rq *rq, str code)
{
    enum role role;
    return role_find(code, &role) ? role_name(rq, role) : code;
}

str role_does_of(const struct rq *rq, str code)
{
    enum role role;
    return role_find(code, &role) ? role_does(rq, role) : S("");
}

str city_name_of(const struct rq *rq, int64_t city_id)
{
    const struct city *city = city_by_id(rq->cities, city_id);
    return city ? city->name : S("");
}

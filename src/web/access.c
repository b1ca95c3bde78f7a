/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles, permissions, and the answer to "may this person do that here?". */
#include "web/access.h"

#include "web/feature.h"
#include "web/rq.h"

static const struct role_info roles[] = {
#define ROLE_INFO(code, scope, permissions) { STR_INIT(#code), scope, permissions },
    ROLES(ROLE_INFO)
#undef ROLE_INFO
};

const struct role_info *role_info(enum role role)
{
    return &roles[role];
}

bool role_find(str code, enum role *role)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (str_eq(roles[i].code, code)) {
            *role = (enum role)i;
            return true;
        }
    return false;
}

str permission_name(enum permission p)
{
    static const str names[] = {
#define PERMISSION_NAME(name, doc) STR_INIT(#name),
        PERMISSIONS(PERMISSION_NAME)
#undef PERMISSION_NAME
    };
    return names[p];
}

bool may(const struct rq *rq, enum permission p)
{
    return rq->who.city_permissions & (1u << p);
}

bool may_for(const struct rq *rq, enum permission p, int64_t organisation_id)
{
    if (may(rq, p))
        return true;
    for (size_t i = 0; i < rq->who.grant_count && organisation_id; i++) {
        const struct grant *g = &rq->who.grants[i];
        const struct role_info *info = role_info(g->role);
        if (info->scope == SCOPE_ORGANISATION && g->scope_id == organisation_id &&
            info->permissions & (1u << p))
            return true;
    }
    return false;
}

bool may_read(const struct rq *rq, enum permission p)
{
    return may(rq, p) || may(rq, PERM_read_all);
}

bool may_only_read(const struct rq *rq)
{
    return may(rq, PERM_read_all) && !may(rq, PERM_opportunity_edit);
}

static bool looks(const struct rq *rq)
{
    return rq->http->method != HTTP_POST || (rq->route && rq->route->reads);
}

/* A page that is only looked at; a POST acts, or asks with what somebody typed. */
static bool reads_all(const struct rq *rq)
{
    return looks(rq) && may(rq, PERM_read_all);
}

/* Who only reads may hold what opens the office, and yet does nothing there. */
static bool acts_in_vain(const struct rq *rq)
{
    return !looks(rq) && may_only_read(rq);
}

static bool allowed(struct rq *rq, const struct access *rule)
{
    switch (rule->kind) {
    case ACCESS_ANYONE:
        return true;
    case ACCESS_SIGNED_IN:
        return rq_signed_in(rq);
    case ACCESS_CAN:
        return reads_all(rq) || (may(rq, rule->permission) && !acts_in_vain(rq));
    case ACCESS_OWN:
        return reads_all(rq) ||
               (rq_signed_in(rq) && may_for(rq, rule->permission, rule->owner(rq)));
    case ACCESS_MISSING:
        break;
    }
    return false;
}

enum access_answer access_check(struct rq *rq, const struct access *rule)
{
    if (allowed(rq, rule))
        return ACCESS_YES;
    return rq_signed_in(rq) ? ACCESS_NO : ACCESS_SIGN_IN_FIRST;
}

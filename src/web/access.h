/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may do what. Permissions are fine-grained, roles are bundles of them, and a role is
 * always given for one town, one office or one organisation, never for everything
 * (doc/glossary.md). Each route names its rule; a route without one does not compile.
 */
#ifndef WEB_ACCESS_H
#define WEB_ACCESS_H

#include "base/str.h"

struct rq;

/* name, what it allows */
#define PERMISSIONS(X)                                                      \
    X(office_open, "sees the office's pages")                               \
    X(opportunity_edit, "enters and edits offers")                          \
    X(opportunity_publish, "releases offers to the public")                 \
    X(organisation_edit, "edits organisations")                             \
    X(organisation_verify, "confirms that an organisation is what it says") \
    X(file_import, "takes offers and organisations in from files")          \
    X(guide_edit, "writes, checks and publishes articles of the guide")     \
    X(concern_handle, "reads and answers concerns")                         \
    X(appointment_handle, "keeps consulting hours and appointments")        \
    X(person_handle, "advises and places people")                           \
    X(person_support, "reads what somebody needs in order to take part")    \
    X(certificate_inspect, "inspects certificates of conduct")              \
    X(city_edit, "edits the town's pages, offices and look")                \
    X(account_admin, "gives and takes roles")                               \
    X(mail_read, "reads the outbox")                                        \
    X(job_read, "sees and starts jobs")                                     \
    X(audit_read, "reads the audit trail")                                  \
    X(read_all, "opens every page of the office, and changes nothing by it")

enum permission {
#define PERMISSION_ENUM(name, doc) PERM_##name,
    PERMISSIONS(PERMISSION_ENUM)
#undef PERMISSION_ENUM
        PERM_COUNT
};

/* The scope to which a role belongs. */
enum scope { SCOPE_CITY, SCOPE_OFFICE, SCOPE_ORGANISATION };

/*
 * code, scope, permissions. Deciding (publish, verify) and administering people
 * (account_admin) are separate permissions, so that a small town may give both to one
 * person and a large one need not.
 */
#define P(name) (1u << PERM_##name)
#define ROLES(X)                                                                                 \
    X(city_admin, SCOPE_CITY,                                                                    \
      P(office_open) | P(city_edit) | P(account_admin) | P(mail_read) | P(job_read) |            \
          P(audit_read) | P(opportunity_edit) | P(opportunity_publish) | P(organisation_edit) |  \
          P(organisation_verify) | P(file_import) | P(guide_edit) | P(concern_handle) |          \
          P(appointment_handle) | P(person_handle))                                              \
    X(office_staff, SCOPE_CITY,                                                                  \
      P(office_open) | P(opportunity_edit) | P(opportunity_publish) | P(organisation_edit) |     \
          P(organisation_verify) | P(file_import) | P(guide_edit) | P(concern_handle) |          \
          P(appointment_handle) | P(person_handle))                                              \
    X(counsellor, SCOPE_CITY,                                                                    \
      P(office_open) | P(opportunity_edit) | P(organisation_edit) | P(concern_handle) |          \
          P(appointment_handle) | P(person_handle) | P(person_support) | P(certificate_inspect)) \
    X(auditor, SCOPE_CITY,                                                                       \
      P(office_open) | P(audit_read) | P(mail_read) | P(job_read) | P(read_all))                 \
    X(organisation_manager, SCOPE_ORGANISATION, P(opportunity_edit) | P(organisation_edit))      \
    X(organisation_member, SCOPE_ORGANISATION, P(opportunity_edit))                              \
    X(volunteer, SCOPE_CITY, 0u)

enum role {
#define ROLE_ENUM(code, scope, permissions) ROLE_##code,
    ROLES(ROLE_ENUM)
#undef ROLE_ENUM
        ROLE_COUNT
};

struct role_info {
    str code;
    enum scope scope;
    uint32_t permissions;
};

const struct role_info *role_info(enum role role);
bool role_find(str code, enum role *role);
str permission_name(enum permission p);

/* One role that somebody holds in the town of the request. */
struct grant {
    enum role role;
    int64_t scope_id; /* office or organisation; 0 for the town */
};

/* How a route decides. Zero means "no rule" and stops the program at start. */
enum access_kind { ACCESS_MISSING, ACCESS_ANYONE, ACCESS_SIGNED_IN, ACCESS_CAN, ACCESS_OWN };

struct access {
    enum access_kind kind;
    enum permission permission;
    /* For ACCESS_OWN: the organisation that the addressed object belongs to; 0 if none. */
    int64_t (*owner)(struct rq *rq);
};

#define ANYONE                \
    {                         \
        .kind = ACCESS_ANYONE \
    }
#define SIGNED_IN                \
    {                            \
        .kind = ACCESS_SIGNED_IN \
    }
/* Whoever holds the permission for the whole town. */
#define CAN(name)                                     \
    {                                                 \
        .kind = ACCESS_CAN, .permission = PERM_##name \
    }
/* The same, or for the organisation that owns the addressed object. */
#define CAN_OWN(name, owner_of)                                          \
    {                                                                    \
        .kind = ACCESS_OWN, .permission = PERM_##name, .owner = owner_of \
    }

/* Whether pages that need this permission may be opened: who reads all may, without holding it. */
bool may_read(const struct rq *rq, enum permission p);
/* Whether the person audits this town and nothing else: all is shown, nothing is changed. */
bool may_only_read(const struct rq *rq);
/* Whether the person of this request holds the permission for the town. */
bool may(const struct rq *rq, enum permission p);
/* … or for this organisation. */
bool may_for(const struct rq *rq, enum permission p, int64_t organisation_id);

enum access_answer { ACCESS_YES, ACCESS_NO, ACCESS_SIGN_IN_FIRST };
enum access_answer access_check(struct rq *rq, const struct access *rule);

#endif

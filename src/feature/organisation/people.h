/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The people of an organisation: who acts for it, inviting somebody by mailed link, taking a role
 * back. Its managers do it, and the town's office. A manager's own role is taken by somebody else.
 */
#ifndef FEATURE_ORGANISATION_PEOPLE_H
#define FEATURE_ORGANISATION_PEOPLE_H

#include "feature/organisation/fields.h"

#define INVITE_LINK "organisation-invite"
#define INVITE_DAYS 14

struct job_run;
struct token;

/* GET and POST /buero/organisationen/{id}/menschen */
void people_show(struct rq *rq);
void people_act(struct rq *rq, struct tx *tx);

/* The link: says what it is for; taking it gives the role, and makes an account where there is
 * none. */
void invite_show(struct rq *rq, const struct token *token);
void invite_take(struct rq *rq, struct tx *tx, const struct token *token);

struct invite_form {
    str mail;
    str role;
};
extern const struct field invite_fields[];
struct taken_form {
    str name;
};
extern const struct field taken_fields[];

struct org_people_page {
    const struct org_full *organisation;
    struct org_person_rows people;
    struct org_invite_row_rows invites;
};
str people_role(const struct rq *rq, str role);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables: organisation_invite; of web: account, account_role. */
#include "feature/organisation/people.h"

#include "feature/account/account.h"
#include "organisation.html.h"
#include "organisation.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/job.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/session.h"
#include "web/token.h"

#define DAY  86400
#define MOST 20 /* open invitations of an organisation */

static const struct limit_rule by_account = { "organisation.invite", 10, 600 };

const struct field invite_fields[] = {
    FIELD(struct invite_form, mail, MAIL, MSG_org_people_mail, .required = true, .max = 200,
          .autocomplete = "off"),
    FIELD(struct invite_form, role, TEXT, MSG_org_people_role, .required = true),
    { 0 },
};
const struct field taken_fields[] = {
    FIELD(struct taken_form, name, TEXT, MSG_org_invite_name, .required = true, .max = 120,
          .autocomplete = "name"),
    { 0 },
};

str people_role(const struct rq *rq, str role)
{
    return str_eq(role, S("organisation_manager")) ? t_org_people_manager(rq)
                                                   : t_org_people_member(rq);
}

/* ---- the page ---- */

static const struct org_full *find(struct rq *rq)
{
    const struct org_full *g = org_get(rq->db, rq->city->id, rq_id(rq));
    if (!g)
        rq_not_found(rq);
    return g;
}

static void show(struct rq *rq, const struct org_full *g, const struct invite_form *f)
{
    struct org_people_page page = { .organisation = g,
                                    .people = org_people(rq->db, rq->city->id, g->id),
                                    .invites = org_invites(rq->db, rq->city->id, g->id) };
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, g->name, link_id(rq, S("/buero/organisationen/"), g->id));
    rq_crumb(rq, t_org_people_title(rq),
             link_id_sub(rq, S("/buero/organisationen/"), g->id, S("/menschen")));
    view_org_people(rq, &page, f);
}

void people_show(struct rq *rq)
{
    const struct org_full *g = find(rq);
    if (g)
        show(rq, g, &(struct invite_form){ .role = S("organisation_member") });
}

static void done(struct rq *rq, int64_t organisation, enum msg note)
{
    rq_note(rq, note);
    rq_see_url(rq, link_id_sub(rq, S("/buero/organisationen/"), organisation, S("/menschen")));
}

/* ---- inviting ---- */

static bool is_role(str role)
{
    return str_eq(role, S("organisation_manager")) || str_eq(role, S("organisation_member"));
}

static bool read_invite(struct rq *rq, const struct org_full *g, struct invite_form *f)
{
    rq_form(rq, invite_fields, f);
    if (f->role.n && !is_role(f->role))
        rq_error(rq, "role", t_form_error_choice(rq));
    if (org_invites(rq->db, rq->city->id, g->id).n >= MOST)
        rq_error(rq, "mail", t_org_people_most(rq, MOST));
    return rq_ok(rq);
}

static void invite(struct rq *rq, struct tx *tx, const struct org_full *g)
{
    struct invite_form f = { 0 };
    if (!read_invite(rq, g, &f)) {
        show(rq, g, &f);
        return;
    }
    if (rq_limited(rq, &by_account, (uint64_t)rq->who.account_id))
        return;
    struct org_invite_insert_in in = { .id = db_new_id(),
                                       .city = rq->city->id,
                                       .organisation = g->id,
                                       .mail = f.mail,
                                       .role = f.role,
                                       .at = tx->now };
    org_invite_insert(tx, &in);
    struct token_wish wish = {
        .purpose = S(INVITE_LINK), .subject_id = in.id, .seconds = INVITE_DAYS * DAY, .mail = f.mail
    };
    str link = token_new(rq, tx, &wish).s;
    struct rq r = *rq;
    r.lang = rq->city->lang;
    struct notice n = {
        .to = f.mail,
        .subject = t_org_invite_mail_subject(&r, rq->city->name, g->name),
        .text = t_org_invite_mail_text(&r, rq->who.name, g->name, people_role(&r, f.role), link,
                                       rq->city->name),
        .dedupe = str_fmt(rq->arena, "organisation invite %lld", (long long)in.id),
    };
    mail_queue(tx, rq->city->id, &n);
    audit(rq, tx, S("organisation.invite"), g->id, f.role);
    done(rq, g->id, MSG_org_people_invited);
}

/* ---- taking back ---- */

static void withdraw(struct rq *rq, struct tx *tx, const struct org_full *g)
{
    int64_t id = rq_param_int(rq, "withdraw", 0);
    if (org_invite_delete(tx, rq->city->id, g->id, id) != 1) {
        rq_not_found(rq);
        return;
    }
    token_revoke(tx, rq->city->id, S(INVITE_LINK), id);
    audit(rq, tx, S("organisation.uninvite"), g->id, S(""));
    done(rq, g->id, MSG_org_people_withdrawn);
}

/* Only a role for this organisation: the id of any other one finds nothing. */
static void revoke(struct rq *rq, struct tx *tx, const struct org_full *g)
{
    int64_t id = rq_param_int(rq, "revoke", 0);
    struct org_person_rows people = org_people(rq->db, rq->city->id, g->id);
    const struct org_person *p = NULL;
    for (size_t i = 0; i < people.n && !p; i++)
        if (people.v[i].id == id)
            p = &people.v[i];
    if (!p) {
        rq_not_found(rq);
        return;
    }
    if (p->account_id == rq->who.account_id) {
        rq_error(rq, NULL, t_org_people_own(rq));
        show(rq, g, &(struct invite_form){ .role = S("organisation_member") });
        return;
    }
    role_delete(tx, p->id, rq->city->id);
    session_delete_others(tx, p->account_id, rq->who.session_id);
    audit(rq, tx, S("account.take_role"), p->account_id, p->role);
    done(rq, g->id, MSG_org_people_revoked);
}

void people_act(struct rq *rq, struct tx *tx)
{
    const struct org_full *g = find(rq);
    if (!g)
        return;
    if (rq_has_param(rq, "revoke"))
        revoke(rq, tx, g);
    else if (rq_has_param(rq, "withdraw"))
        withdraw(rq, tx, g);
    else
        invite(rq, tx, g);
}

/* ---- the link ---- */

static const struct org_full *find_invited(struct rq *rq, const struct token *token,
                                           const struct org_invite_row **invite)
{
    *invite = org_invite_get(rq->db, rq->city->id, token->subject_id);
    const struct org_full *g =
        *invite ? org_get(rq->db, rq->city->id, (*invite)->organisation_id) : NULL;
    if (g && !g->archived_at && str_eq((*invite)->mail, token->mail))
        return g;
    rq_not_found(rq);
    return NULL;
}

static void show_invite(struct rq *rq, const struct org_full *g,
                        const struct org_invite_row *invite, const struct taken_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_org_invite_title(rq), token_page(rq, S("")));
    view_org_invite(rq, g, invite, f);
}

void invite_show(struct rq *rq, const struct token *token)
{
    const struct org_invite_row *invite;
    const struct org_full *g = find_invited(rq, token, &invite);
    const struct account_row *account = g ? account_by_mail(rq->db, token->mail) : NULL;
    struct taken_form f = { .name = account ? account->name : S("") };
    if (g)
        show_invite(rq, g, invite, &f);
}

void invite_take(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct org_invite_row *invite;
    struct taken_form f = { 0 };
    const struct org_full *g = find_invited(rq, token, &invite);
    if (!g)
        return;
    if (!rq_form(rq, taken_fields, &f)) {
        show_invite(rq, g, invite, &f);
        return;
    }
    struct account_grant grant = { .account_id = account_get(tx, invite->mail, f.name),
                                   .city_id = rq->city->id,
                                   .scope_id = g->id };
    must(role_find(invite->role, &grant.role));
    account_give(tx, &grant, grant.account_id);
    org_invite_delete(tx, rq->city->id, g->id, invite->id);
    rq_crumb(rq, t_org_invite_title(rq), token_page(rq, S("")));
    view_org_invite_taken(rq, g);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may do what in this town: a list, giving and taking.
 * Tables (of web): account, account_role. A town never loses its last administrator, so
 * nobody can take that role from themselves.
 */
#include "feature/account/roles.h"

#include "account.html.h"
#include "account.text.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "office.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/session.h"

const struct field role_fields[] = {
    FIELD(struct role_form, mail, MAIL, MSG_account_field_mail, .required = true,
          .autocomplete = "off"),
    FIELD(struct role_form, name, TEXT, MSG_account_field_their_name, .max = 120,
          .hint = MSG_account_hint_their_name, .autocomplete = "off"),
    FIELD(struct role_form, role, TEXT, MSG_account_field_role, .required = true),
    FIELD(struct role_form, organisation, TEXT, MSG_account_field_organisation,
          .hint = MSG_account_hint_organisation),
    { 0 },
};

static bool gives_roles(str code)
{
    enum role role;
    return role_find(code, &role) && role_info(role)->permissions & 1u << PERM_account_admin;
}

bool roles_last_admin(struct db *db, int64_t city_id, int64_t account_id)
{
    struct account_holder_row_rows rows = account_holders(db, city_id);
    bool is_one = false;
    for (size_t i = 0; i < rows.n; i++) {
        if (!gives_roles(rows.v[i].role))
            continue;
        if (rows.v[i].account_id != account_id)
            return false;
        is_one = true;
    }
    return is_one;
}

static void show(struct rq *rq, const struct role_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_account_roles_title(rq), link_to(rq, S("/buero/rollen")));
    view_roles(rq, f, account_holders(rq->db, rq->city->id),
               account_organisations(rq->db, rq->city->id));
}

/* GET /buero/rollen */
void roles_list(struct rq *rq)
{
    struct role_form f = { 0 };
    show(rq, &f);
}

/* ---- giving ---- */

/* Fills the grant but for its account; errors are kept in rq. */
static void read_grant(struct rq *rq, const struct role_form *f, struct account_grant *g)
{
    g->city_id = rq->city->id;
    if (!f->role.n)
        return;
    if (!role_find(f->role, &g->role) || !role_info(g->role)->permissions) {
        rq_error(rq, "role", t_form_error_choice(rq));
        return;
    }
    bool wanted = role_info(g->role)->scope == SCOPE_ORGANISATION;
    bool known = f->organisation.n && str_to_i64(f->organisation, &g->scope_id) &&
                 account_organisation(rq->db, rq->city->id, g->scope_id);
    if (wanted && !known)
        rq_error(rq, "organisation", t_account_error_organisation(rq));
    if (!wanted)
        g->scope_id = 0;
}

/* POST /buero/rollen */
void roles_give(struct rq *rq, struct tx *tx)
{
    struct role_form f = { 0 };
    struct account_grant g = { 0 };
    rq_form(rq, role_fields, &f);
    read_grant(rq, &f, &g);
    if (!rq_ok(rq)) {
        show(rq, &f);
        return;
    }
    g.account_id = account_get(tx, f.mail, f.name);
    if (!account_give(tx, &g, rq->who.account_id)) {
        rq_error(rq, "role", t_account_error_held(rq));
        show(rq, &f);
        return;
    }
    if (g.account_id == rq->who.account_id)
        session_renew(rq, tx); /* others are signed out, and begin a new one */
    notice_role(rq, tx, account_by_id(rq->db, g.account_id), g.role);
    rq_note(rq, MSG_account_note_given);
    rq_see(rq, S("/buero/rollen"), 0);
}

/* ---- taking ---- */

/* POST /buero/rollen/{id}/nehmen */
void roles_take(struct rq *rq, struct tx *tx)
{
    struct account_holder_row_rows rows = account_holders(rq->db, rq->city->id);
    const struct account_holder_row *row = NULL;
    for (size_t i = 0; i < rows.n && !row; i++)
        if (rows.v[i].id == rq_id(rq))
            row = &rows.v[i];
    if (!row) {
        rq_not_found(rq);
        return;
    }
    if (row->account_id == rq->who.account_id && gives_roles(row->role)) {
        struct role_form f = { 0 };
        rq_error(rq, NULL, t_account_error_own_role(rq));
        show(rq, &f);
        return;
    }
    role_delete(tx, row->id, rq->city->id);
    session_delete_others(tx, row->account_id, rq->who.session_id);
    if (row->account_id == rq->who.account_id)
        session_renew(rq, tx);
    audit(rq, tx, S("account.take_role"), row->account_id, row->role);
    rq_note(rq, MSG_account_note_taken);
    rq_see(rq, S("/buero/rollen"), 0);
}

/* ---- the second step ---- */

/* POST /buero/rollen/zweiter-schritt: from the next sign-in on, whoever works here needs one. */
void roles_demand(struct rq *rq, struct tx *tx)
{
    bool demand = str_eq(rq_param(rq, "demand"), S("1"));
    city_second_step(tx, demand ? tx->now : 0, rq->city->id);
    audit(rq, tx, demand ? S("account.demand_second_step") : S("account.waive_second_step"),
          rq->city->id, S(""));
    rq_note(rq, demand ? MSG_account_note_demanded : MSG_account_note_waived);
    rq_see(rq, S("/buero/rollen"), 0);
}

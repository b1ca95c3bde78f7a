/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * /konto/zweiter-schritt: turning the second step on, new recovery codes, turning it off.
 * Tables: see factor.c. All of it asks for a fresh session (the routes' .fresh).
 */
#include "feature/account/second.h"

#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "web.sql.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/session.h"
#include "web/totp.h"

const struct field second_fields[] = {
    FIELD(struct second_form, code, TEXT, MSG_account_field_first_code, .required = true, .max = 12,
          .hint = MSG_account_hint_first_code, .autocomplete = "one-time-code"),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, t_account_second_title(rq), link_to(rq, S("/konto/zweiter-schritt")));
}

/* Whether this town lets nobody into its office without. */
static bool is_demanded(const struct rq *rq)
{
    return rq->city->second_step_from && rq->who.city_permissions;
}

static void show_offer(struct rq *rq, str secret)
{
    struct second_offer o = {
        .sealed = factor_offer(rq, secret),
        .groups = totp_secret_groups(rq->arena, secret),
        .demanded = is_demanded(rq),
    };
    str address = totp_address(rq->arena, secret, t_page_brand(rq), rq->who.mail);
    must(qr_of(rq->arena, address, &o.qr));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_second_offer(rq, &o);
}

static void show_state(struct rq *rq, const struct totp_row *row)
{
    struct second_state s = { .since = row->since,
                              .codes_left = recovery_left(rq->db, row->account_id)->n,
                              .demanded = is_demanded(rq) };
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_second_state(rq, &s);
}

static void show_codes(struct rq *rq, struct tx *tx)
{
    struct factor_codes codes = factor_codes_new(rq, tx, rq->who.account_id);
    crumbs(rq);
    view_second_codes(rq, &codes);
}

/* GET /konto/zweiter-schritt */
void second_show(struct rq *rq)
{
    const struct totp_row *row = totp_of_account(rq->db, rq->who.account_id);
    if (row)
        show_state(rq, row);
    else
        show_offer(rq, totp_secret_new(rq->arena));
}

/* POST /konto/zweiter-schritt: the first code turns it on; other devices are signed out. */
void second_start(struct rq *rq, struct tx *tx)
{
    struct second_form f = { 0 };
    str secret = factor_offered(rq, rq_param(rq, "offer"));
    if (factor_is_on(rq->db, rq->who.account_id) || !secret.n) {
        rq_see(rq, S("/konto/zweiter-schritt"), 0);
        return;
    }
    if (rq_form(rq, second_fields, &f) && !factor_start(rq, tx, secret, f.code))
        rq_error(rq, "code", t_account_error_first_code(rq));
    if (!rq_ok(rq)) {
        show_offer(rq, secret);
        return;
    }
    session_delete_others(tx, rq->who.account_id, rq->who.session_id);
    session_renew(rq, tx);
    audit(rq, tx, S("account.second_step_on"), rq->who.account_id, S(""));
    notice_second_step(rq, tx, account_by_id(rq->db, rq->who.account_id), true);
    show_codes(rq, tx);
}

/* POST /konto/zweiter-schritt/ersatzcodes */
void second_codes(struct rq *rq, struct tx *tx)
{
    if (!factor_is_on(rq->db, rq->who.account_id)) {
        rq_see(rq, S("/konto/zweiter-schritt"), 0);
        return;
    }
    audit(rq, tx, S("account.recovery_codes"), rq->who.account_id, S(""));
    show_codes(rq, tx);
}

/* POST /konto/zweiter-schritt/beenden */
void second_stop(struct rq *rq, struct tx *tx)
{
    int64_t id = rq->who.account_id;
    const struct totp_row *row = totp_of_account(rq->db, id);
    if (row && is_demanded(rq)) {
        rq_error(rq, NULL, t_account_error_second_demanded(rq));
        show_state(rq, row);
        return;
    }
    if (row) {
        factor_stop(tx, id);
        audit(rq, tx, S("account.second_step_off"), id, S(""));
        notice_second_step(rq, tx, account_by_id(rq->db, id), false);
        rq_note(rq, MSG_account_note_second_off);
    }
    rq_see(rq, S("/konto"), 0);
}

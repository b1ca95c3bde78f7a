/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changing one's mail address: wished on /konto/adresse, confirmed by a link to the new
 * mailbox, and undone for some days by a link to the old one. Tables: account_mail_change;
 * account, session, link (of web).
 *
 * The old mailbox wins: who has taken over a session, or the new mailbox, cannot keep the
 * account from the person who reads the old one. Nobody is told whether an address is taken.
 */
#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "feature/account/address.h"
#include "feature/account/factor.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/limit.h"

static const struct limit_rule wishes = { "account.address", 3, 600 };

const struct field address_fields[] = {
    FIELD(struct address_form, mail, MAIL, MSG_account_field_new_mail, .required = true,
          .hint = MSG_account_hint_new_mail, .autocomplete = "email"),
    { 0 },
};

/* ---- the wish ---- */

static void show(struct rq *rq, const struct address_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, t_account_address_title(rq), link_to(rq, S("/konto/adresse")));
    view_address(rq, f);
}

/* GET /konto/adresse */
void address_show(struct rq *rq)
{
    struct address_form empty = { 0 };
    show(rq, &empty);
}

/* To a mailbox that belongs to another account goes a mail that says so, and no link. */
static void ask_new_mailbox(struct rq *rq, struct tx *tx, str mail)
{
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    if (account_by_mail(rq->db, mail)) {
        notice_address_taken(rq, tx, account, mail);
        return;
    }
    int64_t id = db_new_id();
    mail_change_insert(tx, &(struct mail_change_insert_in){ .id = id,
                                                            .account = account->id,
                                                            .old_mail = account->mail,
                                                            .new_mail = mail,
                                                            .at = tx->now });
    notice_address_new(rq, tx, account, &(struct notice_change){ id, mail });
}

/* POST /konto/adresse */
void address_wish(struct rq *rq, struct tx *tx)
{
    struct address_form f = { 0 };
    if (rq_form(rq, address_fields, &f) && str_eq(f.mail, rq->who.mail))
        rq_error(rq, "mail", t_account_error_same_mail(rq));
    else if (rq_ok(rq) && limit_take(rq->app->limits, &wishes, (uint64_t)rq->who.account_id))
        rq_error(rq, "mail", t_account_error_later(rq));
    if (!rq_ok(rq)) {
        show(rq, &f);
        return;
    }
    ask_new_mailbox(rq, tx, f.mail);
    rq_note(rq, MSG_account_note_address_sent);
    rq_see(rq, S("/konto"), 0);
}

/* ---- the link to the new mailbox ---- */

/* The change behind a link, and its account; false: either is gone. */
static bool find(struct rq *rq, const struct token *token, const struct mail_change_row **change,
                 const struct account_row **account)
{
    *change = mail_change_find(rq->db, token->subject_id);
    *account = *change ? account_by_id(rq->db, (*change)->account_id) : NULL;
    return *account != NULL;
}

static void show_link(struct rq *rq, const struct token *token, bool undo)
{
    const struct mail_change_row *change;
    const struct account_row *account;
    if (!find(rq, token, &change, &account)) {
        link_is_over(rq);
        return;
    }
    rq_crumb(rq, t_account_address_title(rq), link_to(rq, S("/konto")));
    view_address_link(rq, undo ? change->old_mail : change->new_mail, undo);
}

void address_confirm_show(struct rq *rq, const struct token *token)
{
    show_link(rq, token, false);
}

/* Links and sessions that were made for the mailbox before are over. */
static void move(struct rq *rq, struct tx *tx, int64_t account_id, str mail)
{
    account_set_mail(tx, mail, account_id);
    link_delete_subject(tx, NOTICE_SIGN_IN, account_id);
    session_delete_others(tx, account_id, rq->who.session_id);
}

void address_confirm_act(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct mail_change_row *change;
    const struct account_row *account;
    bool good = find(rq, token, &change, &account) && str_eq(account->mail, change->old_mail) &&
                !account_by_mail(rq->db, change->new_mail) &&
                mail_change_confirm(tx, tx->now, change->id) == 1;
    if (!good) {
        link_is_over(rq);
        return;
    }
    move(rq, tx, account->id, change->new_mail);
    audit_add(tx, (struct audit_by){ rq->city->id, account->id }, S("account.mail"), account->id,
              S(""));
    notice_address_old(rq, tx, account, &(struct notice_change){ change->id, change->old_mail });
    rq_note(rq, MSG_account_note_address_changed);
    rq_see(rq, S("/konto"), 0);
}

/* ---- the link to the old mailbox ---- */

void address_undo_show(struct rq *rq, const struct token *token)
{
    show_link(rq, token, true);
}

/* What somebody else may have set since goes: password, second step, provider, sessions. */
static void take_back(struct rq *rq, struct tx *tx, const struct mail_change_row *change)
{
    const struct totp_row *step = totp_of_account(rq->db, change->account_id);
    if (step && step->since >= change->wished_at)
        factor_stop(tx, change->account_id);
    identity_delete_since(tx, change->account_id, change->wished_at);
    move(rq, tx, change->account_id, change->old_mail);
    session_delete_account(tx, change->account_id);
    account_set_password(tx, S(""), change->account_id);
    mail_change_delete_since(tx, change->account_id, change->wished_at);
}

void address_undo_act(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct mail_change_row *change;
    const struct account_row *account;
    bool found = find(rq, token, &change, &account) && change->confirmed_at;
    const struct account_row *holder = found ? account_by_mail(rq->db, change->old_mail) : NULL;
    if (!found || (holder && holder->id != account->id)) {
        link_is_over(rq);
        return;
    }
    take_back(rq, tx, change);
    audit_add(tx, (struct audit_by){ rq->city->id, account->id }, S("account.mail_undone"),
              account->id, S(""));
    rq_note(rq, MSG_account_note_address_undone);
    rq_see(rq, S("/anmelden"), 0);
}

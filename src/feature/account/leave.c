/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taking along and leaving: all that is stored about a person as JSON (Art. 15, 20 DSGVO),
 * and the erasure of the account (Art. 17). Each feature says and erases what it keeps.
 */
#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "feature/account/mine.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "feature/account/factor.h"
#include "feature/account/roles.h"
#include "feature/account/words.h"
#include "feature/privacy/privacy.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/procedure.h"
#include "web/session.h"

const struct field leave_fields[] = {
    FIELD(struct leave_form, sure, BOOL, MSG_account_field_sure),
    { 0 },
};

/* GET /konto/daten.json: everything but what is secret, a password's hash, say. */
void leave_data(struct rq *rq)
{
    struct somebody who = { rq->who.mail, rq->who.account_id };
    privacy_put_data(rq, &who, 0);
}

/* GET /konto/daten/pdf */
void leave_print(struct rq *rq)
{
    struct somebody who = { rq->who.mail, rq->who.account_id };
    privacy_put_pdf(rq, &who, 0);
}

/* ---- leaving ---- */

/* The town that would be left without anybody who gives roles; 0: none. */
static int64_t town_in_need(struct rq *rq, int64_t account_id)
{
    struct account_role_row_rows rows = account_roles(rq->db, account_id);
    for (size_t i = 0; i < rows.n; i++)
        if (roles_last_admin(rq->db, rows.v[i].city_id, account_id))
            return rows.v[i].city_id;
    return 0;
}

static void show(struct rq *rq)
{
    const struct leave_form empty = { 0 };
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, t_account_leave_title(rq), link_to(rq, S("/konto/loeschen")));
    view_leave(rq, &empty, city_name_of(rq, town_in_need(rq, account->id)));
}

/* GET /konto/loeschen */
void leave_show(struct rq *rq)
{
    show(rq);
}

/* With the links and the mails to the other mailbox. */
static void forget_changes(struct rq *rq, struct tx *tx, int64_t account_id)
{
    struct mail_change_row_rows rows = mail_change_list(rq->db, account_id);
    for (size_t i = 0; i < rows.n; i++) {
        link_delete_subject(tx, NOTICE_MAIL_CONFIRM, rows.v[i].id);
        link_delete_subject(tx, NOTICE_MAIL_UNDO, rows.v[i].id);
        mail_forget(tx, rows.v[i].old_mail);
        mail_forget(tx, rows.v[i].new_mail);
    }
    mail_change_delete(tx, account_id);
}

void account_person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    const struct account_row *a = account_by_id(rq->db, account_id);
    mail_forget(tx, a->mail);
    link_forget_mail(tx, a->mail);
    procedure_person_erase(tx, account_id);
    link_delete_subject(tx, S("sign_in"), account_id);
    forget_changes(rq, tx, account_id);
    factor_stop(tx, account_id);
    identity_delete(tx, account_id);
    code_delete_account(tx, account_id);
    session_delete_account(tx, account_id);
    role_delete_account(tx, account_id);
}

/* With everything that is kept of the address: what somebody wrote without account, too. */
void account_erase_row(struct tx *tx, const struct erasure *e)
{
    struct rq rq = { .arena = tx->db.arena, .db = &tx->db, .app = e->app };
    struct audit_by by = { e->city_id, e->why == ERASE_BY_PERSON ? e->id : 0 };
    const struct account_row *a = account_by_id(&tx->db, e->id);
    if (!a)
        return;
    audit_add(tx, by, S("account.erase"), e->id, S(""));
    erasure_of_mail(e->app, tx, a->mail, 0);
    for (const struct feature *const *f = e->app->features; *f; f++)
        if ((*f)->person_erase)
            (*f)->person_erase(&rq, tx, e->id);
    account_delete(tx, e->id);
    audit_forget(tx, e->id);
    read_log_forget(tx, e->id);
}

/* POST /konto/loeschen */
void leave_act(struct rq *rq, struct tx *tx)
{
    struct leave_form f = { 0 };
    rq_form(rq, leave_fields, &f);
    if (!f.sure)
        rq_error(rq, "sure", t_account_error_sure(rq));
    if (town_in_need(rq, rq->who.account_id))
        rq_error(rq, NULL, t_account_error_last_admin(rq));
    if (!rq_ok(rq)) {
        show(rq);
        return;
    }
    struct erasure e = { rq->app, rq->city->id, rq->who.account_id, ERASE_BY_PERSON };
    erasure_do(tx, privacy_table_get(S("account")), &e);
    session_end(rq, tx);
    rq_note(rq, MSG_account_note_erased);
    rq_see(rq, S("/"), 0);
}

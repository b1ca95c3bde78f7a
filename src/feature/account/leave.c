/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taking along and leaving: all that is stored about a person as JSON (Art. 15, 20 DSGVO),
 * and the erasure of the account (Art. 17). Each feature says and erases what it keeps.
 */
#include "account.html.h"
#include "account.sql.web.h"
#include "account.text.h"
#include "base/clock.h"
#include "feature/account/mine.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "feature/account/erasure.h"
#include "feature/account/factor.h"
#include "feature/account/roles.h"
#include "feature/account/words.h"
#include "web.sql.web.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/json.h"
#include "web/procedure.h"
#include "web/session.h"

const struct field leave_fields[] = {
    FIELD(struct leave_form, sure, BOOL, MSG_account_field_sure),
    { 0 },
};

/* ---- taking along ---- */

static void put_roles(struct rq *rq, struct json *j, int64_t account_id)
{
    struct account_role_row_rows rows = account_roles(rq->db, account_id);
    json_key(j, S("roles"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        account_role_row_json(j, &rows.v[i]);
    json_array_end(j);
}

static void put_sessions(struct rq *rq, struct json *j, int64_t account_id)
{
    struct session_list_row_rows rows = session_list(rq->db, account_id);
    json_key(j, S("sessions"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        session_list_row_json(j, &rows.v[i]);
    json_array_end(j);
}

static void put_mail_changes(struct rq *rq, struct json *j, int64_t account_id)
{
    struct mail_change_row_rows rows = mail_change_list(rq->db, account_id);
    json_key(j, S("mail_changes"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        mail_change_row_json(j, &rows.v[i]);
    json_array_end(j);
}

static void put_mails(struct rq *rq, struct json *j, str address)
{
    struct mail_to_row_rows rows = mail_to(rq->db, address);
    json_key(j, S("mails"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        mail_to_row_json(j, &rows.v[i]);
    json_array_end(j);
}

static void put_links(struct rq *rq, struct json *j, str address)
{
    struct link_of_mail_row_rows rows = link_of_mail(rq->db, address);
    json_key(j, S("links"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        link_of_mail_row_json(j, &rows.v[i]);
    json_array_end(j);
}

/* Everything but the password's hash, which is no information about the person. */
void account_person_export(struct rq *rq, int64_t account_id, struct json *j)
{
    const struct account_row *a = account_by_id(rq->db, account_id);
    json_key(j, S("account"));
    json_object(j);
    json_key(j, S("id"));
    json_int(j, a->id);
    json_key(j, S("mail"));
    json_str(j, a->mail);
    json_key(j, S("name"));
    json_str(j, a->name);
    json_key(j, S("lang"));
    json_str(j, a->lang);
    json_key(j, S("has_password"));
    json_bool(j, a->password.n > 0);
    json_key(j, S("has_second_step"));
    json_bool(j, factor_is_on(rq->db, account_id));
    json_key(j, S("created_at"));
    json_str(j, instant_iso(rq->arena, a->created_at));
    json_key(j, S("last_seen_at"));
    json_str(j, instant_iso(rq->arena, a->last_seen_at));
    json_object_end(j);
    put_roles(rq, j, account_id);
    put_sessions(rq, j, account_id);
    put_mail_changes(rq, j, account_id);
    put_mails(rq, j, a->mail);
    put_links(rq, j, a->mail);
    procedure_person_export(rq, account_id, j);
}

/* GET /konto/daten.json */
void leave_data(struct rq *rq)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"meine-daten.json\""));
    json_object(&j);
    for (const struct feature *const *f = rq->app->features; *f; f++)
        if ((*f)->person_export)
            (*f)->person_export(rq, rq->who.account_id, &j);
    json_object_end(&j);
    json_done(&j);
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
    code_delete_account(tx, account_id);
    session_delete_account(tx, account_id);
    role_delete_account(tx, account_id);
}

void account_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    audit(rq, tx, S("account.erase"), account_id, S(""));
    for (const struct feature *const *f = rq->app->features; *f; f++)
        if ((*f)->person_erase)
            (*f)->person_erase(rq, tx, account_id);
    account_delete(tx, account_id);
    erasure_note(tx, account_id);
    audit_forget(tx, account_id);
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
    account_erase(rq, tx, rq->who.account_id);
    session_end(rq, tx);
    rq_note(rq, MSG_account_note_erased);
    rq_see(rq, S("/"), 0);
}

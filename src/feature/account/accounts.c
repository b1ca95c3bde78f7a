/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The town's accounts, for who administers them: when somebody was last there, by how many steps
 * they sign in, on which devices; and signing somebody out everywhere when a device is lost.
 * Tables (of web): account, account_role, account_totp, session, link. Neighbours: roles.c,
 * mine.c (one's own devices). People without a role in this town do not exist here (404).
 */
#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "office.text.h"
#include "web/audit.h"

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_account_roles_title(rq), link_to(rq, S("/buero/rollen")));
    rq_crumb(rq, t_account_people_title(rq), link_to(rq, S("/buero/konten")));
}

/* GET /buero/konten */
void accounts_list(struct rq *rq)
{
    crumbs(rq);
    view_accounts(rq, account_people(rq->db, clock_now(), rq->city->id));
}

static const struct account_person_row *person_find(struct rq *rq)
{
    struct account_person_row_rows all = account_people(rq->db, clock_now(), rq->city->id);
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == rq_id(rq))
            return &all.v[i];
    return NULL;
}

/* GET /buero/konten/{id} */
void accounts_show(struct rq *rq)
{
    const struct account_person_row *a = person_find(rq);
    if (!a) {
        rq_not_found(rq);
        return;
    }
    crumbs(rq);
    rq_crumb(rq, a->name.n ? a->name : a->mail, link_id(rq, S("/buero/konten/"), a->id));
    view_accounts_one(rq, a, account_sessions(rq->db, a->id, clock_now()));
}

/* POST /buero/konten/{id}/abmelden: with the links that wait in the mailbox. */
void accounts_sign_out(struct rq *rq, struct tx *tx)
{
    const struct account_person_row *a = person_find(rq);
    if (!a || a->id == rq->who.account_id) {
        rq_not_found(rq);
        return;
    }
    session_delete_account(tx, a->id);
    link_delete_subject(tx, NOTICE_SIGN_IN, a->id);
    audit(rq, tx, S("account.end_sessions_of"), a->id, S(""));
    notice_signed_out(rq, tx, account_by_id(rq->db, a->id));
    rq_note(rq, MSG_account_note_signed_out_them);
    rq_see(rq, S("/buero/konten/"), a->id);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "My account": name and language, roles in words, sessions, password.
 * Tables (of web): account, account_role, session. Taking everything along and leaving is
 * in leave.c. Every id is looked up together with the account of the request.
 */
#include "feature/account/mine.h"

#include "account.html.h"
#include "account.text.h"
#include "feature/account/identity.h"
#include "feature/account/notice.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/password.h"
#include "feature/account/sign_in.h"
#include "web.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/limit.h"
#include "web/prefer.h"
#include "web/session.h"

static const struct limit_rule own_password = { "account.password", 5, 60 };

const struct field mine_fields[] = {
    FIELD(struct mine_form, name, TEXT, MSG_account_field_name, .required = true, .max = 120,
          .autocomplete = "name"),
    FIELD(struct mine_form, lang, TEXT, MSG_account_field_lang),
    { 0 },
};

const struct field mine_password_fields[] = {
    FIELD(struct mine_password_form, current, SECRET, MSG_account_field_current,
          .max = PASSWORD_MOST, .autocomplete = "current-password"),
    FIELD(struct mine_password_form, password, SECRET, MSG_account_field_new, .required = true,
          .max = PASSWORD_MOST, .hint = MSG_account_hint_password, .autocomplete = "new-password"),
    { 0 },
};

static const struct account_row *me(struct rq *rq)
{
    return account_by_id(rq->db, rq->who.account_id);
}

/* ---- the page ---- */

static void show(struct rq *rq, const struct mine_form *f)
{
    struct mine m = { .account = me(rq),
                      .roles = account_roles(rq->db, rq->who.account_id),
                      .sessions = session_list(rq->db, rq->who.account_id),
                      .second_step = rq->who.second_step,
                      .identity = oidc_is_on(rq) ? identity_get(rq, rq->who.account_id) : NULL,
                      .form = *f };
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    view_mine(rq, &m);
}

/* GET /konto */
void mine_show(struct rq *rq)
{
    const struct account_row *account = me(rq);
    struct mine_form f = { .name = account->name, .lang = account->lang };
    show(rq, &f);
}

/* POST /konto: name and language. */
void mine_save(struct rq *rq, struct tx *tx)
{
    struct mine_form f = { 0 };
    enum lang lang = rq->lang;
    rq_form(rq, mine_fields, &f);
    if (f.lang.n && (!lang_parse(f.lang, &lang) || !(rq->city->langs & 1u << lang)))
        rq_error(rq, "lang", t_form_error_choice(rq));
    if (!rq_ok(rq)) {
        show(rq, &f);
        return;
    }
    account_set_profile(tx, f.name, f.lang, rq->who.account_id);
    audit(rq, tx, S("account.change"), rq->who.account_id, S("name lang"));
    if (f.lang.n) {
        rq->lang = lang;
        prefer_save(rq);
    }
    rq_note(rq, MSG_account_note_saved);
    rq_see(rq, S("/konto"), 0);
}

/* ---- sessions ---- */

/* POST /konto/sitzungen/{id}/beenden */
void mine_end_session(struct rq *rq, struct tx *tx)
{
    int64_t id = rq_id(rq);
    if (id == rq->who.session_id) {
        sign_out(rq, tx);
        return;
    }
    if (session_delete(tx, id, rq->who.account_id) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("account.end_session"), rq->who.account_id, S(""));
    rq_note(rq, MSG_account_note_session_ended);
    rq_see(rq, S("/konto"), 0);
}

/* POST /konto/sitzungen/beenden: all but this one. */
void mine_end_others(struct rq *rq, struct tx *tx)
{
    session_delete_others(tx, rq->who.account_id, rq->who.session_id);
    audit(rq, tx, S("account.end_sessions"), rq->who.account_id, S(""));
    rq_note(rq, MSG_account_note_sessions_ended);
    rq_see(rq, S("/konto"), 0);
}

/* ---- showing again who one is ---- */

enum proof mine_prove(struct rq *rq, const struct account_row *account, str password)
{
    if (limit_take(rq->app->limits, &own_password, (uint64_t)account->id))
        return PROOF_WAIT;
    return password_matches(account->password, password) ? PROOF_GOOD : PROOF_WRONG;
}

void mine_prove_error(struct rq *rq, const char *field, enum proof proof)
{
    if (proof == PROOF_WRONG)
        rq_error(rq, field, t_account_error_current(rq));
    else if (proof == PROOF_WAIT)
        rq_error(rq, field, t_account_error_later(rq));
}

/* ---- the password ---- */

/* What was found out before the transaction. */
struct change {
    enum proof proof;
    enum password_fault fault;
    int64_t least;
    str hash; /* of the new password, when all is well */
};

/* Who has no password yet shows in another way who they are; true: they have to. */
static bool must_prove(struct rq *rq, const struct account_row *account)
{
    if (account->password.n || session_is_fresh(rq))
        return false;
    session_ask_proof(rq);
    return true;
}

static void show_password(struct rq *rq)
{
    const struct mine_password_form empty = { 0 };
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, t_account_password_title(rq), link_to(rq, S("/konto/passwort")));
    view_mine_password(rq, &empty, me(rq)->password.n > 0);
}

/* GET /konto/passwort */
void mine_password_show(struct rq *rq)
{
    if (!must_prove(rq, me(rq)))
        show_password(rq);
}

/* Before POST /konto/passwort */
void mine_password_prepare(struct rq *rq)
{
    struct mine_password_form f = { 0 };
    struct change *change = NEW(rq->arena, struct change);
    const struct account_row *account = me(rq);
    rq->prepared = change;
    if (must_prove(rq, account) || !rq_form(rq, mine_password_fields, &f))
        return;
    str words[] = { account->mail, account->name, rq->city->name, rq->city->slug };
    struct password_context context = { { words, sizeof words / sizeof *words },
                                        account_is_staff(rq, account->id) };
    change->proof = account->password.n ? mine_prove(rq, account, f.current) : PROOF_GOOD;
    change->least = password_least(&context);
    change->fault = password_check(rq->arena, f.password, &context);
    if (change->proof == PROOF_GOOD && change->fault == PASSWORD_GOOD)
        change->hash = password_hash(rq->arena, f.password);
}

/* POST /konto/passwort: all sessions end, and this one goes on under a new token. */
void mine_password_save(struct rq *rq, struct tx *tx)
{
    struct mine_password_form f = { 0 };
    const struct change *change = rq->prepared;
    if (rq_form(rq, mine_password_fields, &f)) {
        mine_prove_error(rq, "current", change->proof);
        if (change->fault != PASSWORD_GOOD)
            rq_error(rq, "password", password_fault_text(rq, change->fault, change->least));
    }
    if (!rq_ok(rq)) {
        show_password(rq);
        return;
    }
    int64_t id = rq->who.account_id;
    account_set_password(tx, change->hash, id);
    session_delete_account(tx, id);
    session_start(rq, tx,
                  &(struct session_wish){ .account_id = id,
                                          .staff = account_is_staff(rq, id),
                                          .way = (enum session_way)rq->who.way,
                                          .proven_at = tx->now });
    audit(rq, tx, S("account.password"), id, S(""));
    notice_password(rq, tx, me(rq));
    rq_note(rq, MSG_account_note_password);
    rq_see(rq, S("/konto"), 0);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * /konto/bestaetigen: showing again who one is. Tables: account_code; account (of web).
 *
 * A GET that wanted more comes back by ?next=. A POST arrives here by 307 with all of its
 * fields; they wait in the page, and the proof sends them on by another 307. ?to= counts in
 * a POST only, whose token has been checked: a mere link cannot have somebody confirm an act.
 */
#include "feature/account/prove.h"

#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/vec.h"
#include "feature/account/factor.h"
#include "feature/account/identity.h"
#include "feature/account/mine.h"
#include "feature/account/notice.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/password.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/limit.h"
#include "web/return_to.h"
#include "web/session.h"

#define CODE_DIGITS  8
#define CODE_SECONDS 600

/* Guesses at a mailed code of 8 digits; mails to one mailbox. */
static const struct limit_rule guesses = { "prove.code", 5, 60 };
static const struct limit_rule mails = { "prove.mail", 3, 120 };

const struct field prove_password_fields[] = {
    FIELD(struct prove_form, proof_password, SECRET, MSG_account_field_current, .required = true,
          .max = PASSWORD_MOST, .autocomplete = "current-password"),
    { 0 },
};

const struct field prove_app_fields[] = {
    FIELD(struct prove_form, proof_code, TEXT, MSG_account_field_code, .required = true, .max = 40,
          .hint = MSG_account_hint_code, .autocomplete = "one-time-code"),
    { 0 },
};

const struct field prove_mail_fields[] = {
    FIELD(struct prove_form, proof_code, TEXT, MSG_account_field_mail_code, .required = true,
          .max = 12, .hint = MSG_account_hint_mail_code, .autocomplete = "one-time-code"),
    { 0 },
};

static enum prove_by way_of(struct rq *rq, const struct account_row *account)
{
    return rq->who.second_step   ? PROVE_BY_APP
           : account->password.n ? PROVE_BY_PASSWORD
                                 : PROVE_BY_MAIL;
}

static const struct field *fields_of(enum prove_by by)
{
    return by == PROVE_BY_APP        ? prove_app_fields
           : by == PROVE_BY_PASSWORD ? prove_password_fields
                                     : prove_mail_fields;
}

/* ---- the page ---- */

/* Where it goes on: a form's address, which counts in a POST, or a page. */
struct way {
    bool form;
    url to;
};

static struct way way_on(const struct rq *rq)
{
    struct way w = { .to = link_to(rq, S("/konto")) };
    str to = http_param(rq->http->params, S("to"), NULL);
    if (rq->http->method == HTTP_POST && return_to_parse_form(rq, to, &w.to))
        w.form = true;
    else
        return_to_parse(rq, http_param(rq->http->params, S("next"), NULL), &w.to);
    return w;
}

/* The fields of the form that was stopped, without its token and our own. */
static void keep(struct rq *rq, struct prove *p)
{
    struct {
        struct http_field *v;
        size_t n, cap;
    } kept = { 0 };
    const struct http_fields *all = &rq->http->form;
    for (size_t i = 0; i < all->n; i++)
        if (!str_eq(all->v[i].name, S("csrf")) && !str_starts(all->v[i].name, S("proof_")))
            *vec_add(rq->arena, &kept) = all->v[i];
    p->kept = kept.v;
    p->kept_count = kept.n;
}

static void show(struct rq *rq, const struct account_row *account, bool sent)
{
    struct way w = way_on(rq);
    struct http_field query = { w.form ? S("to") : S("next"), w.to.s };
    struct prove p = { .by = way_of(rq, account),
                       .action = link_query(rq, S("/konto/bestaetigen"), &query, 1),
                       .sent = sent };
    p.fields = fields_of(p.by);
    if (w.form)
        keep(rq, &p);
    else if (oidc_is_on(rq) && identity_get(rq, account->id))
        p.provider = provider_prove_link(rq, w.to);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, t_account_prove_title(rq), link_to(rq, S("/konto/bestaetigen")));
    view_prove(rq, &p);
}

/* GET /konto/bestaetigen?next=… */
void prove_show(struct rq *rq)
{
    if (session_is_fresh(rq))
        rq_see_url(rq, way_on(rq).to);
    else
        show(rq, account_by_id(rq->db, rq->who.account_id), false);
}

/* ---- by mail ---- */

static str code_hash(const struct rq *rq, str code)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return crypt_hmac_hex(
        rq->arena, key,
        str_fmt(rq->arena, "proof %lld %.*s", (long long)rq->who.session_id, STR_FMT(code)));
}

static void send_code(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    if (limit_take(rq->app->limits, &mails, (uint64_t)account->id)) {
        rq_error(rq, "proof_code", t_account_error_later(rq));
        return;
    }
    str code = str_fmt(rq->arena, "%0*llu", CODE_DIGITS,
                       (unsigned long long)(crypt_random_u64() % 100000000));
    code_save(tx, &(struct code_save_in){ .session = rq->who.session_id,
                                          .account = account->id,
                                          .hash = code_hash(rq, code),
                                          .expires_at = tx->now + CODE_SECONDS });
    notice_code(rq, tx, account, code);
}

static bool take_mailed_code(struct rq *rq, struct tx *tx, str typed)
{
    const struct code_row *row = code_find(rq->db, rq->who.session_id, rq->who.account_id);
    str code = str_trim(typed);
    bool good = row && row->expires_at > tx->now && crypt_equal(row->hash, code_hash(rq, code));
    return good && code_delete(tx, rq->who.session_id) == 1;
}

/* ---- the proof ---- */

/* Before POST /konto/bestaetigen: the password, where it is one. */
void prove_prepare(struct rq *rq)
{
    enum proof *proof = NEW(rq->arena, enum proof);
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    *proof = PROOF_WRONG;
    rq->prepared = proof;
    if (rq_has_param(rq, "proof_password") && way_of(rq, account) == PROVE_BY_PASSWORD)
        *proof = mine_prove(rq, account, rq_param(rq, "proof_password"));
}

/* Errors are kept in rq. */
static void check(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    struct prove_form f = { 0 };
    enum prove_by by = way_of(rq, account);
    if (!rq_form(rq, fields_of(by), &f))
        return;
    if (by == PROVE_BY_PASSWORD) {
        mine_prove_error(rq, "proof_password", *(const enum proof *)rq->prepared);
    } else if (by == PROVE_BY_APP) {
        enum factor_answer answer = factor_take(rq, tx, account->id, f.proof_code);
        if (answer == FACTOR_WRONG || answer == FACTOR_WAIT)
            rq_error(rq, "proof_code", factor_problem(rq, answer));
    } else if (limit_take(rq->app->limits, &guesses, (uint64_t)rq->who.session_id)) {
        rq_error(rq, "proof_code", t_account_error_later(rq));
    } else if (!take_mailed_code(rq, tx, f.proof_code)) {
        rq_error(rq, "proof_code", t_account_error_mail_code(rq));
    }
}

/* POST /konto/bestaetigen */
void prove_act(struct rq *rq, struct tx *tx)
{
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    bool asks = rq_has_param(rq, "proof_go");
    if (rq_has_param(rq, "proof_send"))
        send_code(rq, tx, account);
    else if (asks)
        check(rq, tx, account);
    if (!asks || !rq_ok(rq)) {
        show(rq, account, rq_has_param(rq, "proof_send") && rq_ok(rq));
        return;
    }
    struct way w = way_on(rq);
    session_prove(rq, tx);
    audit(rq, tx, S("account.prove"), account->id, S(""));
    rq_see_url(rq, w.to);
    if (w.form)
        rq_status(rq, 307);
}

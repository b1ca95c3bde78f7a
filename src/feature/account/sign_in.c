/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in by a mailed link or by password, and signing out.
 * Tables (of web): account, account_role, session, link, mail. Neighbours: link.c (where the
 * mailed link leads), password.c, notice.c.
 *
 * Nothing here tells whether a mail address has an account: both ways give the same answer,
 * take the same time and meet the same limits.
 */
#include "feature/account/sign_in.h"

#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "feature/account/browser.h"
#include "feature/account/factor.h"
#include "feature/account/notice.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/password.h"
#include "feature/account/step.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/limit.h"
#include "web/prefer.h"
#include "web/return_to.h"
#include "web/session.h"

/* Mailed links, whatever the address; for one address: browser.c. */
static const struct limit_rule mail_by_peer = { "sign_in.mail.peer", 5, 60 };

const struct field sign_in_mail_fields[] = {
    FIELD(struct sign_in_mail_form, mail, MAIL, MSG_account_field_mail, .required = true,
          .hint = MSG_account_hint_link, .autocomplete = "email"),
    { 0 },
};

const struct field sign_in_password_fields[] = {
    FIELD(struct sign_in_password_form, login, MAIL, MSG_account_field_mail, .required = true,
          .autocomplete = "username"),
    FIELD(struct sign_in_password_form, password, SECRET, MSG_account_field_password,
          .required = true, .max = PASSWORD_MOST, .autocomplete = "current-password"),
    { 0 },
};

/* ---- the pages ---- */

static void show(struct rq *rq, struct sign_in *s)
{
    s->next = rq_param(rq, "next");
    rq->personal = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    view_sign_in(rq, s);
}

static url where_next(struct rq *rq, str otherwise)
{
    url page = link_to(rq, otherwise);
    return_to_parse(rq, rq_param(rq, "next"), &page);
    return page;
}

static void show_or_go_on(struct rq *rq, bool password)
{
    struct sign_in s = { .password = password };
    if (rq_signed_in(rq))
        rq_see_url(rq, where_next(rq, S("/konto")));
    else
        show(rq, &s);
}

/* GET /anmelden */
void sign_in_show(struct rq *rq)
{
    show_or_go_on(rq, false);
}

/* GET /anmelden/passwort: where a reload after a wrong password leads. */
void sign_in_show_password(struct rq *rq)
{
    show_or_go_on(rq, true);
}

/* GET /anmelden/gesendet: the same for everybody who asked for a link. */
void sign_in_sent(struct rq *rq)
{
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    rq_crumb(rq, t_account_sent_title(rq), link_to(rq, S("/anmelden/gesendet")));
    view_sign_in_sent(rq);
}

url sign_in_link(const struct rq *rq, str path)
{
    struct http_field next = { S("next"), link_to(rq, path).s };
    return link_query(rq, S("/anmelden"), &next, 1);
}

/* ---- a session begins ---- */

static uint32_t permissions(struct rq *rq, int64_t account_id, int64_t city_id)
{
    uint32_t bits = 0;
    struct account_role_row_rows rows = account_roles(rq->db, account_id);
    for (size_t i = 0; i < rows.n; i++) {
        enum role role;
        if (role_find(rows.v[i].role, &role) && (!city_id || rows.v[i].city_id == city_id))
            bits |= role_info(role)->permissions;
    }
    return bits;
}

bool account_is_staff(struct rq *rq, int64_t account_id)
{
    return permissions(rq, account_id, 0) != 0;
}

/* Somebody who chose a language for the account reads it from now on. */
static void restore_language(struct rq *rq, str code)
{
    enum lang lang;
    if (!lang_parse(code, &lang) || lang == rq->lang || !(rq->city->langs & 1u << lang))
        return;
    rq->lang = lang;
    prefer_save(rq);
}

void sign_in_begin(struct rq *rq, struct tx *tx, const struct account_row *account, str how)
{
    if (factor_is_on(rq->db, account->id))
        step_ask(rq, account, how);
    else
        sign_in_finish(rq, tx, account, how);
}

static void finish(struct rq *rq, struct tx *tx, const struct account_row *account,
                   const struct session_wish *wish, str how)
{
    if (rq_signed_in(rq))
        session_delete(tx, rq->who.session_id, rq->who.account_id);
    session_start(rq, tx, wish);
    browser_remember(rq, account->mail);
    audit_add(tx, (struct audit_by){ rq->city->id, account->id }, S("account.sign_in"), account->id,
              how);
    restore_language(rq, account->lang);
    bool office = permissions(rq, account->id, rq->city->id) & 1u << PERM_office_open;
    rq_see_url(rq, where_next(rq, office ? S("/buero") : S("/konto")));
}

void sign_in_finish(struct rq *rq, struct tx *tx, const struct account_row *account, str how)
{
    bool provider = str_starts(how, SIGN_IN_PROVIDER);
    finish(rq, tx, account,
           &(struct session_wish){ .account_id = account->id,
                                   .staff = account_is_staff(rq, account->id),
                                   .way = provider ? SESSION_BY_PROVIDER : SESSION_BY_US,
                                   .proven_at = tx->now },
           how);
}

void sign_in_by_provider(struct rq *rq, struct tx *tx, const struct account_row *account,
                         const struct id_token *token)
{
    struct session_wish wish = {
        .account_id = account->id,
        .staff = account_is_staff(rq, account->id),
        .way = token->strong ? SESSION_BY_PROVIDER_STRONG : SESSION_BY_PROVIDER,
        .proven_at = token->proven_at < tx->now ? token->proven_at : tx->now
    };
    if (!token->strong && factor_is_on(rq->db, account->id))
        step_ask(rq, account, SIGN_IN_PROVIDER);
    else
        finish(rq, tx, account, &wish, SIGN_IN_PROVIDER);
}

/* ---- by mailed link ---- */

/* The link with ?next=, when that is a page of ours; it is looked at again on the way back. */
static url with_next(struct rq *rq, url link)
{
    struct rq r = *rq;
    struct http_field next = { S("next"), rq_param(rq, "next") };
    url page;
    if (!return_to_parse(rq, next.value, &page))
        return link;
    r.base = S(""); /* the link is absolute */
    return link_query(&r, link.s, &next, 1);
}

/* A link that leads nowhere costs the same as one that does. */
static void send_link(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    if (!account) {
        token_new(rq, tx, &(struct token_wish){ .purpose = S("none") });
        return;
    }
    url link = notice_link(rq, tx, account->id, NOTICE_LINK_SECONDS);
    notice_sign_in(rq, tx, account, with_next(rq, link));
}

/* POST /anmelden */
void sign_in_mail(struct rq *rq, struct tx *tx)
{
    struct sign_in s = { 0 };
    if (!rq_form(rq, sign_in_mail_fields, &s.by_mail)) {
        show(rq, &s);
        return;
    }
    if (rq_limited(rq, &mail_by_peer, rq_peer_key(rq)))
        return;
    /* Somebody whose links are on their way already is not told so: that would tell more. */
    if (browser_may_mail(rq, s.by_mail.mail))
        send_link(rq, tx, account_by_mail(rq->db, s.by_mail.mail));
    rq_see(rq, S("/anmelden/gesendet"), 0);
}

/* ---- by password ---- */

/* What was found out before the transaction. */
struct attempt {
    int wait;           /* seconds; 0: the password was looked at */
    int64_t account_id; /* 0: wrong */
    str hash;           /* that the password matched */
};

/* Before POST /anmelden/passwort: the slow part, while nobody waits for this request. */
void sign_in_prepare(struct rq *rq)
{
    struct sign_in_password_form f = { 0 };
    struct attempt *attempt = NEW(rq->arena, struct attempt);
    rq->prepared = attempt;
    if (!rq_form(rq, sign_in_password_fields, &f))
        return;
    attempt->wait = browser_wait(rq, f.login);
    if (attempt->wait)
        return;
    const struct account_row *account = account_by_mail(rq->db, f.login);
    str hash = account ? account->password : S("");
    if (password_matches(hash, f.password)) {
        attempt->account_id = account->id;
        attempt->hash = hash;
    }
}

/* POST /anmelden/passwort */
void sign_in_password(struct rq *rq, struct tx *tx)
{
    struct sign_in s = { .password = true };
    const struct attempt *attempt = rq->prepared;
    if (!rq_form(rq, sign_in_password_fields, &s.by_password)) {
        show(rq, &s);
        return;
    }
    const struct account_row *account =
        attempt->account_id ? account_by_id(rq->db, attempt->account_id) : NULL;
    if (attempt->wait) {
        rq_error(rq, "password", t_account_error_wait(rq, attempt->wait));
        show(rq, &s);
        rq_header(rq, S("Retry-After"), str_fmt(rq->arena, "%d", attempt->wait));
        rq_status(rq, 429);
    } else if (!account || !str_eq(account->password, attempt->hash)) {
        rq_error(rq, "password", t_account_error_sign_in(rq));
        show(rq, &s);
    } else {
        browser_forgive(rq, s.by_password.login);
        sign_in_begin(rq, tx, account, S("password"));
    }
}

/* POST /abmelden */
void sign_out(struct rq *rq, struct tx *tx)
{
    audit(rq, tx, S("account.sign_out"), rq->who.account_id, S(""));
    bool there_too = rq->who.way != SESSION_BY_US && oidc_is_on(rq);
    session_end(rq, tx);
    rq_note(rq, MSG_account_note_signed_out);
    rq_see(rq, there_too ? S("/abmelden/anbieter") : S("/"), 0);
}

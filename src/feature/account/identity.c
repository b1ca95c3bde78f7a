/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * /konto/anbieter: connecting an account with the provider, and parting them again.
 * Tables: account_identity; account, account_role (of web). Neighbours: provider.c (the way there
 * and back).
 *
 * Who comes from the provider for the first time signs in the present way, and says then that both
 * are the same person. That needs the same address on both sides, confirmed by the provider: else
 * somebody could slip an identity of their own into a browser where another person signs in.
 */
#include "feature/account/identity.h"

#include "account.html.h"
#include "account.text.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "feature/account/notice.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/sealed.h"
#include "feature/account/sign_in.h"
#include "web/app.h"
#include "web/audit.h"

#define COOKIE       S("tandem-connect")
#define WAIT_SECONDS 900

const struct field identity_fields[] = { { 0 } };

static str issuer(const struct rq *rq)
{
    return str_from_c(rq->app->config.oidc_issuer);
}

/* ---- finding ---- */

const struct account_row *identity_account(struct rq *rq, const struct id_token *token)
{
    const struct identity_row *row = identity_find(rq->db, issuer(rq), token->subject);
    return row ? account_by_id(rq->db, row->account_id) : NULL;
}

const struct identity_row *identity_get(struct rq *rq, int64_t account_id)
{
    return identity_of(rq->db, account_id, issuer(rq));
}

void identity_touch(struct rq *rq, struct tx *tx, const struct id_token *token)
{
    const struct identity_row *row = identity_find(rq->db, issuer(rq), token->subject);
    if (row)
        identity_used(tx, tx->now, row->id);
}

/* ---- connecting ---- */

static bool mail_is_confirmed(const struct rq *rq, const struct id_token *token)
{
    return token->mail.n && (token->mail_verified || rq->app->config.oidc_mail_verified);
}

static void bind(struct rq *rq, struct tx *tx, const struct account_row *account, str subject)
{
    identity_insert(tx, &(struct identity_insert_in){ .id = db_new_id(),
                                                      .account = account->id,
                                                      .issuer = issuer(rq),
                                                      .subject = subject,
                                                      .at = tx->now,
                                                      .used_at = tx->now });
    audit_add(tx, (struct audit_by){ rq->city->id, account->id }, S("account.provider_on"),
              account->id, S(""));
    notice_provider(rq, tx, account, true);
}

/* Roles only in towns that offer the provider: it has no say about people of other towns. */
static bool is_its_staff(struct rq *rq, int64_t account_id)
{
    bool staff = false;
    struct account_role_row_rows rows = account_roles(rq->db, account_id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct city *city = city_by_id(rq->cities, rows.v[i].city_id);
        if (!city || !oidc_is_for(rq->app, city->slug))
            return false;
        enum role role;
        staff = staff || (role_find(rows.v[i].role, &role) && role_info(role)->permissions);
    }
    return staff;
}

const struct account_row *identity_by_mail(struct rq *rq, struct tx *tx,
                                           const struct id_token *token)
{
    if (!rq->app->config.oidc_mail_connects || !mail_is_confirmed(rq, token))
        return NULL;
    const struct account_row *account = account_by_mail(rq->db, token->mail);
    if (!account || !is_its_staff(rq, account->id) || identity_get(rq, account->id))
        return NULL;
    bind(rq, tx, account, token->subject);
    return account;
}

/* ---- who waits ---- */

void identity_wait(struct rq *rq, const struct id_token *token)
{
    str mail = mail_is_confirmed(rq, token) ? token->mail : S("-");
    sealed_set(rq, COOKIE,
               str_fmt(rq->arena, "%lld %.*s %.*s", (long long)clock_now() + WAIT_SECONDS,
                       STR_FMT(crypt_base64url(rq->arena, token->subject)), STR_FMT(mail)),
               WAIT_SECONDS);
}

/* False: nobody waits in this browser, or for too long. An address that is not confirmed is "-". */
static bool waiting(struct rq *rq, str *subject, str *mail)
{
    str rest = sealed_get(rq, COOKIE);
    str until_text = S("");
    str coded = S("");
    int64_t until = 0;
    bool good = str_next(&rest, ' ', &until_text) && str_next(&rest, ' ', &coded) &&
                str_to_i64(until_text, &until) && until > clock_now() &&
                crypt_from_base64url(rq->arena, coded, subject) && subject->n;
    *mail = rest;
    return good;
}

/* ---- the page ---- */

static void show(struct rq *rq)
{
    struct identity_page p = { .bound = identity_get(rq, rq->who.account_id),
                               .staff = account_is_staff(rq, rq->who.account_id) };
    str subject = S("");
    str mail = S("");
    if (!p.bound && waiting(rq, &subject, &mail))
        p.mail = mail;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_mine_title(rq), link_to(rq, S("/konto")));
    rq_crumb(rq, provider_label(rq), link_to(rq, S("/konto/anbieter")));
    view_identity(rq, &p);
}

/* GET /konto/anbieter */
void identity_show(struct rq *rq)
{
    if (oidc_is_on(rq))
        show(rq);
    else
        rq_not_found(rq);
}

/* POST /konto/anbieter */
void identity_connect(struct rq *rq, struct tx *tx)
{
    str subject = S("");
    str mail = S("");
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    if (!oidc_is_on(rq)) {
        rq_not_found(rq);
        return;
    }
    if (!waiting(rq, &subject, &mail))
        rq_error(rq, NULL, t_account_error_connect_late(rq));
    else if (!account_is_staff(rq, account->id))
        rq_error(rq, NULL, t_account_provider_staff(rq));
    else if (!str_eq(mail, account->mail))
        rq_error(rq, NULL, t_account_error_connect_mail(rq, provider_label(rq)));
    else if (identity_get(rq, account->id) || identity_find(rq->db, issuer(rq), subject))
        rq_error(rq, NULL, t_account_error_connect_taken(rq));
    if (!rq_ok(rq)) {
        show(rq);
        return;
    }
    bind(rq, tx, account, subject);
    sealed_end(rq, COOKIE);
    rq_note(rq, MSG_account_note_connected);
    rq_see(rq, S("/konto"), 0);
}

/* POST /konto/anbieter/trennen */
void identity_part(struct rq *rq, struct tx *tx)
{
    const struct account_row *account = account_by_id(rq->db, rq->who.account_id);
    if (identity_delete(tx, account->id)) {
        audit(rq, tx, S("account.provider_off"), account->id, S(""));
        notice_provider(rq, tx, account, false);
    }
    rq_note(rq, MSG_account_note_parted);
    rq_see(rq, S("/konto"), 0);
}

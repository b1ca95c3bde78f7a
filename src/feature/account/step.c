/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The second page of signing in. Tables: account (of web). Neighbours: sign_in.c (the first
 * step, and the session), factor.c (whether the code is good).
 *
 * Nothing is stored for somebody who stops here. The cookie holds, sealed: account, end, how
 * the first step went, and a mark of the password, so that changing it ends this, too.
 */
#include "feature/account/step.h"

#include "account.html.h"
#include "account.text.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "feature/account/factor.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "feature/account/sealed.h"
#include "feature/account/sign_in.h"
#include "web/app.h"

#define COOKIE       S("tandem-step")
#define STEP_SECONDS 600

const struct field step_fields[] = {
    FIELD(struct step_form, code, TEXT, MSG_account_field_code, .required = true, .max = 40,
          .hint = MSG_account_hint_code, .autocomplete = "one-time-code"),
    { 0 },
};

static str mark_of(const struct rq *rq, const struct account_row *account)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return str_slice(crypt_hmac_hex(rq->arena, key, account->password), 0, 16);
}

void step_ask(struct rq *rq, const struct account_row *account, str how)
{
    sealed_set(rq, COOKIE,
               str_fmt(rq->arena, "%lld %lld %.*s %.*s", (long long)account->id,
                       (long long)clock_now() + STEP_SECONDS, STR_FMT(how),
                       STR_FMT(mark_of(rq, account))),
               STEP_SECONDS);
    struct http_field next = { S("next"), rq_param(rq, "next") };
    rq_see_url(rq, link_query(rq, S("/anmelden/zweiter-schritt"), &next, next.value.n > 0));
}

/* Who has come through the first step in this browser; NULL: nobody, or too long ago. */
static const struct account_row *halfway(struct rq *rq, str *how)
{
    str id_text = S("");
    str until_text = S("");
    int64_t id = 0;
    int64_t until = 0;
    str rest = sealed_get(rq, COOKIE);
    bool good = str_next(&rest, ' ', &id_text) && str_next(&rest, ' ', &until_text) &&
                str_next(&rest, ' ', how) && str_to_i64(id_text, &id) &&
                str_to_i64(until_text, &until) && until > clock_now();
    const struct account_row *account = good ? account_by_id(rq->db, id) : NULL;
    return account && crypt_equal(rest, mark_of(rq, account)) ? account : NULL;
}

static void show(struct rq *rq)
{
    const struct step_form empty = { 0 };
    rq->personal = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    rq_crumb(rq, t_account_step_title(rq), link_to(rq, S("/anmelden/zweiter-schritt")));
    view_step(rq, &empty, rq_param(rq, "next"));
}

/* GET /anmelden/zweiter-schritt */
void step_show(struct rq *rq)
{
    str how = S("");
    rq->personal = true;
    if (halfway(rq, &how))
        show(rq);
    else
        rq_see(rq, S("/anmelden"), 0);
}

/* POST /anmelden/zweiter-schritt */
void step_act(struct rq *rq, struct tx *tx)
{
    struct step_form f = { 0 };
    str how = S("");
    const struct account_row *account = halfway(rq, &how);
    if (!account) {
        rq_see(rq, S("/anmelden"), 0);
        return;
    }
    enum factor_answer answer = FACTOR_GOOD;
    if (rq_form(rq, step_fields, &f)) {
        answer = factor_take(rq, tx, account->id, f.code);
        if (answer == FACTOR_WRONG || answer == FACTOR_WAIT)
            rq_error(rq, "code", factor_problem(rq, answer));
    }
    if (!rq_ok(rq)) {
        show(rq);
        rq_status(rq, answer == FACTOR_WAIT ? 429 : 422);
        return;
    }
    if (answer == FACTOR_RECOVERY)
        notice_recovery(rq, tx, account);
    sealed_end(rq, COOKIE);
    sign_in_finish(rq, tx, account,
                   str_fmt(rq->arena, "%.*s, %s", STR_FMT(how),
                           answer == FACTOR_RECOVERY ? "recovery code" : "code"));
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailed links. GET shows what a link is for, POST acts and uses it up, because programs
 * that look for malware open every link in a mail. What a link does is the business of the
 * feature that sent it (struct mailed_link in web/feature.h).
 */
#include "account.html.h"
#include "feature/account/pages.h"
#include "feature/account/sign_in.h"
#include "web/app.h"

static const struct mailed_link *kind_of(const struct app *app, str purpose)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct mailed_link *l = (*f)->links; l && l->purpose; l++)
            if (str_eq(str_from_c(l->purpose), purpose))
                return l;
    return NULL;
}

/* Used, expired, or never given out: one page says what to do, and not which it was. */
static void over(struct rq *rq)
{
    rq->refused = true;
    rq->personal = true;
    rq_status(rq, 410);
    rq_crumb(rq, t_account_link_over_title(rq), link_to(rq, S("/anmelden")));
    view_link_over(rq);
}

/* GET /l/{token} */
void link_show(struct rq *rq)
{
    struct token token;
    const struct mailed_link *kind = NULL;
    rq->personal = true;
    if (token_find(rq, rq_segment(rq, 0), &token) && !token.expired && !token.used)
        kind = kind_of(rq->app, token.purpose);
    if (kind)
        kind->show(rq, &token);
    else
        over(rq);
}

/* POST /l/{token} */
void link_act(struct rq *rq, struct tx *tx)
{
    struct token token;
    const struct mailed_link *kind = NULL;
    if (token_find(rq, rq_segment(rq, 0), &token))
        kind = kind_of(rq->app, token.purpose);
    if (kind && token_use(rq, tx, &token))
        kind->act(rq, tx, &token);
    else
        over(rq);
}

/* ---- the link for signing in ---- */

void sign_in_link_show(struct rq *rq, const struct token *token)
{
    if (!account_by_id(rq->db, token->subject_id)) {
        over(rq);
        return;
    }
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    view_link_sign_in(rq, rq_param(rq, "next"));
}

void sign_in_link_act(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct account_row *account = account_by_id(rq->db, token->subject_id);
    if (account)
        sign_in_begin(rq, tx, account, S("link"));
    else
        over(rq);
}

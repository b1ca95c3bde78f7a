/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailed links. GET shows what a link is for, POST acts, because programs that look for
 * malware open every link in a mail. What a link does is the business of the feature that
 * sent it (struct mailed_link in web/feature.h); this file finds it and says what is over.
 */
#include "account.html.h"
#include "account.text.h"
#include "base/log.h"
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

static const struct link_part *part_of(const struct mailed_link *kind, str name)
{
    for (const struct link_part *p = kind->parts; p && p->name; p++)
        if (str_eq(str_from_c(p->name), name))
            return p;
    return NULL;
}

/* ---- what is over ---- */

/* Used, expired, taken back or never given out: one page says what to do, and not which it was. */
void link_is_over(struct rq *rq)
{
    rq->refused = true;
    rq_status(rq, 410);
    rq_crumb(rq, t_account_link_over_title(rq), link_to(rq, S("/anmelden")));
    view_link_over(rq);
}

/* A feature may say more to somebody who has a key that was good once. */
static void over_of(struct rq *rq, const struct mailed_link *kind, const struct token *token)
{
    if (!kind || !kind->over || token->revoked) {
        link_is_over(rq);
        return;
    }
    rq->refused = true;
    rq_status(rq, 410);
    kind->over(rq, token);
}

static bool is_over(const struct mailed_link *kind, const struct token *token)
{
    return token->expired || token->revoked || (token->used && !kind->lasts);
}

/* ---- showing and acting ---- */

/* The link of this request and what it is for; NULL: never given out here. */
static const struct mailed_link *find(struct rq *rq, struct token *token)
{
    *token = (struct token){ 0 };
    return token_find(rq, rq_segment(rq, 0), token) ? kind_of(rq->app, token->purpose) : NULL;
}

/* GET /l/{token}, GET /l/{token}/{part} */
void link_show(struct rq *rq)
{
    struct token token;
    const struct mailed_link *kind = find(rq, &token);
    bool below = rq->segment_count > 1;
    const struct link_part *part = kind && below ? part_of(kind, rq_segment(rq, 1)) : NULL;
    if (!kind || is_over(kind, &token))
        over_of(rq, kind, &token);
    else if (!below)
        kind->show(rq, &token);
    else if (part && part->show)
        part->show(rq, &token);
    else
        rq_not_found(rq);
}

/* Writes down that a link was used; false: it cannot be used any more. */
static bool open_with(struct rq *rq, struct tx *tx, const struct mailed_link *kind,
                      const struct token *token)
{
    return kind->lasts ? token_touch(rq, tx, token) : token_use(rq, tx, token);
}

/* One of several: the last part of the address, or the button's name. */
static void act_part(struct rq *rq, struct tx *tx, const struct mailed_link *kind,
                     const struct token *token)
{
    const struct link_part *part =
        part_of(kind, rq->segment_count > 1 ? rq_segment(rq, 1) : rq_param(rq, "act"));
    bool afterwards = part && part->when_over && token->expired && !token->revoked;
    if (!part || !part->act)
        rq_not_found(rq);
    else if (afterwards || open_with(rq, tx, kind, token))
        part->act(rq, tx, token);
    else
        over_of(rq, kind, token);
}

/* POST /l/{token}, POST /l/{token}/{part} */
void link_act(struct rq *rq, struct tx *tx)
{
    struct token token;
    const struct mailed_link *kind = find(rq, &token);
    if (!kind)
        link_is_over(rq);
    else if (kind->parts)
        act_part(rq, tx, kind, &token);
    else if (rq->segment_count > 1)
        rq_not_found(rq);
    else if (open_with(rq, tx, kind, &token))
        kind->act(rq, tx, &token);
    else
        over_of(rq, kind, &token);
}

/* ---- the tables ---- */

static bool complain(const struct mailed_link *l, const char *problem)
{
    log_event(LOG_ERROR, "link.table", { "purpose", str_from_c(l->purpose) },
              { "problem", str_from_c(problem) });
    return false;
}

static bool parts_are_good(const struct mailed_link *l)
{
    for (const struct link_part *p = l->parts; p->name; p++) {
        if (!p->name[0] || (!p->show && !p->act))
            return complain(l, "a part without name, or that does nothing");
        if (part_of(l, str_from_c(p->name)) != p)
            return complain(l, "two parts have one name");
    }
    return true;
}

static bool is_good(const struct app *app, const struct mailed_link *l)
{
    if (kind_of(app, str_from_c(l->purpose)) != l)
        return complain(l, "two features give links of one purpose");
    if (!l->show)
        return complain(l, "it shows nothing");
    if (!l->act == !l->parts)
        return complain(l, "it needs either one act or parts");
    if (l->act && l->lasts)
        return complain(l, "one act uses a link up: what lasts has parts");
    return !l->parts || parts_are_good(l);
}

enum err link_start(struct app *app)
{
    bool good = true;
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct mailed_link *l = (*f)->links; l && l->purpose; l++)
            good = is_good(app, l) && good;
    return good ? ERR_OK : ERR_INVALID;
}

/* ---- the link for signing in ---- */

void sign_in_link_show(struct rq *rq, const struct token *token)
{
    if (!account_by_id(rq->db, token->subject_id)) {
        link_is_over(rq);
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
        link_is_over(rq);
}

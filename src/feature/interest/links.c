/* SPDX-License-Identifier: EUPL-1.2 */
/* What the mailed links of an interest show and do: the citizen's, and the contact's. */
#include "base/utf8.h"
#include "feature/interest/interest.h"
#include "interest.html.h"
#include "interest.text.h"
#include "web/token.h"

#define ANSWER_MOST 500 /* characters */

struct both {
    const struct interest_row *i;
    const struct interest_offer_row *offer;
};

/* The interest behind a link; 404 when it has been erased meanwhile. */
static bool find(struct rq *rq, const struct token *token, struct both *b)
{
    rq->personal = true;
    b->i = interest_get(rq->db, rq->city->id, token->subject_id);
    b->offer = b->i ? interest_offer(rq->db, rq->city->id, b->i->opportunity_id) : NULL;
    if (!b->offer)
        rq_not_found(rq);
    return b->offer != NULL;
}

/* ---- the citizen's ---- */

void interest_link_show(struct rq *rq, const struct token *token)
{
    struct both b;
    if (!find(rq, token, &b))
        return;
    rq_crumb(rq, t_interest_mine(rq), token_page(rq, S("")));
    view_interest_mine(rq, b.i, b.offer, interest_events(rq->db, rq->city->id, b.i->id));
}

static bool step(struct rq *rq, struct tx *tx, const struct both *b, const char *verb, str answer)
{
    if (interest_step(rq, tx, b->i, str_from_c(verb), answer))
        return true;
    rq_conflict(rq);
    return false;
}

void interest_link_confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct both b;
    if (!find(rq, token, &b) || !step(rq, tx, &b, "confirm", S("")))
        return;
    interest_mail_contact(rq, tx, b.i, b.offer);
    rq_note(rq, MSG_interest_note_sent);
    rq_see_url(rq, token_page(rq, S("")));
}

void interest_link_withdraw(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct both b;
    if (!find(rq, token, &b) || !step(rq, tx, &b, "withdraw", b.i->answer))
        return;
    token_revoke(tx, rq->city->id, S("interest-answer"), b.i->id);
    rq_note(rq, MSG_interest_note_withdrawn);
    rq_see_url(rq, token_page(rq, S("")));
}

/* ---- the contact's ---- */

void interest_answer_show(struct rq *rq, const struct token *token)
{
    struct both b;
    if (!find(rq, token, &b))
        return;
    rq_crumb(rq, t_interest_answer(rq), token_page(rq, S("")));
    view_interest_answer(rq, b.i, b.offer);
}

static void answer(struct rq *rq, struct tx *tx, const struct token *token, const char *verb)
{
    struct both b;
    str said = utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, "answer"))), ANSWER_MOST);
    if (!find(rq, token, &b) || !step(rq, tx, &b, verb, said))
        return;
    interest_mail_answer(rq, tx, interest_get(rq->db, rq->city->id, b.i->id), b.offer);
    rq_note(rq, MSG_interest_note_answered);
    rq_see_url(rq, token_page(rq, S("")));
}

void interest_answer_talk(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, "talk");
}

void interest_answer_full(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, "full");
}

void interest_answer_no(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, "decline");
}

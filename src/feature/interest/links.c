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
    view_interest_mine(rq, b.i, b.offer, procedure_history(rq, &interest_record, b.i->id));
}

/* One step by whoever holds the link; what came of it is said on the link's page. */
static void step(struct rq *rq, struct tx *tx, const struct procedure_ask *ask, enum msg note)
{
    struct procedure_ask by_link = *ask;
    by_link.procedure = &interest_procedure;
    by_link.who = BY_LINK;
    rq->personal = true;
    if (!procedure_take(rq, tx, &by_link))
        return;
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

void interest_link_confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct procedure_ask ask = { .id = token->subject_id, .verb = S("confirm") };
    step(rq, tx, &ask, MSG_interest_note_sent);
}

void interest_link_withdraw(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct procedure_ask ask = { .id = token->subject_id, .verb = S("withdraw") };
    step(rq, tx, &ask, MSG_interest_note_withdrawn);
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

static void answer(struct rq *rq, struct tx *tx, const struct token *token, str verb)
{
    str said = utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, "answer"))), ANSWER_MOST);
    struct procedure_ask ask = { .id = token->subject_id, .verb = verb, .data = &said };
    step(rq, tx, &ask, MSG_interest_note_answered);
}

void interest_answer_talk(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, S("talk"));
}

void interest_answer_full(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, S("full"));
}

void interest_answer_no(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, S("decline"));
}

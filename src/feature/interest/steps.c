/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of an interest: unconfirmed, sent, then an answer; each step is kept as an event. */
#include "base/clock.h"
#include "feature/consent/consent.h"
#include "feature/interest/interest.h"
#include "interest.text.h"
#include "web/audit.h"
#include "web/token.h"

static const struct interest_step steps[] = {
    { "confirm", "unconfirmed", "sent", "citizen" },
    { "withdraw", "unconfirmed", "withdrawn", "citizen" },
    { "withdraw", "sent", "withdrawn", "citizen" },
    { "withdraw", "talk", "withdrawn", "citizen" },
    { "talk", "sent", "talk", "contact" },
    { "full", "sent", "full", "contact" },
    { "decline", "sent", "declined", "contact" },
    { 0 },
};

static const struct interest_step *step_of(str verb, str from)
{
    for (const struct interest_step *s = steps; s->verb; s++)
        if (str_eq(str_from_c(s->verb), verb) && str_eq(str_from_c(s->from), from))
            return s;
    return NULL;
}

bool interest_step(struct rq *rq, struct tx *tx, const struct interest_row *i, str verb, str answer)
{
    const struct interest_step *s = step_of(verb, i->state);
    if (!s)
        return false;
    struct interest_set_state_in set = { .to = str_from_c(s->to),
                                         .at = tx->now,
                                         .answer = answer,
                                         .city = rq->city->id,
                                         .id = i->id,
                                         .from = i->state };
    if (interest_set_state(tx, &set) != 1)
        return false;
    interest_event_insert(tx, &(struct interest_event_insert_in){ .id = db_new_id(),
                                                                  .city = rq->city->id,
                                                                  .interest = i->id,
                                                                  .at = tx->now,
                                                                  .by = str_from_c(s->by),
                                                                  .from = i->state,
                                                                  .to = str_from_c(s->to) });
    audit(rq, tx, str_fmt(rq->arena, "interest.%s", s->verb), i->id, S(""));
    if (str_eq(verb, S("confirm")))
        consent_confirm(rq, tx, S("interest"), i->id);
    if (str_eq(verb, S("withdraw")))
        consent_withdraw(rq, tx, S("interest"), i->id);
    return true;
}

void interest_erase(struct tx *tx, const struct erasure *e)
{
    interest_events_delete(tx, e->city_id, e->id);
    interest_delete(tx, e->city_id, e->id);
    token_revoke(tx, e->city_id, S("interest"), e->id);
    token_revoke(tx, e->city_id, S("interest-answer"), e->id);
    consent_forget(tx, e->city_id, S("interest"), e->id);
    consent_end(tx, e->city_id, S("interest"), e->id);
}

str interest_state_label(const struct rq *rq, str state)
{
    static const struct {
        str state;
        enum msg label;
    } labels[] = {
        { STR_INIT("unconfirmed"), MSG_interest_state_unconfirmed },
        { STR_INIT("sent"), MSG_interest_state_sent },
        { STR_INIT("talk"), MSG_interest_state_talk },
        { STR_INIT("full"), MSG_interest_state_full },
        { STR_INIT("declined"), MSG_interest_state_declined },
        { STR_INIT("withdrawn"), MSG_interest_state_withdrawn },
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq(labels[i].state, state))
            return text_of(rq, labels[i].label);
    return state;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of an interest as a procedure (web/procedure.h): unconfirmed, sent, then an answer.
 * The citizen's link and the contact's are links to the same record; which of them may do what
 * say the tables of their parts (interest.c).
 */
#include "feature/consent/consent.h"
#include "feature/interest/interest.h"
#include "feature/tally/tally.h"
#include "interest.text.h"
#include "web/token.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct interest_row *i = interest_get(rq->db, rq->city->id, id);
    const struct interest_offer_row *offer =
        i ? interest_offer(rq->db, rq->city->id, i->opportunity_id) : NULL;
    if (!offer)
        return false;
    record->title = offer->title;
    record->state = i->state;
    record->organisation_id = offer->organisation_id;
    record->page = link_to(rq, S("/buero/interessen"));
    return true;
}

const struct record_kind interest_record = {
    .name = "interest",
    .label = MSG_interest_record,
    .permission = PERM_opportunity_edit,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct interest_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return interest_set_state(tx, &in) == 1;
}

/* ---- what comes of steps ---- */

/* The interest as it is after the step, and its offer; both are there, or there was no step. */
static const struct interest_row *now(struct rq *rq, const struct procedure_at *at,
                                      const struct interest_offer_row **offer)
{
    const struct interest_row *i = interest_get(rq->db, rq->city->id, at->record->id);
    *offer = i ? interest_offer(rq->db, rq->city->id, i->opportunity_id) : NULL;
    return *offer ? i : NULL;
}

static void confirm(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct interest_offer_row *offer;
    const struct interest_row *i = now(rq, at, &offer);
    consent_confirm(rq, tx, S("interest"), at->record->id);
    if (i) {
        tally_interest(tx, rq->city->id, i->opportunity_id);
        interest_mail_contact(rq, tx, i, offer);
    }
}

static void withdraw(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    consent_withdraw(rq, tx, S("interest"), at->record->id);
    token_revoke(tx, rq->city->id, S("interest-answer"), at->record->id);
}

/* The contact answers, with a sentence or without (`data` is a str). */
static void answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct interest_offer_row *offer;
    const str *said = at->data;
    interest_set_answer(tx, said ? *said : S(""), rq->city->id, at->record->id);
    const struct interest_row *i = now(rq, at, &offer);
    if (i)
        interest_mail_answer(rq, tx, i, offer);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "unconfirmed", MSG_interest_state_unconfirmed, .starts = true },
    { "sent", MSG_interest_state_sent },
    { "talk", MSG_interest_state_talk },
    { "full", MSG_interest_state_full },
    { "declined", MSG_interest_state_declined },
    { "withdrawn", MSG_interest_state_withdrawn },
    { 0 },
};

#define STEP(name, a, b, text)                                                      \
    .verb = name, .from = a, .to = b, .who = BY_LINK, .label = MSG_interest_##text, \
    .past = MSG_interest_past_##text

static const struct procedure_step steps[] = {
    { .verb = "write", .from = "", .past = MSG_interest_event_written },
    { STEP("confirm", "unconfirmed", "sent", confirm), .effect = confirm },
    { STEP("withdraw", "unconfirmed", "withdrawn", withdraw), .effect = withdraw },
    { STEP("withdraw", "sent", "withdrawn", withdraw), .effect = withdraw },
    { STEP("withdraw", "talk", "withdrawn", withdraw), .effect = withdraw },
    { STEP("talk", "sent", "talk", talk), .effect = answer },
    { STEP("full", "sent", "full", full), .effect = answer },
    { STEP("decline", "sent", "declined", decline), .effect = answer },
    { 0 },
};

const struct procedure interest_procedure = {
    .record = &interest_record,
    .states = states,
    .steps = steps,
    .move = move,
};

void interest_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &interest_record, .id = e->id };
    procedure_forget(tx, e->city_id, &record);
    interest_delete(tx, e->city_id, e->id);
    token_revoke(tx, e->city_id, S("interest"), e->id);
    token_revoke(tx, e->city_id, S("interest-answer"), e->id);
    consent_forget(tx, e->city_id, S("interest"), e->id);
    consent_end(tx, e->city_id, S("interest"), e->id);
}

str interest_state_label(const struct rq *rq, str state)
{
    return procedure_state_label(rq, &interest_procedure, state);
}

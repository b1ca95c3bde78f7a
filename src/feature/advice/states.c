/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of an advice case as a procedure (web/procedure.h); domain: two linked processes. */
#include "advice.text.h"
#include "feature/advice/advice.h"
#include "feature/consent/consent.h"
#include "feature/person/person.h"

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct advice_row *v = advice_get(rq->db, rq->city->id, id);
    if (!v)
        return false;
    record->title = v->person.n ? v->person : t_advice_nameless(rq);
    record->state = v->state;
    record->page = link_id(rq, S("/buero/beratungen/"), id);
    return true;
}

const struct record_kind advice_record = {
    .name = "advice",
    .label = MSG_advice_record,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct advice_set_state_in in = {
        .to = m->to, .city = m->city_id, .id = m->id, .from = m->from
    };
    return advice_set_state(tx, &in) == 1;
}

/* ---- what comes of steps ---- */

static void close_it(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    advice_set_closed(tx, tx->now, rq->city->id, at->record->id);
}

static void reopen(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    advice_set_closed(tx, 0, rq->city->id, at->record->id);
}

/* What the person agreed to is kept in the ledger, with its words. */
static void hand_over(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct advice_hand *hand = at->data;
    const struct advice_row *v = advice_get(rq->db, rq->city->id, at->record->id);
    const struct person_row *p = v ? person_find(rq->db, rq->city->id, v->person_id) : NULL;
    if (!hand || !p)
        return;
    consent_give(rq, tx,
                 &(struct consent_wish){ .purpose = S(ADVICE_AGREES_HAND_OVER),
                                         .subject_id = v->id,
                                         .mail = p->mail,
                                         .words = t_advice_hand_consent(rq),
                                         .channel = S("office") });
    advice_hand(tx, &(struct advice_hand_in){ .at = tx->now,
                                              .by = rq->who.account_id,
                                              .office = hand->office_id,
                                              .city = rq->city->id,
                                              .id = v->id });
}

static void accept(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    advice_hand_accept(tx, rq->who.account_id, rq->city->id, at->record->id);
}

/* The consent was for that office: it ends with its answer. */
static void decline(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    consent_end(tx, rq->city->id, S(ADVICE_AGREES_HAND_OVER), at->record->id);
    advice_hand_decline(tx, rq->city->id, at->record->id);
}

/* ---- guards ---- */

static const struct advice_row *advice_at(struct rq *rq, const struct procedure_at *at)
{
    static const struct advice_row none;
    const struct advice_row *v = advice_get(rq->db, rq->city->id, at->record->id);
    return v ? v : &none;
}

/* A person who was erased is advised no more. */
static enum msg is_there(struct rq *rq, const struct procedure_at *at)
{
    return str_eq(advice_at(rq, at)->person_state, S("erased")) ? MSG_advice_gone : 0;
}

/* Whoever handed it over goes on no more, whoever got it not yet. A talk that was held is entered
 * all the same. */
static enum msg is_ours(struct rq *rq, const struct procedure_at *at)
{
    return advice_at(rq, at)->handed_at ? MSG_advice_handed_waits : 0;
}

static enum msg may_be_handed(struct rq *rq, const struct procedure_at *at)
{
    const struct advice_hand *hand = at->data;
    enum msg why = is_there(rq, at);
    if (!why)
        why = is_ours(rq, at);
    return !why && hand && !hand->agreed ? MSG_advice_hand_unasked : why;
}

static enum msg was_handed(struct rq *rq, const struct procedure_at *at)
{
    return advice_at(rq, at)->handed_at ? 0 : MSG_advice_handed_not;
}

static enum msg may_reopen(struct rq *rq, const struct procedure_at *at)
{
    enum msg why = is_there(rq, at);
    return why ? why : is_ours(rq, at);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "new", MSG_advice_state_new, .starts = true },
    { "appointment", MSG_advice_state_appointment },
    { "advised", MSG_advice_state_advised },
    { "ready", MSG_advice_state_ready },
    { "waiting", MSG_advice_state_waiting },
    { "information", MSG_advice_state_information },
    { "passed_on", MSG_advice_state_passed_on },
    { "resting", MSG_advice_state_resting },
    { "closed", MSG_advice_state_closed },
    { 0 },
};

#define TAKE(name, a, b, text)                                                            \
    .verb = name, .from = a, .to = b, .who = BY_PERSON, .permission = PERM_person_handle, \
    .label = MSG_advice_step_##text, .past = MSG_advice_past_##text
#define STEP(name, a, b, text) TAKE(name, a, b, text), .guard = is_ours

#define SOON    7   /* days in which somebody takes up a new case */
#define NEXT    14  /* … and in which something follows a talk */
#define LOOK    42  /* … until who waits for an offer is looked after again */
#define RESTING 180 /* … or who rests */

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .to = "new", .past = MSG_advice_past_begin, .due_days = SOON },
    { STEP("appoint", "new", "appointment", appoint), .due_days = NEXT },
    { TAKE("advise", "new", "advised", advise), .apart = true, .due_days = NEXT,
      .guard = is_there },
    { TAKE("advise", "appointment", "advised", advise), .apart = true, .due_days = NEXT,
      .guard = is_there },
    { TAKE("talk", "*", NULL, talk), .apart = true, .guard = is_there },
    { STEP("ready", "advised", "ready", ready), .due_days = NEXT },
    { STEP("ready", "waiting", "ready", ready), .due_days = NEXT },
    { STEP("ready", "resting", "ready", ready), .due_days = NEXT },
    { STEP("wait", "advised", "waiting", wait), .due_days = LOOK },
    { STEP("wait", "ready", "waiting", wait), .due_days = LOOK },
    { STEP("inform", "advised", "information", inform) },
    { STEP("pass_on", "advised", "passed_on", pass_on) },
    { STEP("pass_on", "ready", "passed_on", pass_on) },
    { STEP("rest", "advised", "resting", rest), .due_days = RESTING },
    { STEP("rest", "ready", "resting", rest), .due_days = RESTING },
    { STEP("rest", "waiting", "resting", rest), .due_days = RESTING },
    { TAKE("hand_over", "*", NULL, hand_over), .apart = true, .reason = true, .due_days = SOON,
      .guard = may_be_handed, .effect = hand_over },
    { TAKE("accept", "*", NULL, accept), .apart = true, .due_days = NEXT, .guard = was_handed,
      .effect = accept },
    { TAKE("decline", "*", NULL, decline), .apart = true, .reason = true, .due_days = SOON,
      .guard = was_handed, .effect = decline },
    { STEP("close", "new", "closed", close), .effect = close_it },
    { STEP("close", "appointment", "closed", close), .effect = close_it },
    { STEP("close", "advised", "closed", close), .effect = close_it },
    { STEP("close", "ready", "closed", close), .effect = close_it },
    { STEP("close", "waiting", "closed", close), .effect = close_it },
    { STEP("close", "information", "closed", close), .effect = close_it },
    { STEP("close", "passed_on", "closed", close), .effect = close_it },
    { STEP("close", "resting", "closed", close), .effect = close_it },
    { TAKE("reopen", "closed", "advised", reopen), .due_days = NEXT, .guard = may_reopen,
      .effect = reopen },
    { 0 },
};

const struct procedure advice_procedure = {
    .record = &advice_record,
    .states = states,
    .steps = steps,
    .move = move,
};

int64_t advice_new(struct rq *rq, struct tx *tx, const struct advice_begin *begin)
{
    struct advice_insert_in in = { .id = db_new_id(),
                                   .city = rq->city->id,
                                   .person = begin->person_id,
                                   .office = begin->office_id,
                                   .account = rq->who.account_id,
                                   .channel = begin->channel,
                                   .reason = begin->reason,
                                   .at = tx->now };
    advice_insert(tx, &in);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &advice_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = in.id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("begin"),
                                                    .to = S("new") });
    person_touch(tx, rq->city->id, begin->person_id);
    return in.id;
}

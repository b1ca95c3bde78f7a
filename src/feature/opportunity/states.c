/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of an offer as a procedure (web/procedure.h). */
#include "feature/opportunity/states.h"

#include "base/clock.h"
#include "feature/opportunity/change.h"
#include "feature/opportunity/fresh.h"
#include "feature/opportunity/release.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "feature/organisation/organisation.h"
#include "web/feature.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct opp_record_row *row = opp_record(rq->db, rq->city->id, id);
    if (!row)
        return false;
    record->title = row->title;
    record->state = row->state;
    record->organisation_id = row->organisation_id;
    record->page = link_id(rq, S("/buero/angebote/"), id);
    return true;
}

const struct record_kind opportunity_record = {
    .name = "opportunity",
    .label = MSG_opp_record,
    .permission = PERM_opportunity_edit,
    .find = find,
};

/* ---- what comes of steps ---- */

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct opp_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return opp_set_state(tx, &in) == 1;
}

/* Who says that an offer holds: the organisation's people, or the office for them. */
static str confirmer(const struct rq *rq, enum procedure_who who)
{
    return who == BY_PERSON && may(rq, PERM_opportunity_edit) ? S("office") : S("contact");
}

static void confirm(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    opp_confirm(tx, &(struct opp_confirm_in){ .at = tx->now,
                                              .by = confirmer(rq, at->who),
                                              .city = rq->city->id,
                                              .id = at->record->id });
}

/*
 * Who puts an offer (back) on the list says with it that it is true today. With its first offer an
 * organisation that the office had not seen becomes public.
 */
static void publish(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    organisation_admit(tx, rq->city->id, at->record->organisation_id);
    opp_published(tx, tx->now, rq->city->id, at->record->id);
    confirm(rq, tx, at);
    if (at->who == BY_PERSON && str_eq(at->record->state, S("submitted")))
        release_answer(rq, tx, at);
}

/* What has gone into another offer comes back by taking that back, not on its own. */
static enum msg not_merged(struct rq *rq, const struct procedure_at *at)
{
    return opp_merged(rq->db, rq->city->id, at->record->id) ? MSG_opp_merge_already : 0;
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "draft", MSG_vocab_state_draft, .starts = true },
    { "submitted", MSG_vocab_state_submitted, .starts = true },
    { "published", MSG_vocab_state_published },
    { "paused", MSG_vocab_state_paused },
    { "filled", MSG_vocab_state_filled },
    { "expired", MSG_vocab_state_expired },
    { "archived", MSG_vocab_state_archived },
    { 0 },
};

#define STEP(name, a, b, whose, needs, text)                                                \
    .verb = name, .from = a, .to = b, .who = whose, .permission = PERM_opportunity_##needs, \
    .label = MSG_opp_step_##text, .past = MSG_opp_past_##text

/* An offer that waits for release is asked for again after a week. */
#define RELEASE_DAYS 7
/* Where nobody can be written to, the office has until the end to ask, and then to decide. */
#define ASK_DAYS    (FRESH_OVER - 1 - FRESH_ASKED)
#define LAPSED_DAYS 14

static const struct procedure_step steps[] = {
    { .verb = "create", .from = "", .past = MSG_opp_past_create },
    { .verb = "change", .from = "*", .past = MSG_opp_past_change },
    { STEP("submit", "draft", "submitted", BY_PERSON | BY_LINK, edit, submit),
      .due_days = RELEASE_DAYS },
    { STEP("publish", "draft", "published", BY_PERSON, publish, publish), .effect = publish },
    { STEP("publish", "submitted", "published", BY_PERSON, publish, publish), .effect = publish },
    { STEP("return", "submitted", "draft", BY_PERSON, edit, back_to_draft) },
    /* Where the office trusts (release.c), nobody waits. */
    { .verb = "trust",
      .from = "submitted",
      .to = "published",
      .who = BY_JOB,
      .past = MSG_opp_past_trust,
      .effect = publish },
    { STEP("send_back", "submitted", "draft", BY_PERSON, publish, send_back), .reason = true,
      .apart = true, .effect = release_answer },
    { STEP("reject", "submitted", "archived", BY_PERSON, publish, reject), .reason = true,
      .apart = true, .effect = release_answer },
    /* A change that waits for release (change.c). */
    { STEP("propose", "*", NULL, BY_PERSON | BY_LINK, edit, propose), .apart = true,
      .due_days = RELEASE_DAYS, .guard = change_guard, .effect = change_proposed },
    { STEP("accept", "*", NULL, BY_PERSON, publish, accept), .apart = true,
      .due_days = PROCEDURE_NOT_DUE, .guard = change_guard, .effect = change_accepted },
    { STEP("decline", "*", NULL, BY_PERSON, publish, decline), .apart = true, .reason = true,
      .due_days = PROCEDURE_NOT_DUE, .guard = change_guard, .effect = change_declined },
    { STEP("confirm", "published", NULL, BY_PERSON | BY_LINK, edit, confirm), .effect = confirm,
      .due_days = PROCEDURE_NOT_DUE },
    { STEP("pause", "published", "paused", BY_PERSON | BY_LINK, edit, pause) },
    { STEP("fill", "published", "filled", BY_PERSON | BY_LINK | BY_JOB, edit, fill) },
    /* Somebody has left a place that the program had counted (places.c). */
    { .verb = "free_place",
      .from = "filled",
      .to = "published",
      .who = BY_JOB,
      .past = MSG_opp_past_free_place },
    /* What the clock does (fresh.c): its effects write to the contact. */
    { .verb = "remind",
      .from = "published",
      .who = BY_JOB,
      .past = MSG_opp_past_remind,
      .effect = fresh_remind },
    { .verb = "ask",
      .from = "published",
      .who = BY_JOB,
      .past = MSG_opp_past_ask,
      .due_days = ASK_DAYS,
      .effect = fresh_ask },
    { STEP("expire", "published", "expired", BY_PERSON | BY_JOB, publish, expire),
      .effect = fresh_expired },
    { .verb = "lapse",
      .from = "published",
      .to = "expired",
      .who = BY_JOB,
      .past = MSG_opp_past_expire,
      .due_days = LAPSED_DAYS },
    { STEP("resume", "paused", "published", BY_PERSON | BY_LINK, edit, resume), .effect = publish },
    { STEP("reopen", "filled", "published", BY_PERSON | BY_LINK, edit, reopen), .effect = publish },
    { STEP("renew", "expired", "published", BY_PERSON | BY_LINK, edit, renew), .effect = publish },
    { STEP("archive", "draft", "archived", BY_PERSON, edit, archive) },
    { STEP("archive", "submitted", "archived", BY_PERSON, publish, archive) },
    { STEP("archive", "published", "archived", BY_PERSON | BY_LINK, edit, archive) },
    { STEP("archive", "paused", "archived", BY_PERSON | BY_LINK, edit, archive) },
    { STEP("archive", "filled", "archived", BY_PERSON | BY_LINK, edit, archive) },
    { STEP("archive", "expired", "archived", BY_PERSON | BY_LINK, edit, archive) },
    { STEP("return", "archived", "draft", BY_PERSON, edit, back_to_draft), .guard = not_merged },
    /* Done by the desk for duplicates (merge.c). */
    { .verb = "merge", .from = "*", .past = MSG_opp_past_merge },
    { .verb = "merged", .from = "*", .past = MSG_opp_past_merged },
    { .verb = "unmerge", .from = "*", .past = MSG_opp_past_unmerge },
    { 0 },
};

const struct procedure opportunity_procedure = {
    .record = &opportunity_record,
    .states = states,
    .steps = steps,
    .move = move,
};

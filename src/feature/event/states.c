/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The life of a date: entered, released, perhaps cancelled (and still shown, so that nobody comes
 * in vain), at last archived.
 */
#include "feature/event/states.h"

#include "event.sql.h"
#include "event.text.h"
#include "web/feature.h"

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct event_record_row *row = event_record(rq->db, rq->city->id, id);
    if (!row)
        return false;
    record->title = row->title;
    record->state = row->state;
    record->organisation_id = row->organisation_id.has ? row->organisation_id.v : 0;
    record->page = link_id(rq, S("/buero/kalender/"), id);
    return true;
}

const struct record_kind event_record_kind = {
    .name = "event",
    .label = MSG_event_record,
    .permission = PERM_opportunity_edit,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct event_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return event_set_state(tx, &in) == 1;
}

bool event_is_public(str state)
{
    return str_eq(state, S("published")) || str_eq(state, S("cancelled"));
}

static const struct procedure_state states[] = {
    { "draft", MSG_event_state_draft, .starts = true },
    { "submitted", MSG_event_state_submitted, .starts = true },
    { "published", MSG_event_state_published, .starts = true },
    { "cancelled", MSG_event_state_cancelled },
    { "archived", MSG_event_state_archived },
    { 0 },
};

/* A date that waits for release is asked for again after so many days. */
#define RELEASE_DAYS 3

#define STEP(name, a, b, needs, text)                                                           \
    .verb = name, .from = a, .to = b, .who = BY_PERSON, .permission = PERM_opportunity_##needs, \
    .label = MSG_event_step_##text, .past = MSG_event_past_##text

static const struct procedure_step steps[] = {
    { .verb = "create", .from = "", .past = MSG_event_past_create },
    { .verb = "change", .from = "*", .past = MSG_event_past_change },
    { .verb = "single", .from = "*", .past = MSG_event_past_single },
    { STEP("submit", "draft", "submitted", edit, submit), .due_days = RELEASE_DAYS },
    { STEP("publish", "draft", "published", publish, publish) },
    { STEP("publish", "submitted", "published", publish, publish) },
    { STEP("return", "submitted", "draft", publish, back) },
    { STEP("cancel", "published", "cancelled", edit, cancel) },
    { STEP("restore", "cancelled", "published", publish, restore) },
    { STEP("archive", "draft", "archived", edit, archive) },
    { STEP("archive", "published", "archived", publish, archive) },
    { STEP("archive", "cancelled", "archived", edit, archive) },
    { STEP("reopen", "archived", "draft", edit, reopen) },
    { 0 },
};

const struct procedure event_procedure = {
    .record = &event_record_kind, .states = states, .steps = steps, .move = move
};

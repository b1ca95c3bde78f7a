/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of a person record as a procedure (web/procedure.h), and how a record is erased:
 * who entered it by link and never confirmed is deleted, of others the row stays and counts.
 */
#include "feature/consent/consent.h"
#include "feature/person/self.h"
#include "feature/person/store.h"
#include "person.text.h"
#include "web/erasure.h"
#include "web/token.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title = person_name(rq, p);
    record->state = p->merged_into.has ? S("merged") : p->state; /* no step leads on from there */
    record->page = link_id(rq, S("/buero/personen/"), id);
    return true;
}

const struct record_kind person_record = {
    .name = "person",
    .label = MSG_person_record,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct person_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return person_set_state(tx, &in) == 1;
}

/* The mailed link was used: the address is theirs, and so are the consents. */
static void confirm(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    static const str purposes[] = { STR_INIT(PERSON_AGREES_KEEP), STR_INIT(PERSON_AGREES_PROPOSE),
                                    STR_INIT(PERSON_AGREES_PASS_ON) };
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        consent_confirm(rq, tx, purposes[i], at->record->id);
    person_touch(tx, rq->city->id, at->record->id);
}

/* There was a talk: the time until erasure begins anew. */
static void greet(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    person_touch(tx, rq->city->id, at->record->id);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "waiting", MSG_person_state_waiting, .starts = true },
    { "active", MSG_person_state_active, .starts = true },
    { "resting", MSG_person_state_resting, .starts = true },
    { "erased", MSG_person_state_erased },
    { 0 },
};

#define BOTH BY_PERSON | BY_LINK

static const struct procedure_step steps[] = {
    { .verb = "enter", .from = "", .past = MSG_person_past_enter },
    { .verb = "change", .from = "*", .past = MSG_person_past_change },
    { .verb = "agree", .from = "*", .past = MSG_person_past_agree },
    { .verb = "withdraw", .from = "*", .past = MSG_person_past_withdraw },
    { .verb = "assign", .from = "*", .past = MSG_person_past_assign },
    { .verb = "merge", .from = "*", .past = MSG_person_past_merge },
    { .verb = "merged", .from = "*", .past = MSG_person_past_merged },
    { .verb = "unmerge", .from = "*", .past = MSG_person_past_unmerge },
    { .verb = "confirm",
      .from = "waiting",
      .to = "active",
      .who = BY_LINK,
      .label = MSG_person_step_confirm,
      .past = MSG_person_past_confirm,
      .due_days = 3, /* somebody of the office talks to them */
      .effect = confirm },
    { .verb = "greet",
      .from = "active",
      .who = BY_PERSON,
      .permission = PERM_person_handle,
      .label = MSG_person_step_greet,
      .past = MSG_person_past_greet,
      .due_days = PROCEDURE_NOT_DUE,
      .effect = greet },
    { .verb = "rest",
      .from = "active",
      .to = "resting",
      .who = BOTH,
      .permission = PERM_person_handle,
      .label = MSG_person_step_rest,
      .past = MSG_person_past_rest },
    { .verb = "resume",
      .from = "resting",
      .to = "active",
      .who = BOTH,
      .permission = PERM_person_handle,
      .label = MSG_person_step_resume,
      .past = MSG_person_past_resume },
    { .verb = "erase", .from = "*", .to = "erased", .past = MSG_person_past_erase },
    { 0 },
};

const struct procedure person_procedure = {
    .record = &person_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- erasing ---- */

/* What remains of the age is that of the day of entry, as the figures count it. */
static void erase_one(struct tx *tx, const struct person_row *p)
{
    static const str purposes[] = { STR_INIT(PERSON_AGREES_KEEP), STR_INIT(PERSON_AGREES_PROPOSE),
                                    STR_INIT(PERSON_AGREES_PASS_ON),
                                    STR_INIT(PERSON_AGREES_GUARDIAN),
                                    STR_INIT(PERSON_AGREES_HAND_OVER) };
    struct record record = { .kind = &person_record, .id = p->id };
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        consent_forget(tx, p->city_id, purposes[i], p->id);
        consent_end(tx, p->city_id, purposes[i], p->id);
    }
    token_revoke(tx, p->city_id, S(PERSON_LINK), p->id);
    person_support_delete(tx, p->city_id, p->id);
    procedure_forget(tx, p->city_id, &record);
    if (str_eq(p->state, S("waiting")))
        person_delete(tx, p->city_id, p->id);
    else
        person_erase(tx, &(struct person_erase_in){
                             .age_band = person_age_band(p, clock_local(p->created_at).day),
                             .at = tx->now,
                             .city = p->city_id,
                             .id = p->id });
}

/* With the records that were merged into it: they are about the same person. */
void person_erase_row(struct tx *tx, const struct erasure *e)
{
    const struct person_row *p = person_find(&tx->db, e->city_id, e->id);
    if (!p || p->erased_at)
        return;
    struct person_hung_row_rows merged = person_merged_ids(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < merged.n; i++)
        erase_one(tx, person_find(&tx->db, e->city_id, merged.v[i].id));
    erase_one(tx, p);
}

void person_corrected(struct tx *tx, int64_t city_id, str mail)
{
    struct person_words_row_rows rows = person_words_of_mail(&tx->db, city_id, mail);
    for (size_t i = 0; i < rows.n; i++) {
        const struct person_words_row *r = &rows.v[i];
        struct person_words w = person_words(
            tx->db.arena, &(struct person_contact){ r->name, r->mail, r->phone, r->postcode,
                                                    r->place, r->district });
        person_set_words(
            tx, &(struct person_set_words_in){
                    .sort_key = w.sort_key, .search = w.search, .city = city_id, .id = r->id });
    }
}

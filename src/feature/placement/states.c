/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of a placement as a procedure (web/procedure.h), and what comes of its steps: what the
 * state must record, days, mails, the counts of the offer. What a step may not do says guards.c.
 * Tables: placement, placement_feedback.
 */
#include "feature/certificate/certificate.h"
#include "feature/consent/consent.h"
#include "feature/opportunity/opportunity.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "placement.text.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct placement_full *p = placement_get(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title =
        str_fmt(rq->arena, "%.*s · %.*s", STR_FMT(p->name.n ? p->name : t_placement_erased(rq)),
                STR_FMT(p->title));
    record->state = p->state;
    record->page = link_id(rq, S("/buero/vermittlungen/"), id);
    return true;
}

const struct record_kind placement_record = {
    .name = "placement",
    .label = MSG_placement_record,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct placement_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return placement_set_state(tx, &in) == 1;
}

/* ---- what effects share ---- */

const struct placement_full *placement_at(struct rq *rq, const struct procedure_at *at)
{
    static const struct placement_full none;
    const struct placement_full *p = placement_get(rq->db, rq->city->id, at->record->id);
    return p ? p : &none;
}

static const struct placement_form *form_of(const struct procedure_at *at)
{
    static const struct placement_form nothing;
    return at->data ? at->data : &nothing;
}

/* The next step is due on a day of its own; empty: on none. */
static void due_on(struct rq *rq, struct tx *tx, const struct procedure_at *at, str day)
{
    if (!day.n) {
        due_clear(tx, rq->city->id, S("placement"), at->record->id);
        return;
    }
    due_set(tx, &(struct due_set_in){ .id = db_new_id(),
                                      .city = rq->city->id,
                                      .kind = S("placement"),
                                      .subject = at->record->id,
                                      .due_on = day,
                                      .verb = str_from_c(at->step->verb),
                                      .since = tx->now });
}

static str days_after(struct rq *rq, str iso, int days)
{
    struct day day;
    return day_parse_iso(iso, &day) ? day_iso(rq->arena, day_add(day, days)) : S("");
}

/* It is over, in whatever way: nobody needs the record for it, and a place may be free. */
static void close_with(struct rq *rq, struct tx *tx, const struct procedure_at *at, str reason)
{
    const struct placement_full *p = placement_at(rq, at);
    struct placement_set_closed_in in = { .at = tx->now,
                                          .ended_on = form_of(at)->ended_on,
                                          .reason = reason,
                                          .city = rq->city->id,
                                          .id = p->id };
    if (placement_set_closed(tx, &in) == 1)
        person_hold(tx, rq->city->id, p->person_id, -1);
    token_revoke(tx, rq->city->id, S(PLACEMENT_LINK_ORGANISATION), p->id);
    certificate_activity(rq, tx, p->person_id);
    placement_move_up(rq, tx, p->opportunity_id);
}

/* ---- what comes of steps ---- */

static void tell(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    placement_set_told(tx, S("mailed"), rq->city->id, at->record->id);
    placement_mail_proposal(rq, tx, at);
}

/* The words that hold now, with the instant of the consent. */
static void keep_consent(struct rq *rq, struct tx *tx, const struct placement_full *p)
{
    const struct person_consent *c =
        person_consent_now(rq->db, rq->city->id, p->person_id, S(PERSON_AGREES_PASS_ON));
    if (c)
        placement_set_consent(tx, &(struct placement_set_consent_in){ str_slice(c->text_hash, 0, 6),
                                                                      c->confirmed_at, rq->city->id,
                                                                      p->id });
}

static void agree(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    str way = at->who == BY_LINK ? S("web") : form_of(at)->given;
    person_agree(
        rq, tx,
        &(struct person_consent_given){ p->person_id, p->mail, S(PERSON_AGREES_PASS_ON), way });
    if (at->who == BY_LINK) /* mailed to them: that it was opened and pressed confirms it */
        consent_confirm(rq, tx, S(PERSON_AGREES_PASS_ON), p->person_id);
    keep_consent(rq, tx, p);
}

/*
 * Once for each placement for which data may have gone out; the consent itself is the person's and
 * ends for all of them (placement_consent_withdrawn takes this step for the others).
 */
static void withdraw(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    placement_set_withdrawn(tx, tx->now, rq->city->id, p->id);
    if (str_eq(p->writes, S("organisation")))
        placement_mail_withdrawn(rq, tx, at);
    token_revoke(tx, rq->city->id, S(PLACEMENT_LINK_ORGANISATION), p->id);
    if (placement_agreed(rq, p->person_id))
        person_withdraw(rq, tx, p->person_id, S(PERSON_AGREES_PASS_ON));
}

static void contact(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    str writes = at->who == BY_LINK ? S("organisation") : form_of(at)->writes;
    placement_set_contact(
        tx, &(struct placement_set_contact_in){ writes, tx->now, rq->city->id, p->id });
    if (!str_eq(writes, S("organisation")))
        return;
    keep_consent(rq, tx, p);
    placement_mail_contact(rq, tx, at);
}

static void remind(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    placement_set_reminded(tx, tx->now, rq->city->id, at->record->id);
    placement_mail_remind(rq, tx, at);
}

static void answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    placement_set_answer(tx, &(struct placement_set_answer_in){ tx->now, form_of(at)->answer,
                                                                rq->city->id, at->record->id });
    placement_mail_answer(rq, tx, at);
}

static void wait(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    placement_set_waiting(tx, tx->now, rq->city->id, at->record->id);
}

static void answer_full(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    answer(rq, tx, at);
    wait(rq, tx, at);
    opportunity_fill(rq, tx, placement_at(rq, at)->opportunity_id);
}

static void answer_no(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    answer(rq, tx, at);
    close_with(rq, tx, at, S("declined"));
}

static void leave(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    str reason = form_of(at)->exit_reason;
    close_with(rq, tx, at, reason.n ? reason : S("unknown"));
}

static void silent(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    close_with(rq, tx, at, S("unknown"));
}

static void meet(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    struct placement_set_meeting_in in = { .day = f->meets_on,
                                           .time = f->meets_at,
                                           .place = f->meets_place,
                                           .with = f->meets_with,
                                           .city = rq->city->id,
                                           .id = at->record->id };
    placement_set_meeting(tx, &in);
    due_on(rq, tx, at, days_after(rq, f->meets_on, 1));
}

static void commission(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    struct placement_set_commission_in in = { .day = f->commissioned_on,
                                              .by = f->commissioned_by,
                                              .supervisor = f->supervisor,
                                              .scope = f->scope,
                                              .city = rq->city->id,
                                              .id = at->record->id };
    placement_set_commission(tx, &in);
}

static void try_it(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    placement_set_trial(tx, &(struct placement_set_trial_in){ f->trial_from, f->trial_to,
                                                              rq->city->id, at->record->id });
    due_on(rq, tx, at, f->trial_to);
}

static void place(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    const struct placement_full *p = placement_at(rq, at);
    struct placement_set_placed_in in = { .starts_on = f->starts_on,
                                          .hours_week = f->hours_week,
                                          .ends_on = f->ends_on,
                                          .expenses = f->expenses,
                                          .checked = f->checked,
                                          .why = f->checked_why,
                                          .at = tx->now,
                                          .city = rq->city->id,
                                          .id = p->id };
    placement_set_placed(tx, &in);
    opportunity_place(rq, tx, p->opportunity_id, 1);
    due_on(rq, tx, at, days_after(rq, f->starts_on, PLACEMENT_SIX_WEEKS));
}

static void keep_rating(struct rq *rq, struct tx *tx, const struct procedure_at *at, bool person)
{
    const struct placement_form *f = form_of(at);
    struct placement_feedback_insert_in in = {
        .id = db_new_id(),
        .city = rq->city->id,
        .placement = at->record->id,
        .person = placement_at(rq, at)->person_id,
        .at = tx->now,
        .side = person ? S("person") : S("organisation"),
        .way = at->who == BY_LINK ? S("link") : S("office"),
        .rating = person ? f->rating_person : f->rating_organisation,
        .sentence = person ? f->said_person : f->said_organisation
    };
    if (in.rating)
        placement_feedback_insert(tx, &in);
}

static void rate(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    keep_rating(rq, tx, at, true);
    keep_rating(rq, tx, at, false);
}

/* After six weeks, after six months, and then on the day that was agreed. */
static str next_look(struct rq *rq, const struct procedure_at *at)
{
    str half_year = days_after(rq, placement_at(rq, at)->starts_on, PLACEMENT_SIX_MONTHS);
    str next = form_of(at)->next_on;
    if (next.n)
        return next;
    return str_cmp(half_year, day_iso(rq->arena, clock_today())) > 0 ? half_year : S("");
}

static void follow(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    rate(rq, tx, at);
    placement_set_followed(tx, rq->city->id, at->record->id);
    due_on(rq, tx, at, next_look(rq, at));
}

static void go_on(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    due_on(rq, tx, at, next_look(rq, at));
}

static void end(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    opportunity_place(rq, tx, placement_at(rq, at)->opportunity_id, -1);
    str reason = form_of(at)->end_reason;
    close_with(rq, tx, at, reason.n ? reason : S("unknown"));
}

static void move_up(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    placement_set_moved_up(tx, tx->now, rq->city->id, at->record->id);
    placement_mail_moved_up(rq, tx, at);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "proposed", MSG_placement_state_proposed, .starts = true },
    { "waiting", MSG_placement_state_waiting, .starts = true },
    { "contact", MSG_placement_state_contact },
    { "frozen", MSG_placement_state_frozen },
    { "meeting", MSG_placement_state_meeting },
    { "trial", MSG_placement_state_trial },
    { "placed", MSG_placement_state_placed },
    { "followed", MSG_placement_state_followed },
    { "ended", MSG_placement_state_ended },
    { "no_interest", MSG_placement_state_no_interest },
    { "silent_org", MSG_placement_state_silent_org },
    { "silent_person", MSG_placement_state_silent_person },
    { "unfit", MSG_placement_state_unfit },
    { "broken_off", MSG_placement_state_broken_off },
    { 0 },
};

#define STEP(name, a, b, whose, text)                                                 \
    .verb = name, .from = a, .to = b, .who = whose, .permission = PERM_person_handle, \
    .label = MSG_placement_step_##text, .past = MSG_placement_past_##text
#define ANY_SIDE (BY_PERSON | BY_LINK)

/* Whoever is waited for has a week. */
#define WEEK PLACEMENT_CONTACT_DAYS

/* In the order in which the page of a placement offers them. */
static const struct procedure_step steps[] = {
    { .verb = "propose", .from = "", .past = MSG_placement_past_propose },
    { STEP("tell", "proposed", NULL, BY_PERSON, tell), .guard = guard_tell, .effect = tell,
      .due_days = WEEK },
    { STEP("agree", "proposed", NULL, ANY_SIDE, agree), .guard = guard_consent, .effect = agree },
    { STEP("agree", "waiting", NULL, ANY_SIDE, agree), .guard = guard_consent, .effect = agree },
    { STEP("agree", "frozen", NULL, ANY_SIDE, agree), .guard = guard_consent, .effect = agree },
    { STEP("contact", "proposed", "contact", ANY_SIDE, contact), .guard = guard_contact,
      .effect = contact, .due_days = WEEK },
    { STEP("contact", "frozen", "contact", ANY_SIDE, contact), .guard = guard_contact,
      .effect = contact, .due_days = WEEK },
    { STEP("answer_yes", "contact", NULL, ANY_SIDE, answer_yes), .guard = guard_agreed,
      .effect = answer, .due_days = WEEK },
    { STEP("meet", "contact", "meeting", BY_PERSON, meet), .guard = guard_agreed, .effect = meet },
    { STEP("meet", "meeting", NULL, BY_PERSON, meet_again), .guard = guard_agreed, .effect = meet },
    { STEP("commission", "contact", NULL, ANY_SIDE, commission), .guard = guard_agreed,
      .effect = commission },
    { STEP("commission", "meeting", NULL, ANY_SIDE, commission), .guard = guard_agreed,
      .effect = commission },
    { STEP("trial", "meeting", "trial", BY_PERSON, trial), .guard = guard_trial, .effect = try_it },
    { STEP("place", "meeting", "placed", BY_PERSON, place), .guard = guard_place, .effect = place },
    { STEP("place", "trial", "placed", BY_PERSON, place), .guard = guard_place, .effect = place },
    { STEP("follow_up", "placed", "followed", BY_PERSON, follow_up), .guard = guard_rating,
      .effect = follow },
    { STEP("follow_up", "followed", NULL, BY_PERSON, follow_up), .guard = guard_rating,
      .effect = follow },
    { STEP("go_on", "followed", "placed", BY_PERSON, go_on), .effect = go_on },
    { STEP("ask", "placed", NULL, BY_PERSON | BY_JOB, ask), .effect = placement_mail_ask },
    { STEP("ask", "followed", NULL, BY_PERSON | BY_JOB, ask), .effect = placement_mail_ask },
    { STEP("remind", "contact", NULL, BY_PERSON | BY_JOB, remind), .guard = guard_remind,
      .effect = remind },
    { STEP("answer_full", "contact", "waiting", ANY_SIDE, answer_full), .effect = answer_full },
    { STEP("answer_no", "contact", "unfit", ANY_SIDE, answer_no), .effect = answer_no },
    { STEP("wait", "proposed", "waiting", ANY_SIDE, wait), .guard = guard_wait, .effect = wait },
    { STEP("wait", "contact", "waiting", BY_PERSON, wait), .guard = guard_wait, .effect = wait },
    { STEP("wait", "meeting", "waiting", BY_PERSON, wait), .guard = guard_wait, .effect = wait },
    { STEP("wait", "trial", "waiting", BY_PERSON, wait), .guard = guard_wait, .effect = wait },
    { STEP("move_up", "waiting", "proposed", BY_JOB, move_up), .guard = guard_move_up,
      .effect = move_up, .due_days = WEEK },
    /* By link: what both sides say of it. */
    { STEP("rate", "placed", NULL, BY_LINK, rate), .guard = guard_rating, .effect = rate },
    { STEP("rate", "followed", NULL, BY_LINK, rate), .guard = guard_rating, .effect = rate },
    { STEP("rate", "ended", NULL, BY_LINK, rate), .guard = guard_rating, .effect = rate },
    /* The ways out. */
    { STEP("no_interest", "proposed", "no_interest", ANY_SIDE, no_interest), .guard = guard_exit,
      .effect = leave },
    { STEP("no_interest", "waiting", "no_interest", ANY_SIDE, no_interest), .guard = guard_exit,
      .effect = leave },
    { STEP("no_interest", "contact", "no_interest", ANY_SIDE, no_interest), .guard = guard_exit,
      .effect = leave },
    { STEP("no_interest", "frozen", "no_interest", ANY_SIDE, no_interest), .guard = guard_exit,
      .effect = leave },
    { STEP("silent_org", "contact", "silent_org", BY_PERSON, silent_org), .guard = guard_silent,
      .effect = silent },
    { STEP("silent_person", "proposed", "silent_person", BY_PERSON, silent_person),
      .guard = guard_silent_person, .effect = silent },
    { STEP("silent_person", "contact", "silent_person", BY_PERSON, silent_person),
      .guard = guard_silent_person, .effect = silent },
    { STEP("unfit", "meeting", "unfit", BY_PERSON, unfit), .guard = guard_exit, .effect = leave },
    { STEP("break_off", "trial", "broken_off", BY_PERSON, break_off), .guard = guard_exit,
      .effect = leave },
    { STEP("end", "placed", "ended", BY_PERSON, end), .guard = guard_end, .effect = end },
    { STEP("end", "followed", "ended", BY_PERSON, end), .guard = guard_end, .effect = end },
    { STEP("withdraw", "proposed", NULL, ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "waiting", NULL, ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "contact", "frozen", ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "meeting", "frozen", ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "trial", "frozen", ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "placed", NULL, ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { STEP("withdraw", "followed", NULL, ANY_SIDE | BY_JOB, withdraw), .guard = guard_withdraw,
      .effect = withdraw },
    { 0 },
};

const struct procedure placement_procedure = {
    .record = &placement_record,
    .states = states,
    .steps = steps,
    .move = move,
};

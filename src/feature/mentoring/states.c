/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A pair as a procedure (web/procedure.h): proposed → asked → half → agreed → running → ended; ways
 * out before it runs: declined by either, called off by the office. Both say yes by their own link;
 * the second yes starts it, unless something is in the way, which the office then sees.
 */
#include "base/utf8.h"
#include "feature/certificate/certificate.h"
#include "feature/mentoring/pages.h"
#include "mentoring.text.h"
#include "web/app.h"

#define MEETING_MOST 1440 /* minutes */

/* ---- the record ---- */

static str name_or_gone(const struct rq *rq, str name)
{
    return name.n ? name : t_mentoring_erased(rq);
}

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct mentoring_pair_row *p = mentoring_pair_get(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title =
        t_mentoring_pair_title(rq, name_or_gone(rq, p->mentor), name_or_gone(rq, p->mentee));
    record->state = p->state;
    record->page = link_id(rq, S("/buero/mentoring/paare/"), id);
    return true;
}

const struct record_kind mentoring_pair_record = {
    .name = "mentoring_pair",
    .label = MSG_mentoring_pair,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct mentoring_pair_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return mentoring_pair_set_state(tx, &in) == 1;
}

const struct mentoring_pair_row *mentoring_pair_at(struct rq *rq, const struct procedure_at *at)
{
    static const struct mentoring_pair_row none;
    const struct mentoring_pair_row *p = mentoring_pair_get(rq->db, rq->city->id, at->record->id);
    return p ? p : &none;
}

static const struct mentoring_said *form_of(const struct procedure_at *at)
{
    static const struct mentoring_said nothing;
    return at->data ? at->data : &nothing;
}

/* ---- beginning ---- */

static const struct mentoring_profile_row *profile(struct rq *rq, int64_t id, const char *side)
{
    const struct mentoring_profile_row *p = mentoring_profile_get(rq->db, rq->city->id, id);
    return p && str_eq(p->side, str_from_c(side)) ? p : NULL;
}

/* 0, or why these two cannot be proposed to each other now. */
static enum msg objection(const struct mentoring_fit *f)
{
    if (!f->mentor || !f->mentee || f->mentor->programme_id != f->mentee->programme_id ||
        f->mentor->person_id == f->mentee->person_id)
        return MSG_mentoring_not_pair;
    if (!str_eq(f->mentor->programme_state, S("open")))
        return MSG_mentoring_not_open;
    if (!mentoring_has_room(f->mentor) || !mentoring_has_room(f->mentee))
        return MSG_mentoring_not_room;
    return 0;
}

int64_t mentoring_pair_new(struct rq *rq, struct tx *tx, int64_t mentor_id, int64_t mentee_id,
                           enum msg *why_not)
{
    struct mentoring_fit f = { .mentor = profile(rq, mentor_id, "mentor"),
                               .mentee = profile(rq, mentee_id, "mentee") };
    *why_not = objection(&f);
    if (*why_not)
        return 0;
    mentoring_reasons(rq, &f);
    struct mentoring_pair_insert_in in = { .id = db_new_id(),
                                           .city = rq->city->id,
                                           .programme = f.mentor->programme_id,
                                           .mentor = mentor_id,
                                           .mentee = mentee_id,
                                           .mentor_person = f.mentor->person_id,
                                           .mentee_person = f.mentee->person_id,
                                           .fits = mentoring_lines(rq, &f.fits),
                                           .misses = mentoring_lines(rq, &f.misses),
                                           .at = tx->now };
    mentoring_pair_insert(tx, &in);
    person_hold(tx, rq->city->id, f.mentor->person_id, 1);
    person_hold(tx, rq->city->id, f.mentee->person_id, 1);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &mentoring_pair_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = in.id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("propose"),
                                                    .from = S(""),
                                                    .to = S("proposed"),
                                                    .note = S("") });
    return in.id;
}

/* ---- guards: 0, or why not ---- */

static enum msg guard_agreed(struct rq *rq, const struct mentoring_pair_row *p)
{
    if (!mentoring_agreed(rq, p->mentor_person_id))
        return MSG_mentoring_not_agreed_mentor;
    return mentoring_agreed(rq, p->mentee_person_id) ? 0 : MSG_mentoring_not_agreed_mentee;
}

static enum msg guard_ask(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    if (!str_eq(p->programme_state, S("open")))
        return MSG_mentoring_not_open;
    if (!mail_valid(p->mentor_mail) || !mail_valid(p->mentee_mail))
        return MSG_mentoring_not_mail;
    return guard_agreed(rq, p);
}

/* Each side says yes once; the state says how many have. */
static enum msg guard_yes(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    bool mentor = str_eq(str_from_c(at->step->verb), S("accept_mentor"));
    if (mentor ? p->mentor_yes_at : p->mentee_yes_at)
        return MSG_mentoring_not_yes_twice;
    return guard_agreed(rq, p);
}

/*
 * Section 72a SGB VIII: nobody meets somebody under age without an inspection on record that holds
 * today and has no entry. There is no exemption here: the two meet alone.
 */
static enum msg guard_start(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    bool minor = p->minors || mentoring_is_minor(p->mentee_birth_year, p->mentee_age_band);
    if (!p->mentor_yes_at || !p->mentee_yes_at)
        return MSG_mentoring_not_both;
    if (minor && !certificate_permits(rq, p->mentor_person_id))
        return MSG_mentoring_not_inspected;
    return guard_agreed(rq, p);
}

static enum msg guard_remind(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    int64_t since = p->reminded_at ? p->reminded_at : p->asked_at;
    int64_t days = clock_day_number(clock_now()) - clock_day_number(since);
    return days >= MENTORING_ANSWER_DAYS ? 0 : MSG_mentoring_not_yet;
}

static enum msg guard_meeting(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    const struct mentoring_said *f = at->data;
    if (!f)
        return 0;
    if (!f->day.n || f->minutes < 1 || f->minutes > MEETING_MOST)
        return MSG_mentoring_not_when;
    if (str_cmp(f->day, day_iso(rq->arena, clock_today())) > 0)
        return MSG_mentoring_not_future;
    return str_cmp(f->day, p->started_on) < 0 ? MSG_mentoring_not_before : 0;
}

static enum msg guard_answer(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_said *f = at->data;
    if (!f)
        return 0;
    if (vocab_find(&vocab_going, f->going) < 0)
        return MSG_mentoring_not_going;
    return mentoring_occasion(rq, mentoring_pair_at(rq, at), f->mentor) ? 0
                                                                        : MSG_mentoring_not_asked;
}

int mentoring_check_days(int64_t n)
{
    return n <= 1 ? MENTORING_FIRST : MENTORING_SECOND;
}

static enum msg guard_check(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    struct day began;
    if (p->checks >= MENTORING_CHECKS)
        return MSG_mentoring_not_more_checks;
    if (!day_parse_iso(p->started_on, &began))
        return MSG_mentoring_not_yet;
    int64_t days = day_number(clock_today()) - day_number(began);
    return days >= mentoring_check_days(p->checks + 1) ? 0 : MSG_mentoring_not_yet;
}

static enum msg guard_end(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    const struct mentoring_said *f = at->data;
    if (!f || at->who == BY_LINK)
        return 0;
    if (!f->day.n || vocab_find(&vocab_pair_end, f->reason) < 0)
        return MSG_mentoring_not_reason;
    if (str_cmp(f->day, day_iso(rq->arena, clock_today())) > 0)
        return MSG_mentoring_not_future;
    return str_cmp(f->day, p->started_on) < 0 ? MSG_mentoring_not_before : 0;
}

/* ---- what comes of steps ---- */

static void due_in(struct rq *rq, struct tx *tx, const struct procedure_at *at, int days)
{
    struct day from = clock_local(tx->now).day;
    due_set(tx, &(struct due_set_in){ .id = db_new_id(),
                                      .city = rq->city->id,
                                      .kind = S("mentoring_pair"),
                                      .subject = at->record->id,
                                      .due_on = day_iso(rq->arena, day_add(from, days)),
                                      .verb = str_from_c(at->step->verb),
                                      .since = tx->now });
}

static void ask(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    mentoring_pair_set_asked(tx, tx->now, rq->city->id, at->record->id);
    mentoring_mail_both(rq, tx, at, MENTORING_MAIL_ASK);
}

static void remind(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    mentoring_pair_set_reminded(tx, tx->now, rq->city->id, at->record->id);
    mentoring_mail_both(rq, tx, at, MENTORING_MAIL_REMIND);
}

static void say_yes(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    str said = form_of(at)->said;
    int64_t city = rq->city->id;
    int64_t id = at->record->id;
    if (str_eq(str_from_c(at->step->verb), S("accept_mentor")))
        mentoring_pair_set_mentor_yes(
            tx, &(struct mentoring_pair_set_mentor_yes_in){ tx->now, said, city, id });
    else
        mentoring_pair_set_mentee_yes(
            tx, &(struct mentoring_pair_set_mentee_yes_in){ tx->now, said, city, id });
}

/* Both have said yes: it starts by itself, or waits for what the guard of "start" names. */
static void both_agreed(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    enum msg why;
    struct procedure_ask start = { .procedure = &mentoring_pair_procedure,
                                   .id = at->record->id,
                                   .verb = S("start"),
                                   .who = BY_JOB };
    say_yes(rq, tx, at);
    (void)procedure_step(rq, tx, &start, &why); /* refused: it stays due for the office */
}

static str planned_end(struct rq *rq, struct day begins, int64_t months)
{
    if (!months)
        return S("");
    int64_t at = (int64_t)begins.year * 12 + begins.month - 1 + months;
    struct day end = { .year = (int)(at / 12), .month = (int)(at % 12) + 1, .day = begins.day };
    while (!day_valid(end)) /* the 31st of a shorter month */
        end.day--;
    return day_iso(rq->arena, end);
}

static void start(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    struct day today = clock_local(tx->now).day;
    struct mentoring_pair_set_started_in in = { .day = day_iso(rq->arena, today),
                                                .until = planned_end(rq, today, p->months),
                                                .city = rq->city->id,
                                                .id = p->id };
    mentoring_pair_set_started(tx, &in);
    certificate_activity(rq, tx, p->mentor_person_id);
    mentoring_mail_both(rq, tx, at, MENTORING_MAIL_START);
    due_in(rq, tx, at, MENTORING_FIRST);
}

static int64_t person_of(const struct mentoring_pair_row *p, bool mentor)
{
    return mentor ? p->mentor_person_id : p->mentee_person_id;
}

static void meet(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct mentoring_said *f = form_of(at);
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    bool mentor = at->who != BY_LINK || f->mentor;
    str side = at->who != BY_LINK ? S("office") : mentor ? S("mentor") : S("mentee");
    struct mentoring_meeting_insert_in in = { .id = db_new_id(),
                                              .city = rq->city->id,
                                              .pair = p->id,
                                              .person = person_of(p, mentor),
                                              .side = side,
                                              .day = f->day,
                                              .minutes = f->minutes,
                                              .sentence = f->said,
                                              .at = tx->now };
    mentoring_meeting_insert(tx, &in);
    mentoring_pair_set_met(tx, f->minutes, rq->city->id, p->id);
}

/* Whoever is asked has a week; then it is for the office to ring up. */
static void check(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    mentoring_pair_set_checked(tx, tx->now, rq->city->id, at->record->id);
    mentoring_mail_both(rq, tx, at, MENTORING_MAIL_CHECK);
}

/* Whether an answer asks for the office: it goes badly, or somebody wants to be called. */
static bool worries(const struct mentoring_answer_row *a)
{
    return a->call || str_eq(a->going, S("bad"));
}

struct heard {
    bool both, worry;
};

static struct heard heard_of(struct rq *rq, int64_t pair, int64_t occasion)
{
    struct mentoring_answer_row_rows rows = mentoring_answers(rq->db, rq->city->id, pair);
    struct heard h = { 0 };
    int n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].occasion == occasion) {
            n++;
            h.worry |= worries(&rows.v[i]);
        }
    h.both = n == 2;
    return h;
}

static void answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct mentoring_said *f = form_of(at);
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    struct mentoring_answer_insert_in in = { .id = db_new_id(),
                                             .city = rq->city->id,
                                             .pair = p->id,
                                             .person = person_of(p, f->mentor),
                                             .side = f->mentor ? S("mentor") : S("mentee"),
                                             .occasion = mentoring_occasion(rq, p, f->mentor),
                                             .going = f->going,
                                             .sentence = f->said,
                                             .call = f->call,
                                             .at = tx->now };
    mentoring_answer_insert(tx, &in);
    struct heard h = heard_of(rq, p->id, in.occasion);
    if (h.worry)
        due_in(rq, tx, at, 0);
    else if (h.both)
        due_clear(tx, rq->city->id, S("mentoring_pair"), p->id);
}

/* It is over, in whatever way. */
static void close_with(struct rq *rq, struct tx *tx, const struct procedure_at *at, str reason)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    str day = form_of(at)->day;
    str today = day_iso(rq->arena, clock_local(tx->now).day);
    struct mentoring_pair_set_closed_in in = { .at = tx->now,
                                               .ended_on = !p->started_on.n ? S("")
                                                           : day.n          ? day
                                                                            : today,
                                               .reason = reason,
                                               .city = rq->city->id,
                                               .id = p->id };
    if (mentoring_pair_set_closed(tx, &in) != 1)
        return;
    person_hold(tx, rq->city->id, p->mentor_person_id, -1);
    person_hold(tx, rq->city->id, p->mentee_person_id, -1);
    certificate_activity(rq, tx, p->mentor_person_id);
}

/* Before it ran, or for good: whoever was asked hears of it, and no link opens any more. */
static void leave(struct rq *rq, struct tx *tx, const struct procedure_at *at, str reason)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    close_with(rq, tx, at, reason);
    if (p->asked_at)
        mentoring_mail_both(rq, tx, at, MENTORING_MAIL_OVER);
    token_revoke(tx, rq->city->id, S(MENTORING_LINK_MENTOR), p->id);
    token_revoke(tx, rq->city->id, S(MENTORING_LINK_MENTEE), p->id);
}

static void over(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    leave(rq, tx, at, S("unknown"));
}

static void withdraw(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    leave(rq, tx, at, S("withdrawn"));
}

/* Both are thanked, and asked how it was, by the links that they have. */
static void end(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    str reason = form_of(at)->reason;
    close_with(rq, tx, at, reason.n ? reason : S("unknown"));
    mentoring_mail_both(rq, tx, at, MENTORING_MAIL_END);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "proposed", MSG_mentoring_state_proposed, .starts = true },
    { "asked", MSG_mentoring_state_asked },
    { "half", MSG_mentoring_state_half },
    { "agreed", MSG_mentoring_state_agreed },
    { "running", MSG_mentoring_state_running },
    { "ended", MSG_mentoring_state_ended },
    { "declined", MSG_mentoring_state_declined },
    { "called_off", MSG_mentoring_state_called_off },
    { 0 },
};

#define STEP(name, a, b, whose)                                                        \
    .verb = #name, .from = a, .to = b, .who = whose, .permission = PERM_person_handle, \
    .label = MSG_mentoring_step_##name, .past = MSG_mentoring_past_##name
#define WEEK MENTORING_ANSWER_DAYS

static const struct procedure_step steps[] = {
    { .verb = "propose", .from = "", .past = MSG_mentoring_past_propose },
    { STEP(ask, "proposed", "asked", BY_PERSON), .guard = guard_ask, .effect = ask,
      .due_days = WEEK },
    { STEP(accept_mentor, "asked", "half", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = WEEK },
    { STEP(accept_mentor, "half", "agreed", BY_LINK), .guard = guard_yes, .effect = both_agreed,
      .due_days = 1 },
    { STEP(accept_mentee, "asked", "half", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = WEEK },
    { STEP(accept_mentee, "half", "agreed", BY_LINK), .guard = guard_yes, .effect = both_agreed,
      .due_days = 1 },
    { STEP(start, "agreed", "running", BY_PERSON | BY_JOB), .guard = guard_start, .effect = start },
    { STEP(remind, "asked", NULL, BY_PERSON | BY_JOB), .guard = guard_remind, .effect = remind,
      .due_days = WEEK },
    { STEP(remind, "half", NULL, BY_PERSON | BY_JOB), .guard = guard_remind, .effect = remind,
      .due_days = WEEK },
    { STEP(meet, "running", NULL, BY_PERSON | BY_LINK), .guard = guard_meeting, .effect = meet },
    { STEP(check, "running", NULL, BY_PERSON | BY_JOB), .guard = guard_check, .effect = check,
      .due_days = WEEK },
    { STEP(answer, "running", NULL, BY_LINK), .guard = guard_answer, .effect = answer },
    { STEP(answer, "ended", NULL, BY_LINK), .guard = guard_answer, .effect = answer },
    { STEP(settle, "running", NULL, BY_PERSON), .reason = true, .due_days = PROCEDURE_NOT_DUE },
    { STEP(decline, "asked", "declined", BY_LINK), .effect = over },
    { STEP(decline, "half", "declined", BY_LINK), .effect = over },
    { STEP(decline, "agreed", "declined", BY_LINK), .effect = over },
    { STEP(call_off, "proposed", "called_off", BY_PERSON), .effect = over },
    { STEP(call_off, "asked", "called_off", BY_PERSON), .effect = over },
    { STEP(call_off, "half", "called_off", BY_PERSON), .effect = over },
    { STEP(call_off, "agreed", "called_off", BY_PERSON), .effect = over },
    { STEP(end, "running", "ended", BY_PERSON | BY_LINK), .guard = guard_end, .effect = end },
    { STEP(withdraw, "proposed", "called_off", BY_JOB), .effect = withdraw },
    { STEP(withdraw, "asked", "called_off", BY_JOB), .effect = withdraw },
    { STEP(withdraw, "half", "called_off", BY_JOB), .effect = withdraw },
    { STEP(withdraw, "agreed", "called_off", BY_JOB), .effect = withdraw },
    { STEP(withdraw, "running", "ended", BY_JOB), .effect = withdraw },
    { 0 },
};

const struct procedure mentoring_pair_procedure = {
    .record = &mentoring_pair_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- forms of the office ---- */

static const struct field none[] = { { 0 } };
static const struct field meet_fields[] = {
    FIELD(struct mentoring_said, day, DAY, MSG_mentoring_field_day, .required = true),
    FIELD(struct mentoring_said, minutes, INT, MSG_mentoring_field_minutes, .required = true,
          .min = 5, .max = MEETING_MOST),
    FIELD(struct mentoring_said, said, TEXT, MSG_mentoring_field_sentence, .max = 300,
          .hint = MSG_mentoring_field_sentence_hint),
    { 0 },
};
static const struct field settle_fields[] = {
    FIELD(struct mentoring_said, note, TEXT, MSG_mentoring_field_note, .required = true,
          .max = 500),
    { 0 },
};
static const struct field end_fields[] = {
    FIELD(struct mentoring_said, day, DAY, MSG_mentoring_field_ended_on, .required = true),
    FIELD(struct mentoring_said, reason, CODE, MSG_mentoring_field_reason, .required = true,
          .vocab = &vocab_pair_end),
    FIELD(struct mentoring_said, note, TEXT, MSG_mentoring_field_note, .max = 500),
    { 0 },
};

const struct field *mentoring_fields(str verb)
{
    if (str_eq(verb, S("meet")))
        return meet_fields;
    if (str_eq(verb, S("settle")))
        return settle_fields;
    return str_eq(verb, S("end")) ? end_fields : none;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What each step of a placement asks for: a table of fields for each verb, all of one struct. A
 * step that asks nothing has an empty table.
 */
#include "feature/placement/pages.h"
#include "placement.text.h"

#define LINE(member, kind, text, ...) \
    FIELD(struct placement_form, member, kind, text, ##__VA_ARGS__)

#define USUAL_HOURS 20 /* tenths: what the form of a placement begins with */

static const struct field none[] = { { 0 } };

static const struct field agree[] = {
    LINE(given, CODE, MSG_placement_field_given, .required = true, .vocab = &vocab_given),
    { 0 },
};

static const struct field contact[] = {
    LINE(writes, CODE, MSG_placement_field_writes, .required = true, .vocab = &vocab_writes),
    { 0 },
};

static const struct field answer_yes[] = {
    LINE(answer, TEXT, MSG_placement_field_answer),
    { 0 },
};

static const struct field meet[] = {
    LINE(meets_on, DAY, MSG_placement_field_meets_on, .required = true),
    LINE(meets_at, TEXT, MSG_placement_field_meets_at, .max = 40),
    LINE(meets_place, TEXT, MSG_placement_field_meets_place, .required = true),
    LINE(meets_with, TEXT, MSG_placement_field_meets_with, .required = true),
    { 0 },
};

static const struct field commission[] = {
    LINE(commissioned_on, DAY, MSG_placement_field_commissioned_on, .required = true),
    LINE(commissioned_by, TEXT, MSG_placement_field_commissioned_by, .required = true,
         .hint = MSG_placement_field_commissioned_by_hint),
    LINE(supervisor, TEXT, MSG_placement_field_supervisor, .required = true),
    LINE(scope, TEXT, MSG_placement_field_scope, .required = true,
         .hint = MSG_placement_field_scope_hint),
    { 0 },
};

static const struct field trial[] = {
    LINE(trial_from, DAY, MSG_placement_field_trial_from, .required = true),
    LINE(trial_to, DAY, MSG_placement_field_trial_to, .required = true),
    { 0 },
};

static const struct field place[] = {
    LINE(starts_on, DAY, MSG_placement_field_starts_on, .required = true),
    LINE(hours_week, DECIMAL, MSG_placement_field_hours_week, .required = true, .min = 1,
         .max = 400, .scale = 10),
    LINE(ends_on, DAY, MSG_placement_field_ends_on, .hint = MSG_placement_field_ends_on_hint),
    LINE(expenses, CODE, MSG_placement_field_expenses, .required = true, .vocab = &vocab_expenses),
    LINE(checked, CODE, MSG_placement_field_checked, .required = true, .vocab = &vocab_checked,
         .hint = MSG_placement_field_checked_hint),
    LINE(checked_why, TEXT, MSG_placement_field_checked_why,
         .hint = MSG_placement_field_checked_why_hint),
    LINE(person_agrees, BOOL, MSG_placement_field_person_agrees),
    LINE(organisation_agrees, BOOL, MSG_placement_field_organisation_agrees),
    { 0 },
};

static const struct field follow_up[] = {
    LINE(rating_person, INT, MSG_placement_field_rating_person, .min = 1, .max = 5,
         .hint = MSG_placement_field_rating_hint),
    LINE(said_person, TEXT, MSG_placement_field_said_person),
    LINE(rating_organisation, INT, MSG_placement_field_rating_organisation, .min = 1, .max = 5,
         .hint = MSG_placement_field_rating_hint),
    LINE(said_organisation, TEXT, MSG_placement_field_said_organisation),
    LINE(issue, TEXT, MSG_placement_field_issue, .hint = MSG_placement_field_issue_hint),
    LINE(next_on, DAY, MSG_placement_field_next_on, .hint = MSG_placement_field_next_on_hint),
    { 0 },
};

static const struct field way_out[] = {
    LINE(exit_reason, CODE, MSG_placement_field_reason, .required = true,
         .vocab = &vocab_exit_reason),
    LINE(note, TEXT, MSG_placement_field_note, .hint = MSG_placement_field_note_hint),
    { 0 },
};

static const struct field end[] = {
    LINE(ended_on, DAY, MSG_placement_field_ended_on, .required = true),
    LINE(end_reason, CODE, MSG_placement_field_reason, .required = true,
         .vocab = &vocab_end_reason),
    LINE(note, TEXT, MSG_placement_field_note, .hint = MSG_placement_field_note_hint),
    { 0 },
};

const struct field placement_start_fields[] = {
    FIELD(struct placement_start_form, why, LONG, MSG_placement_field_why, .max = 500,
          .hint = MSG_placement_field_why_hint),
    FIELD(struct placement_start_form, told, CODE, MSG_placement_field_told, .vocab = &vocab_told),
    { 0 },
};

const struct field *placement_fields(str verb)
{
    static const struct {
        str verb;
        const struct field *fields;
    } all[] = {
        { STR_INIT("agree"), agree },           { STR_INIT("contact"), contact },
        { STR_INIT("answer_yes"), answer_yes }, { STR_INIT("answer_full"), answer_yes },
        { STR_INIT("answer_no"), answer_yes },  { STR_INIT("meet"), meet },
        { STR_INIT("commission"), commission }, { STR_INIT("trial"), trial },
        { STR_INIT("place"), place },           { STR_INIT("follow_up"), follow_up },
        { STR_INIT("no_interest"), way_out },   { STR_INIT("unfit"), way_out },
        { STR_INIT("break_off"), way_out },     { STR_INIT("end"), end },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(all[i].verb, verb))
            return all[i].fields;
    return none;
}

struct placement_form placement_said(struct rq *rq, const struct placement_full *p)
{
    str today = day_iso(rq->arena, clock_today());
    return (struct placement_form){
        .meets_on = p->meets_on,
        .meets_at = p->meets_at,
        .meets_place = p->meets_place,
        .meets_with = p->meets_with.n ? p->meets_with : p->contact_name,
        .commissioned_on = p->commissioned_on.n ? p->commissioned_on : today,
        .commissioned_by = p->commissioned_by,
        .supervisor = p->supervisor.n ? p->supervisor : p->meets_with,
        .scope = p->scope.n ? p->scope : p->title,
        .trial_from = p->trial_from,
        .trial_to = p->trial_to,
        .starts_on = today,
        .hours_week = p->hours_week ? p->hours_week : USUAL_HOURS,
        .ended_on = today,
    };
}

void placement_form_check(struct rq *rq, str verb, const struct placement_form *f)
{
    if (str_eq(verb, S("trial")) && str_cmp(f->trial_to, f->trial_from) < 0)
        rq_error(rq, "trial_to", t_placement_error_order(rq));
    if (str_eq(verb, S("place")) && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0)
        rq_error(rq, "ends_on", t_placement_error_order(rq));
    if (str_eq(verb, S("end")) && str_cmp(f->ended_on, day_iso(rq->arena, clock_today())) > 0)
        rq_error(rq, "ended_on", t_placement_error_future(rq));
}

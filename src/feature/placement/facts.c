/* SPDX-License-Identifier: EUPL-1.2 */
/* What the states of a placement have recorded, as the page shows it. */
#include "base/vec.h"
#include "feature/placement/pages.h"
#include "placement.text.h"
#include "web/page.h"
#include "web/vocab_label.h"

bool placement_step_leads_on(str verb)
{
    static const str others[] = {
        STR_INIT("answer_full"), STR_INIT("answer_no"), STR_INIT("no_interest"),
        STR_INIT("silent_org"),  STR_INIT("unfit"),     STR_INIT("silent_person"),
        STR_INIT("break_off"),   STR_INIT("withdraw"),  STR_INIT("wait"),
        STR_INIT("end"),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(others[i], verb))
            return false;
    return true;
}

struct adding {
    struct rq *rq;
    struct placement_facts list;
};

static void add(struct adding *a, str label, str text)
{
    if (text.n)
        *(struct placement_fact *)vec_add(a->rq->arena, &a->list) =
            (struct placement_fact){ label, text };
}

static str day(struct adding *a, str iso)
{
    return iso.n ? page_iso_day(a->rq, iso) : S("");
}

static str days(struct adding *a, str from, str to)
{
    return from.n ? t_placement_fact_days(a->rq, day(a, from), day(a, to)) : S("");
}

static void add_contact(struct adding *a, const struct placement_full *p)
{
    struct rq *rq = a->rq;
    add(a, t_placement_fact_why(rq), p->why);
    add(a, t_placement_field_told(rq), vocab_label_of(rq, &vocab_told, p->told));
    if (p->consent_at)
        add(a, t_placement_fact_consent(rq),
            t_placement_fact_consent_since(rq, page_day(rq, p->consent_at), p->consent));
    if (p->withdrawn_at)
        add(a, t_placement_fact_withdrawn(rq), page_time(rq, p->withdrawn_at));
    add(a, t_placement_field_writes(rq), vocab_label_of(rq, &vocab_writes, p->writes));
    add(a, t_placement_field_answer(rq), p->answer);
}

static void add_meeting(struct adding *a, const struct placement_full *p)
{
    struct rq *rq = a->rq;
    if (p->meets_on.n)
        add(a, t_placement_fact_meeting(rq),
            str_fmt(rq->arena, "%.*s%s%.*s, %.*s, %.*s", STR_FMT(day(a, p->meets_on)),
                    p->meets_at.n ? ", " : "", STR_FMT(p->meets_at), STR_FMT(p->meets_place),
                    STR_FMT(p->meets_with)));
    if (p->commissioned_on.n)
        add(a, t_placement_fact_commission(rq),
            t_placement_fact_commission_by(rq, p->commissioned_by, day(a, p->commissioned_on),
                                           p->scope));
    add(a, t_placement_field_supervisor(rq), p->supervisor);
    add(a, t_placement_fact_trial(rq), days(a, p->trial_from, p->trial_to));
}

static str hours(const struct rq *rq, int64_t tenths)
{
    str whole = str_fmt(rq->arena, "%lld", (long long)(tenths / 10));
    return tenths % 10 ? t_placement_fact_hours(rq, str_fmt(rq->arena, "%.*s,%lld", STR_FMT(whole),
                                                            (long long)(tenths % 10)))
                       : t_placement_fact_hours(rq, whole);
}

static void add_placed(struct adding *a, const struct placement_full *p)
{
    struct rq *rq = a->rq;
    if (!p->placed_at)
        return;
    add(a, t_placement_field_starts_on(rq), day(a, p->starts_on));
    add(a, t_placement_fact_hours_week(rq), hours(rq, p->hours_week));
    add(a, t_placement_field_ends_on(rq), day(a, p->ends_on));
    add(a, t_placement_field_expenses(rq), vocab_label_of(rq, &vocab_expenses, p->expenses));
    add(a, t_placement_field_checked(rq), vocab_label_of(rq, &vocab_checked, p->checked));
    add(a, t_placement_field_checked_why(rq), p->checked_why);
}

struct placement_facts placement_facts(struct rq *rq, const struct placement_full *p)
{
    struct adding a = { .rq = rq };
    add_contact(&a, p);
    add_meeting(&a, p);
    add_placed(&a, p);
    if (p->closed_at) {
        add(&a, t_placement_field_ended_on(rq),
            p->ended_on.n ? day(&a, p->ended_on) : page_day(rq, p->closed_at));
        add(&a, t_placement_field_reason(rq),
            vocab_label_of(rq, p->placed_at ? &vocab_end_reason : &vocab_exit_reason, p->reason));
    }
    return a.list;
}

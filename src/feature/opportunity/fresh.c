/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The job that keeps offers fresh. `reminded` of an offer is the stage of its last reminder:
 * it is written together with the mail, so that after a pause of the server only the
 * reminder of today is sent, and none twice. What the steps do is in states.c.
 */
#include "feature/opportunity/fresh.h"

#include "base/clock.h"
#include "feature/opportunity/states.h"
#include "web/form.h"
#include "web/sweep.h"

static int64_t days_since(int64_t confirmed_at, int64_t now)
{
    return clock_day_number(now) - clock_day_number(confirmed_at);
}

enum fresh_stage fresh_stage(int64_t confirmed_at, int64_t now)
{
    static const enum fresh_stage stages[] = { FRESH_OVER, FRESH_LAST, FRESH_AGAIN, FRESH_ASKED };
    int64_t days = days_since(confirmed_at, now);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (days >= (int64_t)stages[i])
            return stages[i];
    return FRESH_GOOD;
}

/* The first instant of the German day so many days before that of `now`. */
static int64_t day_before(int64_t now, int days)
{
    struct local_time t = { .day = day_add(clock_local(now).day, -days) };
    return clock_instant(t);
}

int64_t opportunity_fresh_since(void)
{
    return day_before(clock_now(), FRESH_OVER - 1);
}

str fresh_until(struct arena *a, int64_t confirmed_at)
{
    return day_iso(a, day_add(clock_local(confirmed_at).day, FRESH_OVER - 1));
}

/* ---- one offer ---- */

static str verb_for(enum fresh_stage stage, bool writable)
{
    if (stage == FRESH_OVER)
        return writable ? S("expire") : S("lapse");
    return writable ? S("remind") : S("ask");
}

static bool keep(struct rq *rq, struct tx *tx, int64_t id)
{
    enum msg why;
    const struct opp_aging_row *o = opp_aging_one(&tx->db, rq->city->id, id);
    enum fresh_stage stage = o ? fresh_stage(o->confirmed_at, tx->now) : FRESH_GOOD;
    if (!o || stage == FRESH_GOOD || (stage != FRESH_OVER && o->reminded >= (int64_t)stage))
        return false;
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = o->id,
                                 .verb = verb_for(stage, mail_valid(o->contact_mail)),
                                 .who = BY_JOB,
                                 .data = &stage };
    return procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE;
}

/* ---- all of them ---- */

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    struct opp_aging_in in = { .asked = day_before(job->now, FRESH_ASKED - 1),
                               .again = day_before(job->now, FRESH_AGAIN - 1),
                               .last = day_before(job->now, FRESH_LAST - 1),
                               .over = day_before(job->now, FRESH_OVER - 1),
                               .behind = behind };
    struct opp_aging_id_rows rows = opp_aging(db, &in);
    struct sweep_rows page = { NEW_ARRAY(db->arena, rows.n, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        page.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return page;
}

void fresh_run(struct job_run *job)
{
    struct sweep s = {
        .job = job, .list = list, .each = keep, .trouble = "some offers could not be looked after"
    };
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld of %lld", (long long)s.done, (long long)s.tried));
}

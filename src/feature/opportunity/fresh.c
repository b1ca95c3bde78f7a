/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The job that keeps offers fresh. `reminded` of an offer is the stage of its last reminder:
 * it is written together with the mail, so that after a pause of the server only the
 * reminder of today is sent, and none twice. What the steps do is in states.c.
 */
#include "feature/opportunity/fresh.h"

#include "base/clock.h"
#include "feature/opportunity/states.h"
#include "web/app.h"
#include "web/form.h"
#include "web/job.h"

static int64_t days_since(int64_t confirmed_at, int64_t now)
{
    return day_number(clock_local(now).day) - day_number(clock_local(confirmed_at).day);
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

struct keeping {
    struct job_run *job;
    const struct opp_aging_row *row;
    enum procedure_result result;
};

static str verb_for(enum fresh_stage stage, bool writable)
{
    if (stage == FRESH_OVER)
        return writable ? S("expire") : S("lapse");
    return writable ? S("remind") : S("ask");
}

/* Looks again inside the transaction: somebody may have confirmed meanwhile. */
static void keep(struct tx *tx, void *ctx)
{
    struct keeping *k = ctx;
    enum msg why;
    tx->now = k->job->now;
    const struct opp_aging_row *o = opp_aging_one(&tx->db, k->row->city_id, k->row->id);
    enum fresh_stage stage = o ? fresh_stage(o->confirmed_at, k->job->now) : FRESH_GOOD;
    k->result = PROCEDURE_ABSENT;
    if (!o || stage == FRESH_GOOD || (stage != FRESH_OVER && o->reminded >= (int64_t)stage))
        return;
    struct city_list cities = city_list_begin(k->job->app->cities);
    struct rq rq = rq_outside(k->job->app, &tx->db, &cities, city_by_id(&cities, o->city_id));
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = o->id,
                                 .verb = verb_for(stage, mail_valid(o->contact_mail)),
                                 .who = BY_JOB,
                                 .data = &stage };
    k->result = procedure_step(&rq, tx, &ask, &why);
    city_list_end(k->job->app->cities, &cities);
}

/* ---- all of them ---- */

struct counts {
    int64_t tried, done, failed;
};

/* One page of what is due, behind an id; that of the last one, 0 at the end. */
static int64_t keep_some(struct job_run *job, int64_t behind, struct counts *n)
{
    struct db db;
    struct opp_aging_in in = { .asked = day_before(job->now, FRESH_ASKED - 1),
                               .again = day_before(job->now, FRESH_AGAIN - 1),
                               .last = day_before(job->now, FRESH_LAST - 1),
                               .over = day_before(job->now, FRESH_OVER - 1),
                               .behind = behind };
    if (db_begin(job->app->store, job->arena, &db) != ERR_OK) {
        job_failed(job, S("no database"));
        return 0;
    }
    struct opp_aging_row_rows rows = opp_aging(&db, &in);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++) {
        struct arena a;
        struct keeping k = { .job = job, .row = &rows.v[i] };
        arena_init(&a, 0);
        n->tried++;
        if (tx_do(job->app->store, &a, keep, &k) != ERR_OK)
            n->failed++;
        else
            n->done += k.result == PROCEDURE_DONE;
        arena_free(&a);
    }
    return rows.n ? rows.v[rows.n - 1].id : 0;
}

void fresh_run(struct job_run *job)
{
    struct counts n = { 0 };
    int64_t behind = 0;
    do
        behind = keep_some(job, behind, &n);
    while (behind);
    if (n.failed)
        job_failed(job, S("some offers could not be looked after"));
    job_result(job, str_fmt(job->arena, "%lld of %lld", (long long)n.done, (long long)n.tried));
}

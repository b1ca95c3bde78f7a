/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the night does with placements: reminds an organisation once, after a week without answer;
 * lets waiting lists move up where somebody has made places free. And how what was said in them is
 * erased, by time or with the person: states, days and codes stay for the figures.
 */
#include "feature/opportunity/opportunity.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "web/app.h"
#include "web/city.h"
#include "web/erasure.h"
#include "web/job.h"
#include "web/sweep.h"

#define DAY  ((int64_t)86400)
#define PAGE 200

static struct sweep_rows pages_of(struct db *db, struct placement_swept_rows rows)
{
    struct sweep_row *v = NEW_ARRAY(db->arena, rows.n + 1, struct sweep_row);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return (struct sweep_rows){ v, rows.n };
}

/* ---- reminding ---- */

static struct sweep_rows list_unanswered(struct db *db, const struct job_run *job, int64_t behind)
{
    int64_t before = job->now - PLACEMENT_CONTACT_DAYS * DAY;
    return pages_of(db, placement_unanswered(db, before, behind, PAGE));
}

static bool remind(struct rq *rq, struct tx *tx, int64_t id)
{
    enum msg why;
    struct procedure_ask ask = {
        .procedure = &placement_procedure, .id = id, .verb = S("remind"), .who = BY_JOB
    };
    return procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE;
}

/* ---- moving up ---- */

static struct sweep_rows list_waited_for(struct db *db, const struct job_run *job, int64_t behind)
{
    (void)job;
    return pages_of(db, placement_offers_waited_for(db, behind, PAGE));
}

static bool move_up(struct rq *rq, struct tx *tx, int64_t opportunity_id)
{
    const struct placement_id *next = placement_next(rq->db, rq->city->id, opportunity_id);
    int64_t before = next ? next->id : 0;
    placement_move_up(rq, tx, opportunity_id);
    next = placement_next(rq->db, rq->city->id, opportunity_id);
    return (next ? next->id : 0) != before;
}

void placement_care(struct job_run *job)
{
    struct sweep reminding = {
        .job = job, .list = list_unanswered, .each = remind, .trouble = "some could not be reminded"
    };
    struct sweep moving = { .job = job,
                            .list = list_waited_for,
                            .each = move_up,
                            .trouble = "some lists could not move up" };
    sweep_run(&reminding);
    sweep_run(&moving);
    if (!job->failed)
        job_result(job, str_fmt(job->arena, "reminded %lld, moved up in %lld lists",
                                (long long)reminding.done, (long long)moving.done));
}

/* ---- erasing ---- */

/* The place that the person had is free, and who waits for it moves up. */
static void free_place(struct tx *tx, const struct erasure *e, const struct placement_full *p)
{
    struct city_list cities = city_list_begin(e->app->cities);
    const struct city *city = city_by_id(&cities, e->city_id);
    if (city) {
        struct rq rq = rq_outside(e->app, &tx->db, &cities, city);
        if (str_eq(p->state, S("placed")) || str_eq(p->state, S("followed")))
            opportunity_place(&rq, tx, p->opportunity_id, -1);
        placement_move_up(&rq, tx, p->opportunity_id);
    }
    city_list_end(e->app->cities, &cities);
}

/* One that was running ends here. */
static void stop(struct tx *tx, const struct erasure *e, const struct placement_full *p)
{
    struct placement_set_state_in over = {
        .to = S("ended"), .at = tx->now, .city = e->city_id, .id = p->id, .from = p->state
    };
    struct placement_set_closed_in in = {
        .at = tx->now, .ended_on = S(""), .reason = S("unknown"), .city = e->city_id, .id = p->id
    };
    if (p->closed_at || placement_set_closed(tx, &in) != 1)
        return;
    placement_set_state(tx, &over);
    person_hold(tx, e->city_id, p->person_id, -1);
    free_place(tx, e, p);
}

void placement_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &placement_record, .id = e->id };
    const struct placement_full *p = placement_get(&tx->db, e->city_id, e->id);
    if (!p)
        return;
    stop(tx, e, p);
    placement_forget_feedback(tx, e->city_id, e->id);
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(PLACEMENT_LINK_PERSON), e->id);
    token_revoke(tx, e->city_id, S(PLACEMENT_LINK_ORGANISATION), e->id);
    placement_forget(tx, tx->now, e->city_id, e->id);
}

void placement_person_erased(struct tx *tx, const struct erasure *e)
{
    struct placement_of_rows rows = placement_of_person(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < rows.n; i++)
        placement_erase(tx, &(struct erasure){ e->app, e->city_id, rows.v[i].id, e->why });
}

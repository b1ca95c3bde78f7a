/* SPDX-License-Identifier: EUPL-1.2 */
/* The places of an offer, as placements take and leave them. Table: opportunity. */
#include "feature/opportunity/opportunity.h"
#include "feature/opportunity/states.h"

/* A step of the program; that it cannot be taken (the offer is archived by now) is no fault. */
static void step(struct rq *rq, struct tx *tx, int64_t id, str verb)
{
    enum msg why;
    struct procedure_ask ask = {
        .procedure = &opportunity_procedure, .id = id, .verb = verb, .who = BY_JOB
    };
    (void)procedure_step(rq, tx, &ask, &why);
}

/* Whether it was the program that filled the offer last, by counting or for the organisation. */
static bool filled_by_program(struct rq *rq, int64_t id)
{
    struct event_row_rows events = procedure_history(rq, &opportunity_record, id);
    for (size_t i = 0; i < events.n; i++)
        if (str_eq(events.v[i].to_state, S("filled")))
            return str_eq(events.v[i].actor, S("job"));
    return false;
}

void opportunity_place(struct rq *rq, struct tx *tx, int64_t id, int by)
{
    struct opp_set_placed_in in = { .by = by, .at = tx->now, .city = rq->city->id, .id = id };
    opp_set_placed(tx, &in);
    const struct opp_places_row *o = opp_places(rq->db, rq->city->id, id);
    if (!o)
        return;
    bool taken = o->wanted > 0 && o->placed >= o->wanted;
    if (taken && str_eq(o->state, S("published")))
        step(rq, tx, id, S("fill"));
    if (!taken && by < 0 && str_eq(o->state, S("filled")) && filled_by_program(rq, id))
        step(rq, tx, id, S("free_place"));
}

void opportunity_fill(struct rq *rq, struct tx *tx, int64_t id)
{
    opp_set_placed(
        tx, &(struct opp_set_placed_in){ .all = 1, .at = tx->now, .city = rq->city->id, .id = id });
    step(rq, tx, id, S("fill"));
}

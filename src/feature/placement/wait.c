/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The waiting list of a full offer: it moves up in order, by the program alone. For each free
 * place one person at a time is asked; whoever has moved up and is on the way keeps it free.
 */
#include "feature/placement/pages.h"

/* How many more may move up. Where an offer does not say how many it wants: one at a time. */
static int64_t room(struct rq *rq, int64_t opportunity_id)
{
    int64_t city = rq->city->id;
    const struct placement_offer_row *o = placement_offer(rq->db, city, opportunity_id);
    const struct placement_count *moving = placement_moving(rq->db, city, opportunity_id);
    if (!o || !moving || o->is_full || !str_eq(o->state, S("published")))
        return 0;
    return (o->wanted > 0 ? o->wanted - o->placed : 1) - moving->n;
}

void placement_move_up(struct rq *rq, struct tx *tx, int64_t opportunity_id)
{
    enum msg why;
    enum procedure_result result = PROCEDURE_DONE;
    for (int64_t n = room(rq, opportunity_id); n > 0 && result == PROCEDURE_DONE; n--) {
        const struct placement_id *next = placement_next(rq->db, rq->city->id, opportunity_id);
        struct procedure_ask ask = { .procedure = &placement_procedure,
                                     .id = next ? next->id : 0,
                                     .verb = S("move_up"),
                                     .who = BY_JOB };
        result = next ? procedure_step(rq, tx, &ask, &why) : PROCEDURE_ABSENT;
    }
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A talk of an advice case: what is kept of it. Its protocol is sealed (web/seal.h). Tables:
 * advice, advice_talk. Neighbours: desk.c (the form), states.c.
 */
#include "feature/advice/pages.h"
#include "web/seal.h"

struct procedure_ask advice_talk_asked(const struct advice_row *v)
{
    bool first = str_eq(v->state, S("new")) || str_eq(v->state, S("appointment"));
    return (struct procedure_ask){ .procedure = &advice_procedure,
                                   .id = v->id,
                                   .verb = first ? S("advise") : S("talk") };
}

void advice_talk_keep(struct rq *rq, struct tx *tx, const struct advice_row *v,
                      const struct advice_held *held)
{
    int64_t id = db_new_id();
    sealed protocol =
        seal_close(rq->app, tx, (struct seal_place){ PROTOCOL_COLUMN, id }, held->protocol);
    advice_talk_insert(tx, &(struct advice_talk_insert_in){ .id = id,
                                                            .city = rq->city->id,
                                                            .advice = v->id,
                                                            .person = v->person_id,
                                                            .office = v->office_id,
                                                            .account = rq->who.account_id,
                                                            .held_on = held->on,
                                                            .channel = held->channel,
                                                            .minutes = held->minutes,
                                                            .protocol = protocol,
                                                            .at = tx->now });
    advice_set_advised(
        tx, &(struct advice_set_advised_in){
                .at = tx->now, .account = rq->who.account_id, .city = rq->city->id, .id = v->id });
    person_touch(tx, rq->city->id, v->person_id);
}

enum procedure_result advice_note_talk(struct rq *rq, struct tx *tx, int64_t id,
                                       const struct advice_held *held)
{
    enum msg why;
    const struct advice_row *v = advice_get(rq->db, rq->city->id, id);
    if (!v)
        return PROCEDURE_ABSENT;
    struct procedure_ask ask = advice_talk_asked(v);
    enum procedure_result result = procedure_step(rq, tx, &ask, &why);
    if (result == PROCEDURE_DONE)
        advice_talk_keep(rq, tx, v, held);
    return result;
}

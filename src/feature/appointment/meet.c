/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who comes with an appointment: the office says which person it is, known already or entered with
 * what was typed at the booking, and begins an advice case from there. Neighbours: person, advice.
 */
#include "appointment.text.h"
#include "base/utf8.h"
#include "feature/advice/advice.h"
#include "feature/appointment/appointment.h"
#include "feature/appointment/pages.h"
#include "web/erasure.h"

/* ---- for the page ---- */

bool meet_possible(const struct appointment_row *b)
{
    return !str_eq(b->state, S("held")) && !str_eq(b->state, S("cancelled"));
}

/* Whoever the town knows by what was typed, and whom somebody looked for by name. */
void meet_load(struct rq *rq, const struct appointment_row *b, struct meet *m)
{
    struct person_form typed = { .name = b->name, .mail = b->mail, .phone = b->phone };
    *m = (struct meet){ .q = utf8_cut(str_trim(rq_param(rq, "q")), 80) };
    if (b->person_id.has || !meet_possible(b))
        return;
    person_alike(rq, &typed, 0, &m->likes);
    if (!m->q.n)
        return;
    struct person_list_in in = { .city = rq->city->id,
                                 .limit = MEET_FOUND,
                                 .pattern = str_fmt(rq->arena, "%%%.*s%%",
                                                    STR_FMT(utf8_fold(rq->arena, m->q))) };
    m->found = person_list(rq->db, &in);
}

/* ---- doing ---- */

static void note(struct rq *rq, struct tx *tx, int64_t id, str verb)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &appointment_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = verb });
}

void appointment_meet(struct rq *rq, struct tx *tx, int64_t id, int64_t person_id)
{
    struct appointment_set_person_in in = {
        .person = some_int(person_id), .at = tx->now, .city = rq->city->id, .id = id
    };
    if (appointment_set_person(tx, &in) != 1)
        return;
    note(rq, tx, id, S("meet"));
    person_touch(tx, rq->city->id, person_id);
}

/* The appointment of the address, with somebody who comes; NULL: 404 is said. */
static const struct appointment_row *the_appointment(struct rq *rq)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, rq_id(rq));
    if (b && meet_possible(b))
        return b;
    rq_not_found(rq);
    return NULL;
}

/* POST /buero/termine/{id}/person: `person` comes; 0: it is somebody else after all. */
void meet_person(struct rq *rq, struct tx *tx)
{
    const struct appointment_row *b = the_appointment(rq);
    int64_t id = rq_param_int(rq, "person", 0);
    if (!b)
        return;
    const struct person_row *p = id ? person_get(rq, id) : NULL;
    if (id && !p)
        return;
    if (b->advice_id.has || (p && !person_open(p))) {
        rq_conflict(rq);
        return;
    }
    struct appointment_set_person_in nobody = { .at = tx->now, .city = rq->city->id, .id = b->id };
    if (p)
        appointment_meet(rq, tx, b->id, p->id);
    else if (b->person_id.has && appointment_set_person(tx, &nobody) == 1)
        note(rq, tx, b->id, S("unmeet"));
    rq_note(rq, MSG_appointment_note_done);
    rq_see(rq, S("/buero/termine/"), b->id);
}

/* How the two talk, in the words of advice cases. */
static str advice_channel(str channel)
{
    return str_eq(channel, S("onsite")) ? S("consulting_hour") : channel;
}

/* POST /buero/termine/{id}/beratung: the case of this appointment, a new one the first time. */
void meet_case(struct rq *rq, struct tx *tx)
{
    const struct appointment_row *b = the_appointment(rq);
    if (!b)
        return;
    const struct person_row *p = b->person_id.has ? person_get(rq, b->person_id.v) : NULL;
    if (!b->person_id.has || (p && !person_open(p))) {
        rq_conflict(rq);
        return;
    }
    if (!p)
        return;
    if (b->advice_id.has) {
        rq_see(rq, S("/buero/beratungen/"), b->advice_id.v);
        return;
    }
    struct advice_begin begin = {
        .person_id = p->id,
        .office_id = some_int(b->office_id),
        .channel = advice_channel(b->channel),
        .reason = b->subject.n ? b->subject
                               : t_appointment_meet_reason(
                                     rq, appointment_when(rq, b->starts_at, b->ends_at)),
    };
    int64_t id = advice_new(rq, tx, &begin);
    appointment_set_advice(tx, some_int(id), rq->city->id, b->id);
    note(rq, tx, b->id, S("begin_case"));
    rq_see(rq, S("/buero/beratungen/"), id);
}

/* ---- with the person ---- */

static struct merge_ids of_person(struct db *db, int64_t city_id, int64_t id)
{
    struct appointment_hung_row_rows rows = appointment_ids_of_person(db, city_id, some_int(id));
    return MERGE_IDS(db, rows);
}

static bool move_person(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct appointment_move_person_in in = { some_int(w->to), w->city_id, row, some_int(w->from) };
    return appointment_move_person(tx, &in) == 1;
}

const struct merge_ref meet_merge_refs[] = {
    { "person", "appointment.person_id", MSG_appointment_desk, of_person, move_person },
    { 0 },
};

/* Who wants to be forgotten goes with all appointments. */
void meet_erased(struct tx *tx, const struct erasure *e)
{
    struct appointment_hung_row_rows rows =
        appointment_ids_of_person(&tx->db, e->city_id, some_int(e->id));
    for (size_t i = 0; i < rows.n; i++)
        appointment_erase(tx, &(struct erasure){ e->app, e->city_id, rows.v[i].id, e->why });
}

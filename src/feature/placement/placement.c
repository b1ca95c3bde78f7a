/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Placements: beginning one, what happens when a consent ends, and the tables of this feature.
 * Tables: placement, placement_feedback. Neighbours: states.c (the procedure), guards.c, desk.c
 * (the office's pages), links.c (the mailed links), wait.c, care.c, person (whose record is held),
 * opportunity (whose places are counted), certificate (section 72a SGB VIII).
 */
#include "feature/placement/placement.h"

#include "feature/certificate/certificate.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "placement.text.h"
#include "web/app.h"
#include "web/merge.h"
#include "web/session.h"

/* ---- beginning ---- */

/* 0, or why this person cannot be proposed for this offer now. */
static enum msg objection(struct rq *rq, const struct placement_wish *w,
                          const struct placement_offer_row *o)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, w->person_id);
    if (!person_open(p))
        return MSG_placement_not_open;
    if (!o || (!str_eq(o->state, S("published")) && !str_eq(o->state, S("filled"))))
        return MSG_placement_not_shut;
    return placement_open_of(rq->db, rq->city->id, w->person_id, w->opportunity_id)
               ? MSG_placement_not_twice
               : 0;
}

int64_t placement_new(struct rq *rq, struct tx *tx, const struct placement_wish *w,
                      enum msg *why_not)
{
    const struct placement_offer_row *o = placement_offer(rq->db, rq->city->id, w->opportunity_id);
    *why_not = objection(rq, w, o);
    if (*why_not)
        return 0;
    str state = o->is_full ? S("waiting") : S("proposed");
    struct placement_insert_in in = { .id = db_new_id(),
                                      .city = rq->city->id,
                                      .person = w->person_id,
                                      .opportunity = w->opportunity_id,
                                      .state = state,
                                      .why = w->why,
                                      .told = w->told,
                                      .waiting_since = o->is_full ? tx->now : 0,
                                      .at = tx->now };
    placement_insert(tx, &in);
    person_hold(tx, rq->city->id, w->person_id, 1);
    certificate_activity(rq, tx, w->person_id);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &placement_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = in.id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("propose"),
                                                    .from = S(""),
                                                    .to = state,
                                                    .note = S("") });
    return in.id;
}

/* ---- a consent ends ---- */

/*
 * Wherever the person took it back: what runs with data that were passed on is frozen, and each
 * organisation is told to delete them.
 */
static void consent_withdrawn(struct rq *rq, struct tx *tx, str purpose, int64_t person_id)
{
    enum msg why;
    if (!str_eq(purpose, S(PERSON_AGREES_PASS_ON)))
        return;
    struct placement_of_rows rows = placement_of_person(rq->db, rq->city->id, person_id);
    for (size_t i = 0; i < rows.n; i++) {
        struct procedure_ask ask = { .procedure = &placement_procedure,
                                     .id = rows.v[i].id,
                                     .verb = S("withdraw"),
                                     .who = BY_JOB };
        if (!rows.v[i].closed_at)
            (void)procedure_step(rq, tx, &ask, &why); /* refused where nothing was agreed to */
    }
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/buero/vermittlungen", placement_desk_list, CAN(person_handle)),
    GET("/buero/vermittlungen/neu", placement_desk_start, CAN(person_handle)),
    POST("/buero/vermittlungen/neu", placement_desk_begin, CAN(person_handle)),
    GET("/buero/vermittlungen/antwortzeiten", placement_desk_answers, CAN(person_handle)),
    GET("/buero/vermittlungen/{id}", placement_desk_show, CAN(person_handle)),
    POST("/buero/vermittlungen/{id}/schritt", placement_desk_step, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_placement_title,
      .path = "/buero/vermittlungen",
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 22 },
    { 0 },
};

static const struct link_part mine[] = {
    { .name = "ja", .act = placement_mine_yes },
    { .name = "nein", .act = placement_mine_no },
    { .name = "widerrufen", .act = placement_mine_withdraw },
    { .name = "bewerten", .act = placement_mine_rate },
    { 0 },
};
static const struct link_part theirs[] = {
    { .name = "ja", .act = placement_theirs_yes },
    { .name = "voll", .act = placement_theirs_full },
    { .name = "nein", .act = placement_theirs_no },
    { .name = "beauftragen", .act = placement_theirs_commission },
    { .name = "bewerten", .act = placement_theirs_rate },
    { 0 },
};
static const struct mailed_link links[] = {
    { .purpose = PLACEMENT_LINK_PERSON, .show = placement_mine_show, .parts = mine, .lasts = true },
    { .purpose = PLACEMENT_LINK_ORGANISATION,
      .show = placement_theirs_show,
      .parts = theirs,
      .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "placement.care",
      .doc = "Reminds organisations, and lets waiting lists move up",
      .hour = 6,
      .run = placement_care },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { .table = "placement", .erase = placement_erase },
    { 0 },
};

static const struct erasure_act hung[] = {
    { .table = "person", .erase = placement_person_erased },
    { 0 },
};

/* ---- merging ---- */

static struct merge_ids of_offer(struct db *db, int64_t city_id, int64_t id)
{
    struct placement_hung_rows rows = placement_ids_of_offer(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_offer(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct placement_move_offer_in in = { w->to, w->city_id, row, w->from };
    return placement_move_offer(tx, &in) == 1;
}

static struct merge_ids of_person(struct db *db, int64_t city_id, int64_t id)
{
    struct placement_hung_rows rows = placement_ids_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_person(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct placement_move_person_in in = { w->to, w->city_id, row, w->from };
    return placement_move_person(tx, &in) == 1;
}

static struct merge_ids feedback_of(struct db *db, int64_t city_id, int64_t id)
{
    struct placement_hung_rows rows = placement_feedback_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_feedback(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct placement_move_feedback_in in = { w->to, w->city_id, row, w->from };
    return placement_move_feedback(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "opportunity", "placement.opportunity_id", MSG_placement_title, of_offer, move_offer },
    { "person", "placement.person_id", MSG_placement_title, of_person, move_person },
    { "person", "placement_feedback.person_id", MSG_placement_feedback, feedback_of,
      move_feedback },
    { 0 },
};

static const struct record_kind *const records[] = { &placement_record, NULL };
static const struct procedure *const procedures[] = { &placement_procedure, NULL };

const struct feature placement_feature = {
    .name = "placement",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .hung = hung,
    .records = records,
    .procedures = procedures,
    .merge_refs = merge_refs,
    .consent_withdrawn = consent_withdrawn,
};

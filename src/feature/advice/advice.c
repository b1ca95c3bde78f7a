/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice cases: the contract of the feature, what becomes of a case when its person is erased or
 * merged. Tables: advice, advice_talk, advice_question, advice_answer. Neighbours: states.c
 * (procedure), desk.c (pages), questions.c (what the offices ask), person.
 */
#include "feature/advice/advice.h"

#include "advice.text.h"
#include "feature/advice/pages.h"
#include "feature/consent/consent.h"
#include "web/erasure.h"
#include "web/merge.h"

/* ---- a person goes ---- */

/* Talks, minutes and channels stay for the figures; nothing stays that somebody said. */
static void forget(struct tx *tx, const struct erasure *e)
{
    struct advice_hung_row_rows rows = advice_of_person(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < rows.n; i++) {
        struct record record = { .kind = &advice_record, .id = rows.v[i].id };
        procedure_forget(tx, e->city_id, &record);
        consent_end(tx, e->city_id, S(ADVICE_AGREES_HAND_OVER), rows.v[i].id);
    }
    advice_forget(tx, tx->now, e->city_id, e->id);
    advice_talks_forget(tx, e->city_id, e->id);
    advice_answers_forget(tx, e->city_id, e->id);
}

static const struct erasure_act hung[] = {
    { "person", forget },
    { 0 },
};

static void account_goes(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    advice_worker_forget(tx, account_id);
    advice_hander_forget(tx, account_id);
    advice_talker_forget(tx, account_id);
}

/* ---- two persons are one ---- */

static struct merge_ids cases(struct db *db, int64_t city_id, int64_t id)
{
    struct advice_hung_row_rows rows = advice_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_case(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return advice_move(tx, &(struct advice_move_in){ w->to, w->city_id, row, w->from }) == 1;
}

static struct merge_ids talks(struct db *db, int64_t city_id, int64_t id)
{
    struct advice_hung_row_rows rows = advice_talk_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_talk(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return advice_talk_move(tx, &(struct advice_talk_move_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids answers(struct db *db, int64_t city_id, int64_t id)
{
    struct advice_hung_row_rows rows = advice_answer_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_answer(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct advice_answer_move_in in = { w->to, w->city_id, row, w->from };
    return advice_answer_move(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "person", "advice.person_id", MSG_advice_title, cases, move_case },
    { "person", "advice_talk.person_id", MSG_advice_talks, talks, move_talk },
    { "person", "advice_answer.person_id", MSG_advice_answers, answers, move_answer },
    { 0 },
};

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/buero/beratungen", advice_desk_list, CAN(person_handle)),
    POST("/buero/beratungen/export", advice_desk_export, CAN(person_handle), .slow = true),
    GET("/buero/beratungen/neu", advice_desk_new, CAN(person_handle)),
    POST("/buero/beratungen/neu", advice_desk_create, CAN(person_handle)),
    GET("/buero/beratungen/fragen", questions_show, CAN(person_handle)),
    POST("/buero/beratungen/fragen", questions_add, CAN(person_handle)),
    POST("/buero/beratungen/fragen/{id}/schliessen", questions_close, CAN(person_handle)),
    GET("/buero/beratungen/{id}", advice_desk_show, CAN(person_handle)),
    POST("/buero/beratungen/{id}/schritt", advice_desk_step, CAN(person_handle)),
    POST("/buero/beratungen/{id}/gespraech", advice_desk_talk, CAN(person_handle)),
    POST("/buero/beratungen/{id}/protokolle", advice_desk_open, CAN(person_handle), .reads = true),
    POST("/buero/beratungen/{id}/uebergeben", advice_desk_hand_over, CAN(person_handle)),
    POST("/buero/beratungen/{id}/uebernahme", advice_desk_answer, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_advice_title,
      .path = "/buero/beratungen",
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 13 },
    { 0 },
};

static const struct record_kind *const records[] = { &advice_record, NULL };
static const struct procedure *const procedures[] = { &advice_procedure, NULL };

const struct feature advice_feature = {
    .name = "advice",
    .routes = routes,
    .nav = nav,
    .records = records,
    .procedures = procedures,
    .hung = hung,
    .merge_refs = merge_refs,
    .person_erase = account_goes,
};

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Person records: the contract of the feature. Tables: person, person_support. Neighbours: store.c
 * (storing), states.c (procedure, erasing), agree.c (consents), profile.c (for the matching),
 * consent (the ledger).
 */
#include "feature/person/person.h"

#include "feature/person/merge.h"
#include "feature/person/pages.h"
#include "feature/person/roster.h"
#include "feature/person/self.h"
#include "feature/person/store.h"
#include "person.text.h"
#include "web/erasure.h"

const struct person_row *person_get(struct rq *rq, int64_t id)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, id);
    if (p && p->merged_into.has)
        p = person_find(rq->db, rq->city->id, p->merged_into.v);
    if (p && !str_eq(p->state, S("erased")))
        return p;
    rq_not_found(rq);
    return NULL;
}

bool person_open(const struct person_row *p)
{
    return !p->merged_into.has && (str_eq(p->state, S("active")) || str_eq(p->state, S("resting")));
}

str person_name(const struct rq *rq, const struct person_row *p)
{
    return p->name.n ? p->name : t_person_nameless(rq);
}

static void person_erase_account(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    person_worker_forget(tx, account_id);
    roster_erase_account(tx, account_id);
}

static const struct route routes[] = {
    GET("/mitmachen", self_new, ANYONE, .listed = true),
    POST("/mitmachen", self_send, ANYONE),
    GET("/mitmachen/danke", self_sent, ANYONE),
    GET("/buero/personen", person_desk_list, CAN(person_handle)),
    POST("/buero/personen/export", person_desk_export, CAN(person_handle), .slow = true),
    GET("/buero/personen/neu", person_desk_new, CAN(person_handle)),
    POST("/buero/personen/neu", person_desk_create, CAN(person_handle)),
    GET("/buero/personen/einlesen", roster_start, CAN(person_handle)),
    POST("/buero/personen/einlesen", roster_upload, CAN(person_handle), .slow = true,
         .prepare = roster_upload_prepare),
    GET("/buero/personen/einlesen/{id}", roster_show, CAN(person_handle)),
    GET("/buero/personen/einlesen/{id}/spalten", roster_columns_show, CAN(person_handle)),
    POST("/buero/personen/einlesen/{id}/spalten", roster_assign, CAN(person_handle), .slow = true,
         .prepare = roster_assign_prepare),
    POST("/buero/personen/einlesen/{id}/entscheiden", roster_decide, CAN(person_handle)),
    POST("/buero/personen/einlesen/{id}/uebernehmen", roster_accept, CAN(person_handle),
         .slow = true, .prepare = roster_accept_prepare),
    POST("/buero/personen/einlesen/{id}/verwerfen", roster_discard, CAN(person_handle)),
    GET("/buero/personen/{id}", person_desk_show, CAN(person_handle)),
    POST("/buero/personen/{id}", person_desk_save, CAN(person_handle)),
    GET("/buero/personen/{id}/bearbeiten", person_desk_edit, CAN(person_handle)),
    POST("/buero/personen/{id}/schritt", person_desk_step, CAN(person_handle)),
    POST("/buero/personen/{id}/einwilligung", person_desk_agree, CAN(person_handle)),
    POST("/buero/personen/{id}/bedarf", support_open, CAN(person_support), .reads = true),
    POST("/buero/personen/{id}/bedarf/speichern", support_save, CAN(person_support)),
    POST("/buero/personen/{id}/zustaendig", worker_save, CAN(person_handle)),
    POST("/buero/personen/{id}/link", person_desk_link, CAN(person_handle)),
    GET("/buero/personen/{id}/loeschen", person_desk_erase_show, CAN(person_handle)),
    POST("/buero/personen/{id}/loeschen", person_desk_erase, CAN(person_handle), .fresh = true),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_person_title,
      .path = "/buero/personen",
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 12 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = PERSON_LINK, .show = self_show, .parts = self_parts, .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "person.ask",
      .doc = "Asks people whom nobody has heard of for eleven months whether to keep their record",
      .hour = 6,
      .run = self_ask },
    { .name = "person.tidy",
      .doc = "Erases lists of people that were brought a day ago",
      .every = 3600,
      .run = roster_tidy },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "person", person_erase_row, person_corrected },
    { "person_file", roster_erase_file, NULL },
    { 0 },
};

static const struct record_kind *const records[] = { &person_record, NULL };
static const struct procedure *const procedures[] = { &person_procedure, NULL };

const struct feature person_feature = {
    .name = "person",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .records = records,
    .procedures = procedures,
    .person_erase = person_erase_account,
    .merges = &person_merges,
    .merge_refs = person_merge_refs,
};

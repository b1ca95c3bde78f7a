/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours of placed people: the tables of the feature. Tables: hours_sheet, hours_entry; reads
 * placement, person, opportunity, organisation, guide_amount. Neighbours: link.c (both mailed
 * links), desk.c (the office), sums.c (the year), states.c.
 */
#include "feature/hours/hours.h"

#include "feature/hours/pages.h"
#include "hours.text.h"
#include "web/merge.h"

static const struct route routes[] = {
    GET("/buero/stunden", hours_desk, CAN(person_handle)),
    POST("/buero/stunden/export", hours_export, CAN(person_handle)),
    POST("/buero/stunden/link/{id}", hours_send, CAN(person_handle)),
    GET("/buero/stunden/vermittlungen/{id}", hours_paper, CAN(person_handle)),
    POST("/buero/stunden/vermittlungen/{id}", hours_paper_enter, CAN(person_handle)),
    POST("/buero/stunden/vermittlungen/{id}/streichen", hours_paper_strike, CAN(person_handle)),
    GET("/buero/stunden/personen/{id}", hours_person, CAN(person_handle)),
    GET("/buero/stunden/personen/{id}/nachweis.pdf", hours_person_pdf, CAN(person_handle),
        .slow = true),
    GET("/buero/stunden/{id}", hours_sheet, CAN(person_handle)),
    POST("/buero/stunden/{id}/schritt", hours_step, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_hours_desk,
      .path = "/buero/stunden",
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 24 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = HOURS_LINK, .show = hours_link_mine, .parts = hours_mine_parts, .lasts = true },
    { .purpose = HOURS_LINK_CONFIRM,
      .show = hours_link_confirm,
      .parts = hours_confirm_parts,
      .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "hours.care",
      .doc = "Reminds organisations that have not answered about hours for two weeks, twice",
      .hour = 7,
      .run = hours_care },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { .table = "hours_sheet", .erase = hours_erase },
    { 0 },
};

/* The person goes: with all hours. */
static void person_erased(struct tx *tx, const struct erasure *e)
{
    struct hours_hung_rows rows = hours_of_person(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < rows.n; i++)
        hours_erase(tx, &(struct erasure){ e->app, e->city_id, rows.v[i].id, e->why });
}

static const struct erasure_act hung[] = {
    { .table = "person", .erase = person_erased },
    { 0 },
};

/* ---- merging people ---- */

static struct merge_ids of_person(struct db *db, int64_t city_id, int64_t id)
{
    struct hours_hung_rows rows = hours_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_person(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct hours_move_person_in in = { w->to, w->city_id, row, w->from };
    return hours_move_person(tx, &in) == 1;
}

static struct merge_ids entries_of(struct db *db, int64_t city_id, int64_t id)
{
    struct hours_hung_rows rows = hours_entries_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_entry(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct hours_move_entry_in in = { w->to, w->city_id, row, w->from };
    return hours_move_entry(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "person", "hours_sheet.person_id", MSG_hours_desk, of_person, move_person },
    { "person", "hours_entry.person_id", MSG_hours_desk, entries_of, move_entry },
    { 0 },
};

static const struct record_kind *const records[] = { &hours_record, NULL };
static const struct procedure *const procedures[] = { &hours_procedure, NULL };

/* ---- writing down ---- */

static int64_t sheet_for(struct tx *tx, const struct hours_arrival *a)
{
    str month = str_slice(a->day, 0, 7);
    const struct hours_sheet_id *s = hours_sheet_find(&tx->db, a->city_id, a->placement_id, month);
    if (s)
        return s->id;
    struct hours_sheet_insert_in in = { .id = db_new_id(),
                                        .city = a->city_id,
                                        .person = a->person_id,
                                        .placement = a->placement_id,
                                        .month = month,
                                        .at = tx->now };
    hours_sheet_insert(tx, &in);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &hours_procedure,
                                                    .city_id = a->city_id,
                                                    .id = in.id,
                                                    .who = BY_LINK,
                                                    .verb = S("begin"),
                                                    .from = S(""),
                                                    .to = S("open"),
                                                    .note = S("") });
    return in.id;
}

int64_t hours_add(struct tx *tx, const struct hours_arrival *a)
{
    struct hours_entry_insert_in in = { .id = db_new_id(),
                                        .city = a->city_id,
                                        .sheet = sheet_for(tx, a),
                                        .person = a->person_id,
                                        .day = a->day,
                                        .minutes = a->minutes,
                                        .activity = a->activity,
                                        .at = tx->now };
    hours_entry_insert(tx, &in);
    return in.sheet;
}

const struct feature hours_feature = {
    .name = "hours",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .hung = hung,
    .records = records,
    .procedures = procedures,
    .merge_refs = merge_refs,
};

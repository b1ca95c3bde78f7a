/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers as records that can be merged, and what hangs on an offer or an organisation. */
#include "feature/opportunity/merge.h"

#include "feature/opportunity/compare.h"
#include "feature/opportunity/states.h"
#include "feature/opportunity/twin.h"
#include "opportunity.text.h"
#include "web.sql.h"
#include "web.text.h"

#define KIND "opportunity"

/* ---- as values ---- */

static void add_origin(struct arena *a, struct merge_row *row, const struct opp_marks_row *m)
{
    merge_add_origin(a, row,
                     &(struct merge_origin){ m->source, m->ref, m->content_hash, m->edited_at,
                                             m->created_at, m->merged_into });
    merge_add(row, S("state"), m->state);
    merge_add(row, S("due_on"), m->due_on.has ? m->due_on.v : S(""));
    merge_add(row, S("due_verb"), m->due_verb.has ? m->due_verb.v : S(""));
    merge_add_int(a, row, S("due_since"), m->due_since.has ? m->due_since.v : 0);
}

static bool read(struct db *db, int64_t city_id, int64_t id, struct merge_row *row)
{
    struct arena *a = db->arena;
    const struct opp_full *o = opp_get(db, city_id, id);
    const struct opp_marks_row *m = opp_marks(db, city_id, id);
    *row = (struct merge_row){ .city_id = city_id, .id = id };
    if (!o || !m)
        return false;
    struct opp_form f = compare_form_of(a, o);
    merge_add_form(a, row, opp_fields, &f);
    merge_add_int(a, row, S("derived"), f.derived);
    merge_add_place(a, row, f.lat, f.lon, f.geo_from);
    add_origin(a, row, m);
    return true;
}

static struct opp_form form_of(const struct merge_row *row)
{
    struct opp_form f = { .derived = merge_get_int(row, S("derived")),
                          .lat = merge_get_real(row, S("lat")),
                          .lon = merge_get_real(row, S("lon")),
                          .geo_from = merge_get(row, S("geo_from")) };
    merge_get_form(row, opp_fields, &f);
    return f;
}

static void write_due(struct tx *tx, const struct merge_row *row)
{
    str on = merge_get(row, S("due_on"));
    due_clear(tx, row->city_id, S(KIND), row->id);
    if (on.n)
        due_set(tx, &(struct due_set_in){ .id = db_new_id(),
                                          .city = row->city_id,
                                          .kind = S(KIND),
                                          .subject = row->id,
                                          .due_on = on,
                                          .verb = merge_get(row, S("due_verb")),
                                          .since = merge_get_int(row, S("due_since")) });
}

static void write(struct tx *tx, const struct merge_row *row)
{
    struct opp_form f = form_of(row);
    struct opp_arrival arrival = { .city_id = row->city_id,
                                   .organisation_id = opp_form_organisation(&f) };
    struct opp_set_marks_in in = { .source = merge_get(row, S("source")),
                                   .ref = merge_get(row, S("ref")),
                                   .content_hash = merge_get(row, S("content_hash")),
                                   .edited_at = merge_get_int(row, S("edited_at")),
                                   .state = merge_get(row, S("state")),
                                   .merged_into = merge_get_id(row, S(MERGE_INTO)),
                                   .city = row->city_id,
                                   .id = row->id };
    opportunity_replace(tx, row->id, &arrival, &f);
    opp_set_marks(tx, &in);
    write_due(tx, row);
}

/* ---- merging ---- */

static bool is_hidden(const struct merge_row *row)
{
    str state = merge_get(row, S("state"));
    return str_eq(state, S("draft")) || str_eq(state, S("archived"));
}

static enum msg objection(struct rq *rq, const struct merge_row *kept, const struct merge_row *gone)
{
    if (merge_get_id(kept, S(MERGE_INTO)).has || merge_get_id(gone, S(MERGE_INTO)).has)
        return MSG_opp_merge_already;
    if (is_hidden(kept) || is_hidden(gone))
        return MSG_opp_merge_hidden;
    if (opp_change_waiting(rq->db, kept->city_id, kept->id) ||
        opp_change_waiting(rq->db, gone->city_id, gone->id))
        return MSG_opp_merge_waiting;
    return 0;
}

static void settle(struct tx *tx, struct merge_row *choice, struct merge_row *gone)
{
    struct arena *a = tx->db.arena;
    merge_take_origin(choice, gone);
    if (merge_get(choice, S("source")).n) {
        struct opp_form f = form_of(choice);
        merge_set_edited(tx, choice, opportunity_hash(a, &f, opp_form_organisation(&f)));
    }
    merge_set(gone, S("state"), S("archived"));
    merge_set(gone, S("due_on"), S(""));
    merge_set(gone, S("due_verb"), S(""));
    merge_set(gone, S("due_since"), S("0"));
    merge_set(gone, S(MERGE_INTO), str_fmt(a, "%lld", (long long)choice->id));
}

static void note(struct rq *rq, struct tx *tx, const struct merge_step *step)
{
    str from = merge_get(step->before, S("state"));
    str to = merge_get(step->after, S("state"));
    bool moved = !str_eq(from, to);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &opportunity_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = step->after->id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = step->verb,
                                                    .from = moved ? from : S(""),
                                                    .to = moved ? to : S("") });
}

static int weight(const struct merge_row *row)
{
    return (str_eq(merge_get(row, S("state")), S("published")) ? 4 : 0) + (is_hidden(row) ? 0 : 2) +
           (merge_get(row, S("ref")).n ? 1 : 0);
}

static str words(struct rq *rq, const struct field *f, str value)
{
    return compare_words(rq, f, value);
}

const struct merge_kind opportunity_merges = {
    .record = &opportunity_record,
    .fields = opp_fields,
    .reasons = twin_reasons,
    .public_path = "/angebote/",
    .words = words,
    .personal = compare_is_personal,
    .mail = "contact_mail",
    .find = twins_all,
    .read = read,
    .write = write,
    .objection = objection,
    .settle = settle,
    .note = note,
    .weight = weight,
};

/* ---- what hangs on an offer ---- */

static struct merge_ids entries(struct db *db, int64_t city_id, int64_t id)
{
    struct opp_hung_row_rows rows = opp_entry_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_entry(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return opp_move_entry(tx, &(struct opp_move_entry_in){ w->to, w->city_id, row, w->from }) == 1;
}

static struct merge_ids changes(struct db *db, int64_t city_id, int64_t id)
{
    struct opp_hung_row_rows rows = opp_change_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_change(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return opp_move_change(tx, &(struct opp_move_change_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids merged(struct db *db, int64_t city_id, int64_t id)
{
    struct opp_hung_row_rows rows = opp_merged_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_merged(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return opp_move_merged(tx, &(struct opp_move_merged_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids follow_ups(struct db *db, int64_t city_id, int64_t id)
{
    return merge_follow_ups(db, city_id, S(KIND), id);
}

static bool move_follow_up(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return merge_follow_up_move(tx, w, S(KIND), row);
}

/* ---- what hangs on an organisation ---- */

static struct merge_ids offers(struct db *db, int64_t city_id, int64_t id)
{
    struct opp_hung_row_rows rows = opp_ids_of_organisation(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_offer(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return opp_move_organisation(
               tx, &(struct opp_move_organisation_in){ w->to, w->city_id, row, w->from }) == 1;
}

static struct merge_ids filters(struct db *db, int64_t city_id, int64_t id)
{
    struct opp_hung_row_rows rows = opp_filter_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_filter(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return opp_move_filter(tx, &(struct opp_move_filter_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

const struct merge_ref opportunity_merge_refs[] = {
    { "organisation", "opportunity.organisation_id", MSG_opp_nav, offers, move_offer },
    { "organisation", "opportunity_filter.organisation_id", MSG_opp_merge_filters, filters,
      move_filter },
    { "opportunity", "opportunity_change.opportunity_id", MSG_opp_change_history, changes,
      move_change },
    { "opportunity", "opportunity_entry.opportunity_id", MSG_opp_merge_entries, entries,
      move_entry },
    { "opportunity", "follow_up.subject_id", MSG_follow_up_title, follow_ups, move_follow_up },
    { "opportunity", "opportunity.merged_into", MSG_opp_merge_earlier, merged, move_merged },
    { 0 },
};

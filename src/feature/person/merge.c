/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Records of the same person, merged without losing history: consents, support needs, follow-ups
 * and what other features hang on a person move; events stay with their record and are shown
 * with the one that stays.
 */
#include "feature/person/merge.h"

#include <stdlib.h>

#include "feature/consent/consent.h"
#include "feature/person/fields.h"
#include "feature/person/store.h"
#include "feature/person/twin.h"
#include "person.text.h"
#include "web.text.h"
#include "web/field_text.h"
#include "web/languages.h"

static bool is_personal(const struct field *f)
{
    static const char *const names[] = { "name",      "mail",       "phone",      "street",
                                         "postcode",  "place",      "district",   "pronoun",
                                         "skills",    "experience", "motivation", "guardian",
                                         "birth_year" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(str_from_c(f->name), str_from_c(names[i])))
            return true;
    return false;
}

static str words(struct rq *rq, const struct field *f, str value)
{
    return str_eq(str_from_c(f->name), S("languages")) ? languages_words(rq, value)
                                                       : field_words(rq, f, value);
}

/* ---- as values ---- */

static bool read(struct db *db, int64_t city_id, int64_t id, struct merge_row *row)
{
    struct arena *a = db->arena;
    const struct person_row *p = person_find(db, city_id, id);
    *row = (struct merge_row){ .city_id = city_id, .id = id };
    if (!p || str_eq(p->state, S("erased")))
        return false;
    struct person_form f = person_said(p);
    merge_add_form(a, row, person_fields, &f);
    merge_add_place(a, row, f.lat, f.lon, f.geo_from);
    merge_add(row, S("lang"), f.lang);
    merge_add_origin(a, row,
                     &(struct merge_origin){ p->source, p->ref, p->content_hash, p->edited_at,
                                             p->created_at, p->merged_into });
    merge_add_int(a, row, S("confirmed_at"), p->confirmed_at);
    merge_add_int(a, row, S("contact_at"), p->contact_at);
    merge_add_int(a, row, S("asked_at"), p->asked_at);
    merge_add_int(a, row, S("held"), p->held);
    return true;
}

static struct person_form form_of(const struct merge_row *row)
{
    struct person_form f = { .lat = merge_get_real(row, S("lat")),
                             .lon = merge_get_real(row, S("lon")),
                             .geo_from = merge_get(row, S("geo_from")),
                             .lang = merge_get(row, S("lang")) };
    merge_get_form(row, person_fields, &f);
    return f;
}

static void write(struct tx *tx, const struct merge_row *row)
{
    struct person_form f = form_of(row);
    opt_int into = merge_get_id(row, S(MERGE_INTO));
    struct person_set_marks_in in = { .source = merge_get(row, S("source")),
                                      .ref = merge_get(row, S("ref")),
                                      .content_hash = merge_get(row, S("content_hash")),
                                      .edited_at = merge_get_int(row, S("edited_at")),
                                      .confirmed_at = merge_get_int(row, S("confirmed_at")),
                                      .contact_at = merge_get_int(row, S("contact_at")),
                                      .asked_at = merge_get_int(row, S("asked_at")),
                                      .held = merge_get_int(row, S("held")),
                                      .merged_into = into,
                                      .at = tx->now,
                                      .city = row->city_id,
                                      .id = row->id };
    person_set_merged(tx, no_int, row->city_id, row->id); /* what is merged is not updated */
    person_replace(tx, row->id, &(struct person_arrival){ .city_id = row->city_id }, &f);
    person_set_marks(tx, &in);
}

/* ---- merging ---- */

static enum msg objection(struct rq *rq, const struct merge_row *kept, const struct merge_row *gone)
{
    (void)rq;
    if (merge_get_id(kept, S(MERGE_INTO)).has || merge_get_id(gone, S(MERGE_INTO)).has)
        return MSG_person_merge_already;
    return 0;
}

static void settle(struct tx *tx, struct merge_row *choice, struct merge_row *gone)
{
    struct arena *a = tx->db.arena;
    int64_t held = merge_get_int(choice, S("held")) + merge_get_int(gone, S("held"));
    merge_take_origin(choice, gone);
    if (merge_get(choice, S("ref")).n) {
        struct person_form f = form_of(choice);
        merge_set_edited(tx, choice, person_hash(a, &f));
    }
    merge_set(choice, S("held"), str_fmt(a, "%lld", (long long)held));
    merge_set(choice, S("contact_at"), str_fmt(a, "%lld", (long long)tx->now));
    merge_set(gone, S("held"), S("0"));
    merge_set(gone, S(MERGE_INTO), str_fmt(a, "%lld", (long long)choice->id));
}

static void note(struct rq *rq, struct tx *tx, const struct merge_step *step)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &person_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = step->after->id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = step->verb });
}

static int weight(const struct merge_row *row)
{
    return (merge_get_int(row, S("held")) ? 4 : 0) + (merge_get(row, S("mail")).n ? 2 : 0) +
           (merge_get(row, S("phone")).n ? 1 : 0);
}

const struct merge_kind person_merges = {
    .record = &person_record,
    .fields = person_fields,
    .reasons = person_twin_words,
    .public_path = "/buero/personen/",
    .words = words,
    .personal = is_personal,
    .mail = "mail",
    .find = person_twins,
    .read = read,
    .write = write,
    .objection = objection,
    .settle = settle,
    .note = note,
    .weight = weight,
};

/* ---- what hangs on one ---- */

static struct merge_ids consents(struct db *db, int64_t city_id, int64_t id)
{
    struct person_hung_row_rows rows = person_consent_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_consent(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return consent_move(tx, w, row);
}

static struct merge_ids supports(struct db *db, int64_t city_id, int64_t id)
{
    struct person_hung_row_rows rows = person_support_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

/* One person has one note of needs: the other stays where it is, and goes with its record. */
static bool move_support(struct tx *tx, const struct merge_way *w, int64_t row)
{
    if (person_support_get(&tx->db, w->city_id, w->to))
        return false;
    struct person_move_support_in in = { w->to, w->city_id, row, w->from };
    return person_move_support(tx, &in) == 1;
}

static struct merge_ids merged(struct db *db, int64_t city_id, int64_t id)
{
    struct person_hung_row_rows rows = person_merged_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_merged(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct person_move_merged_in in = { some_int(w->to), w->city_id, row, some_int(w->from) };
    return person_move_merged(tx, &in) == 1;
}

static struct merge_ids follow_ups(struct db *db, int64_t city_id, int64_t id)
{
    return merge_follow_ups(db, city_id, S("person"), id);
}

static bool move_follow_up(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return merge_follow_up_move(tx, w, S("person"), row);
}

const struct merge_ref person_merge_refs[] = {
    { "person", "consent.subject_id", MSG_person_group_agree, consents, move_consent },
    { "person", "person_support.person_id", MSG_person_support, supports, move_support },
    { "person", "follow_up.subject_id", MSG_follow_up_title, follow_ups, move_follow_up },
    { "person", "person.merged_into", MSG_person_merge_earlier, merged, move_merged },
    { 0 },
};

/* ---- history ---- */

static int by_time(const void *x, const void *y)
{
    const struct event_row *a = x, *b = y;
    if (a->at != b->at)
        return a->at > b->at ? -1 : 1;
    return a->id > b->id ? -1 : a->id < b->id;
}

struct event_row_rows person_history(struct rq *rq, int64_t id)
{
    struct person_hung_row_rows others = person_merged_ids(rq->db, rq->city->id, id);
    struct event_row_rows own = procedure_history(rq, &person_record, id);
    for (size_t i = 0; i < others.n; i++) {
        struct event_row_rows more = procedure_history(rq, &person_record, others.v[i].id);
        struct event_row *all = NEW_ARRAY(rq->arena, own.n + more.n + 1, struct event_row);
        for (size_t k = 0; k < own.n + more.n; k++)
            all[k] = k < own.n ? own.v[k] : more.v[k - own.n];
        own = (struct event_row_rows){ all, own.n + more.n };
        if (own.n)
            qsort(all, own.n, sizeof *all, by_time);
    }
    return own;
}

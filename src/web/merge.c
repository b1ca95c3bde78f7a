/* SPDX-License-Identifier: EUPL-1.2 */
/* Records as values, and the tables of all features that say how records are merged. */
#include "web/merge.h"

#include "web.sql.h"
#include "web/app.h"
#include "web/feature.h"
#include "web/field_text.h"

void merge_add(struct merge_row *row, str name, str value)
{
    must(row->n < MERGE_VALUES_MOST);
    row->v[row->n++] = (struct merge_value){ name, value };
}

void merge_add_int(struct arena *a, struct merge_row *row, str name, int64_t value)
{
    merge_add(row, name, str_fmt(a, "%lld", (long long)value));
}

void merge_add_real(struct arena *a, struct merge_row *row, str name, opt_real value)
{
    /* 17 digits bring the same number back. */
    merge_add(row, name, value.has ? str_fmt(a, "%.17g", value.v) : S(""));
}

void merge_add_place(struct arena *a, struct merge_row *row, opt_real lat, opt_real lon,
                     str geo_from)
{
    merge_add_real(a, row, S("lat"), lat);
    merge_add_real(a, row, S("lon"), lon);
    merge_add(row, S("geo_from"), geo_from);
}

void merge_add_origin(struct arena *a, struct merge_row *row, const struct merge_origin *o)
{
    merge_add(row, S("source"), o->source);
    merge_add(row, S("ref"), o->ref);
    merge_add(row, S("content_hash"), o->content_hash);
    merge_add_int(a, row, S("edited_at"), o->edited_at);
    merge_add_int(a, row, S("created_at"), o->created_at);
    merge_add_int(a, row, S(MERGE_INTO), o->merged_into.has ? o->merged_into.v : 0);
}

static struct merge_value *find(const struct merge_row *row, str name)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_eq(row->v[i].name, name))
            return (struct merge_value *)(uintptr_t)&row->v[i];
    must(!"no such value");
    return NULL;
}

str merge_get(const struct merge_row *row, str name)
{
    return find(row, name)->value;
}

int64_t merge_get_int(const struct merge_row *row, str name)
{
    int64_t number = 0;
    (void)str_to_i64(merge_get(row, name), &number);
    return number;
}

opt_int merge_get_id(const struct merge_row *row, str name)
{
    int64_t id = merge_get_int(row, name);
    return id ? some_int(id) : no_int;
}

opt_real merge_get_real(const struct merge_row *row, str name)
{
    double number = 0;
    return str_to_f64(merge_get(row, name), &number) ? some_real(number) : no_real;
}

void merge_set(struct merge_row *row, str name, str value)
{
    find(row, name)->value = value;
}

void merge_take_origin(struct merge_row *choice, struct merge_row *gone)
{
    if (merge_get(choice, S("ref")).n || !merge_get(gone, S("ref")).n)
        return;
    merge_set(choice, S("source"), merge_get(gone, S("source")));
    merge_set(choice, S("ref"), merge_get(gone, S("ref")));
    merge_set(choice, S("content_hash"), merge_get(gone, S("content_hash")));
    merge_set(gone, S("ref"), S(""));
}

void merge_set_edited(struct tx *tx, struct merge_row *choice, str hash)
{
    bool same = str_eq(hash, merge_get(choice, S("content_hash")));
    if (same || !merge_get_int(choice, S("edited_at")))
        merge_set(choice, S("edited_at"),
                  same ? S("0") : str_fmt(tx->db.arena, "%lld", (long long)tx->now));
}

void merge_add_form(struct arena *a, struct merge_row *row, const struct field *fields,
                    const void *form)
{
    for (const struct field *f = fields; f->name; f++)
        merge_add(row, str_from_c(f->name), field_text(a, f, form));
}

void merge_get_form(const struct merge_row *row, const struct field *fields, void *form)
{
    for (const struct field *f = fields; f->name; f++)
        field_set_text(f, form, merge_get(row, str_from_c(f->name)));
}

struct merge_ids merge_ids_of(struct arena *a, const int64_t *v, size_t n)
{
    struct merge_ids ids = { NEW_ARRAY(a, n, int64_t), n };
    for (size_t i = 0; i < n; i++)
        ids.v[i] = v[i];
    return ids;
}

str merge_reasons(const struct rq *rq, const enum msg *words, int64_t reasons)
{
    struct out o = out_new(rq->arena, 1024);
    for (int i = 0; words[i]; i++)
        if (reasons & (INT64_C(1) << i))
            out_fmt(&o, "%s%.*s", o.n ? ", " : "", STR_FMT(text_of(rq, words[i])));
    return out_text(&o);
}

const struct merge_kind *merge_kind_find(const struct app *app, str name)
{
    for (const struct feature *const *f = app->features; *f; f++)
        if ((*f)->merges && str_eq(str_from_c((*f)->merges->record->name), name))
            return (*f)->merges;
    return NULL;
}

const struct field *merge_field(const struct merge_kind *kind, str name)
{
    for (const struct field *f = kind->fields; f->name; f++)
        if (str_eq(str_from_c(f->name), name))
            return f;
    return NULL;
}

const struct merge_ref *merge_ref_at(const struct app *app, str kind, size_t n)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct merge_ref *r = (*f)->merge_refs; r && r->name; r++)
            if (str_eq(str_from_c(r->kind), kind) && n-- == 0)
                return r;
    return NULL;
}

struct merge_ids merge_follow_ups(struct db *db, int64_t city_id, str kind, int64_t id)
{
    struct follow_up_id_rows rows = follow_up_ids(db, city_id, kind, id);
    return MERGE_IDS(db, rows);
}

bool merge_follow_up_move(struct tx *tx, const struct merge_way *way, str kind, int64_t row)
{
    struct follow_up_move_in in = {
        .to = way->to, .city = way->city_id, .id = row, .kind = kind, .from = way->from
    };
    return follow_up_move(tx, &in) == 1;
}

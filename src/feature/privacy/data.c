/* SPDX-License-Identifier: EUPL-1.2 */
/* Gathering what is kept of somebody, and writing it. */
#include "feature/privacy/data.h"

#include "base/clock.h"
#include "base/vec.h"
#include "feature/privacy/register.h"
#include "people.h"
#include "privacy.text.h"
#include "web/app.h"
#include "web/json.h"
#include "web/page.h"
#include "web/row.h"
#include "web/seal.h"

/* ---- gathering ---- */

struct gathering {
    struct rq *rq;
    struct data data;
    int64_t city_id;
};

static bool is_of_town(const struct db_row_type *type, const void *row, int64_t city_id)
{
    for (unsigned i = 0; city_id && i < type->count; i++)
        if (str_eq(str_from_c(type->columns[i].name), S("city_id")))
            return row_value(type, row, i).i == city_id;
    return true;
}

static int64_t id_of(const struct db_row_type *type, const void *row)
{
    for (unsigned i = 0; i < type->count; i++)
        if (str_eq(str_from_c(type->columns[i].name), S("id")))
            return row_value(type, row, i).i;
    must(!"what is sealed and handed out has an id");
    return 0;
}

/* What is sealed is opened for the person whom it is about. It stays where it was in the row. */
static void open_sealed(struct rq *rq, const struct privacy_table *t,
                        const struct db_row_type *type, char *row)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct db_column *c = &type->columns[i];
        if (c->type != DB_SEALED)
            continue;
        str text = S("");
        sealed box = { row_value(type, row, i).s };
        str column = str_fmt(rq->arena, "%s.%s", t->name, c->name);
        struct seal_place place = { str_to_c(rq->arena, column), id_of(type, row) };
        if (!seal_open(rq->app, rq->arena, place, box, &text))
            text = t_privacy_data_unreadable(rq);
        memcpy(row + c->offset, &text, sizeof text);
    }
}

static void add_rows(struct gathering *g, const struct privacy_table *t,
                     const struct db_row_type *type, struct db_rows found)
{
    struct data_rows rows = { .table = t, .type = type };
    rows.v = NEW_ARRAY(g->rq->arena, found.n + 1, const void *);
    for (size_t i = 0; i < found.n; i++) {
        char *row = arena_alloc(g->rq->arena, type->size);
        memcpy(row, (const char *)found.v + i * type->size, type->size);
        if (!is_of_town(type, row, g->city_id))
            continue;
        open_sealed(g->rq, t, type, row);
        rows.v[rows.n++] = row;
    }
    if (rows.n)
        *vec_add(g->rq->arena, &g->data) = rows;
}

struct data data_of(struct rq *rq, const struct somebody *who, int64_t city_id)
{
    struct gathering g = { .rq = rq, .city_id = city_id };
    struct db_value value;
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_person *p = privacy_tables[i].people; p->rows; p++)
            if (somebody_value(rq->app, rq->arena, p->by, who, &value))
                add_rows(&g, &privacy_tables[i], p->rows->row, db_rows(rq->db, p->rows, &value));
    return g.data;
}

/* ---- one row ---- */

static enum privacy_class class_of(const struct privacy_table *t, const char *column)
{
    for (const struct privacy_column *c = t->columns; c->name; c++)
        if (str_eq(str_from_c(c->name), str_from_c(column)))
            return c->of;
    return PRIVACY_PLAIN;
}

static bool is_instant(const struct db_column *c)
{
    str name = str_from_c(c->name);
    return c->type == DB_INT && (str_ends(name, S("_at")) || str_eq(name, S("at")));
}

static bool is_id(str name)
{
    return str_eq(name, S("id")) || str_ends(name, S("_id"));
}

/* Texts of mails have links in them that are keys: what is handed out must not open anything. */
static str without_keys(struct arena *a, str text)
{
    struct out o = out_new(a, text.n + 64);
    for (ptrdiff_t at; (at = str_find(text, S("/l/"))) >= 0;) {
        size_t end = (size_t)at + 3;
        out_str(&o, str_slice(text, 0, end));
        while (end < text.n && (unsigned char)text.p[end] > ' ' &&
               str_find_byte(S("\"<>"), text.p[end]) < 0)
            end++;
        OUT(&o, "…");
        text = str_slice(text, end, text.n);
    }
    out_str(&o, text);
    return out_text(&o);
}

static void put_value(struct rq *rq, struct json *j, const struct db_column *c, struct db_value v)
{
    json_key(j, str_from_c(c->name));
    if (v.null || (is_instant(c) && !v.i))
        json_null(j);
    else if (is_instant(c))
        json_str(j, instant_iso(rq->arena, v.i));
    else if (c->type == DB_INT && is_id(str_from_c(c->name)))
        json_str(j, str_fmt(rq->arena, "%lld", (long long)v.i)); /* more than 53 bits */
    else if (c->type == DB_INT)
        json_int(j, v.i);
    else if (c->type == DB_REAL)
        json_real(j, v.r, 6);
    else
        json_str(j, without_keys(rq->arena, v.s));
}

static void put_rows(struct rq *rq, struct json *j, const struct data_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        json_object(j);
        for (unsigned k = 0; k < rows->type->count; k++)
            put_value(rq, j, &rows->type->columns[k], row_value(rows->type, rows->v[i], k));
        json_object_end(j);
    }
}

/* ---- JSON ---- */

static void put_about(struct rq *rq, struct json *j, const struct register_entry *e)
{
    json_object(j);
    json_key(j, S("activity"));
    json_str(j, e->title);
    json_key(j, S("purpose"));
    json_str(j, e->purpose);
    json_key(j, S("basis"));
    json_str(j, register_joined(rq->arena, &e->basis));
    json_key(j, S("recipients"));
    json_str(j, register_joined(rq->arena, &e->to));
    json_key(j, S("kept"));
    json_str(j, register_joined(rq->arena, &e->kept));
    json_object_end(j);
}

bool data_has_activity(const struct data *data, str name)
{
    for (size_t i = 0; i < data->n; i++)
        if (str_eq(str_from_c(data->v[i].table->activity), name))
            return true;
    return false;
}

/* Why, for whom and how long: part of what Art. 15 (1) DSGVO asks for. */
static void put_purposes(struct rq *rq, struct json *j, const struct data *data)
{
    struct register_entries all = register_of(rq);
    json_key(j, S("about"));
    json_array(j);
    for (size_t i = 0; i < all.n; i++)
        if (data_has_activity(data, all.v[i].name))
            put_about(rq, j, &all.v[i]);
    json_array_end(j);
}

void data_put_json(struct rq *rq, const struct data *data)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"meine-daten.json\""));
    json_object(&j);
    put_purposes(rq, &j, data);
    for (size_t i = 0; i < data->n;) {
        const struct privacy_table *t = data->v[i].table;
        json_key(&j, str_from_c(t->name));
        json_array(&j);
        for (; i < data->n && data->v[i].table == t; i++)
            put_rows(rq, &j, &data->v[i]);
        json_array_end(&j);
    }
    json_object_end(&j);
    json_done(&j);
}

void privacy_put_data(struct rq *rq, const struct somebody *who, int64_t city_id)
{
    struct data data = data_of(rq, who, city_id);
    data_put_json(rq, &data);
}

/* ---- for pages ---- */

/* The text of a column of the newest row, by its name; empty where the row has no such column. */
static str newest_text(const struct data_rows *rows, const char *column)
{
    for (unsigned c = 0; c < rows->type->count; c++)
        if (str_eq(str_from_c(rows->type->columns[c].name), str_from_c(column)))
            return row_value(rows->type, rows->v[rows->n - 1], c).s;
    return S("");
}

str data_first(const struct data *data, enum privacy_class of)
{
    for (size_t i = 0; i < data->n; i++) {
        const struct data_rows *rows = &data->v[i];
        for (const struct privacy_correct *k = rows->table->corrects; k->column; k++) {
            str text = k->of == of ? newest_text(rows, k->column) : S("");
            if (text.n)
                return text;
        }
    }
    return S("");
}

/* Not again: the address that the page is about, and the twin of a text as markup. */
static void add_item(struct rq *rq, struct data_card *card, enum privacy_class of,
                     struct db_value v)
{
    bool twin = str_starts(v.s, S("<p>"));
    if ((v.type == DB_TEXT || v.type == DB_SEALED) && !v.null && v.s.n && of != PRIVACY_MAIL &&
        !twin)
        *vec_add(rq->arena, card) =
            (struct data_item){ register_class(rq, of), without_keys(rq->arena, v.s) };
}

static struct data_card card_of(struct rq *rq, const struct data_rows *rows, const void *row)
{
    struct data_card card = { .title = register_title(rq, str_from_c(rows->table->activity)) };
    for (unsigned i = 0; i < rows->type->count; i++) {
        const struct db_column *c = &rows->type->columns[i];
        struct db_value v = row_value(rows->type, row, i);
        enum privacy_class of = class_of(rows->table, c->name);
        if (is_instant(c) && v.i && !card.when.n)
            card.when = page_day(rq, v.i);
        if (of != PRIVACY_PLAIN && of != PRIVACY_ACCOUNT && of != PRIVACY_MARK)
            add_item(rq, &card, of, v);
    }
    return card;
}

static bool has_title(const struct data_cards *cards, str title)
{
    for (size_t i = 0; i < cards->n; i++)
        if (str_eq(cards->v[i].title, title))
            return true;
    return false;
}

/* A row with nothing to read (a link, a proof) is told of once. */
struct data_cards data_cards(struct rq *rq, const struct data *data)
{
    struct data_cards cards = { 0 };
    for (size_t i = 0; i < data->n; i++)
        for (size_t k = 0; k < data->v[i].n; k++) {
            struct data_card card = card_of(rq, &data->v[i], data->v[i].v[k]);
            if (card.n || !has_title(&cards, card.title))
                *vec_add(rq->arena, &cards) = card;
        }
    return cards;
}

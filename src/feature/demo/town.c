/* SPDX-License-Identifier: EUPL-1.2 */
/* A town from its description in JSON. */
#include "feature/demo/town.h"

#include "base/out.h"
#include "city.sql.h"
#include "web.sql.h"
#include "web/vocab.h"

static str text(const struct json_in *object, str key)
{
    return json_in_str(json_in_find(object, key));
}

static double number(const struct json_in *object, str key)
{
    return json_in_real(json_in_find(object, key), 0);
}

/* The items of an array of texts, with something between them. */
static str joined(struct arena *a, const struct json_in *array, char between)
{
    struct out o = out_new(a, 65536);
    for (size_t i = 0; array && i < array->n; i++) {
        if (i)
            out_char(&o, between);
        out_str(&o, json_in_str(&array->v[i]));
    }
    return out_text(&o);
}

static str address_of(struct arena *a, const struct json_in *contact)
{
    return str_fmt(a, "%.*s, %.*s %.*s", STR_FMT(text(contact, S("street"))),
                   STR_FMT(text(contact, S("postcode"))), STR_FMT(text(contact, S("place"))));
}

static void add_districts(struct tx *tx, int64_t city, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++)
        city_district_insert(
            tx, &(struct city_district_insert_in){ .id = db_new_id(),
                                                   .city = city,
                                                   .name = text(&list->v[i], S("name")),
                                                   .lat = number(&list->v[i], S("lat")),
                                                   .lon = number(&list->v[i], S("lon")) });
}

/* The column holds 0 unknown, 1 yes, 2 no. */
static int64_t answer_of(const struct json_in *place, str question)
{
    int answer = vocab_find(&vocab_answer, text(place, question));
    return answer < 0 ? ANSWER_unknown : answer;
}

static void add_places(struct tx *tx, int64_t city, int64_t office, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++) {
        const struct json_in *p = &list->v[i];
        bool point = json_in_find(p, S("lat")) && json_in_find(p, S("lon"));
        office_place_insert(tx, &(struct office_place_insert_in){
                                    .id = db_new_id(),
                                    .city = city,
                                    .office = office,
                                    .position = (int64_t)i,
                                    .name = text(p, S("name")),
                                    .street = text(p, S("street")),
                                    .postcode = text(p, S("postcode")),
                                    .place = text(p, S("place")),
                                    .step_free = answer_of(p, S("step_free")),
                                    .lat = point ? some_real(number(p, S("lat"))) : no_real,
                                    .lon = point ? some_real(number(p, S("lon"))) : no_real });
    }
}

static void add_hours(struct tx *tx, int64_t city, int64_t office, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++) {
        int day = vocab_find(&vocab_day, text(&list->v[i], S("day")));
        office_hours_insert(
            tx, &(struct office_hours_insert_in){ .id = db_new_id(),
                                                  .city = city,
                                                  .office = office,
                                                  .weekday = day < 0 ? 0 : day,
                                                  .opens = text(&list->v[i], S("from")),
                                                  .closes = text(&list->v[i], S("to")),
                                                  .note = text(&list->v[i], S("text")) });
    }
}

static void add_office(struct tx *tx, int64_t city, int64_t position, const struct json_in *o)
{
    const struct json_in *about = json_in_find(o, S("text"));
    struct office_insert_in in = {
        .id = db_new_id(),
        .city = city,
        .ref = text(o, S("ref")),
        .position = position,
        .name = text(o, S("name")),
        .kind = text(o, S("kind")),
        .about = text(about, S("de")),
        .about_simple = text(about, S("de-simple")),
        .about_en = text(about, S("en")),
        .topics = joined(tx->db.arena, json_in_find(o, S("topics")), '\n'),
        .mail = text(o, S("email")),
        .phone = text(o, S("phone")),
    };
    office_insert(tx, &in);
    add_places(tx, city, in.id, json_in_find(o, S("places")));
    add_hours(tx, city, in.id, json_in_find(o, S("opening_hours")));
}

int64_t town_new(struct tx *tx, const struct json_in *json)
{
    const struct json_in *theme = json_in_find(json, S("theme"));
    const struct json_in *contact = json_in_find(json, S("contact"));
    const struct json_in *offices = json_in_find(json, S("offices"));
    struct city_insert_in in = {
        .id = db_new_id(),
        .slug = text(json, S("slug")),
        .name = text(json, S("name")),
        .kind = text(json, S("kind")),
        .ags = text(json, S("ags")),
        .land = text(json, S("land")),
        .domain = S(""),
        .claim = text(json_in_find(json, S("claim")), S("de")),
        .mail = text(contact, S("email")),
        .phone = text(contact, S("phone")),
        .address = address_of(tx->db.arena, contact),
        .colour = text(theme, S("primary")),
        .accent = text(theme, S("accent")),
        .logo = text(json, S("slug")),
        .lat = number(json, S("lat")),
        .lon = number(json, S("lon")),
        .langs = joined(tx->db.arena, json_in_find(json, S("languages")), ' '),
        .lang = text(json, S("default_language")),
        .tiles = S(""),
        .created_at = tx->now,
    };
    city_insert(tx, &in);
    add_districts(tx, in.id, json_in_find(json, S("districts")));
    for (size_t i = 0; offices && i < offices->n; i++)
        add_office(tx, in.id, (int64_t)i, &offices->v[i]);
    return in.id;
}

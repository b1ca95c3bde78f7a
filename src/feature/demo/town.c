/* SPDX-License-Identifier: EUPL-1.2 */
/* A town from its description in JSON. */
#include "feature/demo/town.h"

#include "base/out.h"
#include "feature/city/city.h"
#include "feature/search/search.h"
#include "web/app.h"
#include "web/city.h"
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
    for (size_t i = 0; list && i < list->n; i++) {
        const struct json_in *d = &list->v[i];
        city_district_new(
            tx, city,
            &(struct district){ text(d, S("name")), number(d, S("lat")), number(d, S("lon")) });
    }
}

/* What people of the town call things. */
static void add_search_words(struct tx *tx, int64_t city, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++)
        search_word_new(tx, city,
                        &(struct search_word){ text(&list->v[i], S("says")),
                                               text(&list->v[i], S("means")), false });
}

/* The six answers about a place. */
static int64_t access_of(const struct json_in *place)
{
    uint64_t access = 0;
    for (int q = 0; q < ACCESSIBLE_COUNT; q++) {
        int answer = vocab_find(&vocab_answer, text(place, vocab_code(&vocab_accessible, q)));
        access = accessible_with(access, (enum vocab_accessible)q,
                                 answer < 0 ? ANSWER_unknown : (enum vocab_answer)answer);
    }
    return (int64_t)access;
}

static void add_places(struct tx *tx, int64_t city, int64_t office, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++) {
        const struct json_in *p = &list->v[i];
        bool point = json_in_find(p, S("lat")) && json_in_find(p, S("lon"));
        struct office_place_arrival place = {
            .city_id = city,
            .office_id = office,
            .position = (int64_t)i,
            .name = text(p, S("name")),
            .street = text(p, S("street")),
            .postcode = text(p, S("postcode")),
            .place = text(p, S("place")),
            .district = text(p, S("district")),
            .note = text(p, S("text")),
            .access = access_of(p),
            .lat = point ? some_real(number(p, S("lat"))) : no_real,
            .lon = point ? some_real(number(p, S("lon"))) : no_real,
        };
        city_office_place_new(tx, &place);
    }
}

static void add_hours(struct tx *tx, int64_t city, int64_t office, const struct json_in *list)
{
    for (size_t i = 0; list && i < list->n; i++) {
        int day = vocab_find(&vocab_day, text(&list->v[i], S("day")));
        struct office_hours_arrival hours = {
            .city_id = city,
            .office_id = office,
            .weekday = day < 0 ? 0 : day,
            .opens = text(&list->v[i], S("from")),
            .closes = text(&list->v[i], S("to")),
            .note = text(&list->v[i], S("text")),
        };
        city_office_hours_new(tx, &hours);
    }
}

static void add_office(struct tx *tx, int64_t city, int64_t position, const struct json_in *o)
{
    const struct json_in *about = json_in_find(o, S("text"));
    struct office_arrival office = {
        .city_id = city,
        .ref = text(o, S("ref")),
        .position = position,
        .name = text(o, S("name")),
        .short_name = text(o, S("short_name")),
        .kind = text(o, S("kind")),
        .about = text(about, S("de")),
        .about_simple = text(about, S("de-simple")),
        .about_en = text(about, S("en")),
        .topics = joined(tx->db.arena, json_in_find(o, S("topics")), '\n'),
        .mail = text(o, S("email")),
        .phone = text(o, S("phone")),
    };
    int64_t id = city_office_new(tx, &office);
    add_places(tx, city, id, json_in_find(o, S("places")));
    add_hours(tx, city, id, json_in_find(o, S("opening_hours")));
}

/* The sentence on the home page, in each language that has one. */
static void add_claims(struct tx *tx, int64_t city, const struct json_in *claim)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        enum lang lang = (enum lang)i;
        city_words(tx, city,
                   &(struct override){ lang, S("home.claim"), text(claim, lang_info(lang)->code) });
    }
}

int64_t town_new(struct tx *tx, const struct json_in *json)
{
    const struct json_in *theme = json_in_find(json, S("theme"));
    const struct json_in *contact = json_in_find(json, S("contact"));
    const struct json_in *offices = json_in_find(json, S("offices"));
    struct city_arrival city = {
        .slug = text(json, S("slug")),
        .name = text(json, S("name")),
        .long_name = text(json, S("long_name")),
        .kind = text(json, S("kind")),
        .ags = text(json, S("ags")),
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
    };
    int64_t id = city_new(tx, &city);
    add_districts(tx, id, json_in_find(json, S("districts")));
    add_search_words(tx, id, json_in_find(json, S("search_words")));
    add_claims(tx, id, json_in_find(json, S("claim")));
    for (size_t i = 0; offices && i < offices->n; i++)
        add_office(tx, id, (int64_t)i, &offices->v[i]);
    return id;
}

/* ---- all towns ---- */

struct telling {
    struct app *app;
    int64_t city_id;
    void (*tell)(struct rq *rq, struct tx *tx);
};

static void tell_town(struct tx *tx, void *ctx)
{
    struct telling *t = ctx;
    struct city_list cities = city_list_begin(t->app->cities);
    struct rq rq = rq_outside(t->app, &tx->db, &cities, city_by_id(&cities, t->city_id));
    t->tell(&rq, tx);
    city_list_end(t->app->cities, &cities);
}

enum err demo_each_town(struct app *app, struct arena *a,
                        void (*tell)(struct rq *rq, struct tx *tx))
{
    struct city_list cities = city_list_begin(app->cities);
    enum err e = ERR_OK;
    for (size_t i = 0; i < cities.n && e == ERR_OK; i++) {
        struct telling t = { .app = app, .city_id = cities.v[i].id, .tell = tell };
        e = tx_do(app->store, a, tell_town, &t);
    }
    city_list_end(app->cities, &cities);
    return e;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where people can ask: the offices of a town, which are often several that share the work
 * (town, agency, county). Tables: office, office_place, office_hours.
 */
#include "city.html.h"
#include "city.text.h"
#include "feature/city/pages.h"
#include "web/json.h"
#include "web/vocab_label.h"

/* ---- the shape of the JSON ---- */

static const struct property hours_properties[] = {
    { "weekday", "string", "mo … su" },
    { "opens", "string", "09:00; empty: see the note" },
    { "closes", "string", "12:00" },
    { "note", "string", "in German" },
    { 0 },
};
static const struct schema hours_schema = { "OfficeHours", "When an office is open.",
                                            hours_properties };
static const struct property place_properties[] = {
    { "name", "string", "of the building or room" },
    { "street", "string", "street and number" },
    { "postcode", "string", "five digits" },
    { "place", "string", "town" },
    { "district", "string", "part of the town" },
    { "accessibility", "object", "yes, no or unknown for each question" },
    { 0 },
};
static const struct schema place_schema = { "OfficePlace", "Where an office counsels.",
                                            place_properties };
static const struct property office_properties[] = {
    { "name", "string", "its name" },
    { "about", "string", "what it does, Markdown, in the language of the answer" },
    { "topics", "array", "what it is responsible for", .item = "string" },
    { "mail", "string", "address" },
    { "phone", "string", "number" },
    { "hours", "array", "opening hours", .of = &hours_schema },
    { "places", "array", "where", .of = &place_schema },
    { 0 },
};
static const struct schema office_schema = { "Office", "One office.", office_properties };
static const struct property list_properties[] = {
    { "items", "array", "the offices", .of = &office_schema },
    { 0 },
};
const struct schema offices_schema = { "OfficeList", "The offices of a town.", list_properties };

/* ---- words ---- */

str office_clock(const struct rq *rq, str time)
{
    str words = str_starts(time, S("0")) ? str_slice(time, 1, time.n) : time;
    bool german = rq->lang == LANG_DE || rq->lang == LANG_DE_SIMPLE;
    if (german && str_ends(words, S(":00")))
        words.n -= 3;
    return words;
}

str office_hours_text(const struct rq *rq, const struct office_hours_row *h)
{
    if (!h->opens.n)
        return h->note;
    str span = t_city_hours(rq, office_clock(rq, h->opens), office_clock(rq, h->closes));
    return h->note.n ? str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(span), STR_FMT(h->note)) : span;
}

static str about_of(const struct rq *rq, const struct office_row *o)
{
    if (rq->lang == LANG_DE_SIMPLE && o->about_simple.n)
        return o->about_simple;
    return rq->lang == LANG_EN && o->about_en.n ? o->about_en : o->about;
}

/* ---- reading ---- */

static void fill_topics(struct rq *rq, struct office_view *v)
{
    str *topics = NEW_ARRAY(rq->arena, v->office->topics.n + 1, str);
    str rest = v->office->topics;
    str line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n)
            topics[v->topic_count++] = line;
    }
    v->topics = topics;
}

/* Rows come sorted by office, so that those of one office are neighbours. */
static void fill_hours(struct office_view *v, struct office_hours_row_rows rows)
{
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].office_id == v->office->id) {
            v->hours = v->hours_count ? v->hours : &rows.v[i];
            v->hours_count++;
        }
}

static void fill_places(struct office_view *v, struct office_place_row_rows rows)
{
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].office_id == v->office->id) {
            v->places = v->place_count ? v->places : &rows.v[i];
            v->place_count++;
        }
}

static struct office_views read_offices(struct rq *rq)
{
    struct office_row_rows rows = office_list(rq->db, rq->city->id);
    struct office_place_row_rows places = office_place_list(rq->db, rq->city->id);
    struct office_hours_row_rows hours = office_hours_list(rq->db, rq->city->id);
    struct office_view *v = NEW_ARRAY(rq->arena, rows.n, struct office_view);
    for (size_t i = 0; i < rows.n; i++) {
        v[i].office = &rows.v[i];
        v[i].about = about_of(rq, &rows.v[i]);
        fill_topics(rq, &v[i]);
        fill_hours(&v[i], hours);
        fill_places(&v[i], places);
    }
    return (struct office_views){ v, rows.n };
}

/* ---- the JSON ---- */

static void key_str(struct json *j, str key, str value)
{
    json_key(j, key);
    json_str(j, value);
}

static void put_place(struct json *j, const struct office_place_row *p)
{
    json_object(j);
    key_str(j, S("name"), p->name);
    key_str(j, S("street"), p->street);
    key_str(j, S("postcode"), p->postcode);
    key_str(j, S("place"), p->place);
    key_str(j, S("district"), p->district);
    json_key(j, S("accessibility"));
    json_object(j);
    for (int q = 0; q < ACCESSIBLE_COUNT; q++) {
        int answer = (int)accessible_answer((uint64_t)p->access, (enum vocab_accessible)q);
        key_str(j, vocab_code(&vocab_accessible, q), vocab_code(&vocab_answer, answer));
    }
    json_object_end(j);
    json_object_end(j);
}

static void put_hours(struct json *j, const struct office_hours_row *h)
{
    json_object(j);
    key_str(j, S("weekday"), vocab_code(&vocab_day, (int)h->weekday));
    key_str(j, S("opens"), h->opens);
    key_str(j, S("closes"), h->closes);
    key_str(j, S("note"), h->note);
    json_object_end(j);
}

static void put_office(struct json *j, const struct office_view *v)
{
    json_object(j);
    key_str(j, S("name"), v->office->name);
    key_str(j, S("about"), v->about);
    json_key(j, S("topics"));
    json_array(j);
    for (size_t i = 0; i < v->topic_count; i++)
        json_str(j, v->topics[i]);
    json_array_end(j);
    key_str(j, S("mail"), v->office->mail);
    key_str(j, S("phone"), v->office->phone);
    json_key(j, S("hours"));
    json_array(j);
    for (size_t i = 0; i < v->hours_count; i++)
        put_hours(j, &v->hours[i]);
    json_array_end(j);
    json_key(j, S("places"));
    json_array(j);
    for (size_t i = 0; i < v->place_count; i++)
        put_place(j, &v->places[i]);
    json_array_end(j);
    json_object_end(j);
}

static void answer(struct rq *rq, struct office_views offices)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < offices.n; i++)
        put_office(&j, &offices.v[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
}

/* GET /beratung */
void page_offices(struct rq *rq)
{
    struct office_views offices = read_offices(rq);
    if (rq_wants_json(rq)) {
        answer(rq, offices);
        return;
    }
    rq_crumb(rq, t_city_offices_title(rq), link_to(rq, S("/beratung")));
    view_city_offices(rq, offices);
}

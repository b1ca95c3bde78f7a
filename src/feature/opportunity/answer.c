/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers as JSON (interface.md is stable: add, never rename) and CSV. */
#include "feature/opportunity/answer.h"

#include "base/clock.h"
#include "web/csv.h"
#include "web/json.h"
#include "opportunity.sql.web.h"

/* ---- the shapes ---- */

static const struct property organisation_properties[] = {
    { "id", "string", "decimal id" },
    { "name", "string", "name of the organisation" },
    { 0 },
};
static const struct schema organisation_schema = { "OrganisationRef", "Who offers it.",
                                                   organisation_properties };

static const struct property place_properties[] = {
    { "kind", "string",
      "fixed, districts, private_homes, on_the_move, at_home, hybrid, whole_area" },
    { "lat", "number", "WGS 84", .optional = true },
    { "lon", "number", "WGS 84", .optional = true },
    { "exact", "boolean", "false when the point is the middle of a postcode or district",
      .optional = true },
    { "postcode", "string", "five digits" },
    { "district", "string", "part of the town" },
    { 0 },
};
static const struct schema place_schema = { "Place", "Where it happens.", place_properties };

#define CARD_PROPERTIES                                                                        \
    { "id", "string", "decimal id" }, { "title", "string", "in the language of the answer" },  \
        { "summary", "string", "one or two sentences" },                                       \
        { "organisation", "object", "who offers it", .of = &organisation_schema },             \
        { "fields", "array", "codes of the fields", .item = "string" },                        \
        { "kinds", "array", "codes of the task kinds", .item = "string" },                     \
        { "targets", "array", "codes of the target groups", .item = "string" },                \
        { "time", "string", "code of the time needed" },                                       \
        { "grid", "array", "when, as mo-morning", .item = "string" },                          \
        { "place", "object", "where", .of = &place_schema },                                   \
        { "distance_km", "number", "from the place that was asked for", .optional = true },    \
        { "score", "number", "0 to 1, relative to the best hit", .optional = true },           \
        { "fits", "array", "of a match: why it fits", .item = "string", .optional = true },    \
        { "misses", "array", "of a match: what to mind", .item = "string", .optional = true }, \
        { "confirmed_at", "string", "last confirmed, ISO 8601" },                              \
    {                                                                                          \
        "url", "string", "the page for people"                                                 \
    }

static const struct property card_properties[] = { CARD_PROPERTIES, { 0 } };
const struct schema opp_card_schema = { "Opportunity", "An offer in a list.", card_properties };

static const struct property value_properties[] = {
    { "value", "string", "code" },
    { "label", "string", "in the language of the answer" },
    { "count", "integer", "exact number of hits, ignoring this facet's own choice" },
    { 0 },
};
static const struct schema value_schema = { "FacetValue", "One value of a facet.",
                                            value_properties };

static const struct property facet_properties[] = {
    { "field", "array", "by field", .of = &value_schema },
    { "kind", "array", "by task kind", .of = &value_schema },
    { "target", "array", "by target group", .of = &value_schema },
    { "time", "array", "by time needed", .of = &value_schema },
    { 0 },
};
static const struct schema facets_schema = { "Facets", "Counts for every filter.",
                                             facet_properties };

static const struct property list_properties[] = {
    { "total", "integer", "number of hits" },
    { "page", "integer", "counts from 1" },
    { "per", "integer", "hits on a page, at most 100" },
    { "items", "array", "the hits of this page", .of = &opp_card_schema },
    { "facets", "object", "counts for every filter", .of = &facets_schema },
    { 0 },
};
const struct schema opp_list_schema = { "OpportunityList", "A page of hits.", list_properties };

static const struct property cards_properties[] = {
    { "total", "integer", "number of offers" },
    { "items", "array", "the offers", .of = &opp_card_schema },
    { 0 },
};
const struct schema opp_cards_schema = { "OpportunityCards", "Some offers.", cards_properties };

static const struct property full_properties[] = {
    CARD_PROPERTIES,
    { "tasks", "string", "what you do, Markdown" },
    { "needs", "string", "what you bring, Markdown" },
    { "gives", "string", "what you get, Markdown" },
    { "plain_language", "string", "the offer in Leichte Sprache, Markdown" },
    { "wanted", "integer", "people wanted; 0: not said" },
    { "placed", "integer", "people found" },
    { "min_age", "integer", "0: none" },
    { "languages", "string", "code:level, separated by blanks" },
    { "certificate", "string", "none, simple, extended" },
    { "expenses", "string", "code" },
    { "accessibility", "object", "yes, no or unknown for each question" },
    { 0 },
};
const struct schema opp_full_schema = { "OpportunityFull", "Everything about one offer.",
                                        full_properties };

/* ---- the writers ---- */

static void key_str(struct json *j, const char *key, str value)
{
    json_key(j, str_from_c(key));
    json_str(j, value);
}

static void key_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, str_from_c(key));
    json_int(j, value);
}

static void key_bits(struct json *j, const char *key, const struct vocab *v, int64_t bits)
{
    json_key(j, str_from_c(key));
    json_array(j);
    for (size_t i = 0; i < v->n; i++)
        if ((uint64_t)bits & vocab_bit((int)i))
            json_str(j, v->codes[i]);
    json_array_end(j);
}

static str id_text(struct rq *rq, int64_t id)
{
    return str_fmt(rq->arena, "%lld", (long long)id);
}

static void put_place(struct json *j, const struct opp_card *o)
{
    json_key(j, S("place"));
    json_object(j);
    key_str(j, "kind", o->place_kind);
    if (o->lat.has && o->lon.has) {
        json_key(j, S("lat"));
        json_real(j, o->lat.v, 5);
        json_key(j, S("lon"));
        json_real(j, o->lon.v, 5);
        json_key(j, S("exact"));
        json_bool(j, str_eq(o->geo_from, S("given")));
    }
    key_str(j, "postcode", o->postcode);
    key_str(j, "district", o->district);
    json_object_end(j);
}

void opp_card_members(struct rq *rq, struct json *j, const struct opp_card *o)
{
    key_str(j, "id", id_text(rq, o->id));
    key_str(j, "title", opp_title(rq, o));
    key_str(j, "summary", opp_summary(rq, o));
    json_key(j, S("organisation"));
    json_object(j);
    key_str(j, "id", id_text(rq, o->organisation_id));
    key_str(j, "name", o->organisation);
    json_object_end(j);
    key_bits(j, "fields", &vocab_field, o->fields);
    key_bits(j, "kinds", &vocab_kind, o->kinds);
    key_bits(j, "targets", &vocab_target, o->targets);
    key_str(j, "time", o->time);
    key_bits(j, "grid", &vocab_grid, o->grid);
    put_place(j, o);
    key_str(j, "confirmed_at", instant_iso(rq->arena, o->confirmed_at));
    key_str(j, "url", link_absolute(rq, link_id(rq, S("/angebote/"), o->id)).s);
}

static void put_hit(struct rq *rq, struct json *j, const struct search_hit *hit,
                    const struct opp_card *card)
{
    json_object(j);
    opp_card_members(rq, j, card);
    if (hit->has_distance) {
        json_key(j, S("distance_km"));
        json_real(j, hit->distance_km, 1);
    }
    json_key(j, S("score"));
    json_real(j, hit->score, 2);
    json_object_end(j);
}

static void put_facets(struct json *j, const struct search_result *found)
{
    json_key(j, S("facets"));
    json_object(j);
    for (size_t f = 0; f < found->facet_count; f++) {
        const struct search_facet *facet = &found->facets[f];
        json_key(j, str_from_c(facet->param));
        json_array(j);
        for (size_t i = 0; i < facet->n; i++) {
            json_object(j);
            key_str(j, "value", facet->v[i].code);
            key_str(j, "label", facet->v[i].label);
            key_int(j, "count", facet->v[i].count);
            json_object_end(j);
        }
        json_array_end(j);
    }
    json_object_end(j);
}

static struct json begin(struct rq *rq)
{
    rq_type(rq, S("application/json"));
    struct json j = json_new(rq->out);
    json_object(&j);
    return j;
}

void answer_list(struct rq *rq, const struct search_result *found, const struct opp_card **cards)
{
    struct json j = begin(rq);
    key_int(&j, "total", found->total);
    key_int(&j, "page", found->page);
    key_int(&j, "per", found->per);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < found->hit_count; i++)
        if (cards[i])
            put_hit(rq, &j, &found->hits[i], cards[i]);
    json_array_end(&j);
    put_facets(&j, found);
    json_object_end(&j);
}

void answer_cards(struct rq *rq, struct opp_cards cards)
{
    struct json j = begin(rq);
    key_int(&j, "total", (int64_t)cards.n);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < cards.n; i++) {
        json_object(&j);
        opp_card_members(rq, &j, cards.v[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

static struct opp_card card_of(const struct opp_full *o)
{
    return (struct opp_card){
        .id = o->id,
        .organisation_id = o->organisation_id,
        .organisation = o->organisation,
        .title = o->title,
        .title_simple = o->title_simple,
        .title_en = o->title_en,
        .summary = o->summary,
        .summary_en = o->summary_en,
        .fields = o->fields,
        .kinds = o->kinds,
        .targets = o->targets,
        .suits = o->suits,
        .time = o->time,
        .grid = o->grid,
        .place_kind = o->place_kind,
        .postcode = o->postcode,
        .place = o->place,
        .district = o->district,
        .lat = o->lat,
        .lon = o->lon,
        .geo_from = o->geo_from,
        .access = o->access,
        .training = o->training,
        .starts_on = o->starts_on,
        .ends_on = o->ends_on,
        .state = o->state,
        .confirmed_at = o->confirmed_at,
        .published_at = o->published_at,
    };
}

void answer_show(struct rq *rq, const struct opp_full *o)
{
    struct json j = begin(rq);
    struct opp_card card = card_of(o);
    opp_card_members(rq, &j, &card);
    key_str(&j, "tasks", o->tasks_md);
    key_str(&j, "needs", o->needs_md);
    key_str(&j, "gives", o->gives_md);
    key_str(&j, "plain_language", o->simple_md);
    key_int(&j, "wanted", o->wanted);
    key_int(&j, "placed", o->placed);
    key_int(&j, "min_age", o->min_age);
    key_str(&j, "languages", o->languages);
    key_str(&j, "certificate", o->certificate);
    key_str(&j, "expenses", o->expenses);
    json_key(&j, S("accessibility"));
    json_object(&j);
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        json_key(&j, vocab_code(&vocab_accessible, i));
        json_str(&j, vocab_code(&vocab_answer, (int)accessible_answer((uint64_t)o->access,
                                                                      (enum vocab_accessible)i)));
    }
    json_object_end(&j);
    json_object_end(&j);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the query: every filter is optional, and nonsense is left out, never an error. */
#include "feature/search/query.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "search.text.h"
#include "web/app.h"
#include "web/locate.h"

#define PER_PAGE    20
#define PER_MOST    100
#define PAGE_MOST   50000
#define WORDS_MOST  200 /* characters of the search box */
#define RADIUS_MOST 500

const struct query_dim query_dims[QUERY_DIMS] = {
    { "field", "not.field", &vocab_field, MATCH_FIELD, MSG_search_facet_field },
    { "kind", "not.kind", &vocab_kind, MATCH_KIND, MSG_search_facet_kind },
    { "target", "not.target", &vocab_target, MATCH_TARGET, MSG_search_facet_target },
    { "time", "not.time", &vocab_time, MATCH_TIME, MSG_search_facet_time },
    { "place_kind", "not.place_kind", &vocab_place_kind, MATCH_PLACE, MSG_search_facet_place },
    { "suits", "not.suits", &vocab_suits, MATCH_SUITS, MSG_search_facet_suits },
    { "language", "not.language", &vocab_language, MATCH_LANGUAGE, MSG_search_facet_language },
    { "certificate", "not.certificate", &vocab_certificate, MATCH_CERTIFICATE,
      MSG_search_facet_certificate },
};

const struct param search_params[] = {
    { "q", "string", "words, as people type them" },
    { "field", "array", "any of these fields; not.field: none of these" },
    { "kind", "array", "any of these task kinds; not.kind: none of these" },
    { "target", "array", "any of these target groups; not.target: none of these" },
    { "time", "array", "any of these times needed" },
    { "place_kind", "array", "any of these kinds of place" },
    { "suits", "array", "suitable for any of these" },
    { "language", "array", "any of these languages needed" },
    { "certificate", "array", "any of these certificates" },
    { "day", "array", "on any of these weekdays: mo tu we th fr sa su" },
    { "daypart", "array", "in any of these: morning noon afternoon evening" },
    { "district", "array", "in any of these districts" },
    { "organisation", "array", "offered by any of these organisations, by id" },
    { "near", "string", "postcode, place or lat,lon" },
    { "radius", "integer", "km around near" },
    { "step_free", "integer", "1: known to be step-free; the other questions likewise" },
    { "sort", "string", "fit, distance or new" },
    { "page", "integer", "counts from 1" },
    { "per", "integer", "at most 100" },
    { 0 },
};

static uint32_t chosen(struct rq *rq, const char *param, const struct vocab *v)
{
    uint32_t bits = 0;
    struct http_fields fields = rq->http->params;
    str wanted = str_from_c(param);
    for (size_t i = 0; i < fields.n; i++) {
        int value = str_eq(fields.v[i].name, wanted) ? vocab_find(v, fields.v[i].value) : -1;
        if (value >= 0)
            bits |= 1u << value;
    }
    return bits;
}

static void read_dims(struct rq *rq, struct match_query *q)
{
    for (size_t i = 0; i < QUERY_DIMS; i++) {
        const struct query_dim *d = &query_dims[i];
        q->dim[d->dim].any = chosen(rq, d->param, d->vocab);
        q->dim[d->dim].none = chosen(rq, d->not_param, d->vocab);
    }
    for (size_t i = 0; i < vocab_accessible.n; i++)
        if (str_eq(http_param(rq->http->params, vocab_accessible.codes[i], NULL), S("1")))
            q->dim[MATCH_ACCESS].all |= 1u << i;
    q->days = (uint8_t)chosen(rq, "day", &vocab_day);
    q->parts = (uint8_t)chosen(rq, "daypart", &vocab_daypart);
}

/* Districts by name; one that no offer names matches nothing. */
static void read_districts(struct rq *rq, struct match_query *q, uint16_t city)
{
    struct http_fields fields = rq->http->params;
    for (size_t i = 0; i < fields.n; i++) {
        if (!str_eq(fields.v[i].name, S("district")) || !fields.v[i].value.n)
            continue;
        uint16_t n = index_district(rq->app->search, city, fields.v[i].value);
        q->districts[n / 64] |= (uint64_t)1 << (n % 64);
    }
}

/* Organisations by id; what is no number matches nothing. */
static void read_organisations(struct rq *rq, struct match_query *q)
{
    struct http_fields fields = rq->http->params;
    int64_t *ids = NEW_ARRAY(rq->arena, fields.n, int64_t);
    for (size_t i = 0; i < fields.n; i++)
        if (str_eq(fields.v[i].name, S("organisation")) && fields.v[i].value.n)
            str_to_i64(fields.v[i].value, &ids[q->n_orgs++]);
    q->orgs = ids;
}

static void read_place(struct rq *rq, struct match_query *q, struct search_result *result)
{
    result->near = utf8_cut(str_trim(rq_param(rq, "near")), WORDS_MOST);
    int64_t radius = rq_param_int(rq, "radius", 0);
    result->radius = radius < 0 || radius > RADIUS_MOST ? 0 : radius;
    if (!result->near.n)
        return;
    struct place place;
    if (!locate_place(rq, result->near, &place)) {
        result->near_unknown = true;
        return;
    }
    result->near_name = place.name;
    q->near = (struct match_point){ true, place.lat, place.lon };
    q->radius_m = (uint32_t)result->radius * 1000;
}

static void read_order(struct rq *rq, struct match_query *q, struct search_result *result)
{
    str sort = rq_param(rq, "sort");
    bool distance = str_eq(sort, S("distance")) && q->near.known;
    bool newest = str_eq(sort, S("new"));
    result->sort = distance ? S("distance") : newest ? S("new") : S("fit");
    q->sort = distance ? MATCH_DISTANCE : newest ? MATCH_NEW : MATCH_FIT;
    int64_t per = rq_param_int(rq, "per", PER_PAGE);
    int64_t page = rq_param_int(rq, "page", 1);
    result->per = per < 1 ? PER_PAGE : per > PER_MOST ? PER_MOST : per;
    result->page = page < 1 || page > PAGE_MOST ? 1 : page;
    q->offset = (uint32_t)((result->page - 1) * result->per);
    q->limit = (uint32_t)result->per;
}

bool query_read(struct rq *rq, struct match_query *q, struct search_result *result)
{
    *q = (struct match_query){ .want = MATCH_WANT_FACETS | MATCH_WANT_TERMS };
    uint16_t *city = NEW(rq->arena, uint16_t);
    bool known = index_city(rq->app->search, rq->city->id, city);
    q->cities = city;
    q->n_cities = 1;
    q->own = index_own(rq->app->search, rq->city->id);
    result->q = utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, "q"))), WORDS_MOST);
    q->text = result->q;
    read_dims(rq, q);
    if (known)
        read_districts(rq, q, *city);
    read_organisations(rq, q);
    read_place(rq, q, result);
    read_order(rq, q, result);
    q->today = day_number(clock_today());
    q->open_on = q->today;
    return known;
}

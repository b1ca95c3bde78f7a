/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Search: asks the index and puts its numbers into words. Neighbours: index.c (filling it),
 * query.c (reading the parameters), opportunity (the pages that show the hits).
 */
#include "feature/search/search.h"

#include "base/clock.h"
#include "base/vec.h"
#include "feature/organisation/organisation.h"
#include "feature/search/query.h"
#include "feature/search/words.h"
#include "search.text.h"
#include "web/app.h"
#include "web/html.h"
#include "web/vocab_label.h"

struct facets {
    struct search_facet *v;
    size_t n, cap;
};

struct values {
    struct search_value *v;
    size_t n, cap;
};

struct chips {
    struct search_chip *v;
    size_t n, cap;
};

/* The answer may be kept only as long as the index stays as it was before the question. */
static struct match *ask(struct rq *rq)
{
    rq->index_version = atomic_load(&rq->app->index_version);
    return index_match(rq->app->search);
}

/* ---- facets ---- */

static void add_facet(struct rq *rq, struct facets *all, const char *param, enum msg label,
                      struct values values)
{
    bool open = false;
    for (size_t i = 0; i < values.n; i++)
        open = open || values.v[i].chosen;
    if (values.n)
        *vec_add(rq->arena, all) = (struct search_facet){
            .param = param, .label = text_of(rq, label), .v = values.v, .n = values.n, .open = open
        };
}

/* Which values of a vocabulary the address names. */
static uint64_t chosen(const struct rq *rq, const char *param, const struct vocab *vocab)
{
    struct http_fields fields = rq->http->params;
    str name = str_from_c(param);
    uint64_t bits = 0;
    for (size_t i = 0; i < fields.n; i++) {
        int value = str_eq(fields.v[i].name, name) ? vocab_find(vocab, fields.v[i].value) : -1;
        bits |= value >= 0 ? vocab_bit(value) : 0;
    }
    return bits;
}

static void vocab_facet(struct rq *rq, struct facets *all, const struct query_dim *d,
                        const uint32_t *counts)
{
    struct values values = { 0 };
    uint64_t named = chosen(rq, d->param, d->vocab);
    for (size_t i = 0; i < d->vocab->n && i < 32; i++) {
        bool is_chosen = named & vocab_bit((int)i);
        if (counts[i] || is_chosen)
            *vec_add(rq->arena, &values) =
                (struct search_value){ .value = (int)i,
                                       .code = d->vocab->codes[i],
                                       .label = vocab_label(rq, d->vocab, (int)i),
                                       .count = counts[i],
                                       .chosen = is_chosen };
    }
    add_facet(rq, all, d->param, d->label, values);
}

static void district_facet(struct rq *rq, struct facets *all, uint16_t city,
                           const struct match_facets *counts)
{
    struct values values = { 0 };
    uint16_t n = index_district_count(rq->app->search, city);
    for (uint16_t i = 1; i < n; i++) {
        str name = index_district_name(rq->app->search, city, i);
        bool is_chosen = rq_param_has(rq, "district", name);
        if (counts->district[i] || is_chosen)
            *vec_add(rq->arena, &values) = (struct search_value){ .value = i,
                                                                  .code = name,
                                                                  .label = name,
                                                                  .count = counts->district[i],
                                                                  .chosen = is_chosen };
    }
    add_facet(rq, all, "district", MSG_search_facet_district, values);
}

/* The questions of accessibility are parameters of their own: step_free=1. */
static void access_facet(struct rq *rq, struct facets *all, const uint32_t *counts)
{
    struct values values = { 0 };
    for (size_t i = 0; i < vocab_accessible.n; i++) {
        str code = vocab_accessible.codes[i];
        bool is_chosen = str_eq(http_param(rq->http->params, code, NULL), S("1"));
        if (counts[i] || is_chosen)
            *vec_add(rq->arena, &values) =
                (struct search_value){ .value = (int)i,
                                       .code = code,
                                       .label = vocab_label(rq, &vocab_accessible, (int)i),
                                       .count = counts[i],
                                       .chosen = is_chosen };
    }
    add_facet(rq, all, "access", MSG_search_facet_access, values);
}

static void put_facets(struct rq *rq, struct search_result *result, uint16_t city,
                       const struct match_facets *counts)
{
    static const struct query_dim days = { "day", NULL, &vocab_day, MATCH_DIMS,
                                           MSG_search_facet_day };
    static const struct query_dim parts = { "daypart", NULL, &vocab_daypart, MATCH_DIMS,
                                            MSG_search_facet_daypart };
    struct facets all = { 0 };
    for (size_t i = 0; i < 4; i++)
        vocab_facet(rq, &all, &query_dims[i], counts->dim[query_dims[i].dim]);
    vocab_facet(rq, &all, &days, counts->days);
    vocab_facet(rq, &all, &parts, counts->parts);
    district_facet(rq, &all, city, counts);
    access_facet(rq, &all, counts->dim[MATCH_ACCESS]);
    for (size_t i = 4; i < QUERY_DIMS; i++)
        vocab_facet(rq, &all, &query_dims[i], counts->dim[query_dims[i].dim]);
    result->facets = all.v;
    result->facet_count = all.n;
}

/* ---- chips ---- */

static int64_t loosened(const struct match_result *r, int filter)
{
    return r && r->loosen[filter] != UINT32_MAX ? r->loosen[filter] : 0;
}

static void add_chip(struct rq *rq, struct chips *chips, str label, url remove, int64_t count)
{
    *vec_add(rq->arena, chips) = (struct search_chip){ label, remove, count };
}

static void vocab_chips(struct rq *rq, struct chips *chips, const struct query_dim *d,
                        int64_t count)
{
    uint64_t with = chosen(rq, d->param, d->vocab);
    uint64_t without = d->not_param ? chosen(rq, d->not_param, d->vocab) : 0;
    for (uint64_t bits = with | without; bits; bits &= bits - 1) {
        int i = __builtin_ctzll(bits);
        str code = d->vocab->codes[i];
        str label = vocab_label(rq, d->vocab, i);
        if (with & vocab_bit(i))
            add_chip(rq, chips, label, link_minus(rq, d->param, code), count);
        if (without & vocab_bit(i))
            add_chip(rq, chips, t_search_chip_not(rq, label), link_minus(rq, d->not_param, code),
                     count);
    }
}

static void grid_chips(struct rq *rq, struct chips *chips, int64_t count)
{
    static const struct query_dim grid[] = { { "day", NULL, &vocab_day, MATCH_DIMS, 0 },
                                             { "daypart", NULL, &vocab_daypart, MATCH_DIMS, 0 } };
    vocab_chips(rq, chips, &grid[0], count);
    vocab_chips(rq, chips, &grid[1], count);
}

/* The name of an organisation of this town; what the address says where there is none. */
static str organisation_name(struct rq *rq, str given)
{
    int64_t id = 0;
    const struct org_full *g = str_to_i64(given, &id) ? org_get(rq->db, rq->city->id, id) : NULL;
    return g && !g->archived_at ? g->name : given;
}

static void organisation_chips(struct rq *rq, struct chips *chips, const struct match_result *r)
{
    struct http_fields fields = rq->http->params;
    for (size_t i = 0; i < fields.n; i++) {
        str id = fields.v[i].value;
        if (str_eq(fields.v[i].name, S("organisation")) && id.n)
            add_chip(rq, chips, organisation_name(rq, id), link_minus(rq, "organisation", id),
                     loosened(r, MATCH_BY_ORG));
    }
}

static void other_chips(struct rq *rq, struct chips *chips, const struct match_result *r)
{
    struct http_fields fields = rq->http->params;
    for (size_t i = 0; i < fields.n; i++)
        if (str_eq(fields.v[i].name, S("district")) && fields.v[i].value.n)
            add_chip(rq, chips, fields.v[i].value, link_minus(rq, "district", fields.v[i].value),
                     loosened(r, MATCH_BY_DISTRICT));
    for (size_t i = 0; i < vocab_accessible.n; i++) {
        str code = vocab_accessible.codes[i];
        if (str_eq(http_param(fields, code, NULL), S("1")))
            add_chip(rq, chips, vocab_label(rq, &vocab_accessible, (int)i),
                     link_with(rq, str_to_c(rq->arena, code), S("")),
                     loosened(r, (int)MATCH_ACCESS));
    }
}

static void put_chips(struct rq *rq, struct search_result *result, const struct match_result *r)
{
    struct chips chips = { 0 };
    if (result->q.n)
        add_chip(rq, &chips, t_search_chip_words(rq, result->q), link_with(rq, "q", S("")),
                 loosened(r, MATCH_BY_TEXT));
    if (result->near_name.n && result->radius)
        add_chip(rq, &chips, t_search_chip_near(rq, result->radius, result->near_name),
                 link_with(rq, "near", S("")), loosened(r, MATCH_BY_NEAR));
    size_t searched = chips.n;
    for (size_t i = 0; i < QUERY_DIMS; i++)
        vocab_chips(rq, &chips, &query_dims[i], loosened(r, (int)query_dims[i].dim));
    grid_chips(rq, &chips, loosened(r, MATCH_BY_GRID));
    other_chips(rq, &chips, r);
    organisation_chips(rq, &chips, r);
    result->chips = chips.v;
    result->chip_count = chips.n;
    result->filter_count = chips.n - searched;
}

/* ---- hits ---- */

static struct search_hit hit_of(const struct match_hit *h)
{
    return (struct search_hit){ .id = h->id,
                                .score = (double)h->score / MATCH_SCORE_MAX,
                                .has_distance = h->distance_m != MATCH_NOWHERE,
                                .distance_km = (double)h->distance_m / 1000 };
}

/* What could be left out, each with how many hits there would be: only for who has found nothing.
 */
static const struct match_result *loosen(struct rq *rq, struct match *m,
                                         const struct match_query *q)
{
    struct match_query again = *q;
    again.want = MATCH_WANT_LOOSEN;
    again.limit = 0;
    return match_search(m, rq->arena, &again);
}

static void put_total(struct search_result *result, int64_t total)
{
    result->total = total;
    result->pages = (total + result->per - 1) / result->per;
}

struct search_result search_pages(int64_t total, int64_t page, int64_t per)
{
    struct search_result r = { .page = page, .per = per };
    put_total(&r, total);
    return r;
}

void search_run(struct rq *rq, struct search_result *result)
{
    struct match_query q;
    struct match *m = ask(rq);
    if (!query_read(rq, &q, result)) {
        put_chips(rq, result, NULL);
        return;
    }
    const struct match_result *r = match_search(m, rq->arena, &q);
    struct search_hit *hits = NEW_ARRAY(rq->arena, r->n, struct search_hit);
    for (size_t i = 0; i < r->n; i++)
        hits[i] = hit_of(&r->hits[i]);
    put_total(result, r->total);
    result->hits = hits;
    result->hit_count = r->n;
    result->terms = r->terms;
    put_facets(rq, result, q.cities[0], r->facets);
    put_chips(rq, result, r->total ? r : loosen(rq, m, &q));
}

size_t search_similar(struct rq *rq, int64_t id, struct search_hit *hits, size_t max)
{
    struct match *m = ask(rq);
    uint16_t city = 0;
    if (!index_city(rq->app->search, rq->city->id, &city))
        return 0;
    struct match_query within = { .cities = &city, .n_cities = 1, .limit = (uint32_t)max };
    const struct match_result *r = match_similar(m, rq->arena, id, &within);
    size_t n = r->n < max ? r->n : max;
    for (size_t i = 0; i < n; i++)
        hits[i] = hit_of(&r->hits[i]);
    return n;
}

bool search_counts(struct rq *rq, const char *param, int64_t *counts)
{
    if (!index_is_ready(rq->app->search)) {
        rq->no_cache = true;
        return false;
    }
    struct match *m = ask(rq);
    uint16_t city = 0;
    const struct query_dim *d = query_dims;
    while (!str_eq(str_from_c(d->param), str_from_c(param)))
        must(++d < query_dims + QUERY_DIMS);
    if (!index_city(rq->app->search, rq->city->id, &city))
        return true;
    struct match_query q = { .cities = &city,
                             .n_cities = 1,
                             .open_on = day_number(clock_today()),
                             .want = MATCH_WANT_FACETS };
    const struct match_result *r = match_search(m, rq->arena, &q);
    for (size_t i = 0; i < d->vocab->n; i++)
        counts[i] = r->facets->dim[d->dim][i];
    return true;
}

/* The question for this town and day; false where the town has no offers yet. */
static bool complete(struct rq *rq, struct match_profile *profile)
{
    uint16_t *city = NEW(rq->arena, uint16_t);
    if (!index_city(rq->app->search, rq->city->id, city))
        return false;
    profile->cities = city;
    profile->n_cities = 1;
    profile->today = day_number(clock_today());
    profile->from = profile->from ? profile->from : profile->today;
    profile->own = index_own(rq->app->search, rq->city->id);
    return true;
}

const struct match_fits *search_fits(struct rq *rq, struct match_profile *profile)
{
    struct match *m = ask(rq);
    if (!complete(rq, profile))
        return NEW(rq->arena, struct match_fits);
    return match_profile(m, rq->arena, profile);
}

const struct match_verdict *search_judge(struct rq *rq, struct match_profile *profile,
                                         const int64_t *ids, size_t n)
{
    struct match *m = ask(rq);
    if (!complete(rq, profile))
        return NEW_ARRAY(rq->arena, n, struct match_verdict);
    return match_judge(m, rq->arena, profile, ids, n);
}

size_t search_points(struct rq *rq, int64_t *ids, size_t max)
{
    struct search_result ignored = { 0 };
    struct match_query q;
    struct match *m = ask(rq);
    if (!query_read(rq, &q, &ignored))
        return 0;
    q.offset = 0;
    q.limit = (uint32_t)max;
    q.want = 0;
    const struct match_result *r = match_search(m, rq->arena, &q);
    for (size_t i = 0; i < r->n; i++)
        ids[i] = r->hits[i].id;
    return r->n;
}

static html marked(struct rq *rq, str text, struct match_spans spans)
{
    struct out o = out_new(rq->arena, text.n * 8 + 64);
    size_t at = 0;
    for (size_t i = 0; i < spans.n; i++) {
        html_put(&o, str_slice(text, at, spans.v[i].from));
        OUT(&o, "<mark>");
        html_put(&o, str_slice(text, spans.v[i].from, spans.v[i].to));
        OUT(&o, "</mark>");
        at = spans.v[i].to;
    }
    html_put(&o, str_slice(text, at, text.n));
    return html_trusted(&o);
}

void search_mark_all(struct rq *rq, struct search_result *result, const str *texts, size_t n)
{
    if (!result->terms)
        return;
    const struct match_spans *spans =
        match_highlight(index_match(rq->app->search), rq->arena, result->terms, texts, n);
    html *marks = NEW_ARRAY(rq->arena, n, html);
    for (size_t i = 0; i < n; i++)
        marks[i] = marked(rq, texts[i], spans[i]);
    result->marked_texts = texts;
    result->marks = marks;
    result->mark_count = n;
}

html search_mark(const struct rq *rq, const struct search_result *result, str text)
{
    for (size_t i = 0; i < result->mark_count; i++)
        if (result->marked_texts[i].p == text.p && result->marked_texts[i].n == text.n)
            return result->marks[i];
    return html_of(rq->arena, text);
}

static const struct route routes[] = {
    GET("/buero/suchwoerter", words_list, CAN(opportunity_publish)),
    GET("/buero/suchwoerter/neu", words_add, CAN(opportunity_publish)),
    POST("/buero/suchwoerter/neu", words_create, CAN(opportunity_publish)),
    GET("/buero/suchwoerter/{id}", words_edit, CAN(opportunity_publish)),
    POST("/buero/suchwoerter/{id}", words_save, CAN(opportunity_publish)),
    POST("/buero/suchwoerter/{id}/loeschen", words_erase, CAN(opportunity_publish)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_search_words_title,
      .path = "/buero/suchwoerter",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_publish,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 57 },
    { 0 },
};

const struct feature search_feature = {
    .name = "search",
    .routes = routes,
    .nav = nav,
    .start = index_start,
    .stop = index_stop,
};

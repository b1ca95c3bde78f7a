/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "What fits me": six questions, one a page, then an explained ranking. The answers travel in
 * the address and are stored nowhere. Reads: opportunity. Neighbours: search (the index),
 * wish.c (reading answers), reasons.c (sentences).
 */
#include "feature/finder/finder.h"

#include "feature/finder/view.h"
#include "feature/search/search.h"
#include "finder.html.h"
#include "finder.text.h"
#include "opportunity.text.h"
#include "web/error.h"
#include "web/json.h"
#include "web/schema.h"

/* The offers of the asked page with their reasons. */
static struct finder_result result_of(struct rq *rq, struct wish *w)
{
    w->profile.offset = (uint32_t)((w->page - 1) * w->per);
    w->profile.limit = (uint32_t)w->per;
    const struct match_fits *fits = search_fits(rq, &w->profile);
    struct finder_asker who = { &w->profile, w->near_name };
    struct finder_result r = { .fits = fits,
                               .v = NEW_ARRAY(rq->arena, fits->n, struct finder_hit),
                               .pages = search_pages(fits->total, w->page, w->per) };
    for (size_t i = 0; i < fits->n; i++) {
        const struct match_fit *fit = &fits->v[i];
        struct judged_offer o = { .fit = fit,
                                  .card = opp_card_get(rq->db, rq->city->id, fit->id,
                                                       opportunity_fresh_since()),
                                  .needs = finder_needs(rq->db, rq->city->id, fit->id) };
        if (!o.card)
            continue;
        r.v[r.n++] = (struct finder_hit){
            .card = o.card,
            .hit = { .id = fit->id,
                     .score = (double)fit->score / MATCH_SCORE_MAX,
                     .has_distance = fit->distance_m != MATCH_NOWHERE,
                     .distance_km = (double)fit->distance_m / 1000 },
            .reasons = finder_reasons(rq, &who, &o),
        };
    }
    return r;
}

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_finder_title(rq), link_to(rq, S("/passt")));
}

/* GET /passt: the question that the address asks for, or what fits the answers in it. */
static void page(struct rq *rq)
{
    struct wish w;
    wish_read(rq, &w);
    int64_t step = rq_param_int(rq, "step", 1);
    crumbs(rq);
    if (step >= 1 && step <= QUESTIONS && !str_eq(rq_param(rq, "step"), S("result"))) {
        view_finder_question(rq, &w, (size_t)step - 1);
        return;
    }
    if (w.near_unknown) {
        rq_error(rq, WISH_NEAR, t_opp_search_unknown_place(rq));
        view_finder_question(rq, &w, QUESTIONS - 1);
        return;
    }
    struct finder_result r = result_of(rq, &w);
    rq_crumb(rq, t_finder_result(rq), link_with(rq, "step", S("result")));
    view_finder_result(rq, &w, &r);
}

/* ---- JSON ---- */

static const struct property matches_properties[] = {
    { "total", "integer", "offers that nothing rules out" },
    { "page", "integer", "counts from 1" },
    { "per", "integer", "offers on a page, at most 100" },
    { "items", "array", "the offers of this page, best first, each with its score and reasons",
      .of = &opp_card_schema },
    { "excluded", "array", "what kept other offers out, in sentences", .item = "string" },
    { 0 },
};
static const struct schema matches_schema = { "Matches", "What fits a profile, and why.",
                                              matches_properties };

static const struct property taste_properties[] = {
    { "like", "array", "codes that somebody likes", .item = "string", .optional = true },
    { "rather_not", "array",
      "codes that somebody would rather not do: they count, and exclude nothing", .item = "string",
      .optional = true },
    { "never", "array", "codes that somebody does not want at all", .item = "string",
      .optional = true },
    { 0 },
};
static const struct schema taste_schema = {
    "Taste", "What somebody likes, would rather not do, and never wants.", taste_properties
};

static const struct property language_properties[] = {
    { "code", "string", "ISO 639: de, en …" },
    { "level", "string", "a1 to c2, native; without: native", .optional = true },
    { 0 },
};
static const struct schema language_schema = { "SpokenLanguage", "A language and how well.",
                                               language_properties };

static const struct property profile_properties[] = {
    { "fields", "object", "by field", .of = &taste_schema, .optional = true },
    { "kinds", "object", "by task kind", .of = &taste_schema, .optional = true },
    { "targets", "object", "by target group", .of = &taste_schema, .optional = true },
    { "times", "object", "by time needed", .of = &taste_schema, .optional = true },
    { "places", "object", "by kind of place", .of = &taste_schema, .optional = true },
    { "skills", "array",
      "what somebody can or wants to do, in words: looked for in what offers say", .item = "string",
      .optional = true },
    { "languages", "array", "spoken languages; what needs more is left out", .of = &language_schema,
      .optional = true },
    { "near", "string", "postcode, place or lat,lon", .optional = true },
    { "radius", "integer", "km that somebody gets around", .optional = true },
    { "grid", "array", "when there is time: mo-morning …", .item = "string", .optional = true },
    { "hours_per_week", "integer", "hours that somebody has", .optional = true },
    { "age", "integer", "years", .optional = true },
    { "certificate", "string", "the strictest that somebody would bring: none, simple, extended",
      .optional = true },
    { "access", "array", "needs that must not be answered with no: step_free …", .item = "string",
      .optional = true },
    { "from", "string", "first day, ISO 8601", .optional = true },
    { "to", "string", "last day, ISO 8601", .optional = true },
    { "page", "integer", "counts from 1", .optional = true },
    { "per", "integer", "at most 100", .optional = true },
    { 0 },
};
static const struct schema profile_schema = { "Profile", "What somebody wishes; not stored.",
                                              profile_properties };

static void put_sentences(struct json *j, const char *key, struct sentences s)
{
    json_key(j, str_from_c(key));
    json_array(j);
    for (size_t i = 0; i < s.n; i++)
        json_str(j, s.v[i]);
    json_array_end(j);
}

static void put_number(struct json *j, const char *key, int64_t n)
{
    json_key(j, str_from_c(key));
    json_int(j, n);
}

static void put_hit(struct rq *rq, struct json *j, const struct finder_hit *hit)
{
    json_object(j);
    opp_card_members(rq, j, hit->card);
    if (hit->hit.has_distance) {
        json_key(j, S("distance_km"));
        json_real(j, hit->hit.distance_km, 1);
    }
    json_key(j, S("score"));
    json_real(j, hit->hit.score, 2);
    put_sentences(j, "fits", hit->reasons.fits);
    put_sentences(j, "misses", hit->reasons.misses);
    json_object_end(j);
}

/* POST /api/v1/{city}/matches: reads only; the profile is in the body because it is personal. */
static void matches(struct rq *rq)
{
    struct wish w;
    rq->format = FORMAT_JSON;
    rq->personal = true;
    wish_parse(rq, rq->http->body, &w);
    if (!rq_ok(rq)) {
        error_fields(rq);
        return;
    }
    struct finder_result r = result_of(rq, &w);
    rq_type(rq, S("application/json"));
    struct json j = json_new(rq->out);
    json_object(&j);
    put_number(&j, "total", r.fits->total);
    put_number(&j, "page", w.page);
    put_number(&j, "per", w.per);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < r.n; i++)
        put_hit(rq, &j, &r.v[i]);
    json_array_end(&j);
    put_sentences(&j, "excluded", finder_excluded(rq, r.fits));
    json_object_end(&j);
    json_done(&j);
}

/* ---- the contract ---- */

static const struct param page_params[] = {
    { "step", "string", "1 to 6, or result" },
    { "field", "array", "fields that somebody likes" },
    { "kind", "array", "what somebody likes to do" },
    { "target", "array", "for whom" },
    { "time", "array", "how much time there is" },
    { "grid", "array", "when there is time: mo-morning …" },
    { "near", "string", "postcode, place or lat,lon" },
    { "radius", "integer", "km around near" },
    { "place_kind", "array", "kinds of place: at_home" },
    { 0 },
};

static const struct route routes[] = {
    GET("/passt", page, ANYONE, .listed = true, .params = page_params),
    ASK("/passt", matches, ANYONE, .api = "/matches", .body = &profile_schema,
        .answer = &matches_schema, .doc = "Ranks the offers of a town for a profile and says why."),
    { 0 },
};

const struct feature finder_feature = { .name = "finder", .routes = routes };

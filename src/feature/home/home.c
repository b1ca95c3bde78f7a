/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The home page of a town and the page of the network of towns.
 * Reads: office, opportunity. Neighbours: search (counts by field), opportunity (newest), event
 * (what is on next).
 */
#include "feature/home/home.h"

#include "feature/search/search.h"
#include "home.html.h"
#include "web/json.h"

#define NEWEST 4
#define NEXT   3

/* GET /{city}/ */
static void town(struct rq *rq)
{
    struct home home = {
        .newest = opp_newest(rq->db, rq->city->id, opportunity_fresh_since(), NEWEST),
        .offices = home_office(rq->db, rq->city->id),
        .next = event_next(rq, NEXT),
        .numbers = home_count(rq->db, rq->city->id, opportunity_fresh_since()),
    };
    home.has_counts = search_counts(rq, "field", home.field_counts);
    view_home_town(rq, &home);
}

static int64_t offers_of(struct home_town_rows rows, int64_t city_id)
{
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].city_id == city_id)
            return rows.v[i].offers;
    return 0;
}

static void answer_network(struct rq *rq, const int64_t *offers)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("towns"));
    json_array(&j);
    for (size_t i = 0; i < rq->cities->n; i++) {
        json_object(&j);
        json_key(&j, S("slug"));
        json_str(&j, rq->cities->v[i].slug);
        json_key(&j, S("name"));
        json_str(&j, rq->cities->v[i].name);
        json_key(&j, S("opportunities"));
        json_int(&j, offers[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

/* GET / where no town answers on its own domain. */
static void network(struct rq *rq)
{
    struct home_town_rows rows = home_network(rq->db, opportunity_fresh_since());
    int64_t *offers = NEW_ARRAY(rq->arena, rq->cities->n, int64_t);
    for (size_t i = 0; i < rq->cities->n; i++)
        offers[i] = offers_of(rows, rq->cities->v[i].id);
    if (rq_wants_json(rq))
        answer_network(rq, offers);
    else
        view_home_network(rq, offers);
}

static const struct route routes[] = {
    GET("/", town, ANYONE, .listed = true),
    GET("/", network, ANYONE, .scope = IN_NETWORK, .listed = true),
    { 0 },
};

const struct feature home_feature = { .name = "home", .routes = routes };

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The map: the same search as the list, drawn. The page carries the full list beside the
 * map; the data comes as GeoJSON (RFC 7946) from this server and nowhere else.
 */
#include "feature/map/map.h"

#include "feature/search/search.h"
#include "map.html.h"
#include "map.text.h"
#include "opportunity.text.h"
#include "web/city.h"
#include "web/json.h"

#define MAX_POINTS 5000

str map_credit(const struct rq *rq)
{
    str origin = city_tile_origin(rq->arena, rq->city);
    return origin.n ? str_fmt(rq->arena, "© %.*s", STR_FMT(str_slice(origin, 8, origin.n))) : S("");
}

/* GET /karte */
static void page(struct rq *rq)
{
    struct search_result found = { 0 };
    search_run(rq, &found);
    const struct opp_card **cards = opp_hits(rq, &found);
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    rq_crumb(rq, t_map_title(rq), link_to(rq, S("/karte")));
    view_map(rq, &found, cards);
}

struct point {
    double lat;
    double lon;
};

static void put_text(struct json *j, const char *name, str value)
{
    json_key(j, str_from_c(name));
    json_str(j, value);
}

/* Begins a feature and its properties; put_end ends both. */
static void put_point(struct json *j, struct point p, const char *kind)
{
    json_object(j);
    put_text(j, "type", S("Feature"));
    json_key(j, S("geometry"));
    json_object(j);
    put_text(j, "type", S("Point"));
    json_key(j, S("coordinates"));
    json_array(j);
    json_real(j, p.lon, 5);
    json_real(j, p.lat, 5);
    json_array_end(j);
    json_object_end(j);
    json_key(j, S("properties"));
    json_object(j);
    put_text(j, "kind", str_from_c(kind));
}

static void put_end(struct json *j)
{
    json_object_end(j);
    json_object_end(j);
}

static void put_offers(struct rq *rq, struct json *j)
{
    int64_t *ids = NEW_ARRAY(rq->arena, MAX_POINTS, int64_t);
    size_t n = search_points(rq, ids, MAX_POINTS);
    for (size_t i = 0; i < n; i++) {
        const struct opp_card *o =
            opp_card_get(rq->db, rq->city->id, ids[i], opportunity_fresh_since());
        if (!o || !o->lat.has || !o->lon.has)
            continue;
        put_point(j, (struct point){ o->lat.v, o->lon.v }, "offer");
        put_text(j, "id", str_fmt(rq->arena, "%lld", (long long)o->id));
        put_text(j, "title", opp_title(rq, o));
        put_text(j, "organisation", o->organisation);
        put_text(j, "url", link_id(rq, S("/angebote/"), o->id).s);
        put_end(j);
    }
}

static void put_names(struct rq *rq, struct json *j)
{
    for (size_t i = 0; i < rq->city->district_count; i++) {
        const struct district *d = &rq->city->districts[i];
        put_point(j, (struct point){ d->lat, d->lon }, "district");
        put_text(j, "name", d->name);
        put_end(j);
    }
    put_point(j, (struct point){ rq->city->lat, rq->city->lon }, "town");
    put_text(j, "name", rq->city->name);
    put_end(j);
}

/* GET /karte/daten: offers of this search and names of districts (ui/README.md, "Map"). */
static void data(struct rq *rq)
{
    rq_type(rq, S("application/geo+json"));
    struct json j = json_new(rq->out);
    json_object(&j);
    json_key(&j, S("type"));
    json_str(&j, S("FeatureCollection"));
    json_key(&j, S("features"));
    json_array(&j);
    put_names(rq, &j);
    put_offers(rq, &j);
    json_array_end(&j);
    json_object_end(&j);
}

static const struct route routes[] = {
    GET("/karte", page, ANYONE, .listed = true, .params = search_params),
    GET("/karte/daten", data, ANYONE, .params = search_params),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_map_nav, .path = "/karte", .kind = ACCESS_ANYONE, .order = 20 },
    { 0 },
};

const struct feature map_feature = { .name = "map", .routes = routes, .nav = nav };

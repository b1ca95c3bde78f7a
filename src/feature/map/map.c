/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The map: the same search as the list, drawn. The page carries the full list beside the
 * map; the data comes as GeoJSON (RFC 7946) from this server and nowhere else.
 */
#include "feature/map/map.h"

#include "feature/search/search.h"
#include "map.html.h"
#include "map.sql.h"
#include "web/json.h"

#define MAX_POINTS 5000

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

static void put_point(struct json *j, double lat, double lon)
{
    json_key(j, S("type"));
    json_str(j, S("Feature"));
    json_key(j, S("geometry"));
    json_object(j);
    json_key(j, S("type"));
    json_str(j, S("Point"));
    json_key(j, S("coordinates"));
    json_array(j);
    json_real(j, lon, 5);
    json_real(j, lat, 5);
    json_array_end(j);
    json_object_end(j);
}

struct point {
    double lat;
    double lon;
};

static void put_feature(struct json *j, struct point p, const str *what)
{
    static const char *const names[] = { "kind", "title", "url" };
    json_object(j);
    put_point(j, p.lat, p.lon);
    json_key(j, S("properties"));
    json_object(j);
    for (size_t i = 0; i < 3; i++) {
        if (!what[i].n)
            continue;
        json_key(j, str_from_c(names[i]));
        json_str(j, what[i]);
    }
    json_object_end(j);
    json_object_end(j);
}

static void put_offers(struct rq *rq, struct json *j)
{
    int64_t *ids = NEW_ARRAY(rq->arena, MAX_POINTS, int64_t);
    size_t n = search_points(rq, ids, MAX_POINTS);
    for (size_t i = 0; i < n; i++) {
        const struct opp_card *o = opp_card_get(rq->db, rq->city->id, ids[i]);
        if (!o || !o->lat.has || !o->lon.has)
            continue;
        str what[] = { S("opportunity"), opp_title(rq, o), link_id(rq, S("/angebote/"), o->id).s };
        put_feature(j, (struct point){ o->lat.v, o->lon.v }, what);
    }
}

static void put_names(struct rq *rq, struct json *j)
{
    for (size_t i = 0; i < rq->city->district_count; i++) {
        const struct district *d = &rq->city->districts[i];
        put_feature(j, (struct point){ d->lat, d->lon }, (str[3]){ S("district"), d->name, S("") });
    }
    put_feature(j, (struct point){ rq->city->lat, rq->city->lon },
                (str[3]){ S("town"), rq->city->name, S("") });
}

static void put_organisations(struct rq *rq, struct json *j)
{
    struct map_organisation_rows rows = map_organisations(rq->db, rq->city->id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct map_organisation *g = &rows.v[i];
        str what[] = { S("organisation"), g->name, link_id(rq, S("/organisationen/"), g->id).s };
        put_feature(j, (struct point){ g->lat, g->lon }, what);
    }
}

/* GET /karte/daten: offers of this search, organisations, names of districts. */
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
    put_organisations(rq, &j);
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

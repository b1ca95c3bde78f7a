/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A map that needs no script: SVG from the town's own data. Positions are in hundredths of the
 * picture, sizes in pixels of the page, so that markers stay large enough in a narrow frame.
 * The style (class e-map) keeps the picture at 4 to 3.
 */
#include <math.h>

#include "base/clock.h"
#include "embed.text.h"
#include "feature/embed/embed.h"
#include "feature/tally/tally.h"
#include "web/html.h"
#include "web/url.h"

#define POINTS_MOST 300
#define HEIGHT      75.0 /* of the picture, in hundredths of its width */
#define MARGIN      8.0  /* around the outermost markers */
#define APART       11.0 /* markers nearer to each other than this become one: 26 px at 240 */
#define DEGREE_KM   111.32
#define LEAST_KM    2.0 /* a picture is at least so wide */

struct place {
    double x, y; /* hundredths of the width */
};

struct marker {
    struct place at;
    const struct opp_card *first;
    int64_t count;
};

struct view {
    double lat, lon; /* the middle */
    double shrink;   /* of a degree of longitude, against one of latitude */
    double per_km;   /* hundredths of the width */
};

struct picture {
    struct rq *rq;
    struct view view;
    const struct opp_card **cards;
    size_t n;
    struct marker *markers;
    size_t marker_count;
};

static struct place place_of(const struct view *v, double lat, double lon)
{
    return (struct place){ 50 + (lon - v->lon) * DEGREE_KM * v->shrink * v->per_km,
                           HEIGHT / 2 - (lat - v->lat) * DEGREE_KM * v->per_km };
}

static void load(struct picture *p)
{
    struct rq *rq = p->rq;
    int64_t *ids = NEW_ARRAY(rq->arena, POINTS_MOST, int64_t);
    size_t n = search_points(rq, ids, POINTS_MOST);
    p->cards = NEW_ARRAY(rq->arena, n, const struct opp_card *);
    int64_t fresh = opportunity_fresh_since();
    for (size_t i = 0; i < n; i++) {
        const struct opp_card *o = opp_card_get(rq->db, rq->city->id, ids[i], fresh);
        if (o && o->lat.has && o->lon.has)
            p->cards[p->n++] = o;
    }
}

/* All points in the picture, with a margin. */
static void aim(struct picture *p)
{
    double south = p->cards[0]->lat.v;
    double north = south;
    double west = p->cards[0]->lon.v;
    double east = west;
    for (size_t i = 1; i < p->n; i++) {
        south = fmin(south, p->cards[i]->lat.v);
        north = fmax(north, p->cards[i]->lat.v);
        west = fmin(west, p->cards[i]->lon.v);
        east = fmax(east, p->cards[i]->lon.v);
    }
    struct view *v = &p->view;
    v->lat = (south + north) / 2;
    v->lon = (west + east) / 2;
    v->shrink = cos(v->lat * M_PI / 180);
    double wide = fmax((east - west) * DEGREE_KM * v->shrink, LEAST_KM);
    double high = fmax((north - south) * DEGREE_KM, LEAST_KM * HEIGHT / 100);
    v->per_km = fmin((100 - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high);
}

/* One marker for offers that would cover each other, at the place of the first. */
static void gather(struct picture *p)
{
    p->markers = NEW_ARRAY(p->rq->arena, p->n, struct marker);
    for (size_t i = 0; i < p->n; i++) {
        struct place at = place_of(&p->view, p->cards[i]->lat.v, p->cards[i]->lon.v);
        size_t m = 0;
        while (m < p->marker_count &&
               hypot(p->markers[m].at.x - at.x, p->markers[m].at.y - at.y) >= APART)
            m++;
        if (m == p->marker_count)
            p->markers[p->marker_count++] = (struct marker){ .at = at, .first = p->cards[i] };
        p->markers[m].count++;
    }
}

/* "cx="12.3%" cy="45.6%"", or with other names. */
static void put_at(struct out *o, const char *x, const char *y, struct place at)
{
    out_fmt(o, " %s=\"", x);
    out_f64(o, at.x, 2);
    out_fmt(o, "%%\" %s=\"", y);
    out_f64(o, at.y * 100 / HEIGHT, 2);
    OUT(o, "%\"");
}

/* A name stands a line above its place: there, in a picture 40 rem wide. */
static struct place name_of(struct place at)
{
    return (struct place){ at.x, at.y - 3.3 };
}

static bool overlap(struct place a, struct place b, double wide)
{
    return fabs(a.x - b.x) < wide && fabs(a.y - b.y) < 3;
}

/* In the picture, and clear of markers and of the names before it. */
static bool has_room(const struct picture *p, struct place name, const struct place *names,
                     size_t n)
{
    bool room = name.x > 5 && name.x < 95 && name.y > 2 && name.y < HEIGHT - 2;
    for (size_t i = 0; i < p->marker_count && room; i++)
        room = !overlap(p->markers[i].at, name, 10);
    for (size_t i = 0; i < n && room; i++)
        room = !overlap(names[i], name, 15);
    return room;
}

static void put_districts(const struct picture *p, struct out *o)
{
    const struct city *city = p->rq->city;
    struct place *names = NEW_ARRAY(p->rq->arena, city->district_count, struct place);
    size_t n = 0;
    OUT(o, "<g class=\"e-map__names\" aria-hidden=\"true\">");
    for (size_t i = 0; i < city->district_count; i++) {
        const struct district *d = &city->districts[i];
        struct place at = place_of(&p->view, d->lat, d->lon);
        if (!has_room(p, name_of(at), names, n))
            continue;
        names[n++] = name_of(at);
        OUT(o, "<text text-anchor=\"middle\" dy=\"-1.5em\"");
        put_at(o, "x", "y", at);
        OUT(o, ">");
        html_put(o, d->name);
        OUT(o, "</text>");
    }
    OUT(o, "</g>");
}

static str nearest_district(const struct picture *p, const struct opp_card *o)
{
    const struct city *city = p->rq->city;
    str name = city->name;
    double best = INFINITY;
    for (size_t i = 0; i < city->district_count; i++) {
        const struct district *d = &city->districts[i];
        double far = hypot((d->lon - o->lon.v) * p->view.shrink, d->lat - o->lat.v);
        name = far < best ? d->name : name;
        best = fmin(best, far);
    }
    return name;
}

/* What is around the marker, in the town's own list; radius in whole kilometres. */
static url around(const struct picture *p, const struct marker *m)
{
    struct rq *rq = p->rq;
    str near = str_fmt(rq->arena, "%.5f,%.5f", m->first->lat.v, m->first->lon.v);
    int64_t km = (int64_t)ceil(APART / p->view.per_km);
    const struct http_field fields[] = { { S("near"), near },
                                         { S("radius"), str_fmt(rq->arena, "%lld", (long long)km) },
                                         { S("sort"), S("distance") } };
    return link_query(rq, S("/angebote"), fields, 3);
}

static void put_marker(const struct picture *p, struct out *o, const struct marker *m)
{
    struct rq *rq = p->rq;
    bool one = m->count == 1;
    str label = one ? t_embed_map_one(rq, opp_title(rq, m->first), m->first->organisation)
                    : t_embed_map_many(rq, m->count, nearest_district(p, m->first));
    OUT(o, "<a target=\"_blank\" rel=\"noopener\" href=\"");
    html_put_url(o, one ? tally_link(rq, m->first->id, TALLY_embed) : around(p, m));
    OUT(o, "\" aria-label=\"");
    html_put_attr(o, label);
    OUT(o, "\"><title>");
    html_put_attr(o, label);
    out_fmt(o, "</title><circle r=\"%d\"", one ? 12 : 14);
    put_at(o, "cx", "cy", m->at);
    OUT(o, "/>");
    if (!one) {
        OUT(o, "<text text-anchor=\"middle\" dy=\"0.35em\" aria-hidden=\"true\"");
        put_at(o, "x", "y", m->at);
        OUT(o, ">");
        html_put(o, (long long)m->count);
        OUT(o, "</text>");
    }
    OUT(o, "</a>");
}

/* Names stand over the markers, with a halo. */
static void put_all(const struct picture *p, struct out *o)
{
    for (size_t i = 0; i < p->marker_count; i++)
        put_marker(p, o, &p->markers[i]);
    put_districts(p, o);
}

html embed_picture(struct rq *asking)
{
    struct picture p = { .rq = asking };
    struct out o = out_new(asking->arena, 0);
    load(&p);
    if (!p.n)
        return html_trusted(&o);
    aim(&p);
    gather(&p);
    OUT(&o, "<svg class=\"e-map\" role=\"group\" aria-label=\"");
    html_put_attr(&o, t_embed_map_label(asking, asking->city->name));
    OUT(&o, "\">");
    put_all(&p, &o);
    OUT(&o, "</svg>");
    return html_trusted(&o);
}

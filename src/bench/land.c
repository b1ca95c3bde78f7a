/* SPDX-License-Identifier: EUPL-1.2 */
/* Postcodes with their people. */
#include "bench/land.h"

#include "base/arena.h"
#include "base/err.h"
#include "match/geo.h"
#include "match/place.h"

#define SPREAD_LEAST 3000  /* millionths of a degree of latitude: about 330 m */
#define SPREAD_MOST  60000 /* about 6.7 km */
#define NEIGHBOURS   400   /* postcodes next to each other by latitude that are looked at */

/* ---- people ---- */

struct kreis {
    uint32_t key;
    uint64_t people;
    uint32_t codes; /* postcodes */
};

struct kreise {
    struct kreis *v;
    uint32_t n;
};

/* Rows of key and inhabitants, ascending, behind a row of headings. */
static struct kreise read_kreise(struct arena *a, str table)
{
    struct kreise all = { NEW_ARRAY(a, 1000, struct kreis), 0 };
    str line = S("");
    str_next(&table, '\n', &line);
    while (str_next(&table, '\n', &line)) {
        str key = S(""), rest = line;
        int64_t number = 0, people = 0;
        if (!line.n)
            continue;
        str_next(&rest, '\t', &key);
        must(all.n < 1000 && str_to_i64(key, &number) && str_to_i64(rest, &people));
        all.v[all.n++] = (struct kreis){ (uint32_t)number, (uint64_t)people, 0 };
    }
    must(all.n > 0);
    return all;
}

static uint32_t find_kreis(const struct kreise *k, uint32_t key)
{
    uint32_t from = 0, to = k->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (k->v[mid].key < key)
            from = mid + 1;
        else
            to = mid;
    }
    return from < k->n && k->v[from].key == key ? from : k->n;
}

static struct weights weigh(struct arena *a, const struct land *l, const struct kreise *k)
{
    uint64_t *weight = NEW_ARRAY(a, l->n, uint64_t);
    for (uint32_t i = 0; i < l->n; i++)
        if (l->places[i].kreis) {
            const struct kreis *of = &k->v[l->places[i].kreis - 1];
            weight[i] = of->people / of->codes;
        }
    return weights_new(a, weight, l->n);
}

/* ---- ground ---- */

struct by_lat {
    int32_t lat;
    uint32_t place;
};

static int compare_lat(const void *a, const void *b)
{
    const struct by_lat *x = a, *y = b;
    if (x->lat != y->lat)
        return x->lat < y->lat ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static uint32_t metres(const struct land_place *a, const struct land_place *b)
{
    return geo_metres((struct geo_point){ a->lat, a->lon }, (struct geo_point){ b->lat, b->lon });
}

/* Half the way to the nearest other postcode, in millionths of a degree (9 are a metre). */
static uint32_t spread_of(const struct land_place *p, const struct by_lat *order, uint32_t i,
                          uint32_t n)
{
    uint32_t nearest = SPREAD_MOST;
    uint32_t from = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
    uint32_t to = i + NEIGHBOURS < n ? i + NEIGHBOURS : n;
    for (uint32_t k = from; k < to; k++) {
        uint32_t m = k == i ? UINT32_MAX : metres(&p[order[i].place], &p[order[k].place]);
        nearest = m && m < nearest ? m : nearest;
    }
    uint32_t spread = nearest * 9 / 2;
    return spread < SPREAD_LEAST ? SPREAD_LEAST : spread > SPREAD_MOST ? SPREAD_MOST : spread;
}

static void spread_places(struct arena *a, struct land_place *p, uint32_t n)
{
    struct by_lat *order = NEW_ARRAY(a, n, struct by_lat);
    for (uint32_t i = 0; i < n; i++)
        order[i] = (struct by_lat){ p[i].lat, i };
    qsort(order, n, sizeof *order, compare_lat);
    for (uint32_t i = 0; i < n; i++)
        p[order[i].place].spread = spread_of(p, order, i, n);
}

struct land land_read(struct arena *a, str population)
{
    struct kreise kreise = read_kreise(a, population);
    struct places codes = place_postcodes(a);
    struct land_place *p = NEW_ARRAY(a, codes.n, struct land_place);
    for (size_t i = 0; i < codes.n; i++) {
        const struct place *c = &codes.v[i];
        struct geo_point at = geo_point((struct match_point){ true, c->lat, c->lon });
        uint32_t k = find_kreis(&kreise, c->kreis_key);
        p[i] = (struct land_place){ .postcode = str_slice(c->name, 0, 5),
                                    .town = str_slice(c->name, 6, c->name.n),
                                    .lat = at.lat,
                                    .lon = at.lon,
                                    .kreis = (uint16_t)(k < kreise.n ? k + 1 : 0) };
        if (k < kreise.n)
            p[i].district = (uint16_t)++kreise.v[k].codes;
    }
    spread_places(a, p, (uint32_t)codes.n);
    struct land l = { .places = p, .n = (uint32_t)codes.n, .kreise = kreise.n };
    l.people = weigh(a, &l, &kreise);
    return l;
}

/* Four dice together, about the bell of chance: -spread … spread, mostly in the middle. */
static int32_t offset(struct dice *d, uint32_t spread)
{
    uint64_t r = dice_next(d);
    int64_t sum = 0;
    for (int i = 0; i < 4; i++)
        sum += (int64_t)(r >> (16 * i) & 0xFFFF);
    return (int32_t)((sum - 2 * 0xFFFF) * (int64_t)spread / (2 * 0xFFFF));
}

struct land_point land_point(const struct land *l, uint32_t place, struct dice *d)
{
    const struct land_place *p = &l->places[place];
    int32_t north = offset(d, 2 * p->spread);
    int32_t east = offset(d, 2 * p->spread);
    return (struct land_point){ p->lat + north, p->lon + east * 8 / 5 };
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* The scope of a query. */
#include "match/scope.h"

#include "base/vec.h"
#include "match/rank.h"

struct scope scope_new(const struct match_query *q)
{
    struct scope s = { .cities = q->cities,
                       .n_cities = q->n_cities,
                       .near = geo_point(q->near),
                       .open_on = day_pack(q->open_on) };
    s.radius = s.near.lat == GEO_NONE ? 0 : q->radius_m;
    return s;
}

static int compare_range(const void *a, const void *b)
{
    const struct city_rows *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Adds rows behind the last range, or lengthens it. */
static void add_range(struct arena *a, struct ranges *r, uint32_t from, uint32_t to)
{
    if (from >= to)
        return;
    if (r->n && r->v[r->n - 1].to >= from) {
        r->v[r->n - 1].to = to > r->v[r->n - 1].to ? to : r->v[r->n - 1].to;
        return;
    }
    *vec_add(a, r) = (struct city_rows){ .from = from, .to = to };
}

static uint32_t first_of_city(const struct part *p, uint16_t city)
{
    uint32_t from = 0, to = p->n_cities;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (p->cities[mid].city < city)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static struct ranges city_ranges(struct arena *a, const struct part *p, const struct scope *s)
{
    struct ranges found = { 0 }, r = { 0 };
    for (size_t i = 0; i < s->n_cities; i++)
        for (uint32_t k = first_of_city(p, s->cities[i]);
             k < p->n_cities && p->cities[k].city == s->cities[i]; k++)
            *vec_add(a, &found) = p->cities[k];
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, compare_range);
    for (size_t i = 0; i < found.n; i++)
        add_range(a, &r, found.v[i].from, found.v[i].to);
    return r;
}

static struct ranges near_ranges(struct arena *a, const struct part *p, const struct scope *s)
{
    struct geo_box box = geo_box(s->near, s->radius);
    struct ranges r = { 0 };
    for (uint32_t row = box.first_row; row <= box.last_row; row++) {
        struct city_rows c = part_cells(p, row * GEO_COLUMNS + box.first_column,
                                        row * GEO_COLUMNS + box.last_column);
        add_range(a, &r, c.from, c.to);
    }
    struct city_rows nowhere = part_cells(p, GEO_CELL_NOWHERE, GEO_CELL_NOWHERE);
    if (s->keep_nowhere)
        add_range(a, &r, nowhere.from, nowhere.to);
    return r;
}

static struct ranges both(struct arena *a, const struct ranges *x, const struct ranges *y)
{
    struct ranges r = { 0 };
    for (size_t i = 0, j = 0; i < x->n && j < y->n;) {
        uint32_t from = x->v[i].from > y->v[j].from ? x->v[i].from : y->v[j].from;
        uint32_t to = x->v[i].to < y->v[j].to ? x->v[i].to : y->v[j].to;
        add_range(a, &r, from, to);
        if (x->v[i].to < y->v[j].to)
            i++;
        else
            j++;
    }
    return r;
}

struct ranges scope_ranges(struct arena *a, const struct part *p, const struct scope *s)
{
    struct ranges r = { 0 };
    if (!s->n_cities && !s->radius) {
        add_range(a, &r, 0, p->n);
        return r;
    }
    if (s->n_cities)
        r = city_ranges(a, p, s);
    if (!s->radius)
        return r;
    struct ranges near = near_ranges(a, p, s);
    return s->n_cities ? both(a, &r, &near) : near;
}

/* Over, or not confirmed for too long. Days are at least 1, 0 stands for none. */
static void drop_closed(const struct scope *s, struct block *b)
{
    uint16_t ends = (uint16_t)(s->open_on - 1);
    uint16_t stale = s->open_on > FRESH_DAYS ? (uint16_t)(s->open_on - FRESH_DAYS) : 0;
    const uint16_t *to = b->col.to, *confirmed = b->col.confirmed;
    for (uint32_t i = 0; i < BLOCK; i++) {
        uint32_t over = (uint16_t)(to[i] - 1) < ends;
        uint32_t old = (uint16_t)(confirmed[i] - 1) < stale;
        b->fails[i] |= 0u - (over | old);
    }
}

#define DEGREE       1e6f
#define METRES       0.1111951f /* for a millionth of a degree */
#define RADIANS      (3.14159265f / 180 / DEGREE)
#define ERROR_METRES 2.0f  /* of rounding, here and in geo_metres() */
#define ERROR_SHARE  1e-5f /* of single precision */
#define FAR          ((float)MATCH_NOWHERE)

/*
 * The distance of geo_metres(), in single precision, with what it may be wrong by: decides for
 * nearly all rows whether they are within a radius, and whether they can be among the best. The
 * answer never depends on it.
 */
static void bound_distances(const struct scope *s, struct block *b)
{
    const int32_t *lat = b->col.lat, *lon = b->col.lon;
    float near_lat = (float)s->near.lat, near_lon = (float)s->near.lon;
    for (uint32_t i = 0; i < BLOCK; i++) {
        float middle = ((float)lat[i] + near_lat) * (RADIANS / 2);
        float m2 = middle * middle; /* the cosine by its series */
        float cosine = 1 - m2 / 2 * (1 - m2 / 12 * (1 - m2 / 30 * (1 - m2 / 56 * (1 - m2 / 90))));
        float y = ((float)lat[i] - near_lat) * METRES;
        float x = ((float)lon[i] - near_lon) * METRES;
        float wide = x < 0 ? -x : x;
        float metres = __builtin_sqrtf(x * cosine * (x * cosine) + y * y);
        float error = ERROR_METRES + ERROR_SHARE * (wide + metres);
        bool nowhere = lat[i] == GEO_NONE;
        b->least[i] = nowhere ? FAR : metres - error;
        b->most[i] = nowhere ? FAR : metres + error;
    }
}

uint32_t scope_distance(const struct scope *s, const struct block *b, uint32_t i)
{
    return geo_metres(s->near, columns_point(&b->col, i));
}

static void drop_far(const struct scope *s, struct block *b)
{
    float radius = (float)s->radius;
    uint8_t unsure[BLOCK];
    uint32_t keep = s->keep_nowhere ? 0 : BLOCK_OUT;
    for (uint32_t i = 0; i < BLOCK; i++) {
        uint32_t nowhere = b->least[i] == FAR ? BLOCK_OUT : 0;
        uint32_t far = b->least[i] > radius ? BLOCK_OUT : 0;
        b->fails[i] |= (far & ~nowhere) | (nowhere & keep);
        unsure[i] = b->least[i] <= radius && b->most[i] >= radius;
    }
    for (uint64_t bits = block_bits(unsure); bits; bits &= bits - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(bits);
        if (scope_distance(s, b, i) > s->radius)
            b->fails[i] = BLOCK_OUT;
    }
}

void scope_block(const struct scope *s, struct block *b)
{
    if (s->open_on)
        drop_closed(s, b);
    if (s->near.lat == GEO_NONE)
        return;
    bound_distances(s, b);
    if (s->radius)
        drop_far(s, b);
}

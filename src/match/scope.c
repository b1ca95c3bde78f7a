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

bool scope_has(const struct scope *s, const struct layer *l, uint32_t row, uint32_t *distance)
{
    const struct columns *c = &l->part->col;
    *distance = MATCH_NOWHERE;
    if (!layer_has(l, row))
        return false;
    if (s->open_on && c->to[row] && c->to[row] < s->open_on)
        return false;
    if (s->open_on && c->confirmed[row] && c->confirmed[row] + FRESH_DAYS <= s->open_on)
        return false;
    if (s->near.lat == GEO_NONE)
        return true;
    *distance = geo_metres(s->near, columns_point(c, row));
    if (s->keep_nowhere && *distance == MATCH_NOWHERE)
        return true;
    return !s->radius || *distance <= s->radius;
}

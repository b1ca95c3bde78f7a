/* SPDX-License-Identifier: EUPL-1.2 */
/* A part: laying a draft out as sorted columns, postings and their directories. */
#include "match/part.h"

#include "base/err.h"
#include "match/sort.h"

/* The rows of a draft in the two orders that a part has. */
struct orders {
    uint32_t *by_id;        /* draft rows by id */
    uint32_t *by_place;     /* draft rows by place_key(), then id: the order of the part */
    struct sort_key *place; /* by_place with its keys */
};

#define CITY_BITS 16

/* By cell, then city, then where in the cell: neighbours on the ground are neighbours in memory. */
static uint64_t place_key(const struct row *r)
{
    struct geo_point p = { r->lat, r->lon };
    uint64_t cell = geo_cell(p);
    return (cell << CITY_BITS | r->city) << GEO_PATCH_BITS | geo_patch(p);
}

static struct orders orders_of(struct arena *a, const struct draft *d)
{
    struct sort_key *v = NEW_ROOM(a, d->n, struct sort_key);
    struct orders o = { NEW_ROOM(a, d->n, uint32_t), NEW_ROOM(a, d->n, uint32_t), v };
    for (uint32_t i = 0; i < d->n; i++) /* as unsigned numbers, negative ids first */
        v[i] = (struct sort_key){ (uint64_t)d->row[i].id ^ UINT64_C(1) << 63, i };
    sort_by_key(a, v, d->n);
    for (uint32_t i = 0; i < d->n; i++) {
        o.by_id[i] = v[i].what;
        v[i].key = place_key(&d->row[v[i].what]);
    }
    sort_by_key(a, v, d->n);
    for (uint32_t i = 0; i < d->n; i++)
        o.by_place[i] = v[i].what;
    return o;
}

static uint32_t cell_of(const struct orders *o, uint32_t row)
{
    return (uint32_t)(o->place[row].key >> (CITY_BITS + GEO_PATCH_BITS));
}

static void lay_cells(struct part *p, const struct orders *o)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->n; i++)
        count += i == 0 || cell_of(o, i) != cell_of(o, i - 1);
    p->n_cells = count;
    p->cell = NEW_ARRAY(&p->arena, count, uint32_t);
    p->cell_from = NEW_ARRAY(&p->arena, (size_t)count + 1, uint32_t);
    count = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (i == 0 || cell_of(o, i) != cell_of(o, i - 1)) {
            p->cell[count] = cell_of(o, i);
            p->cell_from[count++] = i;
        }
    p->cell_from[count] = p->n;
}

/* Those without a place are the last cell. */
static void lay_nowhere(struct part *p)
{
    struct city_rows rows = part_cells(p, GEO_CELL_NOWHERE, GEO_CELL_NOWHERE);
    p->nowhere = slices_new(&p->arena, &p->col, rows.from, rows.to - rows.from);
}

static int compare_city(const void *a, const void *b)
{
    const struct city_rows *x = a, *y = b;
    if (x->city != y->city)
        return x->city < y->city ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static void lay_cities(struct part *p)
{
    const uint16_t *city = p->col.city;
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->n; i++)
        count += i == 0 || city[i] != city[i - 1];
    p->cities = NEW_ARRAY(&p->arena, count, struct city_rows);
    for (uint32_t i = 0; i < p->n; i++) {
        if (i == 0 || city[i] != city[i - 1])
            p->cities[p->n_cities++] = (struct city_rows){ city[i], i, i };
        p->cities[p->n_cities - 1].to = i + 1;
    }
    qsort(p->cities, p->n_cities, sizeof *p->cities, compare_city);
}

static void lay_ids(struct part *p, const struct orders *o, struct arena *scratch)
{
    uint32_t *row_of = NEW_ROOM(scratch, p->n, uint32_t);
    for (uint32_t i = 0; i < p->n; i++)
        row_of[o->by_place[i]] = i;
    p->by_id = NEW_ROOM(&p->arena, p->n, uint32_t);
    for (uint32_t i = 0; i < p->n; i++)
        p->by_id[i] = row_of[o->by_id[i]];
}

static void lay_terms(struct part *p, const struct draft *d)
{
    size_t bytes = 0;
    for (size_t t = 0; t < d->n_terms; t++)
        bytes += d->name[t].n;
    must(bytes < UINT32_MAX && d->n_terms < UINT32_MAX);
    uint32_t *offset = NEW_ARRAY(&p->arena, d->n_terms + 1, uint32_t);
    char *pool = arena_bytes(&p->arena, bytes + 1);
    uint32_t at = 0;
    for (size_t t = 0; t < d->n_terms; t++) {
        offset[t] = at;
        memcpy(pool + at, d->name[t].p, d->name[t].n);
        at += (uint32_t)d->name[t].n;
    }
    offset[d->n_terms] = at;
    p->terms = (struct names){ (uint32_t)d->n_terms, offset, pool };
}

/* Open addressing, at most half full. */
static void lay_term_table(struct part *p)
{
    uint32_t size = 16;
    while (size / 2 < p->terms.n)
        size *= 2;
    p->term_at = NEW_ARRAY(&p->arena, size, uint32_t);
    p->term_mask = size - 1;
    for (uint32_t t = 0; t < p->terms.n; t++) {
        uint32_t i = (uint32_t)str_hash(names_get(&p->terms, t)) & p->term_mask;
        while (p->term_at[i])
            i = (i + 1) & p->term_mask;
        p->term_at[i] = t + 1;
    }
}

uint32_t part_find_term(const struct part *p, str name)
{
    uint32_t i = (uint32_t)str_hash(name) & p->term_mask;
    for (; p->term_at[i]; i = (i + 1) & p->term_mask)
        if (str_eq(names_get(&p->terms, p->term_at[i] - 1), name))
            return p->term_at[i] - 1;
    return PART_NONE;
}

/* Row after row; `order` says which of the draft it is. */
static void lay_docs(struct part *p, const struct draft *d, const uint32_t *order)
{
    uint64_t total = 0;
    p->doc_at = NEW_ROOM(&p->arena, (size_t)p->n + 1, uint32_t);
    for (uint32_t i = 0; i < p->n; i++) {
        p->doc_at[i] = (uint32_t)total;
        total += d->doc[order[i]].n;
    }
    must(total < UINT32_MAX);
    p->doc_at[p->n] = (uint32_t)total;
    p->doc_term = NEW_ROOM(&p->arena, total, uint32_t);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct draft_doc *doc = &d->doc[order[i]];
        if (doc->n)
            memcpy(p->doc_term + p->doc_at[i], doc->term, doc->n * sizeof *doc->term);
    }
}

/* Row after row, so that the postings of each term come out sorted by row. */
static void lay_postings(struct part *p, const struct draft *d, const uint32_t *order)
{
    uint32_t total = p->doc_at[p->n];
    p->post_at = NEW_ARRAY(&p->arena, d->n_terms + 2, uint32_t);
    p->post_row = NEW_ROOM(&p->arena, total, uint32_t);
    p->post_impact = NEW_ROOM(&p->arena, total, uint8_t);
    uint32_t *next = p->post_at + 1; /* after filling, next[t] is the end of t: post_at[t + 1] */
    for (uint32_t i = 0; i < total; i++)
        next[p->doc_term[i] + 1]++;
    for (size_t t = 1; t <= d->n_terms; t++)
        next[t] += next[t - 1];
    for (uint32_t i = 0; i < p->n; i++) {
        const struct draft_doc *doc = &d->doc[order[i]];
        for (uint32_t j = 0; j < doc->n; j++) {
            uint32_t at = next[doc->term[j]]++;
            p->post_row[at] = i;
            p->post_impact[at] = doc->impact[j];
        }
    }
}

struct part *part_new(const struct draft *d)
{
    must(d->n < UINT32_MAX);
    struct arena arena, scratch;
    arena_init(&arena, 0);
    arena_init(&scratch, 0);
    struct part *p = NEW(&arena, struct part);
    p->arena = arena;
    p->n = (uint32_t)d->n;
    struct orders orders = orders_of(&scratch, d);
    const uint32_t *order = orders.by_place;
    p->col = columns_new(&p->arena, d->row, order, d->n);
    lay_cells(p, &orders);
    lay_nowhere(p);
    lay_cities(p);
    lay_ids(p, &orders, &scratch);
    lay_terms(p, d);
    lay_term_table(p);
    lay_docs(p, d, order);
    lay_postings(p, d, order);
    arena_free(&scratch);
    return p;
}

void part_free(struct part *p)
{
    struct arena arena = p->arena;
    arena_free(&arena);
}

uint32_t part_find(const struct part *p, int64_t id)
{
    uint32_t from = 0, to = p->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (columns_id(&p->col, p->by_id[mid]) < id)
            from = mid + 1;
        else
            to = mid;
    }
    bool found = from < p->n && columns_id(&p->col, p->by_id[from]) == id;
    return found ? p->by_id[from] : PART_NONE;
}

struct city_rows part_cells(const struct part *p, uint32_t first, uint32_t last)
{
    return (struct city_rows){ .from = p->cell_from[geo_first_cell(p->cell, p->n_cells, first)],
                               .to = p->cell_from[geo_first_cell(p->cell, p->n_cells, last + 1)] };
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* A part: laying a draft out as sorted columns, postings and their directories. */
#include "match/part.h"

#include "base/err.h"

struct place_in_order {
    uint32_t cell;
    uint32_t from; /* row in the draft */
    int64_t id;
    uint16_t city;
};

static int compare_place(const void *a, const void *b)
{
    const struct place_in_order *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->city != y->city)
        return x->city < y->city ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static struct place_in_order *order_of(struct arena *a, const struct draft *d)
{
    struct place_in_order *order = NEW_ARRAY(a, d->n, struct place_in_order);
    for (uint32_t i = 0; i < d->n; i++) {
        const struct row *r = &d->row[i];
        uint32_t cell = geo_cell((struct geo_point){ r->lat, r->lon });
        order[i] = (struct place_in_order){ cell, i, r->id, r->city };
    }
    qsort(order, d->n, sizeof *order, compare_place);
    return order;
}

static void lay_cells(struct part *p, const struct place_in_order *order)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->n; i++)
        count += i == 0 || order[i].cell != order[i - 1].cell;
    p->n_cells = count;
    p->cell = NEW_ARRAY(&p->arena, count, uint32_t);
    p->cell_from = NEW_ARRAY(&p->arena, (size_t)count + 1, uint32_t);
    count = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (i == 0 || order[i].cell != order[i - 1].cell) {
            p->cell[count] = order[i].cell;
            p->cell_from[count++] = i;
        }
    p->cell_from[count] = p->n;
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

struct id_row {
    int64_t id;
    uint32_t row;
};

static int compare_id(const void *a, const void *b)
{
    const struct id_row *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void lay_ids(struct part *p, struct arena *scratch)
{
    struct id_row *ids = NEW_ARRAY(scratch, p->n, struct id_row);
    for (uint32_t i = 0; i < p->n; i++)
        ids[i] = (struct id_row){ p->col.id[i], i };
    qsort(ids, p->n, sizeof *ids, compare_id);
    p->by_id = NEW_ARRAY(&p->arena, p->n, uint32_t);
    for (uint32_t i = 0; i < p->n; i++)
        p->by_id[i] = ids[i].row;
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

/* Row after row, so that the postings of each term come out sorted by row. */
static void lay_postings(struct part *p, const struct draft *d, const struct place_in_order *order)
{
    uint32_t total = d->doc_at[d->n];
    p->post_at = NEW_ARRAY(&p->arena, d->n_terms + 2, uint32_t);
    p->post_row = NEW_ARRAY(&p->arena, total, uint32_t);
    p->post_impact = NEW_ARRAY(&p->arena, total, uint8_t);
    uint32_t *next = p->post_at + 1; /* after filling, next[t] is the end of t: post_at[t + 1] */
    for (uint32_t i = 0; i < total; i++)
        next[d->term[i] + 1]++;
    for (size_t t = 1; t <= d->n_terms; t++)
        next[t] += next[t - 1];
    for (uint32_t i = 0; i < p->n; i++)
        for (uint32_t j = d->doc_at[order[i].from]; j < d->doc_at[order[i].from + 1]; j++) {
            uint32_t at = next[d->term[j]]++;
            p->post_row[at] = i;
            p->post_impact[at] = d->impact[j];
        }
}

/* Term after term, so that those of each row come out ascending. */
static void lay_docs(struct part *p, const struct draft *d, const struct place_in_order *order,
                     struct arena *scratch)
{
    uint32_t *next = NEW_ROOM(scratch, p->n, uint32_t);
    p->doc_at = NEW_ARRAY(&p->arena, (size_t)p->n + 1, uint32_t);
    p->doc_term = NEW_ROOM(&p->arena, d->doc_at[d->n], uint32_t);
    for (uint32_t i = 0; i < p->n; i++) {
        next[i] = p->doc_at[i];
        p->doc_at[i + 1] = next[i] + d->doc_at[order[i].from + 1] - d->doc_at[order[i].from];
    }
    for (uint32_t t = 0; t < p->terms.n; t++)
        for (uint32_t at = p->post_at[t]; at < p->post_at[t + 1]; at++)
            p->doc_term[next[p->post_row[at]]++] = t;
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
    p->col = columns_new(&p->arena, d->n);
    const struct place_in_order *order = order_of(&scratch, d);
    for (uint32_t i = 0; i < p->n; i++)
        columns_put(&p->col, i, &d->row[order[i].from]);
    lay_cells(p, order);
    lay_cities(p);
    lay_ids(p, &scratch);
    lay_terms(p, d);
    lay_term_table(p);
    lay_postings(p, d, order);
    lay_docs(p, d, order, &scratch);
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
        if (p->col.id[p->by_id[mid]] < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < p->n && p->col.id[p->by_id[from]] == id ? p->by_id[from] : PART_NONE;
}

/* The first occupied cell that is not before `cell`. */
static uint32_t cell_lower_bound(const struct part *p, uint32_t cell)
{
    uint32_t from = 0, to = p->n_cells;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (p->cell[mid] < cell)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

struct city_rows part_cells(const struct part *p, uint32_t first, uint32_t last)
{
    return (struct city_rows){ .from = p->cell_from[cell_lower_bound(p, first)],
                               .to = p->cell_from[cell_lower_bound(p, last + 1)] };
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A crowd: from people in the order of arrival to sorted columns. Column after column is sorted
 * in place and its pieces given back as
 * blocks are made of them, so that 29 million people need little more than once their room.
 */
#include "match/crowd.h"

#include "base/err.h"
#include "base/vec.h"

#define PIECE (1u << 16)
_Static_assert(PIECE % CROWD_BLOCK == 0, "a piece is so many blocks");

/* Columns of people in the order of arrival. Each piece has its own memory, to be given back. */
struct piece {
    struct arena arena;
#define X(type, name) type name[PIECE];
    CROWD_COLUMNS(X)
    X(int64_t, id)
    X(uint16_t, city)
#undef X
};

struct crowd_row {
#define X(type, name) type name;
    CROWD_COLUMNS(X)
    X(int64_t, id)
    X(uint16_t, city)
#undef X
};

struct crowd_draft {
    struct arena arena;
    struct numbers abilities, nevers;
    struct {
        struct piece **v;
        size_t n, cap;
    } pieces;
    uint32_t n;
    int64_t last_id, least_id, most_id;
    bool ascending; /* ids came in order */
};

#define AT(d, name, i) ((d)->pieces.v[(i) / PIECE]->name[(i) % PIECE])

struct crowd_draft *crowd_draft_new(void)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct crowd_draft *d = NEW(&arena, struct crowd_draft);
    d->arena = arena;
    d->abilities = numbers_new(sizeof(struct abilities));
    d->nevers = numbers_new(sizeof(struct nevers));
    d->ascending = true;
    return d;
}

uint32_t crowd_draft_size(const struct crowd_draft *d)
{
    return d->n;
}

static void note_id(struct crowd_draft *d, int64_t id)
{
    d->ascending = d->ascending && (!d->n || id > d->last_id);
    d->least_id = !d->n || id < d->least_id ? id : d->least_id;
    d->most_id = !d->n || id > d->most_id ? id : d->most_id;
    d->last_id = id;
}

static void add_piece(struct crowd_draft *d)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct piece *p = NEW_ROOM(&arena, 1, struct piece);
    p->arena = arena;
    *vec_add(&d->arena, &d->pieces) = p;
}

static void draft_put(struct crowd_draft *d, const struct crowd_row *r)
{
    must(d->n < UINT32_MAX - PIECE);
    if (d->n % PIECE == 0)
        add_piece(d);
    note_id(d, r->id);
#define X(type, name) AT(d, name, d->n) = r->name;
    CROWD_COLUMNS(X)
    X(int64_t, id)
    X(uint16_t, city)
#undef X
    d->n++;
}

static uint32_t number_of_nevers(struct crowd_draft *d, const struct match_profile *p)
{
    struct nevers x = { 0 };
    for (enum match_dim k = 0; k < MATCH_DIMS; k++)
        x.word[dim_place[k].word] |= p->never[k] << dim_place[k].shift & dim_mask(k);
    return numbers_add(&d->nevers, &x);
}

static uint8_t flags_of(const struct person *p)
{
    int certificate = p->profile.certificate + 1;
    int most = dim_place[MATCH_CERTIFICATE].width;
    certificate = certificate < 0 ? 0 : certificate > most ? most : certificate;
    return (uint8_t)((p->agreed ? CROWD_AGREED : 0) |
                     (p->profile.languages_known ? CROWD_SAYS_SPOKEN : 0) |
                     (unsigned)certificate << CROWD_CERTIFICATE);
}

void crowd_draft_add(struct crowd_draft *d, const struct person *p)
{
    const struct match_profile *w = &p->profile;
    struct geo_point at = geo_point(w->near);
    struct abilities able = { w->levels, w->skills };
    struct crowd_row r = { .lat = at.lat,
                           .lon = at.lon,
                           .reach =
                               w->reach_m - 1 < CROWD_ANYWHERE - 1 ? w->reach_m : CROWD_ANYWHERE,
                           .field = w->like[MATCH_FIELD],
                           .kind = w->like[MATCH_KIND],
                           .grid = w->grid & MATCH_GRID_ALL,
                           .able = numbers_add(&d->abilities, &able),
                           .never = number_of_nevers(d, w),
                           .target = (uint16_t)w->like[MATCH_TARGET],
                           .from = day_pack(w->from),
                           .to = day_pack(w->to),
                           .confirmed = day_pack(p->confirmed),
                           .time = (uint8_t)w->like[MATCH_TIME],
                           .place = (uint8_t)w->like[MATCH_PLACE],
                           .access = (uint8_t)w->access,
                           .hours = w->hours,
                           .age = w->age,
                           .flags = flags_of(p),
                           .id = p->id,
                           .city = p->city };
    draft_put(d, &r);
}

struct match_profile crowd_profile(const struct crowd *c, uint32_t row)
{
    const struct abilities *able = &c->abilities[CROWD(c, able, row)];
    const struct nevers *never = &c->nevers[CROWD(c, never, row)];
    struct geo_point here = crowd_point(c, row);
    struct match_profile p = {
        .skills = able->skills,
        .languages_known = CROWD(c, flags, row) & CROWD_SAYS_SPOKEN,
        .levels = able->levels,
        .grid = CROWD(c, grid, row),
        .hours = CROWD(c, hours, row),
        .age = CROWD(c, age, row),
        .certificate = (int8_t)((CROWD(c, flags, row) >> CROWD_CERTIFICATE) - 1),
        .access = CROWD(c, access, row),
        .near = { here.lat != GEO_NONE, here.lat / 1e6, here.lon / 1e6 },
        .reach_m = CROWD(c, reach, row) == CROWD_ANYWHERE ? 0 : CROWD(c, reach, row),
        .from = CROWD(c, from, row) ? CROWD(c, from, row) + DAY_ZERO : 0,
        .to = CROWD(c, to, row) ? CROWD(c, to, row) + DAY_ZERO : 0,
    };
    p.like[MATCH_FIELD] = CROWD(c, field, row);
    p.like[MATCH_KIND] = CROWD(c, kind, row);
    p.like[MATCH_TARGET] = CROWD(c, target, row);
    p.like[MATCH_TIME] = CROWD(c, time, row);
    p.like[MATCH_PLACE] = CROWD(c, place, row);
    for (enum match_dim k = 0; k < MATCH_DIMS; k++)
        p.never[k] = (never->word[dim_place[k].word] & dim_mask(k)) >> dim_place[k].shift;
    return p;
}

/* ---- laying out ---- */

/* One of a cell, while its people are being sorted. */
struct seat {
    uint64_t key; /* town, agreement, reach */
    int64_t id;
    uint32_t from; /* in the draft */
};

static int compare_seat(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static struct geo_point point_of(const struct crowd_draft *d, uint32_t i)
{
    return (struct geo_point){ AT(d, lat, i), AT(d, lon, i) };
}

/* Where in the draft the people of each cell are: cell after cell, ends in `end`. */
static uint32_t *order_by_cell(struct arena *a, const struct crowd_draft *d, uint32_t *end)
{
    uint32_t *order = NEW_ROOM(a, d->n, uint32_t);
    for (uint32_t i = 0; i < d->n; i++)
        end[geo_cell(point_of(d, i)) + 1]++;
    for (uint32_t cell = 1; cell <= GEO_CELL_NOWHERE; cell++)
        end[cell] += end[cell - 1];
    for (uint32_t i = 0; i < d->n; i++)
        order[end[geo_cell(point_of(d, i))]++] = i;
    return order;
}

struct layout {
    struct crowd *c;
    struct crowd_draft *d;
    struct arena scratch;
    uint32_t *order; /* row -> place in the draft */
    struct {
        struct run *v;
        size_t n, cap;
    } runs;
};

static void widen(struct geo_area *area, struct geo_point p)
{
    area->south = p.lat < area->south ? p.lat : area->south;
    area->north = p.lat > area->north ? p.lat : area->north;
    area->west = p.lon < area->west ? p.lon : area->west;
    area->east = p.lon > area->east ? p.lon : area->east;
}

static void add_to_runs(struct layout *l, uint32_t cell, uint32_t row)
{
    uint32_t i = l->order[row];
    uint16_t city = AT(l->d, city, i);
    bool agreed = AT(l->d, flags, i) & CROWD_AGREED;
    struct run *last = l->runs.n ? &l->runs.v[l->runs.n - 1] : NULL;
    struct geo_point p = point_of(l->d, i);
    if (!last || last->cell != cell || last->city != city || last->agreed != agreed) {
        last = vec_add(&l->scratch, &l->runs);
        *last = (struct run){ .cell = cell,
                              .from = row,
                              .city = city,
                              .agreed = agreed,
                              .area = { p.lat, p.lat, p.lon, p.lon } };
    }
    widen(&last->area, p);
}

/* The people of one cell, rows from…to-1. */
static void sort_cell(struct layout *l, uint32_t cell, uint32_t from, uint32_t to)
{
    struct arena_mark mark = arena_mark(&l->scratch);
    struct seat *seat = NEW_ROOM(&l->scratch, to - from, struct seat);
    for (uint32_t row = from; row < to; row++) {
        uint32_t i = l->order[row];
        uint64_t refused = !(AT(l->d, flags, i) & CROWD_AGREED);
        uint64_t key =
            (uint64_t)AT(l->d, city, i) << 33 | refused << 32 | (UINT32_MAX - AT(l->d, reach, i));
        seat[row - from] = (struct seat){ key, AT(l->d, id, i), i };
    }
    qsort(seat, to - from, sizeof *seat, compare_seat);
    for (uint32_t row = from; row < to; row++)
        l->order[row] = seat[row - from].from;
    arena_rewind(&l->scratch, mark);
    for (uint32_t row = from; row < to; row++)
        add_to_runs(l, cell, row);
}

static void sort_all(struct layout *l)
{
    uint32_t *end = NEW_ARRAY(&l->scratch, GEO_CELL_NOWHERE + 2, uint32_t);
    l->order = order_by_cell(&l->scratch, l->d, end);
    for (uint32_t cell = 0; cell <= GEO_CELL_NOWHERE; cell++) {
        uint32_t from = cell ? end[cell - 1] : 0;
        if (from < end[cell])
            sort_cell(l, cell, from, end[cell]);
    }
    struct crowd *c = l->c;
    c->n_runs = (uint32_t)l->runs.n;
    c->run = NEW_ARRAY(&c->arena, l->runs.n + 1, struct run);
    if (l->runs.n)
        memcpy(c->run, l->runs.v, l->runs.n * sizeof *c->run);
    c->run[c->n_runs].from = c->n;
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

/* Ids that came in order need no sorting. */
static void lay_by_id(struct layout *l)
{
    struct crowd *c = l->c;
    c->by_id = NEW_ROOM(&c->arena, c->n, uint32_t);
    if (l->d->ascending) {
        for (uint32_t row = 0; row < c->n; row++)
            c->by_id[l->order[row]] = row;
        return;
    }
    struct arena a;
    arena_init(&a, 0);
    struct id_row *ids = NEW_ROOM(&a, c->n, struct id_row);
    for (uint32_t row = 0; row < c->n; row++)
        ids[row] = (struct id_row){ crowd_id(c, row), row };
    qsort(ids, c->n, sizeof *ids, compare_id);
    for (uint32_t i = 0; i < c->n; i++)
        c->by_id[i] = ids[i].row;
    arena_free(&a);
}

/* Puts the draft's people in their order, column by column. */
static void sort_columns(struct layout *l)
{
    struct crowd_draft *d = l->d;
    struct arena_mark mark = arena_mark(&l->scratch);
#define X(type, name)                                     \
    {                                                     \
        type *column = NEW_ROOM(&l->scratch, d->n, type); \
        for (uint32_t row = 0; row < d->n; row++)         \
            column[row] = AT(d, name, l->order[row]);     \
        for (uint32_t row = 0; row < d->n; row++)         \
            AT(d, name, row) = column[row];               \
        arena_rewind(&l->scratch, mark);                  \
    }
    CROWD_COLUMNS(X)
    X(int64_t, id)
#undef X
}

/* A sorted piece as blocks. */
static void lay_piece(struct crowd *c, const struct piece *p, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i += CROWD_BLOCK) {
        struct crowd_block *b = &c->block[(first + i) / CROWD_BLOCK];
        uint32_t count = n - i < CROWD_BLOCK ? n - i : CROWD_BLOCK;
#define X(type, name) memcpy(b->name, p->name + i, count * sizeof(type));
        CROWD_COLUMNS(X)
#undef X
        for (uint32_t k = 0; k < count; k++) {
            uint64_t apart = (uint64_t)p->id[i + k] - (uint64_t)c->first_id;
            b->id_low[k] = (uint32_t)apart;
            if (c->id_high)
                c->id_high[first + i + k] = (uint32_t)(apart >> 32);
        }
    }
}

static void lay_blocks(struct layout *l)
{
    struct crowd *c = l->c;
    struct crowd_draft *d = l->d;
    size_t blocks = ((size_t)c->n + CROWD_BLOCK - 1) / CROWD_BLOCK;
    bool wide = (uint64_t)d->most_id - (uint64_t)d->least_id > UINT32_MAX;
    c->first_id = d->least_id;
    c->block = NEW_ROOM(&c->arena, blocks, struct crowd_block);
    c->id_high = wide ? NEW_ROOM(&c->arena, c->n, uint32_t) : NULL;
    if (blocks)
        memset(&c->block[blocks - 1], 0, sizeof *c->block);
    for (uint32_t first = 0; first < c->n; first += PIECE) {
        struct piece *p = d->pieces.v[first / PIECE];
        lay_piece(c, p, first, c->n - first < PIECE ? c->n - first : PIECE);
        struct arena arena = p->arena;
        arena_free(&arena);
    }
}

struct crowd *crowd_new(struct crowd_draft *d)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct crowd *c = NEW(&arena, struct crowd);
    c->arena = arena;
    c->n = d->n;
    struct layout l = { .c = c, .d = d };
    arena_init(&l.scratch, 0);
    sort_all(&l);
    sort_columns(&l);
    lay_blocks(&l);
    lay_by_id(&l);
    c->abilities = numbers_values(&d->abilities, &c->arena);
    c->nevers = numbers_values(&d->nevers, &c->arena);
    numbers_free(&d->abilities);
    numbers_free(&d->nevers);
    arena_free(&l.scratch);
    arena = d->arena;
    arena_free(&arena);
    return c;
}

/* ---- as snapshots know it ---- */

static uint32_t find(const void *rows, int64_t id)
{
    const struct crowd *c = rows;
    uint32_t from = 0, to = c->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (crowd_id(c, c->by_id[mid]) < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < c->n && crowd_id(c, c->by_id[from]) == id ? c->by_id[from] : PART_NONE;
}

static void keep(void *rows)
{
    struct crowd *c = rows;
    c->users++;
}

static void drop(void *rows)
{
    struct crowd *c = rows;
    if (--c->users)
        return;
    struct arena arena = c->arena;
    arena_free(&arena);
}

static void add_row(struct crowd_draft *d, const struct crowd *c, uint32_t row, uint16_t city)
{
    struct crowd_row r = { .id = crowd_id(c, row), .city = city };
#define X(type, name) r.name = CROWD(c, name, row);
    CROWD_COLUMNS(X)
#undef X
    r.able = numbers_add(&d->abilities, &c->abilities[r.able]);
    r.never = numbers_add(&d->nevers, &c->nevers[r.never]);
    draft_put(d, &r);
}

static void add_run(struct crowd_draft *d, const struct layer *l, const struct run *r)
{
    for (uint32_t row = r->from; row < r[1].from; row++)
        if (layer_has(l, row))
            add_row(d, l->crowd, row, r->city);
}

static void *merge(const struct layer *layers, uint32_t n, uint32_t *rows)
{
    struct crowd_draft *d = crowd_draft_new();
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < layers[i].crowd->n_runs; k++)
            add_run(d, &layers[i], &layers[i].crowd->run[k]);
    *rows = d->n;
    struct crowd *c = crowd_new(d);
    if (c->n)
        return c;
    keep(c);
    drop(c);
    return NULL;
}

const struct part_kind people_parts = { find, keep, drop, merge, NULL };

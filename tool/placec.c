/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * placec INPUT.tsv OUTPUT: the table of postcodes and places (data/places) in the compact form of
 * src/match/place_table.h. Rows of the same place in the same Kreis become one place in their
 * middle; a place that begins with the name of a town in the same Kreis is a district of it.
 */
#include "base/err.h"
#include "base/map.h"
#include "match/place_table.h"
#include "tool.h"

#define COLUMNS  6
#define MILLIONS 1000000.0

struct row {
    uint32_t code, place;
    double lat, lon;
};

struct place {
    str name, kreis, kreis_key;
    double lat, lon; /* sums, later the mean */
    uint32_t rows;
    str own; /* of a district: its name without the town's */
};

struct code {
    uint32_t code;
    double lat, lon;
    uint32_t rows, place;
};

struct key {
    str name;
    uint32_t place;
};

struct table {
    struct tool tool;
    const char *path;
    struct map numbers; /* kreis key, name -> place + 1 */
    struct {
        struct place *v;
        size_t n, cap;
    } places;
    struct {
        struct row *v;
        size_t n, cap;
    } rows;
    struct {
        struct code *v;
        size_t n, cap;
    } codes;
    struct {
        struct key *v;
        size_t n, cap;
    } keys;
};

static str number_key(struct table *t, str kreis_key, str name)
{
    return str_fmt(&t->tool.arena, "%.*s %.*s", STR_FMT(kreis_key), STR_FMT(name));
}

static uint32_t place_of(struct table *t, const str cell[COLUMNS])
{
    uint64_t *number = map_put(&t->numbers, number_key(t, cell[3], cell[1]));
    if (!*number) {
        *vec_add(&t->tool.arena, &t->places) =
            (struct place){ .name = cell[1], .kreis = cell[2], .kreis_key = cell[3] };
        *number = t->places.n;
    }
    return (uint32_t)(*number - 1);
}

static void read_row(struct table *t, str line, int number)
{
    str cell[COLUMNS];
    size_t n = 0;
    while (n < COLUMNS && str_next(&line, '\t', &cell[n]))
        n++;
    int64_t code = 0;
    struct row r = { 0 };
    bool good =
        n == COLUMNS && !line.n && cell[0].n == 5 && cell[1].n && str_to_i64(cell[0], &code);
    if (!good || !str_to_f64(cell[4], &r.lat) || !str_to_f64(cell[5], &r.lon)) {
        tool_problem(&t->tool, t->path, number,
                     "not a row of postcode, place, kreis, key, lat, lon");
        return;
    }
    r.code = (uint32_t)code;
    r.place = place_of(t, cell);
    struct place *p = &t->places.v[r.place];
    p->lat += r.lat;
    p->lon += r.lon;
    p->rows++;
    *vec_add(&t->tool.arena, &t->rows) = r;
}

static void read_table(struct table *t, str text)
{
    str line;
    for (int number = 1; str_next(&text, '\n', &line); number++)
        if (number > 1 && line.n)
            read_row(t, line, number);
}

/* The longest town in the same Kreis whose name the place's begins with makes it a district. */
static void find_town(struct table *t, struct place *p)
{
    for (size_t n = p->name.n; n-- > 1;) {
        if (p->name.p[n] != ' ')
            continue;
        str town = str_slice(p->name, 0, n);
        if (map_find(&t->numbers, number_key(t, p->kreis_key, town))) {
            p->own = str_slice(p->name, n + 1, p->name.n);
            return;
        }
    }
}

/* A Kreis is mostly named after the town where its office is. */
static bool is_seat(const struct place *p)
{
    return str_find(p->kreis, p->name) >= 0;
}

static int compare_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->rows != y->rows)
        return x->rows > y->rows ? -1 : 1;
    if (is_seat(x) != is_seat(y))
        return is_seat(x) ? -1 : 1;
    int c = str_cmp(x->name, y->name);
    return c ? c : str_cmp(x->kreis_key, y->kreis_key);
}

/* Most postcodes first, then seats of a Kreis; rows and numbers follow. */
static void sort_places(struct table *t)
{
    for (size_t i = 0; i < t->places.n; i++) {
        struct place *p = &t->places.v[i];
        p->lat /= p->rows;
        p->lon /= p->rows;
        find_town(t, p);
    }
    struct place *old = NEW_ARRAY(&t->tool.arena, t->places.n, struct place);
    memcpy(old, t->places.v, t->places.n * sizeof *old);
    qsort(t->places.v, t->places.n, sizeof *old, compare_place);
    for (size_t i = 0; i < t->places.n; i++) {
        const struct place *p = &t->places.v[i];
        *map_put(&t->numbers, number_key(t, p->kreis_key, p->name)) = i + 1;
    }
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct place *p = &old[t->rows.v[i].place];
        t->rows.v[i].place =
            (uint32_t)(*map_find(&t->numbers, number_key(t, p->kreis_key, p->name)) - 1);
    }
}

static int compare_row(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Rows are sorted by code, towns with most postcodes first: the first one names the code. */
static void make_codes(struct table *t)
{
    if (t->rows.n)
        qsort(t->rows.v, t->rows.n, sizeof *t->rows.v, compare_row);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct row *r = &t->rows.v[i];
        if (i == 0 || r->code != t->rows.v[i - 1].code)
            *vec_add(&t->tool.arena, &t->codes) =
                (struct code){ .code = r->code, .place = r->place };
        struct code *c = &t->codes.v[t->codes.n - 1];
        c->lat += r->lat;
        c->lon += r->lon;
        c->rows++;
    }
}

static void add_key(struct table *t, str name, uint32_t place)
{
    *vec_add(&t->tool.arena, &t->keys) = (struct key){ place_key(&t->tool.arena, name), place };
}

static int compare_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = str_cmp(x->name, y->name);
    return c ? c : (x->place > y->place) - (x->place < y->place);
}

static void make_keys(struct table *t)
{
    for (uint32_t i = 0; i < t->places.n; i++) {
        add_key(t, t->places.v[i].name, i);
        if (t->places.v[i].own.n)
            add_key(t, t->places.v[i].own, i);
    }
    if (t->keys.n)
        qsort(t->keys.v, t->keys.n, sizeof *t->keys.v, compare_key);
}

static int32_t millionths(double degrees)
{
    return (int32_t)(degrees * MILLIONS + (degrees < 0 ? -0.5 : 0.5));
}

static void put(struct out *o, const void *p, size_t n)
{
    out_bytes(o, p, n);
}

static void put_places(struct table *t, struct out *o, struct out *pool)
{
    for (size_t i = 0; i < t->places.n; i++) {
        const struct place *p = &t->places.v[i];
        int64_t key = 0;
        str_to_i64(p->kreis_key, &key); /* a few villages have none: 0 */
        struct place_record r = { .lat = millionths(p->lat),
                                  .lon = millionths(p->lon),
                                  .name = (uint32_t)pool->n,
                                  .kreis_key = (uint32_t)key,
                                  .name_n = (uint16_t)p->name.n,
                                  .kreis_n = (uint16_t)p->kreis.n,
                                  .codes = (uint16_t)p->rows,
                                  .district = p->own.n > 0 };
        out_str(pool, p->name);
        r.kreis = (uint32_t)pool->n;
        out_str(pool, p->kreis);
        put(o, &r, sizeof r);
    }
}

static void put_codes(struct table *t, struct out *o)
{
    for (size_t i = 0; i < t->codes.n; i++) {
        const struct code *c = &t->codes.v[i];
        struct place_code r = { c->code, millionths(c->lat / c->rows), millionths(c->lon / c->rows),
                                c->place };
        put(o, &r, sizeof r);
    }
}

static void put_keys(struct table *t, struct out *o, struct out *pool)
{
    for (size_t i = 0; i < t->keys.n; i++) {
        uint32_t at = (uint32_t)pool->n;
        put(o, &at, sizeof at);
        out_str(pool, t->keys.v[i].name);
    }
    uint32_t end = (uint32_t)pool->n;
    put(o, &end, sizeof end);
    for (size_t i = 0; i < t->keys.n; i++)
        put(o, &t->keys.v[i].place, sizeof t->keys.v[i].place);
}

static str emit(struct table *t)
{
    struct arena *a = &t->tool.arena;
    struct out places = out_new(a, OUT_MAX), codes = out_new(a, OUT_MAX);
    struct out keys = out_new(a, OUT_MAX), all = out_new(a, OUT_MAX);
    struct out pool = out_new(a, OUT_MAX), key_pool = out_new(a, OUT_MAX);
    put_places(t, &places, &pool);
    put_codes(t, &codes);
    put_keys(t, &keys, &key_pool);
    struct place_header h = { PLACE_TABLE_MAGIC,   (uint32_t)t->places.n, (uint32_t)t->codes.n,
                              (uint32_t)t->keys.n, (uint32_t)pool.n,      (uint32_t)key_pool.n };
    put(&all, &h, sizeof h);
    out_str(&all, out_text(&places));
    out_str(&all, out_text(&codes));
    out_str(&all, out_text(&keys));
    out_str(&all, out_text(&pool));
    out_str(&all, out_text(&key_pool));
    must(!all.full && !pool.full);
    return out_text(&all);
}

int main(int argc, char **argv)
{
    struct table t = { 0 };
    tool_init(&t.tool, "placec");
    if (argc != 3)
        tool_usage(&t.tool, "INPUT.tsv OUTPUT");
    t.path = argv[1];
    t.numbers = map_new(&t.tool.arena);
    read_table(&t, tool_read(&t.tool, argv[1]));
    sort_places(&t);
    make_codes(&t);
    make_keys(&t);
    struct tool_output output = { argv[2], emit(&t) };
    int status = tool_write(&t.tool, &output, 1);
    arena_free(&t.tool.arena);
    return status;
}

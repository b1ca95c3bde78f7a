/* SPDX-License-Identifier: EUPL-1.2 */
/* Places without a service. The table is made by tool/placec and embedded at build time. */
#include "match/place.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "match/geo.h"
#include "match/names.h"
#include "match/place_table.h"

extern const unsigned char place_table[];
extern const size_t place_table_size;

/* A town with so many postcodes is meant by its name, wherever one asks from. */
#define BIG_TOWN   10
#define EDIT_1_MIN 4
#define EDIT_2_MIN 9
#define MILLIONS   1000000.0

struct table {
    const struct place_header *h;
    const struct place_record *place;
    const struct place_code *code;
    const uint32_t *key_place;
    const char *pool;
    struct names keys;
};

static struct table table(void)
{
    struct table t = { .h = (const void *)place_table };
    must(place_table_size > sizeof *t.h && t.h->magic == PLACE_TABLE_MAGIC);
    t.place = (const void *)(t.h + 1);
    t.code = (const void *)(t.place + t.h->places);
    const uint32_t *key_at = (const void *)(t.code + t.h->codes);
    t.key_place = key_at + t.h->keys + 1;
    t.pool = (const char *)(t.key_place + t.h->keys);
    t.keys = (struct names){ t.h->keys, key_at, t.pool + t.h->pool };
    return t;
}

static struct place place_of(const struct table *t, uint32_t i)
{
    const struct place_record *r = &t->place[i];
    return (struct place){ .kind = r->district ? PLACE_DISTRICT : PLACE_TOWN,
                           .name = { t->pool + r->name, r->name_n },
                           .kreis = { t->pool + r->kreis, r->kreis_n },
                           .kreis_key = r->kreis_key,
                           .lat = r->lat / MILLIONS,
                           .lon = r->lon / MILLIONS,
                           .codes = r->codes };
}

/* ---- postcodes and coordinates ---- */

static bool parse_code(str s, uint32_t *code)
{
    int64_t n = 0;
    bool digits = s.n == 5 && s.p[0] >= '0' && s.p[0] <= '9';
    if (!digits || !str_to_i64(s, &n))
        return false;
    *code = (uint32_t)n;
    return true;
}

/* The first code that is not below. */
static uint32_t code_lower_bound(const struct table *t, uint32_t code)
{
    uint32_t from = 0, to = t->h->codes;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (t->code[mid].code < code)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static const struct place_code *find_code(const struct table *t, str s)
{
    uint32_t code = 0;
    if (!parse_code(s, &code))
        return NULL;
    uint32_t i = code_lower_bound(t, code);
    return i < t->h->codes && t->code[i].code == code ? &t->code[i] : NULL;
}

static struct place place_of_code(struct arena *a, const struct table *t,
                                  const struct place_code *c)
{
    struct place p = place_of(t, c->place);
    p.kind = PLACE_POSTCODE;
    p.name = str_fmt(a, "%05u %.*s", c->code, STR_FMT(p.name));
    p.lat = c->lat / MILLIONS;
    p.lon = c->lon / MILLIONS;
    p.codes = 1;
    return p;
}

bool place_centroid(str postcode, struct match_point *p)
{
    struct table t = table();
    const struct place_code *c = find_code(&t, str_trim(postcode));
    if (c)
        *p = (struct match_point){ true, c->lat / MILLIONS, c->lon / MILLIONS };
    return c != NULL;
}

static bool parse_point(struct arena *a, str text, struct place *p)
{
    str lat, lon = text;
    if (!str_next(&lon, ',', &lat) || !str_to_f64(str_trim(lat), &p->lat) ||
        !str_to_f64(str_trim(lon), &p->lon))
        return false;
    if (p->lat < -90 || p->lat > 90 || p->lon < -180 || p->lon > 180)
        return false;
    p->kind = PLACE_POINT;
    p->name = str_fmt(a, "%.*s, %.*s", STR_FMT(str_trim(lat)), STR_FMT(str_trim(lon)));
    p->kreis = S("");
    p->kreis_key = 0;
    p->codes = 0;
    return true;
}

/* ---- names ---- */

/* A place that a text may mean. */
struct meant {
    struct place place;
    uint32_t edits;    /* between the text and the name */
    uint32_t distance; /* metres from the hint */
    bool own;          /* a district of the one who asks */
};

struct meants {
    struct meant *v;
    size_t n, cap;
};

struct asking {
    struct arena *a;
    const struct place_hint *hint;
    struct table table;
    struct geo_point near;
    struct meants found;
};

static struct geo_point point_of(const struct place *p)
{
    return geo_point((struct match_point){ true, p->lat, p->lon });
}

static void add(struct asking *x, struct meant m)
{
    m.distance = geo_metres(x->near, point_of(&m.place));
    *vec_add(x->a, &x->found) = m;
}

static bool is_big(const struct meant *m)
{
    return m->place.codes >= BIG_TOWN && m->place.kind == PLACE_TOWN && m->edits == 0;
}

/* Fewest edits; own districts; big towns; nearest; largest. */
static bool likelier(const struct meant *a, const struct meant *b)
{
    if (a->edits != b->edits)
        return a->edits < b->edits;
    if (a->own != b->own)
        return a->own;
    if (is_big(a) != is_big(b))
        return is_big(a);
    if (a->distance != b->distance)
        return a->distance < b->distance;
    return a->place.codes > b->place.codes;
}

static bool take_likeliest(struct asking *x, struct place *p)
{
    if (!x->found.n)
        return false;
    size_t best = 0;
    for (size_t i = 1; i < x->found.n; i++)
        if (likelier(&x->found.v[i], &x->found.v[best]))
            best = i;
    *p = x->found.v[best].place;
    return true;
}

static struct place place_of_district(const struct asking *x, const struct place_district *d)
{
    str name = d->town.n ? str_fmt(x->a, "%.*s %.*s", STR_FMT(d->town), STR_FMT(d->name)) : d->name;
    return (struct place){ .kind = PLACE_DISTRICT, .name = name, .lat = d->lat, .lon = d->lon };
}

/* The two ways to write a district: with its town and without. */
struct district_keys {
    str with_town, alone;
};

static struct district_keys keys_of(const struct asking *x, const struct place_district *d)
{
    str alone = place_key(x->a, d->name);
    str town = place_key(x->a, d->town);
    return (struct district_keys){ str_fmt(x->a, "%.*s %.*s", STR_FMT(town), STR_FMT(alone)),
                                   alone };
}

static uint32_t edits_allowed(str key)
{
    return key.n < EDIT_1_MIN ? 0 : key.n < EDIT_2_MIN ? 1 : 2;
}

/* Edits between two keys, if not more than the limit. */
static bool within(struct asking *x, str name, str key, uint32_t *edits)
{
    struct names_walk *w = NEW(x->a, struct names_walk);
    uint32_t at[2] = { 0, (uint32_t)name.n };
    struct names one = { 1, at, name.p };
    names_walk_begin(w, &one, key, edits_allowed(key));
    if (!names_walk_next(w))
        return false;
    *edits = w->distance;
    return true;
}

static void look_in_districts(struct asking *x, str key)
{
    for (size_t i = 0; i < x->hint->n_districts; i++) {
        const struct place_district *d = &x->hint->districts[i];
        struct district_keys k = keys_of(x, d);
        uint32_t edits = 0;
        if (within(x, k.alone, key, &edits) || within(x, k.with_town, key, &edits))
            add(x, (struct meant){ place_of_district(x, d), edits, 0, true });
    }
}

/* The name itself, and towns whose name goes on behind it: Neustadt, Neustadt in Holstein. */
static void look_in_table(struct asking *x, str key)
{
    const struct names *keys = &x->table.keys;
    for (uint32_t i = names_lower_bound(keys, key); i < keys->n; i++) {
        str name = names_get(keys, i);
        if (!str_starts(name, key))
            break;
        bool same = name.n == key.n;
        if (!same && name.p[key.n] != ' ')
            continue;
        struct place p = place_of(&x->table, x->table.key_place[i]);
        bool whole = str_eq(place_key(x->a, p.name), name);
        if (same || !whole || p.kind == PLACE_TOWN)
            add(x, (struct meant){ .place = p });
    }
}

static void look_for_slips(struct asking *x, str key)
{
    struct names_walk *w = NEW(x->a, struct names_walk);
    names_walk_begin(w, &x->table.keys, key, edits_allowed(key));
    while (names_walk_next(w))
        add(x, (struct meant){ .place = place_of(&x->table, x->table.key_place[w->found]),
                               .edits = w->distance });
}

static bool find_name(struct asking *x, str key, struct place *p)
{
    if (!key.n)
        return false;
    look_in_districts(x, key);
    look_in_table(x, key);
    if (!x->found.n)
        look_for_slips(x, key);
    return take_likeliest(x, p);
}

static struct asking asking(struct arena *a, const struct place_hint *hint)
{
    return (struct asking){ .a = a, .hint = hint, .table = table(), .near = geo_point(hint->near) };
}

/* A postcode anywhere in the text. */
static bool find_code_in(struct asking *x, str key, struct place *p)
{
    for (str word; str_next(&key, ' ', &word);) {
        const struct place_code *c = find_code(&x->table, word);
        if (c) {
            *p = place_of_code(x->a, &x->table, c);
            return true;
        }
    }
    return false;
}

bool place_find(struct arena *a, const struct place_hint *hint, str text, struct place *place)
{
    struct asking x = asking(a, hint);
    text = str_slice(text, 0, 200);
    if (parse_point(a, text, place))
        return true;
    str key = place_key(a, text);
    if (find_code_in(&x, key, place))
        return true;
    while (key.n) {
        if (find_name(&x, key, place))
            return true;
        while (key.n && key.p[key.n - 1] != ' ') /* "Lübeck Hauptbahnhof": without the last word */
            key.n--;
        key = str_trim(key);
    }
    return false;
}

/* ---- suggestions ---- */

static void suggest_codes(struct asking *x, str digits)
{
    int64_t from = 0;
    if (digits.n > 5 || !str_to_i64(digits, &from))
        return;
    int64_t width = 1;
    for (size_t i = digits.n; i < 5; i++)
        width *= 10;
    const struct table *t = &x->table;
    for (uint32_t i = code_lower_bound(t, (uint32_t)(from * width)); i < t->h->codes; i++) {
        if (t->code[i].code >= (from + 1) * width)
            break;
        add(x, (struct meant){ .place = place_of_code(x->a, t, &t->code[i]) });
    }
}

static void suggest_names(struct asking *x, str key)
{
    for (size_t i = 0; i < x->hint->n_districts; i++) {
        struct district_keys k = keys_of(x, &x->hint->districts[i]);
        if (str_starts(k.alone, key) || str_starts(k.with_town, key))
            add(x, (struct meant){ .place = place_of_district(x, &x->hint->districts[i]),
                                   .own = true });
    }
    const struct names *keys = &x->table.keys;
    for (uint32_t i = names_lower_bound(keys, key);
         i < keys->n && str_starts(names_get(keys, i), key); i++)
        add(x, (struct meant){ .place = place_of(&x->table, x->table.key_place[i]) });
}

static int compare_suggested(const void *a, const void *b)
{
    const struct meant *x = a, *y = b;
    if (x->own != y->own)
        return x->own ? -1 : 1;
    if (x->place.codes != y->place.codes)
        return x->place.codes > y->place.codes ? -1 : 1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return str_cmp(x->place.name, y->place.name);
}

static bool has_place(const struct place *v, size_t n, const struct place *p)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, p->name) && str_eq(v[i].kreis, p->kreis))
            return true;
    return false;
}

struct places place_suggest(struct arena *a, const struct place_hint *hint, str text, size_t most)
{
    struct asking x = asking(a, hint);
    str key = place_key(a, str_slice(text, 0, 200));
    bool digits = key.n && key.p[0] >= '0' && key.p[0] <= '9';
    if (digits)
        suggest_codes(&x, key);
    else if (key.n)
        suggest_names(&x, key);
    if (x.found.n)
        qsort(x.found.v, x.found.n, sizeof *x.found.v, compare_suggested);
    struct place *v = NEW_ARRAY(a, most, struct place);
    size_t n = 0;
    for (size_t i = 0; i < x.found.n && n < most; i++)
        if (!has_place(v, n, &x.found.v[i].place)) /* a district is known by two names */
            v[n++] = x.found.v[i].place;
    return (struct places){ v, n };
}

struct places place_in_box(struct arena *a, struct place_box box, size_t most)
{
    struct table t = table();
    struct place *v = NEW_ARRAY(a, most, struct place);
    size_t n = 0;
    for (uint32_t i = 0; i < t.h->places && n < most; i++) {
        struct place p = place_of(&t, i);
        if (p.lat >= box.south && p.lat <= box.north && p.lon >= box.west && p.lon <= box.east)
            v[n++] = p;
    }
    return (struct places){ v, n };
}

struct places place_postcodes(struct arena *a)
{
    struct table t = table();
    struct place *v = NEW_ARRAY(a, t.h->codes, struct place);
    for (uint32_t i = 0; i < t.h->codes; i++)
        v[i] = place_of_code(a, &t, &t.code[i]);
    return (struct places){ v, t.h->codes };
}

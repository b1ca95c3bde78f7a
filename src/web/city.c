/* SPDX-License-Identifier: EUPL-1.2 */
/* The registry of towns: reference-counted snapshots, replaced when a commit changed them. */
#include "web/city.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "db/db.h"
#include "tables.h"
#include "web.sql.h"

/* Freed by whoever gives back the last reference. */
struct snapshot {
    struct arena arena;
    struct city *v;
    size_t n;
    int references;
    uint64_t versions[3];
};

struct city_registry {
    struct store *store;
    pthread_mutex_t lock;
    struct snapshot *current;
};

static void versions_now(const struct store *store, uint64_t v[3])
{
    v[0] = store_version(store, TABLE_city);
    v[1] = store_version(store, TABLE_city_district);
    v[2] = store_version(store, TABLE_city_text);
}

static uint32_t lang_bits(str codes)
{
    uint32_t bits = 0;
    str code;
    while (str_next(&codes, ' ', &code)) {
        enum lang lang;
        if (lang_parse(code, &lang))
            bits |= 1u << lang;
    }
    return bits ? bits : 1u << LANG_DE;
}

static void fill_city(struct city *c, const struct city_row *r, uint32_t number)
{
    enum lang lang = LANG_DE;
    lang_parse(r->lang, &lang);
    *c = (struct city){
        .id = r->id,
        .number = number,
        .slug = r->slug,
        .name = r->name,
        .long_name = r->long_name.n ? r->long_name : r->name,
        .kind = r->kind,
        .ags = r->ags,
        .land = r->land,
        .domain = r->domain,
        .mail = r->mail,
        .phone = r->phone,
        .address = r->address,
        .colour = r->colour,
        .accent = r->accent,
        .logo = r->logo,
        .lat = r->lat,
        .lon = r->lon,
        .langs = lang_bits(r->langs),
        .lang = lang,
        .tiles = r->tiles,
        .second_step_from = r->second_step_from,
    };
}

static void fill_districts(struct snapshot *s, struct city *c, struct city_district_row_rows rows)
{
    struct district *d = NEW_ARRAY(&s->arena, rows.n, struct district);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].city_id == c->id)
            d[n++] = (struct district){ rows.v[i].name, rows.v[i].lat, rows.v[i].lon };
    c->districts = d;
    c->district_count = n;
}

static void fill_overrides(struct snapshot *s, struct city *c, struct city_text_row_rows rows)
{
    struct override *o = NEW_ARRAY(&s->arena, rows.n, struct override);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        enum lang lang;
        if (rows.v[i].city_id == c->id && lang_parse(rows.v[i].lang, &lang))
            o[n++] = (struct override){ lang, rows.v[i].msg, rows.v[i].value };
    }
    c->overrides = o;
    c->override_count = n;
}

/* NULL when the database did not answer. */
static struct snapshot *load(struct store *store)
{
    struct arena first;
    arena_init(&first, 0);
    struct snapshot *s = NEW(&first, struct snapshot);
    s->arena = first;
    versions_now(store, s->versions);
    struct db db;
    if (db_begin(store, &s->arena, &db) != ERR_OK) {
        arena_free(&s->arena);
        return NULL;
    }
    struct city_row_rows rows = city_all(&db);
    struct city_district_row_rows districts = city_districts(&db);
    struct city_text_row_rows texts = city_texts(&db);
    s->v = NEW_ARRAY(&s->arena, rows.n, struct city);
    for (size_t i = 0; i < rows.n; i++) {
        fill_city(&s->v[i], &rows.v[i], (uint32_t)i);
        fill_districts(s, &s->v[i], districts);
        fill_overrides(s, &s->v[i], texts);
    }
    s->n = rows.n;
    s->references = 1;
    db_end(&db);
    if (db.err != ERR_OK) {
        struct arena whole = s->arena;
        arena_free(&whole);
        return NULL;
    }
    return s;
}

static void drop(struct snapshot *s)
{
    if (--s->references)
        return;
    struct arena whole = s->arena; /* the snapshot itself lives in it */
    arena_free(&whole);
}

enum err city_registry_open(struct arena *a, struct store *store, struct city_registry **registry)
{
    struct snapshot *s = load(store);
    if (!s)
        return ERR_ENGINE;
    struct city_registry *r = NEW(a, struct city_registry);
    *r = (struct city_registry){ .store = store, .current = s };
    pthread_mutex_init(&r->lock, NULL);
    *registry = r;
    return ERR_OK;
}

void city_registry_close(struct city_registry *registry)
{
    drop(registry->current);
    pthread_mutex_destroy(&registry->lock);
}

struct city_list city_list_begin(struct city_registry *registry)
{
    uint64_t now[3];
    versions_now(registry->store, now);
    pthread_mutex_lock(&registry->lock);
    if (memcmp(now, registry->current->versions, sizeof now) != 0) {
        struct snapshot *fresh = load(registry->store);
        if (fresh) {
            drop(registry->current);
            registry->current = fresh;
        }
    }
    struct snapshot *s = registry->current;
    s->references++;
    pthread_mutex_unlock(&registry->lock);
    return (struct city_list){ s->v, s->n, s };
}

void city_list_end(struct city_registry *registry, struct city_list *list)
{
    pthread_mutex_lock(&registry->lock);
    drop(list->snapshot);
    pthread_mutex_unlock(&registry->lock);
    *list = (struct city_list){ 0 };
}

const struct city *city_by_host(const struct city_list *list, str host)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].domain.n && str_ieq(list->v[i].domain, host))
            return &list->v[i];
    return NULL;
}

const struct city *city_by_slug(const struct city_list *list, str slug)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].slug, slug))
            return &list->v[i];
    return NULL;
}

const struct city *city_by_id(const struct city_list *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].id == id)
            return &list->v[i];
    return NULL;
}

str city_tile_origin(struct arena *a, const struct city *city)
{
    str s = city->tiles;
    size_t end = 8;
    if (!str_starts(s, S("https://")))
        return S("");
    while (end < s.n && s.p[end] != '/') {
        char c = s.p[end++];
        bool host = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (!host && c != ':')
            return S("");
    }
    return end > 8 ? str_copy(a, str_slice(s, 0, end)) : S("");
}

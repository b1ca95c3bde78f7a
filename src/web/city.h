/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The towns of this installation, in memory. A request finds its town by the host's
 * domain, else by the first segment of its path. The registry is a snapshot that is read
 * again when the tables behind it change; a request keeps the one it began with.
 */
#ifndef WEB_CITY_H
#define WEB_CITY_H

#include "base/err.h"
#include "base/str.h"
#include "web/lang.h"

struct arena;
struct store;

struct district {
    str name;
    double lat;
    double lon;
};

/* A town's own wording of one text. */
struct override {
    enum lang lang;
    str key;
    str value;
};

struct city {
    int64_t id;
    uint32_t number; /* dense: position in the registry, for the index */
    str slug;
    str name;
    str long_name; /* "Hansestadt Lübeck": for headings and letters */
    str kind;      /* "stadt", "gemeinde", "landkreis" */
    str ags;
    str land;
    str domain; /* empty: under /slug/ only */
    str mail;
    str phone;
    str address;
    str colour; /* "#rrggbb", primary */
    str accent;
    str logo; /* name of an embedded logo, may be empty */
    double lat;
    double lon;
    uint32_t langs; /* bits of enum lang */
    enum lang lang; /* default */
    str tiles;      /* address template of a tile source of the town's own; may be empty */
    int64_t second_step_from; /* sign-ins for the office need a second step since then; 0: no */
    const struct district *districts;
    size_t district_count;
    const struct override *overrides;
    size_t override_count;
};

struct city_registry;

/* The registry lives in the given arena, as long as the process. */
MUST_CHECK enum err city_registry_open(struct arena *a, struct store *store,
                                       struct city_registry **registry);
void city_registry_close(struct city_registry *registry);

struct city_list {
    const struct city *v;
    size_t n;
    void *snapshot;
};

/*
 * The current towns, sorted by name; reloaded first when the database has changed. Give it
 * back with city_list_end, after which none of its towns may be used.
 */
struct city_list city_list_begin(struct city_registry *registry);
void city_list_end(struct city_registry *registry, struct city_list *list);

/*
 * Where the town's tiles come from, "https://tiles.example.org": empty without tiles, and when
 * their address is not one that may stand in a security policy.
 */
str city_tile_origin(struct arena *a, const struct city *city);

const struct city *city_by_host(const struct city_list *list, str host);
const struct city *city_by_slug(const struct city_list *list, str slug);
const struct city *city_by_id(const struct city_list *list, int64_t id);

#endif

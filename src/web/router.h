/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From an address to its route. Patterns are compared segment by segment: a literal beats
 * {id}, which matches decimal numbers only, and {id} beats any other {name}. Two routes
 * that could match the same address equally well are an error at start.
 */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "http/http.h"

struct feature;
struct route;
struct router;

#define ROUTE_SEGMENTS 8

struct router_match {
    const struct route *route;  /* NULL: nothing there */
    str values[ROUTE_SEGMENTS]; /* of the {…}, in order */
    size_t value_count;
    unsigned methods; /* no route, but the address exists: bits of GET and POST */
};

/*
 * Compiles the tables of all features (ended by NULL). Problems (a missing access rule, a
 * handler of the wrong kind, two equal patterns) are logged, and the result is NULL.
 */
struct router *router_new(struct arena *a, const struct feature *const *features);

/*
 * Finds the route of a path below the town (scope IN_CITY) or of the whole path. `api`
 * looks among the routes' API paths instead.
 */
struct router_match router_find(const struct router *r, enum http_method method, str path,
                                bool in_city, bool api);

/* All routes in the order of their features, for tables and documents. */
struct router_list {
    const struct route *const *v;
    const struct feature *const *owner;
    size_t n;
};
struct router_list router_all(const struct router *r);

#endif

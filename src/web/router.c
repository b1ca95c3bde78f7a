/* SPDX-License-Identifier: EUPL-1.2 */
/* The router: patterns cut into segments once, compared one by one. */
#include "web/router.h"

#include "base/log.h"
#include "base/vec.h"
#include "web/feature.h"

enum segment_kind { SEGMENT_LITERAL, SEGMENT_ID, SEGMENT_ANY };

struct pattern {
    const struct route *route;
    struct {
        enum segment_kind kind;
        str text;
    } segments[ROUTE_SEGMENTS];
    size_t n;
    bool in_city;
    bool api;
};

/*
 * Number of segments, scope, and the first segment where that is a literal: what most patterns
 * differ from a request in. All prints together are a few lines of the processor's cache.
 */
struct prints {
    uint32_t *v; /* of each pattern */
    size_t n, cap;
};

struct router {
    struct prints prints;
    struct {
        struct pattern *v;
        size_t n, cap;
    } patterns;
    struct {
        const struct route **v;
        size_t n, cap;
    } routes;
    struct {
        const struct feature **v;
        size_t n, cap;
    } owners;
};

static bool pattern_parse(struct pattern *p, str path)
{
    str rest = str_slice(path, 1, path.n);
    str part;
    while (str_next(&rest, '/', &part)) {
        if (p->n == ROUTE_SEGMENTS)
            return false;
        bool value = part.n > 2 && part.p[0] == '{';
        p->segments[p->n].kind = !value                    ? SEGMENT_LITERAL
                                 : str_eq(part, S("{id}")) ? SEGMENT_ID
                                                           : SEGMENT_ANY;
        p->segments[p->n++].text = part;
    }
    return true;
}

#define FIRST_OPEN 0 /* of a pattern that takes several first segments */

static uint32_t first_print(str segment)
{
    return (uint32_t)(str_hash(segment) & 0xFFFFFF) | 1;
}

static uint32_t print_of(const struct pattern *p, uint32_t first)
{
    uint32_t shape = (uint32_t)p->n << 2 | (uint32_t)p->in_city << 1 | p->api;
    _Static_assert(ROUTE_SEGMENTS < 64, "six bits of a print");
    return first << 8 | shape;
}

/* Equal in kind and text everywhere: no request could tell the two apart. */
static bool same_shape(const struct pattern *a, const struct pattern *b)
{
    if (a->n != b->n || a->in_city != b->in_city || a->api != b->api ||
        a->route->method != b->route->method)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (a->segments[i].kind != b->segments[i].kind)
            return false;
        if (a->segments[i].kind == SEGMENT_LITERAL &&
            !str_eq(a->segments[i].text, b->segments[i].text))
            return false;
    }
    return true;
}

static bool complain(const struct route *route, const char *why)
{
    log_event(LOG_ERROR, "route.refused", { "path", str_from_c(route->path) },
              { "why", str_from_c(why) });
    return false;
}

static bool add(struct router *r, struct arena *a, const struct route *route, const char *path,
                bool api)
{
    struct pattern p = { .route = route, .api = api, .in_city = route->scope == IN_CITY };
    if (path[0] != '/' || !pattern_parse(&p, str_from_c(path)))
        return complain(route, "not an address");
    for (size_t i = 0; i < r->patterns.n; i++)
        if (same_shape(&r->patterns.v[i], &p))
            return complain(route, "another route answers the same address");
    *vec_add(a, &r->patterns) = p;
    bool literal = p.n && p.segments[0].kind == SEGMENT_LITERAL;
    *vec_add(a, &r->prints) = print_of(&p, literal ? first_print(p.segments[0].text) : FIRST_OPEN);
    return true;
}

static bool well_formed(const struct route *route)
{
    if (route->access.kind == ACCESS_MISSING)
        return complain(route, "no access rule");
    if (route->access.kind == ACCESS_OWN && !route->access.owner)
        return complain(route, "the access rule names no owner");
    if (route->fresh && route->access.kind == ACCESS_ANYONE)
        return complain(route, "nobody has a session that could be fresh");
    bool reads = route->method == HTTP_GET || (route->method == HTTP_POST && route->asks);
    if (reads != (route->get != NULL) || reads == (route->post != NULL))
        return complain(route, "the handler does not fit the method");
    return true;
}

struct router *router_new(struct arena *a, const struct feature *const *features)
{
    struct router *r = NEW(a, struct router);
    bool good = true;
    for (; *features; features++) {
        const struct route *route = (*features)->routes;
        for (; route && route->path; route++) {
            good = good && well_formed(route) && add(r, a, route, route->path, false);
            if (good && route->api)
                good = add(r, a, route, route->api, true);
            *vec_add(a, &r->routes) = route;
            *vec_add(a, &r->owners) = *features;
        }
    }
    return good ? r : NULL;
}

/* Decimal digits that rq_id can read. */
static bool is_id(str s)
{
    int64_t id = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return str_to_i64(s, &id);
}

static bool matches(const struct pattern *p, const str *parts, size_t n)
{
    if (p->n != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        enum segment_kind kind = p->segments[i].kind;
        if (kind == SEGMENT_LITERAL && !str_eq(p->segments[i].text, parts[i]))
            return false;
        if ((kind == SEGMENT_ID && !is_id(parts[i])) || (kind == SEGMENT_ANY && !parts[i].n))
            return false;
    }
    return true;
}

/* Whether a is the more specific of two patterns that both match. */
static bool beats(const struct pattern *a, const struct pattern *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->segments[i].kind != b->segments[i].kind)
            return a->segments[i].kind < b->segments[i].kind;
    return false;
}

struct router_match router_find(const struct router *r, enum http_method method, str path,
                                bool in_city, bool api)
{
    struct router_match found = { 0 };
    const struct pattern *best = NULL;
    str parts[ROUTE_SEGMENTS];
    size_t n = 0;
    str rest = str_slice(path, 1, path.n);
    while (n < ROUTE_SEGMENTS && str_next(&rest, '/', &parts[n]))
        n++;
    if (rest.p || !path.n)
        return found;
    struct pattern asked = { .n = n, .in_city = in_city, .api = api };
    uint32_t open = print_of(&asked, FIRST_OPEN);
    uint32_t print = n ? print_of(&asked, first_print(parts[0])) : open;
    enum http_method wanted = method == HTTP_HEAD ? HTTP_GET : method;
    for (size_t i = 0; i < r->patterns.n; i++) {
        const struct pattern *p = &r->patterns.v[i];
        if (r->prints.v[i] != print && r->prints.v[i] != open)
            continue;
        if (p->in_city != in_city || p->api != api || !matches(p, parts, n))
            continue;
        if (p->route->method != wanted)
            found.methods |= 1u << p->route->method;
        else if (!best || beats(p, best))
            best = p;
    }
    if (!best)
        return found;
    found.route = best->route;
    for (size_t i = 0; i < n; i++)
        if (best->segments[i].kind != SEGMENT_LITERAL)
            found.values[found.value_count++] = parts[i];
    return found;
}

struct router_list router_all(const struct router *r)
{
    return (struct router_list){ r->routes.v, r->owners.v, r->routes.n };
}

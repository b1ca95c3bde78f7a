/* SPDX-License-Identifier: EUPL-1.2 */
/* The cookie `remember-SLUG`: HttpOnly, half a year from the last change. */
#include "web/remember.h"

#define KEEP_SECONDS (180 * 86400)

static str cookie_name(const struct rq *rq)
{
    return str_fmt(rq->arena, "remember-%.*s", STR_FMT(rq->city->slug));
}

static bool holds(const struct remembered *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i] == id)
            return true;
    return false;
}

bool remember_add(struct remembered *r, int64_t id)
{
    if (holds(r, id))
        return true;
    if (r->n == REMEMBER_MOST)
        return false;
    r->v[r->n++] = id;
    return true;
}

void remember_remove(struct remembered *r, int64_t id)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i] != id)
            r->v[n++] = r->v[i];
    r->n = n;
}

struct remembered remember_parse(str list)
{
    struct remembered r = { 0 };
    str part;
    int64_t id;
    while (r.n < REMEMBER_MOST && str_next(&list, '.', &part))
        if (str_to_i64(part, &id) && id > 0)
            remember_add(&r, id);
    return r;
}

str remember_fmt(struct arena *a, const struct remembered *r)
{
    struct out o = out_new(a, 1024);
    for (size_t i = 0; i < r->n; i++) {
        if (i)
            out_char(&o, '.');
        out_i64(&o, r->v[i]);
    }
    return out_text(&o);
}

void remember_read(struct rq *rq)
{
    str list = rq->city ? http_cookie(rq->http, cookie_name(rq)) : S("");
    if (!list.n)
        return;
    struct remembered *r = NEW(rq->arena, struct remembered);
    *r = remember_parse(list);
    rq->remembered = r;
}

struct remembered remember_load(const struct rq *rq)
{
    return rq->remembered ? *rq->remembered : (struct remembered){ 0 };
}

bool remember_has(const struct rq *rq, int64_t id)
{
    return rq->remembered && holds(rq->remembered, id);
}

void remember_save(struct rq *rq, const struct remembered *r)
{
    rq_header(rq, S("Set-Cookie"),
              str_fmt(rq->arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                      STR_FMT(cookie_name(rq)), STR_FMT(remember_fmt(rq->arena, r)),
                      r->n ? KEEP_SECONDS : 0,
                      str_eq(rq->http->scheme, S("https")) ? "; Secure" : ""));
}

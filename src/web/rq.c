/* SPDX-License-Identifier: EUPL-1.2 */
/* A request: what was asked, addresses, refusals, errors of a form. */
#include "web/rq.h"

#include "base/err.h"
#include "base/vec.h"
#include "web/app.h"
#include "web/error.h"
#include "web/html.h"
#include "web/limit.h"

int64_t rq_id(const struct rq *rq)
{
    int64_t id = 0;
    bool good = str_to_i64(rq_segment(rq, 0), &id);
    must(good);
    return id;
}

str rq_segment(const struct rq *rq, size_t n)
{
    must(n < rq->segment_count);
    return rq->segments[n];
}

struct http_fields rq_given(const struct rq *rq)
{
    return rq->http->method == HTTP_POST ? rq->http->form : rq->http->params;
}

str rq_param(const struct rq *rq, const char *name)
{
    return http_param(rq_given(rq), str_from_c(name), NULL);
}

bool rq_has_param(const struct rq *rq, const char *name)
{
    bool found = false;
    http_param(rq_given(rq), str_from_c(name), &found);
    return found;
}

int64_t rq_param_int(const struct rq *rq, const char *name, int64_t fallback)
{
    int64_t v = 0;
    return str_to_i64(rq_param(rq, name), &v) ? v : fallback;
}

bool rq_param_has(const struct rq *rq, const char *name, str value)
{
    struct http_fields fields = rq_given(rq);
    str wanted = str_from_c(name);
    for (size_t i = 0; i < fields.n; i++)
        if (str_eq(fields.v[i].name, wanted) && str_eq(fields.v[i].value, value))
            return true;
    return false;
}

/* ---- addresses ---- */

url link_to(const struct rq *rq, str path)
{
    return (url){ str_join(rq->arena, rq->base, path) };
}

url link_id(const struct rq *rq, str path, int64_t id)
{
    return link_id_sub(rq, path, id, S(""));
}

url link_id_sub(const struct rq *rq, str path, int64_t id, str sub)
{
    struct out o = out_new(rq->arena, rq->base.n + path.n + sub.n + 20);
    out_str(&o, rq->base);
    out_str(&o, path);
    out_i64(&o, id);
    out_str(&o, sub);
    return (url){ out_text(&o) };
}

url link_place(const struct rq *rq, url page, str name, int64_t id)
{
    return (
        url){ str_fmt(rq->arena, "%.*s#%.*s%lld", STR_FMT(page.s), STR_FMT(name), (long long)id) };
}

url link_in(const struct rq *rq, const struct city *city, str path)
{
    if (city->domain.n)
        return (
            url){ str_fmt(rq->arena, "https://%.*s%.*s", STR_FMT(city->domain), STR_FMT(path)) };
    return (url){ str_fmt(rq->arena, "/%.*s%.*s", STR_FMT(city->slug), STR_FMT(path)) };
}

url link_net(const struct rq *rq, str path)
{
    (void)rq;
    return (url){ path };
}

static void put_pair(struct out *o, char *separator, str name, str value)
{
    out_char(o, *separator);
    html_put_part_str(o, name);
    out_char(o, '=');
    html_put_part_str(o, value);
    *separator = '&';
}

url link_query(const struct rq *rq, str path, const struct http_field *fields, size_t n)
{
    struct out o = out_new(rq->arena, 16384);
    char separator = '?';
    out_str(&o, rq->base);
    out_str(&o, path);
    for (size_t i = 0; i < n; i++)
        put_pair(&o, &separator, fields[i].name, fields[i].value);
    return (url){ out_text(&o) };
}

/* This page's parameters without those of one name (and value, unless NULL). */
static url link_filtered(const struct rq *rq, str drop, const str *drop_value, str add,
                         bool addition)
{
    struct out o = out_new(rq->arena, 16384);
    char separator = '?';
    out_str(&o, rq->base);
    out_str(&o, rq->path);
    for (size_t i = 0; i < rq->http->params.n; i++) {
        const struct http_field *f = &rq->http->params.v[i];
        bool dropped = str_eq(f->name, drop) && (!drop_value || str_eq(f->value, *drop_value));
        if (!dropped && f->value.n && !str_eq(f->name, S("page")))
            put_pair(&o, &separator, f->name, f->value);
    }
    if (addition)
        put_pair(&o, &separator, drop, add);
    return (url){ out_text(&o) };
}

url link_with(const struct rq *rq, const char *name, str value)
{
    return link_filtered(rq, str_from_c(name), NULL, value, value.n > 0);
}

url link_plus(const struct rq *rq, const char *name, str value)
{
    return link_filtered(rq, str_from_c(name), &value, value, true);
}

url link_minus(const struct rq *rq, const char *name, str value)
{
    return link_filtered(rq, str_from_c(name), &value, S(""), false);
}

/* The parameters of this page, but for its number, behind another path. */
static void put_same(const struct rq *rq, struct out *o, char *separator)
{
    for (size_t i = 0; i < rq->http->params.n; i++) {
        const struct http_field *f = &rq->http->params.v[i];
        if (f->value.n && !str_eq(f->name, S("page")))
            put_pair(o, separator, f->name, f->value);
    }
}

url link_same(const struct rq *rq, str path)
{
    struct out o = out_new(rq->arena, 16384);
    char separator = '?';
    out_str(&o, rq->base);
    out_str(&o, path);
    put_same(rq, &o, &separator);
    return (url){ out_text(&o) };
}

url link_page(const struct rq *rq, int64_t page)
{
    struct out o = out_new(rq->arena, 16384);
    char separator = '?';
    out_str(&o, rq->base);
    out_str(&o, rq->path);
    put_same(rq, &o, &separator);
    put_pair(&o, &separator, S("page"), str_fmt(rq->arena, "%lld", (long long)page));
    return (url){ out_text(&o) };
}

url link_mail(const struct rq *rq, str address, str subject)
{
    url plain = url_mail(rq->arena, address);
    if (!subject.n || url_empty(plain))
        return plain;
    struct out o = out_new(rq->arena, 4096);
    out_str(&o, plain.s);
    OUT(&o, "?subject=");
    html_put_part_str(&o, subject);
    return (url){ out_text(&o) };
}

url link_share(const struct rq *rq, str subject, str text)
{
    struct out o = out_new(rq->arena, 4096);
    OUT(&o, "mailto:?subject=");
    html_put_part_str(&o, subject);
    OUT(&o, "&body=");
    html_put_part_str(&o, text);
    return (url){ out_text(&o) };
}

url link_absolute(const struct rq *rq, url relative)
{
    str origin = str_from_c(rq->app->config.origin);
    if (rq->city && rq->city->domain.n && !rq->base.n)
        origin = str_fmt(rq->arena, "https://%.*s", STR_FMT(rq->city->domain));
    if (!origin.n && rq->http)
        origin = str_fmt(rq->arena, "%.*s://%.*s", STR_FMT(rq->http->scheme),
                         STR_FMT(http_header(rq->http, S("Host"))));
    if (!origin.n) /* a command, of an installation that has not said where it answers */
        origin = str_fmt(rq->arena, "http://%s", rq->app->config.listen);
    return (url){ str_join(rq->arena, origin, relative.s) };
}

struct rq rq_outside(struct app *app, struct db *db, const struct city_list *cities,
                     const struct city *city)
{
    struct rq rq = {
        .arena = db->arena, .db = db, .app = app, .city = city, .cities = cities, .lang = city->lang
    };
    if (!city->domain.n)
        rq.base = str_fmt(db->arena, "/%.*s", STR_FMT(city->slug));
    return rq;
}

/* ---- answers ---- */

void rq_status(struct rq *rq, int status)
{
    rq->reply->status = status;
}

void rq_header(struct rq *rq, str name, str value)
{
    http_reply_header(rq->http, rq->reply, name, value);
}

void rq_type(struct rq *rq, str content_type)
{
    rq->type = content_type;
}

void rq_see(struct rq *rq, str path, int64_t id)
{
    rq_see_url(rq, id ? link_id(rq, path, id) : link_to(rq, path));
}

void rq_see_url(struct rq *rq, url where)
{
    rq->reply->status = 303;
    rq_header(rq, S("Location"), where.s);
}

void rq_moved(struct rq *rq, url where)
{
    rq->reply->status = 301;
    rq_header(rq, S("Location"), where.s);
}

void rq_not_found(struct rq *rq)
{
    error_page(rq, 404);
}

void rq_forbidden(struct rq *rq)
{
    error_page(rq, 403);
}

void rq_conflict(struct rq *rq)
{
    error_page(rq, 409);
}

void rq_too_many(struct rq *rq, int seconds)
{
    rq_header(rq, S("Retry-After"), str_fmt(rq->arena, "%d", seconds));
    error_page(rq, 429);
}

bool rq_limited(struct rq *rq, const struct limit_rule *rule, uint64_t key)
{
    int wait = limit_take(rq->app->limits, rule, key);
    if (wait)
        rq_too_many(rq, wait);
    return wait != 0;
}

/* Browsers accept the __Host- prefix only with Secure, which plain http cannot have. */
static str cookie_name(const struct rq *rq, str name)
{
    bool secure = str_eq(rq->http->scheme, S("https"));
    return secure ? str_join(rq->arena, S("__Host-"), name) : name;
}

void rq_cookie_set(struct rq *rq, str name, str value, int64_t seconds)
{
    bool secure = str_eq(rq->http->scheme, S("https"));
    rq_header(rq, S("Set-Cookie"),
              str_fmt(rq->arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
                      STR_FMT(cookie_name(rq, name)), STR_FMT(value), (long long)seconds,
                      secure ? "; Secure" : ""));
}

str rq_cookie(const struct rq *rq, str name)
{
    return http_cookie(rq->http, cookie_name(rq, name));
}

void rq_note(struct rq *rq, enum msg text)
{
    rq_header(rq, S("Set-Cookie"),
              str_fmt(rq->arena, "note=%d; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", (int)text));
}

/* ---- forms ---- */

void rq_error(struct rq *rq, const char *field, str text)
{
    *vec_add(rq->arena, &rq->errors) = (struct form_error){ field, text };
}

str rq_error_of(const struct rq *rq, const char *field)
{
    for (size_t i = 0; i < rq->errors.n; i++)
        if (rq->errors.v[i].field && str_eq(str_from_c(rq->errors.v[i].field), str_from_c(field)))
            return rq->errors.v[i].text;
    return S("");
}

void rq_crumb(struct rq *rq, str label, url link)
{
    *vec_add(rq->arena, &rq->crumbs) = (struct crumb){ label, link };
}

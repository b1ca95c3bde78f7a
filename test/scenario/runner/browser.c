/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests with cookies; see browser.h. */
#include "browser.h"

#include "base/vec.h"

static ptrdiff_t find(const struct pairs *pairs, str name)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (str_eq(pairs->v[i].name, name))
            return (ptrdiff_t)i;
    return -1;
}

str pairs_find(const struct pairs *pairs, str name)
{
    ptrdiff_t i = find(pairs, name);
    return i < 0 ? (str){ NULL, 0 } : pairs->v[i].value;
}

void pairs_set(struct arena *a, struct pairs *pairs, str name, str value)
{
    ptrdiff_t i = find(pairs, name);
    if (i >= 0)
        pairs->v[i].value = value;
    else
        *vec_add(a, pairs) = (struct pair){ name, value };
}

void pairs_erase(struct pairs *pairs, str name)
{
    size_t kept = 0;
    for (size_t i = 0; i < pairs->n; i++)
        if (!str_eq(pairs->v[i].name, name))
            pairs->v[kept++] = pairs->v[i];
    pairs->n = kept;
}

/* Everything but the unreserved bytes of RFC 3986 as %XX. */
static void put_encoded(struct out *o, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out_char(o, c);
        else
            out_fmt(o, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static str encoded_fields(struct arena *a, const struct pairs *fields)
{
    struct out o = out_new(a, OUT_MAX);
    for (size_t i = 0; i < fields->n; i++) {
        if (i)
            out_char(&o, '&');
        put_encoded(&o, fields->v[i].name);
        out_char(&o, '=');
        put_encoded(&o, fields->v[i].value);
    }
    return out_text(&o);
}

static str before(str s, char c)
{
    ptrdiff_t at = str_find_byte(s, c);
    return at < 0 ? s : str_slice(s, 0, (size_t)at);
}

/* The path that a link on the page at `base` leads to; the host of an address is left out. */
static str resolve(struct arena *a, str base, str target)
{
    target = before(target, '#');
    ptrdiff_t scheme = str_find(target, S("://"));
    if (scheme > 0 && scheme < 6) {
        str rest = str_slice(target, (size_t)scheme + 3, target.n);
        ptrdiff_t slash = str_find_byte(rest, '/');
        return slash < 0 ? S("/") : str_slice(rest, (size_t)slash, rest.n);
    }
    if (str_empty(target))
        return base;
    if (str_starts(target, S("/")))
        return target;
    base = before(base, '?');
    if (str_starts(target, S("?")))
        return str_join(a, base, target);
    while (base.n && base.p[base.n - 1] != '/')
        base.n--;
    return str_join(a, base, target);
}

/* "a=1; Path=/; Max-Age=0": sets or deletes. */
static void take_cookie(struct browser *b, struct arena *a, str line)
{
    str part = S("");
    str_next(&line, ';', &part);
    str name = before(part, '=');
    str value = str_slice(part, name.n + 1, part.n);
    bool gone = false;
    while (str_next(&line, ';', &part))
        gone |= str_ieq(str_trim(part), S("Max-Age=0"));
    if (gone)
        pairs_erase(&b->cookies, str_trim(name));
    else
        pairs_set(a, &b->cookies, str_trim(name), str_trim(value));
}

static void put_head(const struct browser *b, struct out *o, const struct ask *ask)
{
    out_fmt(o, "%.*s %.*s HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n", STR_FMT(ask->method),
            STR_FMT(b->path), STR_FMT(ask->host.n ? ask->host : S("localhost")));
    for (size_t i = 0; i < ask->headers.n; i++)
        out_fmt(o, "%.*s: %.*s\r\n", STR_FMT(ask->headers.v[i].name),
                STR_FMT(ask->headers.v[i].value));
    for (size_t i = 0; i < b->cookies.n; i++)
        out_fmt(o, "%s%.*s=%.*s", i ? "; " : "Cookie: ", STR_FMT(b->cookies.v[i].name),
                STR_FMT(b->cookies.v[i].value));
    if (b->cookies.n)
        OUT(o, "\r\n");
}

static str request_text(const struct browser *b, struct arena *a, const struct ask *ask)
{
    struct out o = out_new(a, OUT_MAX);
    bool get = str_eq(ask->method, S("GET")) || str_eq(ask->method, S("HEAD"));
    bool form = !ask->body.p && !get;
    str body = form ? encoded_fields(a, &ask->fields) : ask->body;
    put_head(b, &o, ask);
    if (form && !pairs_find(&ask->headers, S("Content-Type")).p)
        OUT(&o, "Content-Type: application/x-www-form-urlencoded\r\n");
    if (!get)
        out_fmt(&o, "Content-Length: %zu\r\n", body.n);
    OUT(&o, "\r\n");
    out_str(&o, body);
    return out_text(&o);
}

void browser_close(struct browser *b)
{
    if (b->page)
        page_free(b->page);
    b->page = NULL;
}

void browser_ask(struct browser *b, struct arena *a, int port, const struct ask *ask)
{
    struct client c;
    bool get = str_eq(ask->method, S("GET")) || str_eq(ask->method, S("HEAD"));
    b->path = resolve(a, b->path, ask->target);
    if (get && ask->fields.n)
        b->path = str_fmt(a, "%.*s?%.*s", STR_FMT(before(b->path, '?')),
                          STR_FMT(encoded_fields(a, &ask->fields)));
    browser_close(b);
    b->answer = (struct http_answer){ 0 };
    if (!client_open(&c, a, port))
        return;
    c.timeout_ms = 30000;
    if (client_send(&c, request_text(b, a, ask)))
        b->answer = client_read(&c, str_eq(ask->method, S("HEAD")));
    client_close(&c);
    for (size_t i = 0; i < b->answer.headers.n; i++)
        if (str_ieq(b->answer.headers.v[i].name, S("Set-Cookie")))
            take_cookie(b, a, b->answer.headers.v[i].value);
    if (str_find(answer_header(&b->answer, S("Content-Type")), S("html")) >= 0)
        b->page = page_parse(b->answer.body);
}

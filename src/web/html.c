/* SPDX-License-Identifier: EUPL-1.2 */
/* Escaping. One set of characters serves text and attribute values, so no place is forgotten. */
#include "web/html.h"

static str escape_of(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return S("");
    }
}

/* All five lie below 64: a bit each. */
static bool is_escaped(unsigned char c)
{
    const uint64_t five = 1ull << '&' | 1ull << '<' | 1ull << '>' | 1ull << '"' | 1ull << '\'';
    return c < 64 && five >> c & 1;
}

/* Bytes that are looked at together; the compiler makes of it what the machine has. */
#define BLOCK 16
typedef unsigned char block __attribute__((vector_size(BLOCK)));

/* Whether none of so many bytes is one of the five. */
static bool is_plain(const char *p)
{
    union {
        block b;
        uint64_t w[2];
    } found;
    block b;
    memcpy(&b, p, sizeof b);
    found.b = (block)((b == '&') | (b == '<') | (b == '>') | (b == '"') | (b == '\''));
    return !(found.w[0] | found.w[1]);
}

/* The same of up to BLOCK bytes, at least a quarter of it: its beginning and its end together. */
static bool is_plain_short(str s)
{
    char both[BLOCK];
    if (s.n >= BLOCK / 2) {
        memcpy(both, s.p, BLOCK / 2);
        memcpy(both + BLOCK / 2, s.p + s.n - BLOCK / 2, BLOCK / 2);
    } else {
        memcpy(both, s.p, BLOCK / 4);
        memcpy(both + BLOCK / 4, s.p + s.n - BLOCK / 4, BLOCK / 4);
        memcpy(both + BLOCK / 2, both, BLOCK / 2);
    }
    return is_plain(both);
}

/* The first of the five from i on; the end where there is none. */
static size_t find_escaped(str s, size_t i)
{
    if (s.n >= BLOCK / 4 && s.n < BLOCK && is_plain_short(s))
        return s.n;
    while (s.n - i >= BLOCK && is_plain(s.p + i))
        i += BLOCK;
    /* The rest together with bytes that were looked at already. */
    if (s.n - i < BLOCK && s.n >= BLOCK && is_plain(s.p + s.n - BLOCK))
        return s.n;
    while (i < s.n && !is_escaped((unsigned char)s.p[i]))
        i++;
    return i;
}

void html_put_str(struct out *o, str s)
{
    for (size_t from = 0; from < s.n;) {
        size_t at = find_escaped(s, from);
        out_bytes(o, s.p + from, at - from);
        if (at < s.n)
            out_str(o, escape_of(s.p[at]));
        from = at + 1;
    }
}

void html_put_html(struct out *o, html h)
{
    out_str(o, h.s);
}

void html_put_int(struct out *o, int v)
{
    out_i64(o, v);
}

void html_put_i64(struct out *o, long v)
{
    out_i64(o, v);
}

void html_put_llong(struct out *o, long long v)
{
    out_i64(o, v);
}

void html_put_size(struct out *o, unsigned long v)
{
    out_u64(o, v);
}

static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void html_put_part_str(struct out *o, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        if (i < s.n && unreserved(s.p[i]))
            continue;
        out_bytes(o, s.p + from, i - from);
        from = i + 1;
        if (i == s.n)
            break;
        unsigned char c = (unsigned char)s.p[i];
        char coded[3] = { '%', hex[c >> 4], hex[c & 15] };
        out_bytes(o, coded, sizeof coded);
    }
}

void html_put_url(struct out *o, url u)
{
    html_put_str(o, u.s);
}

void html_put_attr_if(struct out *o, str name, str value)
{
    if (!value.n)
        return;
    out_str(o, name);
    OUT(o, "=\"");
    html_put_str(o, value);
    OUT(o, "\"");
}

void html_put_url_if(struct out *o, str name, url value)
{
    html_put_attr_if(o, name, value.s);
}

void html_put_flag(struct out *o, str name, bool on)
{
    if (on)
        out_str(o, name);
}

void html_put_json(struct out *o, str json)
{
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (c == '<' || c == '>' || c == '&')
            out_fmt(o, "\\u%04x", (unsigned)c);
        else
            out_char(o, c);
    }
}

html html_of(struct arena *a, str s)
{
    struct out o = out_new(a, 0);
    html_put_str(&o, s);
    return (html){ out_text(&o) };
}

html html_link(struct arena *a, str sentence, url target)
{
    ptrdiff_t open = str_find_byte(sentence, '[');
    ptrdiff_t close = str_find_byte(sentence, ']');
    if (open < 0 || close < open)
        return html_of(a, sentence);
    struct out o = out_new(a, 0);
    html_put_str(&o, str_slice(sentence, 0, (size_t)open));
    OUT(&o, "<a href=\"");
    html_put_url(&o, target);
    OUT(&o, "\">");
    html_put_str(&o, str_slice(sentence, (size_t)open + 1, (size_t)close));
    OUT(&o, "</a>");
    html_put_str(&o, str_slice(sentence, (size_t)close + 1, sentence.n));
    return html_trusted(&o);
}

html html_trusted(const struct out *o)
{
    return (html){ out_text(o) };
}

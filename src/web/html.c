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

void html_put_str(struct out *o, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        /* All five lie below '?'; most text never gets past this test. */
        if ((unsigned char)s.p[i] > '>')
            continue;
        str escape = escape_of(s.p[i]);
        if (!escape.n)
            continue;
        out_bytes(o, s.p + from, i - from);
        out_str(o, escape);
        from = i + 1;
    }
    if (from < s.n)
        out_bytes(o, s.p + from, s.n - from);
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
    out_fmt(o, "%lu", v);
}

static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void html_put_part_str(struct out *o, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (unreserved(s.p[i])) {
            out_char(o, s.p[i]);
            continue;
        }
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

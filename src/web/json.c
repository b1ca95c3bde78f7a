/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON writer: a state of a few bytes, one bit for each open level. */
#include "web/json.h"

#include <math.h>

#include "base/err.h"
#include "base/utf8.h"

struct json json_new(struct out *out)
{
    return (struct json){ .out = out };
}

static bool in_object(const struct json *j)
{
    return j->depth && (j->objects >> (j->depth - 1) & 1);
}

/* What stands between this value and what came before it. */
static void before_value(struct json *j)
{
    must(!j->closed);
    if (in_object(j)) {
        must(j->keyed);
        j->keyed = false;
    } else if (j->comma) {
        out_char(j->out, ',');
    }
    j->comma = true;
    j->closed = j->depth == 0;
}

static void open_level(struct json *j, bool object)
{
    before_value(j);
    must(j->depth < JSON_DEPTH);
    j->objects &= ~((uint32_t)1 << j->depth);
    j->objects |= (uint32_t)object << j->depth;
    j->depth++;
    j->comma = false;
    j->closed = false;
    out_char(j->out, object ? '{' : '[');
}

static void close_level(struct json *j, bool object)
{
    must(j->depth > 0 && in_object(j) == object && !j->keyed);
    j->depth--;
    j->comma = true;
    j->closed = j->depth == 0;
    out_char(j->out, object ? '}' : ']');
}

void json_object(struct json *j)
{
    open_level(j, true);
}

void json_object_end(struct json *j)
{
    close_level(j, true);
}

void json_array(struct json *j)
{
    open_level(j, false);
}

void json_array_end(struct json *j)
{
    close_level(j, false);
}

/* Bytes that cannot stand for themselves; 0 for those that can. */
static char short_escape(char c)
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7f && c != '"' && c != '\\' && c != '<';
}

static void put_ascii(struct out *o, char c)
{
    char letter = short_escape(c);
    if (letter) {
        out_char(o, '\\');
        out_char(o, letter);
    } else {
        out_fmt(o, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

/* One code point from 0x80 on; the two separators would end a line of old JavaScript. */
static void put_wide(struct out *o, str *s)
{
    const char *p = s->p;
    uint32_t c = utf8_next(s);
    size_t n = (size_t)(s->p - p);
    if (c == 0x2028 || c == 0x2029)
        out_fmt(o, "\\u%04x", (unsigned)c);
    else if (c == 0xFFFD)
        OUT(o, "\xEF\xBF\xBD");
    else
        out_bytes(o, p, n);
}

static void put_quoted(struct out *o, str s)
{
    out_char(o, '"');
    while (s.n) {
        size_t run = 0;
        while (run < s.n && is_plain(s.p[run]))
            run++;
        out_bytes(o, s.p, run);
        s = str_slice(s, run, s.n);
        if (!s.n)
            break;
        if ((unsigned char)s.p[0] >= 0x80) {
            put_wide(o, &s);
        } else {
            put_ascii(o, s.p[0]);
            s = str_slice(s, 1, s.n);
        }
    }
    out_char(o, '"');
}

void json_key(struct json *j, str key)
{
    must(in_object(j) && !j->keyed);
    if (j->comma)
        out_char(j->out, ',');
    put_quoted(j->out, key);
    out_char(j->out, ':');
    j->keyed = true;
}

void json_str(struct json *j, str s)
{
    before_value(j);
    put_quoted(j->out, s);
}

void json_int(struct json *j, int64_t v)
{
    before_value(j);
    out_i64(j->out, v);
}

void json_real(struct json *j, double v, int decimals)
{
    if (!isfinite(v)) {
        json_null(j);
        return;
    }
    before_value(j);
    out_f64(j->out, v, decimals);
}

void json_bool(struct json *j, bool v)
{
    before_value(j);
    out_str(j->out, v ? S("true") : S("false"));
}

void json_null(struct json *j)
{
    before_value(j);
    OUT(j->out, "null");
}

void json_raw(struct json *j, str text)
{
    before_value(j);
    out_str(j->out, text);
}

void json_done(const struct json *j)
{
    must(j->closed && j->depth == 0);
}

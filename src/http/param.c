/* SPDX-License-Identifier: EUPL-1.2 */
/* Decoding of urlencoded text and cookies; see param.h. */
#include "http/param.h"

#include "base/utf8.h"
#include "base/vec.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool needs_decoding(str s, bool plus)
{
    return str_find_byte(s, '%') >= 0 || (plus && str_find_byte(s, '+') >= 0);
}

bool param_unescape(struct arena *a, str s, bool plus, str *decoded)
{
    *decoded = s;
    if (!needs_decoding(s, plus))
        return true;
    char *p = arena_bytes(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            int high = s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1;
            int low = s.n - i > 2 ? hex_digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        p[n++] = c;
    }
    *decoded = (str){ p, n };
    return true;
}

static int parse_pair(struct arena *a, str pair, struct http_field *field)
{
    ptrdiff_t equals = str_find_byte(pair, '=');
    str name = equals < 0 ? pair : str_slice(pair, 0, (size_t)equals);
    str value = equals < 0 ? str_slice(pair, 0, 0) : str_slice(pair, (size_t)equals + 1, pair.n);
    if (!param_unescape(a, name, true, &field->name) ||
        !param_unescape(a, value, true, &field->value))
        return 400;
    if (field->name.n > PARAM_NAME_MAX)
        return 413;
    return utf8_valid(field->name) && utf8_valid(field->value) ? 0 : 400;
}

int param_parse(struct arena *a, str s, struct http_fields *fields)
{
    struct {
        struct http_field *v;
        size_t n, cap;
    } found = { 0 };
    str pair;

    *fields = (struct http_fields){ 0 };
    while (str_next(&s, '&', &pair)) {
        if (str_empty(pair))
            continue;
        if (found.n == PARAM_MAX)
            return 413;
        int status = parse_pair(a, pair, vec_add(a, &found));
        if (status)
            return status;
    }
    *fields = (struct http_fields){ found.v, found.n };
    return 0;
}

str param_cookie(str header, str name)
{
    str pair;

    while (str_next(&header, ';', &pair)) {
        pair = str_trim(pair);
        ptrdiff_t equals = str_find_byte(pair, '=');
        if (equals < 0 || !str_eq(str_slice(pair, 0, (size_t)equals), name))
            continue;
        str value = str_slice(pair, (size_t)equals + 1, pair.n);
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_slice(value, 1, value.n - 1);
        return value;
    }
    return (str){ NULL, 0 };
}

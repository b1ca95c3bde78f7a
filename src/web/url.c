/* SPDX-License-Identifier: EUPL-1.2 */
/* Checking and making addresses (RFC 3986; what browsers accept: URL Living Standard). */
#include "web/url.h"

#include "base/err.h"
#include "base/out.h"
#include "web/html.h"

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Control characters vanish in browsers, backslashes become slashes: both hide a scheme. */
static bool has_forbidden(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f || s.p[i] == '\\')
            return true;
    return false;
}

/* The scheme with its colon, or empty; "a/b:c" has none. */
static str scheme_of(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ':')
            return str_slice(s, 0, i + 1);
        if (!letter(c) && !(i && (digit(c) || c == '+' || c == '-' || c == '.')))
            break;
    }
    return S("");
}

static bool good_host(str authority)
{
    for (size_t i = 0; i < authority.n; i++) {
        char c = authority.p[i];
        bool plain = letter(c) || digit(c) || c == '-' || c == '.' || c == ':' || c == '[' ||
                     c == ']' || c == '_' || (unsigned char)c >= 0x80;
        if (!plain) /* '@' among them: a name before the host */
            return false;
    }
    return authority.n && (letter(authority.p[0]) || digit(authority.p[0]) ||
                           authority.p[0] == '[' || (unsigned char)authority.p[0] >= 0x80);
}

static bool good_web(str rest)
{
    if (!str_starts(rest, S("//")))
        return false;
    size_t end = 2;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#')
        end++;
    return good_host(str_slice(rest, 2, end));
}

static bool is_local(str s)
{
    bool path = str_starts(s, S("/")) && !str_starts(s, S("//"));
    return path || str_starts(s, S("?")) || str_starts(s, S("#"));
}

static bool allowed(str s)
{
    if (!s.n || has_forbidden(s))
        return false;
    if (is_local(s))
        return true;
    str scheme = scheme_of(s);
    str rest = str_slice(s, scheme.n, s.n);
    if (str_ieq(scheme, S("http:")) || str_ieq(scheme, S("https:")))
        return good_web(rest);
    return rest.n && (str_ieq(scheme, S("mailto:")) || str_ieq(scheme, S("tel:")));
}

/* Encodes what must not stand in an address; a '%' stays, it may be an encoding already. */
static str encode(struct arena *a, str s)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool bad = (unsigned char)c <= ' ' || (unsigned char)c >= 0x7f || c == '"' || c == '<' ||
                   c == '>' || c == '`' || c == '{' || c == '}' || c == '|' || c == '^';
        if (bad)
            html_put_part_str(&o, str_slice(s, i, i + 1));
        else
            out_char(&o, c);
    }
    return out_text(&o);
}

bool url_parse(struct arena *a, str s, url *u)
{
    s = str_trim(s);
    *u = (url){ S("") };
    if (!allowed(s))
        return false;
    u->s = encode(a, s);
    return true;
}

url url_of(struct arena *a, str s)
{
    url u;
    return url_parse(a, s, &u) ? u : (url){ S("") };
}

url url_path(struct arena *a, str path)
{
    must(str_starts(path, S("/")) && !str_starts(path, S("//")) && !has_forbidden(path));
    return (url){ encode(a, path) };
}

url url_mail(struct arena *a, str address)
{
    struct out o = out_new(a, 0);
    ptrdiff_t at = str_find_byte(address, '@');
    if (at <= 0 || (size_t)at + 1 >= address.n || has_forbidden(address))
        return (url){ S("") };
    OUT(&o, "mailto:");
    html_put_part_str(&o, str_slice(address, 0, (size_t)at));
    out_char(&o, '@');
    html_put_part_str(&o, str_slice(address, (size_t)at + 1, address.n));
    return (url){ out_text(&o) };
}

/* "+49 (0)451 / 122-1234" -> "tel:+494511221234"; the (0) is for callers at home. */
url url_phone(struct arena *a, str number)
{
    struct out o = out_new(a, 0);
    size_t digits = 0;
    OUT(&o, "tel:");
    for (size_t i = 0; i < number.n; i++) {
        if (str_starts(str_slice(number, i, number.n), S("(0)")) && digits) {
            i += 2;
        } else if (digit(number.p[i]) || (number.p[i] == '+' && !digits)) {
            out_char(&o, number.p[i]);
            digits += digit(number.p[i]);
        } else if (digits && letter(number.p[i])) {
            break;
        }
    }
    return digits >= 3 ? (url){ out_text(&o) } : (url){ S("") };
}

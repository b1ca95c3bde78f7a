/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checking and making addresses (RFC 3986; what browsers accept: URL Living Standard): a
 * list of schemes that are allowed, never one that is forbidden.
 */
#include "web/url.h"

#include "base/out.h"
#include "base/utf8.h"
#include "web/html.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters of other alphabets count: names of hosts and people have them. */
static bool is_alnum(char c)
{
    return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static bool take_scheme(str *s, str scheme)
{
    if (s->n <= scheme.n || !str_ieq(str_slice(*s, 0, scheme.n), scheme))
        return false;
    *s = str_slice(*s, scheme.n, s->n);
    return true;
}

/*
 * Host and port, up to the path. A backslash is a slash to browsers, and a name before an @
 * looks like a host to people: both are refused.
 */
static bool has_good_host(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '/' || c == '?' || c == '#')
            break;
        if (!is_alnum(c) && c != '-' && c != '.' && c != ':' && c != '_')
            return false;
    }
    return is_alnum(s.p[0]);
}

/* A name, an @ and a host, without blanks; what follows '?' is the reader's business. */
static bool is_mail(str s)
{
    ptrdiff_t at = str_find_byte(s, '@');
    return at > 0 && (size_t)at + 1 < s.n && is_alnum(s.p[at + 1]) && str_find_byte(s, ' ') < 0;
}

static bool is_number(str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]) && str_find_byte(S("+-./() "), s.p[i]) < 0)
            return false;
        digits += is_digit(s.p[i]);
    }
    return digits >= 3;
}

static bool allowed(str s)
{
    if (take_scheme(&s, S("http://")) || take_scheme(&s, S("https://")))
        return has_good_host(s);
    if (take_scheme(&s, S("mailto:")))
        return is_mail(s);
    return take_scheme(&s, S("tel:")) && is_number(s);
}

static bool stands_for_itself(char c)
{
    return c > ' ' && c < 0x7f && str_find_byte(S("\"'<>()[]{}\\^`|"), c) < 0;
}

/* Percent-encodes what must not stand in an address; a '%' stays, it may be an encoding. */
static str encode(struct arena *a, str s)
{
    struct out o = out_new(a, 3 * s.n + 16);
    for (size_t i = 0; i < s.n; i++) {
        if (stands_for_itself(s.p[i]))
            out_char(&o, s.p[i]);
        else
            html_put_part_str(&o, str_slice(s, i, i + 1));
    }
    return out_text(&o);
}

static bool is_text(str s)
{
    return s.n <= URL_MAX && utf8_valid(s);
}

bool url_parse(struct arena *a, str s, url *u)
{
    *u = (url){ S("") };
    s = str_trim(s);
    if (s.n > 4 && str_ieq(str_slice(s, 0, 4), S("www.")))
        s = str_join(a, S("http://"), s);
    if (!is_text(s) || !allowed(s))
        return false;
    u->s = encode(a, s);
    return true;
}

url url_of(struct arena *a, str s)
{
    url u;
    url_parse(a, s, &u);
    return u;
}

bool url_parse_local(struct arena *a, str s, url *u)
{
    *u = (url){ S("") };
    if (!is_text(s) || !str_starts(s, S("/")) || str_starts(s, S("//")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f || s.p[i] == '\\')
            return false;
    u->s = encode(a, s);
    return true;
}

url url_mail(struct arena *a, str address)
{
    struct out o = out_new(a, 0);
    address = str_trim(address);
    if (!is_text(address) || !is_mail(address))
        return (url){ S("") };
    size_t at = (size_t)str_find_byte(address, '@');
    OUT(&o, "mailto:");
    html_put_part_str(&o, str_slice(address, 0, at));
    out_char(&o, '@');
    html_put_part_str(&o, str_slice(address, at + 1, address.n));
    return (url){ out_text(&o) };
}

/* "+49 (0)451 / 122-1234 (Empfang)" -> "tel:+494511221234"; the (0) is for callers at home. */
url url_phone(struct arena *a, str number)
{
    struct out o = out_new(a, 0);
    size_t digits = 0;
    OUT(&o, "tel:");
    for (size_t i = 0; i < number.n; i++) {
        char c = number.p[i];
        if (digits && str_starts(str_slice(number, i, number.n), S("(0)"))) {
            i += 2;
        } else if (is_digit(c) || (c == '+' && !digits)) {
            out_char(&o, c);
            digits += is_digit(c);
        } else if (digits && is_letter(c)) {
            break;
        }
    }
    if (digits < 3)
        return (url){ S("") };
    return (url){ out_text(&o) };
}

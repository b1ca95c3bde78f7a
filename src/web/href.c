/* SPDX-License-Identifier: EUPL-1.2 */
/* Checking addresses: a list of schemes that are allowed, never one that is forbidden. */
#include "web/href.h"

#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"

static bool take_scheme(str *s, str scheme)
{
    if (s->n <= scheme.n || !str_ieq(str_slice(*s, 0, scheme.n), scheme))
        return false;
    *s = str_slice(*s, scheme.n, s->n);
    return true;
}

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_number(str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!digit && str_find_byte(S("+-./() "), s.p[i]) < 0)
            return false;
        digits += digit;
    }
    return digits >= 3;
}

/* A name, an @ and a host, without blanks; what follows '?' is the reader's business. */
static bool is_mail(str s)
{
    ptrdiff_t at = str_find_byte(s, '@');
    return at > 0 && (size_t)at + 1 < s.n && is_alnum((unsigned char)s.p[at + 1]) &&
           str_find_byte(s, ' ') < 0;
}

static bool allowed(str s)
{
    if (take_scheme(&s, S("http://")) || take_scheme(&s, S("https://")))
        return is_alnum((unsigned char)s.p[0]);
    if (take_scheme(&s, S("mailto:")))
        return is_mail(s);
    return take_scheme(&s, S("tel:")) && is_number(s);
}

static bool stands_for_itself(char c)
{
    return c > ' ' && c < 0x7f && str_find_byte(S("\"'<>()[]{}\\^`|"), c) < 0;
}

bool href_parse(struct arena *a, str s, url *link)
{
    s = str_trim(s);
    if (s.n > HREF_MAX || !utf8_valid(s))
        return false;
    if (s.n > 4 && str_ieq(str_slice(s, 0, 4), S("www.")))
        s = str_join(a, S("http://"), s);
    if (!allowed(s))
        return false;
    struct out o = out_new(a, 3 * s.n + 16);
    for (size_t i = 0; i < s.n; i++) {
        if (stands_for_itself(s.p[i]))
            out_char(&o, s.p[i]);
        else
            out_fmt(&o, "%%%02X", (unsigned)(unsigned char)s.p[i]);
    }
    link->s = out_text(&o);
    return true;
}

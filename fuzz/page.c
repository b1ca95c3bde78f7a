/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What strangers write and pages show: addresses, escaped text, a town's own wording, and the
 * Accept-Language header.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/err.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/text_piece.h"
#include "web/url.h"

static bool has_any(str s, str bytes)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f || str_find_byte(bytes, s.p[i]) >= 0)
            return true;
    return false;
}

static bool starts_ignoring_case(str s, str front)
{
    return str_ieq(str_slice(s, 0, front.n), front);
}

static void addresses(struct arena *a, str s)
{
    url u;
    if (url_parse(a, s, &u))
        must(starts_ignoring_case(u.s, S("http://")) || starts_ignoring_case(u.s, S("https://")) ||
             starts_ignoring_case(u.s, S("mailto:")) || starts_ignoring_case(u.s, S("tel:")));
    must(!has_any(u.s, S("\"'<>()\\")));
    if (url_parse_local(a, s, &u))
        must(str_starts(u.s, S("/")) && !str_starts(u.s, S("//")));
    must(!has_any(u.s, S("\"'<>()\\")));
    must(!has_any(url_mail(a, s).s, S("\"'<>()\\&?")));
    must(!has_any(url_phone(a, s).s, S("\"'<>()\\&?/")));
}

static void escaped(struct arena *a, str s)
{
    str markup = html_of(a, s).s;
    for (size_t i = 0; i < markup.n; i++)
        must(str_find_byte(S("<>\"'"), markup.p[i]) < 0);
    html_link(a, s, (url){ S("/") });
    struct out o = out_new(a, 0);
    html_put_json(&o, s);
    must(str_find_byte(out_text(&o), '<') < 0);
}

static void pieces(str s)
{
    size_t values = 0;
    size_t bytes = 0;
    str rest = s;
    struct text_piece piece;
    while (text_piece_next(&rest, &piece)) {
        values += piece.value;
        bytes += piece.s.n;
    }
    must(bytes <= s.n && values <= s.n / 3);
    must(!text_pieces_good(s) || text_pieces_fit(s, s, S("")));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    struct arena a;
    enum lang l = LANG_COUNT;

    arena_init(&a, 0);
    addresses(&a, s);
    escaped(&a, s);
    pieces(s);
    must(!lang_accepted(s, 1u << LANG_EN | 1u << LANG_DE, &l) || l == LANG_EN || l == LANG_DE);
    arena_free(&a);
    return 0;
}

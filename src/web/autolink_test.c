/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/out.h"
#include "base/test.h"
#include "web/autolink.h"

/* All addresses of a text, separated by blanks; mail addresses with "mail:" in front. */
static str all(str text)
{
    struct out o = out_new(&t_arena, 0);
    struct autolink found;
    for (size_t at = 0; autolink_find(text, at, &found); at = found.to) {
        ok(found.from >= at && found.to > found.from && found.to <= text.n);
        out_fmt(&o, "%s%s%.*s", o.n ? " " : "", found.mail ? "mail:" : "",
                STR_FMT(str_slice(text, found.from, found.to)));
    }
    return out_text(&o);
}

static void finds_addresses(void)
{
    eq_str(all(S("Siehe https://example.org/a_b?c=1&d=2, www.example.org und a.b@example.org!")),
           S("https://example.org/a_b?c=1&d=2 www.example.org mail:a.b@example.org"));
    eq_str(all(S("(https://example.org/x_(y)) und (www.example.org).")),
           S("https://example.org/x_(y) www.example.org"));
    eq_str(all(S("HTTP://EXAMPLE.ORG")), S("HTTP://EXAMPLE.ORG"));
    eq_str(all(S("\xE2\x80\x9Ewww.example.org\xE2\x80\x9C")), S(""));
    eq_str(all(S("Mail:info@example.org")), S("mail:info@example.org"));
}

static void leaves_other_text_alone(void)
{
    eq_str(all(S("https:// http://. www. www.- @ a@ @b a@b a@b. x@y..z")), S(""));
    eq_str(all(S("xhttps://example.org awww.example.org")), S(""));
    eq_str(all(S("ftp://example.org Helfer*innen 5@")), S(""));
    eq_str(all(S("")), S(""));
}

static const struct test tests[] = { TEST(finds_addresses), TEST(leaves_other_text_alone) };
TEST_MAIN(tests)

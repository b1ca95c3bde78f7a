/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/href.h"

static str link_of(str s)
{
    url link = { S("") };
    return href_parse(&t_arena, s, &link) ? link.s : S("refused");
}

static void allowed_schemes(void)
{
    eq_str(link_of(S(" https://example.org/a?b=1&c=2#d ")), S("https://example.org/a?b=1&c=2#d"));
    eq_str(link_of(S("HTTP://Example.org")), S("HTTP://Example.org"));
    eq_str(link_of(S("www.example.org")), S("http://www.example.org"));
    eq_str(link_of(S("mailto:office@example.org?subject=x")),
           S("mailto:office@example.org?subject=x"));
    eq_str(link_of(S("tel:+49 451 122-0")), S("tel:+49%20451%20122-0"));
}

static void all_others_are_refused(void)
{
    static const str bad[] = {
        STR_INIT("javascript:alert(1)"),
        STR_INIT("JaVaScRiPt:alert(1)"),
        STR_INIT("java\tscript:alert(1)"),
        STR_INIT("data:text/html,x"),
        STR_INIT("vbscript:x"),
        STR_INIT("/relative"),
        STR_INIT("//example.org"),
        STR_INIT("file:///etc/passwd"),
        STR_INIT("https://"),
        STR_INIT("https:///x"),
        STR_INIT("mailto:[E-Mail entfernt]"),
        STR_INIT("mailto:@example.org"),
        STR_INIT("tel:alert(1)"),
        STR_INIT("tel:--"),
        STR_INIT(""),
        STR_INIT("www."),
        STR_INIT("https://example.org/\xFF"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        eq_str(link_of(bad[i]), S("refused"));
    char *p = arena_bytes(&t_arena, HREF_MAX + 1);
    for (size_t i = 0; i <= HREF_MAX; i++)
        p[i] = i < 8 ? "https://"[i] : 'a';
    ok(!str_eq(link_of((str){ p, HREF_MAX }), S("refused")));
    eq_str(link_of((str){ p, HREF_MAX + 1 }), S("refused"));
}

static void awkward_bytes_are_encoded(void)
{
    eq_str(link_of(S("https://example.org/a b\"<>'()\\\n|")),
           S("https://example.org/a%20b%22%3C%3E%27%28%29%5C%0A%7C"));
    eq_str(link_of(S("https://m\xC3\xBC"
                     "ller.example/")),
           S("https://m%C3%BCller.example/"));
}

static const struct test tests[] = {
    TEST(allowed_schemes),
    TEST(all_others_are_refused),
    TEST(awkward_bytes_are_encoded),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/url.h"

static str parsed(str s)
{
    url u;
    return url_parse(&t_arena, s, &u) ? u.s : S("refused");
}

static void takes_what_is_safe(void)
{
    eq_str(parsed(S(" https://example.org/a?b=1&c=2#d ")), S("https://example.org/a?b=1&c=2#d"));
    eq_str(parsed(S("HTTP://Example.org:8080/a%20b?c=d:e@f")),
           S("HTTP://Example.org:8080/a%20b?c=d:e@f"));
    eq_str(parsed(S("www.example.org")), S("http://www.example.org"));
    eq_str(parsed(S("mailto:office@example.org?subject=x")),
           S("mailto:office@example.org?subject=x"));
    eq_str(parsed(S("tel:+49 451 122-0")), S("tel:+49%20451%20122-0"));
    eq_str(url_of(&t_arena, S("https://example.org")).s, S("https://example.org"));
}

static void encodes_awkward_bytes(void)
{
    eq_str(parsed(S("https://example.org/a b\"<>'()\\\n|")),
           S("https://example.org/a%20b%22%3C%3E%27%28%29%5C%0A%7C"));
    eq_str(parsed(S("https://müller.example/ä")), S("https://m%C3%BCller.example/%C3%A4"));
}

static void refuses_what_is_not(void)
{
    static const str cases[] = {
        STR_INIT(""),
        STR_INIT(" "),
        STR_INIT("/"),
        STR_INIT("/relative"),
        STR_INIT("?a"),
        STR_INIT("#a"),
        STR_INIT("relative"),
        STR_INIT("javascript:alert(1)"),
        STR_INIT("JaVaScRiPt:alert(1)"),
        STR_INIT("java\nscript:alert(1)"),
        STR_INIT("java\tscript:alert(1)"),
        STR_INIT("\1javascript:alert(1)"),
        STR_INIT("data:text/html,x"),
        STR_INIT("vbscript:x"),
        STR_INIT("file:///etc/passwd"),
        STR_INIT("//example.org"),
        STR_INIT("\\\\example.org"),
        STR_INIT("https:example.org"),
        STR_INIT("https:/example.org"),
        STR_INIT("https://"),
        STR_INIT("https:///x"),
        STR_INIT("https://?x"),
        STR_INIT("https://user@example.org"),
        STR_INIT("https://example.org@evil.example"),
        STR_INIT("https://example.org\\@evil.example"),
        STR_INIT("https://a b/"),
        STR_INIT("https://exa\"mple.org/"),
        STR_INIT("https://-x/"),
        STR_INIT("https://exam\nple.org/"),
        STR_INIT("https://example.org/\xff"),
        STR_INIT("mailto:"),
        STR_INIT("mailto:office"),
        STR_INIT("mailto:@example.org"),
        STR_INIT("mailto:a b@example.org"),
        STR_INIT("tel:"),
        STR_INIT("tel:--"),
        STR_INIT("tel:alert(1)"),
        STR_INIT("www."),
        STR_INIT(":x"),
        STR_INIT("&#106;:x"),
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        eq_str(parsed(cases[i]), S("refused"));
    ok(url_empty(url_of(&t_arena, S("javascript:x"))));
}

static void knows_a_length(void)
{
    char *p = arena_bytes(&t_arena, URL_MAX + 1);
    for (size_t i = 0; i <= URL_MAX; i++)
        p[i] = i < 8 ? "https://"[i] : 'a';
    ok(!str_eq(parsed((str){ p, URL_MAX }), S("refused")));
    eq_str(parsed((str){ p, URL_MAX + 1 }), S("refused"));
}

static str local(str s)
{
    url u;
    return url_parse_local(&t_arena, s, &u) ? u.s : S("refused");
}

static void stays_on_this_site(void)
{
    eq_str(local(S("/")), S("/"));
    eq_str(local(S("/luebeck/angebote?q=a b#t")), S("/luebeck/angebote?q=a%20b#t"));
    eq_str(local(S("/a:b/c@d")), S("/a:b/c@d"));
    static const str cases[] = {
        STR_INIT(""),
        STR_INIT("angebote"),
        STR_INIT("?a"),
        STR_INIT("//example.org"),
        STR_INIT("/\\example.org"),
        STR_INIT("/a\\b"),
        STR_INIT("\\/example.org"),
        STR_INIT("/\t/example.org"),
        STR_INIT("/a\r\nSet-Cookie: b"),
        STR_INIT(" /a"),
        STR_INIT("https://example.org/"),
        STR_INIT("javascript:x"),
        STR_INIT("/a\0b"),
        STR_INIT("/\x7f"),
        STR_INIT("/\xff"),
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        eq_str(local(cases[i]), S("refused"));
}

static void makes_mail_and_phone(void)
{
    eq_str(url_mail(&t_arena, S("amt@example.org")).s, S("mailto:amt@example.org"));
    eq_str(url_mail(&t_arena, S("a?cc=b@example.org")).s, S("mailto:a%3Fcc%3Db@example.org"));
    eq_str(url_mail(&t_arena, S("a@b?cc=c@d")).s, S("mailto:a@b%3Fcc%3Dc%40d"));
    eq_str(url_mail(&t_arena, S(" jörg@example.org ")).s, S("mailto:j%C3%B6rg@example.org"));
    ok(url_empty(url_mail(&t_arena, S("amt"))));
    ok(url_empty(url_mail(&t_arena, S("@b"))));
    ok(url_empty(url_mail(&t_arena, S("a@"))));
    ok(url_empty(url_mail(&t_arena, S("a@b\r\nBcc: c"))));
    eq_str(url_phone(&t_arena, S("+49 (0)451 / 122-1234")).s, S("tel:+494511221234"));
    eq_str(url_phone(&t_arena, S("0451 1221234 (Empfang, 2. Stock)")).s, S("tel:04511221234"));
    eq_str(url_phone(&t_arena, S("115")).s, S("tel:115"));
    ok(url_empty(url_phone(&t_arena, S("auf Anfrage"))));
    ok(url_empty(url_phone(&t_arena, S(""))));
}

static const struct test tests[] = {
    TEST(takes_what_is_safe), TEST(encodes_awkward_bytes), TEST(refuses_what_is_not),
    TEST(knows_a_length),     TEST(stays_on_this_site),    TEST(makes_mail_and_phone),
};
TEST_MAIN(tests)

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
    eq_str(parsed(S("/")), S("/"));
    eq_str(parsed(S("/angebote?q=a b&x=\"<ä>\"#t")), S("/angebote?q=a%20b&x=%22%3C%C3%A4%3E%22#t"));
    eq_str(parsed(S("?page=2")), S("?page=2"));
    eq_str(parsed(S("#top")), S("#top"));
    eq_str(parsed(S("/a:b/c")), S("/a:b/c"));
    eq_str(parsed(S("  https://www.example.org ")), S("https://www.example.org"));
    eq_str(parsed(S("HTTP://example.org:8080/a%20b?c=d:e@f")),
           S("HTTP://example.org:8080/a%20b?c=d:e@f"));
    eq_str(parsed(S("https://müller.example/")), S("https://m%C3%BCller.example/"));
    eq_str(parsed(S("https://[2001:db8::1]/")), S("https://[2001:db8::1]/"));
    eq_str(parsed(S("mailto:amt@example.org")), S("mailto:amt@example.org"));
    eq_str(parsed(S("tel:+49451115")), S("tel:+49451115"));
}

static void refuses_what_is_not(void)
{
    static const str cases[] = {
        STR_INIT(""),
        STR_INIT(" "),
        STR_INIT("javascript:alert(1)"),
        STR_INIT("JaVaScRiPt:alert(1)"),
        STR_INIT("java\nscript:alert(1)"),
        STR_INIT("java\tscript:alert(1)"),
        STR_INIT("\1javascript:alert(1)"),
        STR_INIT("data:text/html,x"),
        STR_INIT("vbscript:x"),
        STR_INIT("file:///etc/passwd"),
        STR_INIT("blob:x"),
        STR_INIT("//example.org"),
        STR_INIT("/\\example.org"),
        STR_INIT("\\\\example.org"),
        STR_INIT("/a\\b"),
        STR_INIT("https:example.org"),
        STR_INIT("https:/example.org"),
        STR_INIT("https://"),
        STR_INIT("https:///x"),
        STR_INIT("https://?x"),
        STR_INIT("https://user@example.org"),
        STR_INIT("https://example.org@evil.example"),
        STR_INIT("https://a b/"),
        STR_INIT("https://exa\"mple.org/"),
        STR_INIT("https://-x/"),
        STR_INIT("www.example.org"),
        STR_INIT("angebote"),
        STR_INIT("mailto:"),
        STR_INIT("tel:"),
        STR_INIT("/a\rb"),
        STR_INIT("/a\0b"),
        STR_INIT("https://example.org\x7f/"),
        STR_INIT(":x"),
        STR_INIT("&#106;:x"),
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        eq_str(parsed(cases[i]), S("refused"));
    ok(url_empty(url_of(&t_arena, S("javascript:x"))));
    eq_str(url_of(&t_arena, S("/x")).s, S("/x"));
}

static void makes_mail_and_phone(void)
{
    eq_str(url_mail(&t_arena, S("amt@example.org")).s, S("mailto:amt@example.org"));
    eq_str(url_mail(&t_arena, S("a?cc=b@example.org")).s, S("mailto:a%3Fcc%3Db@example.org"));
    eq_str(url_mail(&t_arena, S("a@b?cc=c@d")).s, S("mailto:a@b%3Fcc%3Dc%40d"));
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
    TEST(takes_what_is_safe),
    TEST(refuses_what_is_not),
    TEST(makes_mail_and_phone),
};
TEST_MAIN(tests)

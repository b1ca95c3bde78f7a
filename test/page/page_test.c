/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What compiled templates and texts write. page.html and the PO files beside it are
 * compiled like those of a feature; each test calls a view and compares the bytes.
 */
#include "base/test.h"
#include "page.html.h"
#include "page.text.h"
#include "web/html.h"
#include "web/rq.h"
#include "web/text.h"
#include "web/url.h"

/* Everything that means something in HTML, in an attribute, in an address. */
#define NASTY   S("<b a=\"x\">'&amp; ä\n")
#define ESCAPED "&lt;b a=&quot;x&quot;&gt;&#39;&amp;amp; ä\n"
#define CODED   "%3Cb%20a%3D%22x%22%3E%27%26amp%3B%20%C3%A4%0A"

static struct out out;
static struct city city;
static struct rq rq;

static url path(str s)
{
    url u;
    url_parse_local(&t_arena, s, &u);
    return u;
}

static struct rq *page(void)
{
    out = out_new(&t_arena, 0);
    city = (struct city){ 0 };
    rq = (struct rq){ .arena = &t_arena,
                      .out = &out,
                      .base = S("/luebeck"),
                      .city = &city,
                      .lang = LANG_DE,
                      .csrf = S("t\"k") };
    return &rq;
}

#define writes(...) eq_str(out_text(&out), S(__VA_ARGS__))

static void escapes_text(void)
{
    view_text(page(), NASTY, html_of(&t_arena, S("a<b")), -1, INT64_MIN, SIZE_MAX);
    writes("<p>" ESCAPED "|a&lt;b|-1|-9223372036854775808|18446744073709551615|{0}</p>\n");
}

static void escapes_attributes(void)
{
    view_attribute(page(), NASTY, path(S("/x?a=1&b='\"")), 7);
    writes("<p title=\"" ESCAPED "\" data-x=\"1 " ESCAPED
           " 7\" data-y=\"/x?a=1&amp;b=%27%22\"></p>\n");
}

static void escapes_in_plain_elements(void)
{
    view_plain_elements(page(), S("</option></textarea><script>"));
    writes("<select aria-label=\"&lt;/option&gt;&lt;/textarea&gt;&lt;script&gt;\">"
           "<option value=\"&lt;/option&gt;&lt;/textarea&gt;&lt;script&gt;\">"
           "&lt;/option&gt;&lt;/textarea&gt;&lt;script&gt;</option></select>\n"
           "<textarea aria-label=\"&lt;/option&gt;&lt;/textarea&gt;&lt;script&gt;\">\n"
           "  &lt;/option&gt;&lt;/textarea&gt;&lt;script&gt;\n</textarea>\n");
}

static void encodes_addresses(void)
{
    view_address(page(), path(S("/x?a=1")), NASTY, 7);
    writes("<a href=\"/x?a=1\">1</a>\n"
           "<a href=\"/x?a=1&amp;q=" CODED "#" CODED "\">1</a>\n"
           "<a href=\"/luebeck/angebote/7?q=" CODED "&amp;n=7\">1</a>\n"
           "<a href=\"#" CODED "\">1</a>\n"
           "<a href=\"https://example.org/" CODED "\">1</a>\n"
           "<a href=\"mailto:amt@example.org\">1</a>\n"
           "<img src=\"/x?a=1\" srcset=\"/x?a=1 2x, /x?a=1 3x\" alt=\"\">\n"
           "<form method=\"get\" action=\"/luebeck/suche\"></form>\n");
}

static void links_inside_a_sentence(void)
{
    url u = path(S("/x?a&b"));
    eq_str(html_link(&t_arena, S("Lesen <Sie> [die \"Hinweise\"]."), u).s,
           S("Lesen &lt;Sie&gt; <a href=\"/x?a&amp;b\">die &quot;Hinweise&quot;</a>."));
    eq_str(html_link(&t_arena, S("[a] [b]"), u).s, S("<a href=\"/x?a&amp;b\">a</a> [b]"));
    eq_str(html_link(&t_arena, S("ohne < Link"), u).s, S("ohne &lt; Link"));
    eq_str(html_link(&t_arena, S("]verkehrt["), u).s, S("]verkehrt["));
    eq_str(html_link(&t_arena, S("[offen"), u).s, S("[offen"));
}

static void leaves_optional_attributes_out(void)
{
    view_optional(page(), S(""), (url){ S("") }, false);
    writes("<div></div>\n");
    view_optional(page(), NASTY, path(S("/x")), true);
    writes("<div id=\"" ESCAPED "\" hidden data-page-url=\"/x\"></div>\n");
}

static void takes_branches(void)
{
    view_blocks(page(), 0);
    writes("<b>0</b>\n");
    view_blocks(page(), 1);
    writes("<b>1</b>\n");
    view_blocks(page(), 3);
    writes("<i>0</i>\n<i>1</i>\n<i>2</i>\n");
}

static void calls_views(void)
{
    view_calls(page(), S("<"));
    writes("<ul>\n<p>&lt;|&lt;|2|3|4|{0}</p>\n</ul>\n");
}

static void wraps_in_a_layout(void)
{
    page()->lang = LANG_AR;
    view_framed(&rq, S("<x>"));
    writes("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">\n"
           "<head><title>&lt;x&gt; &amp; Tandem &amp; Co. "
           "&lt;1&gt;</title></head>\n<main></main>\n</html>\n");
}

static void protects_forms(void)
{
    view_post_form(page());
    writes("<form method=\"post\" action=\"/luebeck/neu\">"
           "<input type=\"hidden\" name=\"csrf\" value=\"t&quot;k\">\n"
           "<button type=\"submit\">1</button></form>\n");
}

static void keeps_json_inside_its_script(void)
{
    view_data(page(), S("{\"a\":\"</script><!--&\"}"));
    writes("<script type=\"application/ld+json\">"
           "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}</script>\n");
}

static void collapses_white_space(void)
{
    view_spaces(page());
    writes("<p>\n1 2\n3 <b>4</b>\n</p>\n<pre>\n  5\n    6\n</pre>\n");
}

static void keeps_references(void)
{
    view_references(page());
    writes("<p title=\"&quot;'&amp;&amp;\">&nbsp;&#8239; &amp; '1' &quot;2&quot;</p>\n");
}

/* ---- texts ---- */

static void fills_texts_in(void)
{
    view_texts(page(), 1234567, S("<Lübeck>"));
    writes("<p title=\"1.234.567 Angebote in &lt;Lübeck&gt;\">"
           "1.234.567 Angebote in &lt;Lübeck&gt;</p>\n<p>nur deutsch</p>\n");
}

static void counts_in_every_language(void)
{
    static const struct {
        enum lang lang;
        int64_t n;
        str text;
    } cases[] = {
        { LANG_DE, 0, STR_INIT("0 Angebote in x") },
        { LANG_DE, 1, STR_INIT("Ein Angebot in x") },
        { LANG_DE, 1815, STR_INIT("1.815 Angebote in x") },
        { LANG_DE_SIMPLE, 2, STR_INIT("2 Angebote in x") },
        { LANG_EN, 1, STR_INIT("One offer in x") },
        { LANG_EN, 1815, STR_INIT("In x there are 1,815 offers") },
        { LANG_TR, 1815, STR_INIT("1.815 Angebote in x") },
        { LANG_UK, 21, STR_INIT("21 one x") },
        { LANG_UK, 11, STR_INIT("11 many x") },
        { LANG_UK, 1002, STR_INIT("1\u00a0002 few x") },
        { LANG_AR, 0, STR_INIT("zero x") },
        { LANG_AR, 1, STR_INIT("one x") },
        { LANG_AR, 2, STR_INIT("two x") },
        { LANG_AR, 103, STR_INIT("103 few x") },
        { LANG_AR, 11, STR_INIT("11 many x") },
        { LANG_AR, 100, STR_INIT("100 other x") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        page()->lang = cases[i].lang;
        eq_str(t_page_found(&rq, cases[i].n, S("x")), cases[i].text);
    }
}

static void falls_back(void)
{
    page()->lang = LANG_DE_SIMPLE;
    eq_str(t_page_name(&rq), S("Leichtes Tandem"));
    eq_str(t_page_simple(&rq), S("nur deutsch"));
    eq_int(text_lang(&rq, MSG_page_simple), LANG_DE);
    eq_int(text_lang(&rq, MSG_page_name), LANG_DE_SIMPLE);
    rq.lang = LANG_EN;
    eq_str(text_of(&rq, MSG_page_name), S("Tandem & Co. <1>"));
    eq_str(t_page_brace(&rq), S("{0}"));
}

static void a_town_has_its_own_words(void)
{
    static const struct override own[] = {
        { LANG_DE, STR_INIT("page.simple"), STR_INIT("Moin") },
        { LANG_EN, STR_INIT("page.name"), STR_INIT("Lübeck {{") },
        { LANG_DE, STR_INIT("page.found[1]"), STR_INIT("{place} hat {count#} davon") },
    };
    page();
    city.overrides = own;
    city.override_count = 3;
    eq_str(t_page_simple(&rq), S("Moin"));
    eq_str(t_page_name(&rq), S("Tandem & Co. <1>"));
    eq_str(t_page_found(&rq, 1, S("x")), S("Ein Angebot in x"));
    eq_str(t_page_found(&rq, 2000, S("x")), S("x hat 2.000 davon"));
    rq.lang = LANG_EN;
    eq_str(t_page_name(&rq), S("Lübeck {"));
    eq_str(t_page_simple(&rq), S("Moin"));
    rq.city = NULL;
    eq_str(t_page_simple(&rq), S("nur deutsch"));
}

/* A number from outside (web/prefer.c) may name any text, also one that wants values. */
static void every_text_can_be_named(void)
{
    page();
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        rq.lang = l;
        for (int64_t m = 0; m < TEXT_AT(1, 1); m++)
            if (text_known(m))
                ok(text_of(&rq, (enum msg)m).n < 100);
    }
    rq.lang = LANG_DE;
    ok(text_known(MSG_page_found) && text_known(TEXT_AT(0, 0)));
    ok(!text_known(-1) && !text_known(0) && !text_known(TEXT_AT(1, 0)) && !text_known(INT64_MAX));
    eq_str(text_of(&rq, MSG_page_found), S("Ein Angebot in place"));
}

static void finds_texts_by_key(void)
{
    enum msg m = MSG_NONE;
    ok(text_find(S("page.found"), &m) && m == MSG_page_found);
    ok(text_find(S("page.simple"), &m) && m == MSG_page_simple);
    ok(!text_find(S("page"), &m) && !text_find(S("page.zzz"), &m));
    ok(text_fits(MSG_page_found, S("{place}: {count#}")));
    ok(text_fits(MSG_page_found, S("einer in {place}")));
    ok(!text_fits(MSG_page_found, S("{count#}")));
    ok(!text_fits(MSG_page_simple, S("{count#}")));
    ok(!text_fits(MSG_page_simple, S("{")));
}

static const struct test tests[] = {
    TEST(escapes_text),
    TEST(escapes_attributes),
    TEST(escapes_in_plain_elements),
    TEST(encodes_addresses),
    TEST(links_inside_a_sentence),
    TEST(leaves_optional_attributes_out),
    TEST(takes_branches),
    TEST(calls_views),
    TEST(wraps_in_a_layout),
    TEST(protects_forms),
    TEST(keeps_json_inside_its_script),
    TEST(collapses_white_space),
    TEST(keeps_references),
    TEST(fills_texts_in),
    TEST(counts_in_every_language),
    TEST(falls_back),
    TEST(a_town_has_its_own_words),
    TEST(every_text_can_be_named),
    TEST(finds_texts_by_key),
};
TEST_MAIN(tests)

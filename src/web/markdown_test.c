/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "base/utf8.h"
#include "web/markdown.h"

static str shown(str text)
{
    return markdown(&t_arena, text, 2).s;
}

static void blocks(void)
{
    eq_str(shown(S("Erster Absatz\nzweite Zeile\n\nZweiter Absatz")),
           S("<p>Erster Absatz<br>\nzweite Zeile</p>\n<p>Zweiter Absatz</p>\n"));
    eq_str(shown(S("- eins\n- zwei\n  - drei\n")),
           S("<ul><li>eins</li>\n<li>zwei<ul><li>drei</li>\n</ul>\n</li>\n</ul>\n"));
    eq_str(shown(S("3. drei\n4. vier")),
           S("<ol start=\"3\"><li>drei</li>\n<li>vier</li>\n</ol>\n"));
    eq_str(shown(S("")), S(""));
}

static void headings_never_jump(void)
{
    eq_str(shown(S("# A\n### B\n###### C\n## D")),
           S("<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h3>D</h3>\n"));
    eq_str(markdown(&t_arena, S("### Nur\n# Eins"), 5).s, S("<h5>Nur</h5>\n<h5>Eins</h5>\n"));
    eq_str(markdown(&t_arena, S("# A\n## B\n### C"), 5).s,
           S("<h5>A</h5>\n<h6>B</h6>\n<h6>C</h6>\n"));
}

static void emphasis_and_stars(void)
{
    eq_str(shown(S("**stark** und *betont*")),
           S("<p><strong>stark</strong> und <em>betont</em></p>\n"));
    eq_str(shown(S("Helfer*innen und Lehrer*innen, **alle Pat*innen**")),
           S("<p>Helfer*innen und Lehrer*innen, <strong>alle Pat*innen</strong></p>\n"));
    eq_str(shown(S("Helfer_innen und Lehrer_innen")), S("<p>Helfer_innen und Lehrer_innen</p>\n"));
}

static void links(void)
{
    eq_str(shown(S("[Amt](https://example.org/?a=1&b=2)")),
           S("<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow noopener\">Amt</a>"
             "</p>\n"));
    eq_str(shown(S("https://example.org und www.example.org, a@example.org.")),
           S("<p><a href=\"https://example.org\" rel=\"nofollow noopener\">https://example.org</a>"
             " und <a href=\"http://www.example.org\" rel=\"nofollow noopener\">www.example.org</a>"
             ", <a href=\"mailto:a@example.org\">a@example.org</a>.</p>\n"));
    eq_str(shown(S("[anrufen](tel:+49451115)")),
           S("<p><a href=\"tel:+49451115\">anrufen</a></p>\n"));
    eq_str(
        shown(S("[a https://example.org](https://example.com)")),
        S("<p><a href=\"https://example.com\" rel=\"nofollow noopener\">a https://example.org</a>"
          "</p>\n"));
}

/* Nothing that a browser would run or load, however it is written. */
static void nothing_dangerous(void)
{
    static const str bad[] = {
        STR_INIT("[x](javascript:alert(1))"),
        STR_INIT("[x](java&#115;cript:alert(1))"),
        STR_INIT("[x](javascript&colon;alert(1))"),
        STR_INIT("[x](  JAVASCRIPT:alert(1))"),
        STR_INIT("[x](data:text/html;base64,AAAA)"),
        STR_INIT("[x](/intern)"),
        STR_INIT("[x](//example.org)"),
        STR_INIT("<javascript:alert(1)>"),
        STR_INIT("[x]: javascript:alert(1)\n\n[x]"),
        STR_INIT("![x](https://example.org/pixel.png)"),
        STR_INIT("![x](javascript:alert(1))"),
        STR_INIT("[![x](https://example.org/a.png)](javascript:alert(1))"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ok(str_find(shown(bad[i]), S("<a")) < 0);
        ok(str_find(shown(bad[i]), S("<img")) < 0);
    }
    eq_str(shown(S("<script>alert(1)</script>\n\n<b onclick=\"x\">y</b> &lt;i&gt;")),
           S("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
             "<p>&lt;b onclick=&quot;x&quot;&gt;y&lt;/b&gt; &lt;i&gt;</p>\n"));
    str attribute = shown(S("[x](https://example.org/\"onmouseover=\"alert(1))"));
    ok(str_find(attribute, S("\"onmouseover")) < 0);
}

/* With its own search for bare addresses md4c 0.4.8 closed what it had not opened. */
static void elements_are_balanced(void)
{
    eq_str(shown(S("[,](https://example.org)**www.example.org===**")),
           S("<p><a href=\"https://example.org\" rel=\"nofollow noopener\">,</a>"
             "<strong>www.example.org===</strong></p>\n"));
}

static void references_become_characters(void)
{
    eq_str(shown(S("M&uuml;ll &amp; &#8222;Rest&#x201C; &unbekannt; &#0; &#xD800;")),
           S("<p>Müll &amp; „Rest“ &amp;unbekannt; &amp;#0; &amp;#xD800;</p>\n"));
}

static void text_is_bounded(void)
{
    char *p = arena_bytes(&t_arena, MARKDOWN_MAX * 2);
    for (size_t i = 0; i < MARKDOWN_MAX * 2; i++)
        p[i] = i < MARKDOWN_MAX ? 'a' : 'b';
    str page = shown((str){ p, MARKDOWN_MAX * 2 });
    ok(str_starts(page, S("<p>aaaa")) && str_find_byte(page, 'b') < 0);
    /* Input that makes careless parsers quadratic must be done in a moment. */
    for (size_t i = 0; i < MARKDOWN_MAX; i++)
        p[i] = "[*_<"[i % 4];
    ok(shown((str){ p, MARKDOWN_MAX }).n > MARKDOWN_MAX);
}

static void plain_text(void)
{
    eq_str(markdown_plain(&t_arena, S("# Titel\n\nText **fett**\nZeile\n\n- a\n- b\n  1. c\n\n"
                                      "[Amt](https://example.org) www.example.org a@example.org")),
           S("Titel\n\nText fett\nZeile\n\n- a\n- b\n  1. c\n\n"
             "Amt (https://example.org) www.example.org a@example.org"));
}

static str summary(str text, size_t n)
{
    return markdown_summary(&t_arena, text, n);
}

static void summaries(void)
{
    eq_str(summary(S("## Titel\n\nWir suchen **Sie**.\n\n- lesen\n- malen\n\nEnde."), 200),
           S("Wir suchen Sie. lesen · malen · Ende."));
    eq_str(summary(S("Im Tierheim\nWir suchen Sie:\nheute\n\nmorgen"), 200),
           S("Im Tierheim · Wir suchen Sie: heute · morgen"));
    eq_str(summary(S("Ein langer Satz, den jemand von Hand umgebrochen hat, geht auf der\nnächsten "
                     "Zeile weiter."),
                   200),
           S("Ein langer Satz, den jemand von Hand umgebrochen hat, geht auf der nächsten Zeile "
             "weiter."));
    eq_str(summary(S("Wir lesen vor. Danach wird gemalt und gebastelt."), 20), S("Wir lesen vor."));
    eq_str(summary(S("Begleitung zu Ärztinnen, Ämtern und Ausflügen"), 30),
           S("Begleitung zu Ärztinnen…"));
    eq_str(summary(S("z. B. am 3. Mai oder am 4. Juni im Garten"), 28),
           S("z. B. am 3. Mai oder am 4…"));
    eq_str(summary(S("# Nur ein Titel"), 50), S("Nur ein Titel"));
    ok(utf8_count(summary(S("Donaudampfschifffahrtsgesellschaft"), 10)) == 10);
    eq_str(summary(S(""), 10), S(""));
}

static const struct test tests[] = {
    TEST(blocks),
    TEST(headings_never_jump),
    TEST(emphasis_and_stars),
    TEST(links),
    TEST(nothing_dangerous),
    TEST(elements_are_balanced),
    TEST(references_become_characters),
    TEST(text_is_bounded),
    TEST(plain_text),
    TEST(summaries),
};
TEST_MAIN(tests)

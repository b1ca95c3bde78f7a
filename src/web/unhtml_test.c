/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/markdown.h"
#include "web/unhtml.h"

static str md(str dirty)
{
    return html_to_markdown(&t_arena, dirty);
}

static void paragraphs_and_lines(void)
{
    eq_str(md(S("<p>Eins&nbsp;zwei</p>\n\n<p>&nbsp;</p><p> drei\n vier<br>f\xC3\xBCnf</p>")),
           S("Eins zwei\n\ndrei vier\nfünf"));
    eq_str(md(S("eins<br/><br>\n<br>zwei")), S("eins\n\nzwei"));
    eq_str(md(S("<div>eins</div><div>zwei</div><div><br></div><div>drei</div>")),
           S("eins\nzwei\n\ndrei"));
    eq_str(md(S("<p>offen<p>auch offen<div>zu")), S("offen\n\nauch offen\n\nzu"));
    eq_str(md(S("")), S(""));
    eq_str(md(S("<p> </p><br><span></span>")), S(""));
}

static void text_without_elements(void)
{
    eq_str(md(S("Zeile eins\r\nZeile zwei\r\n\r\nAbsatz & mehr <3")),
           S("Zeile eins\nZeile zwei\n\nAbsatz & mehr <3"));
    eq_str(md(S("nur <b>fett</b>\nneue Zeile")), S("nur **fett**\nneue Zeile"));
    eq_str(md(S("a < b und 5 > 3")), S("a < b und 5 > 3"));
}

static void escaped_once_too_often(void)
{
    eq_str(md(S("&lt;p&gt;Tee &amp;amp; Kuchen&lt;/p&gt;&lt;p&gt;&amp;nbsp;&lt;/p&gt;")),
           S("Tee & Kuchen"));
    eq_str(md(S("<p>eins&lt;br /&gt; zwei&lt;br&gt;drei</p>")), S("eins\nzwei\ndrei"));
    eq_str(md(S("<p>Das Element &lt;p&gt; bleibt</p>")), S("Das Element \\<p> bleibt"));
}

static void emphasis_moves_to_the_words(void)
{
    eq_str(md(S("<b>Wann: </b>immer")), S("**Wann:** immer"));
    eq_str(md(S("<b>Wann:</b>immer")), S("**Wann**:immer"));
    eq_str(md(S("<b> fett </b><strong>auch</strong>")), S("**fett auch**"));
    eq_str(md(S("<b></b><i> </i>x")), S("x"));
    eq_str(md(S("<b>Absatz<p>zwei</p></b>")), S("**Absatz**\n\nzwei"));
    eq_str(md(S("<b>a<i>b</i></b> <i>c</i>")), S("**ab** *c*"));
    eq_str(md(S("Ver<i>ein</i>e, Ver<b>ein</b>e")), S("Vereine, Ver**ein**e"));
    eq_str(md(S("5*3, *frei*, Helfer*innen, a_b, _c_")),
           S("5*3, \\*frei\\*, Helfer*innen, a_b, \\_c\\_"));
}

static void lists(void)
{
    eq_str(md(S("<ul><li>eins<ul><li>zwei</li></ul></li><li><p>drei</p><p>vier</p></li></ul>x")),
           S("- eins\n  - zwei\n- drei\n  vier\n\nx"));
    eq_str(md(S("<ol><li>a</li><li></li><li>b<ul><li>c</ul></ol>")), S("1. a\n2. b\n   - c"));
    eq_str(md(S("<li>ohne Liste</li><li>zwei</li>")), S("- ohne Liste\n- zwei"));
    eq_str(md(S("<ul><ul><li>tief</li></ul></ul>")), S("- tief"));
    eq_str(md(S("<ul>Text<li>a</li></ul>")), S("Text\n\n- a"));
}

static void handmade_lists(void)
{
    eq_str(md(S("Bitte:<br>- lesen<br>\xE2\x80\x93 malen<br>* singen<br>danke")),
           S("Bitte:\n\n- lesen\n- malen\n- singen\n\ndanke"));
    eq_str(md(S("<p>\xC2\xB7&nbsp;&nbsp;&nbsp; eins</p><p>\xE2\x80\xA2zwei</p>")),
           S("- eins\n- zwei"));
    eq_str(md(S("<ul><li>\xE2\x80\xA2 doppelt</li></ul>")), S("- doppelt"));
    eq_str(md(S("1. eins<br>2) zwei<br>3. drei<br>2018. Jahr")),
           S("1. eins\n2. zwei\n3. drei\n\n2018\\. Jahr"));
    eq_str(md(S("12. M\xC3\xA4rz")), S("12\\. März"));
    eq_str(md(S("+49 451 1")), S("+49 451 1"));
}

static void headings(void)
{
    eq_str(md(S("<h1>Titel</h1><h4><b>Unter</b><br>titel</h4><p>x</p><h2></h2>")),
           S("## Titel\n\n### Unter titel\n\nx"));
    eq_str(md(S("<ul><li><h3>Punkt</h3>Text</li></ul>")), S("- **Punkt**\n  Text"));
    eq_str(md(S("<p># keine</p><h2>C#</h2>")), S("\\# keine\n\n## C\\#"));
}

static void links(void)
{
    eq_str(md(S("<a href=\"https://example.org/a(b)\">Amt <b>Mitte</b></a>.")),
           S("[Amt Mitte](https://example.org/a%28b%29)."));
    eq_str(md(S("<a href=\"https://example.org\">https://example.org</a> x")),
           S("https://example.org x"));
    eq_str(
        md(S("<a href='mailto:a@example.org'>a@example.org</a>, <a href='http://www.example.org'>"
             "www.example.org</a>")),
        S("a@example.org, www.example.org"));
    eq_str(md(S("<a href='javascript:x'>x</a><a name=y>y</a><a href='/z'>z</a>")), S("xyz"));
    eq_str(md(S("<a href='https://example.org'></a>ende")), S("ende"));
    eq_str(md(S("<a href='https://example.org'>eins<br>zwei</a>")),
           S("[eins](https://example.org)\n[zwei](https://example.org)"));
    eq_str(md(S("Hallo!<a href='https://example.org'>x</a>")),
           S("Hallo\\![x](https://example.org)"));
}

static void markers_stay(void)
{
    eq_str(md(S("<p>Kontakt: [E-Mail entfernt], [Telefon entfernt]</p>")),
           S("Kontakt: [E-Mail entfernt], [Telefon entfernt]"));
    eq_str(md(S("<p>[a](b) [c]: d</p>")), S("[a\\](b) [c\\]: d"));
}

static void tables_become_lines(void)
{
    eq_str(md(S("<table><tbody><tr><th>Tag</th><th>Zeit</th></tr><tr><td>Mo</td><td>9</td></tr>"
                "</tbody></table>")),
           S("Tag \xE2\x80\x93 Zeit\nMo \xE2\x80\x93 9"));
}

static void junk_is_dropped(void)
{
    eq_str(md(S("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
                "<style>p { color: red }</style><script>alert(1)</script>"
                "<p class=MsoNormal style='margin:0'><o:p>&nbsp;</o:p>"
                "<span lang=DE style='font-size:11pt'>Te</span><span>xt</span></p>")),
           S("Text"));
    eq_str(md(S("a<hr>b<br>------<br>c")), S("a\n\nb\n\nc"));
    eq_str(md(S("Fu\xC2\xAD\xC3\x9F"
                "ball\xE2\x80\x8B!")),
           S("Fußball!"));
    eq_str(md(S("a\xFF"
                "b")),
           S("ab"));
    eq_str(md(S("<img src=x onerror=alert(1)>Bild")), S("Bild"));
}

static void entities_are_not_expanded(void)
{
    str text = md(S("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><p>&e; da</p>"));
    ok(str_ends(text, S("\\&e; da")));
    ok(str_find(text, S("root:")) < 0);
}

/* Shown and read back, the Markdown stays what it is. */
static void round_trip(void)
{
    static const str samples[] = {
        STR_INIT("<p>Text <b>fett:</b>weiter <i>betont</i></p><ul><li>a<ol><li>b</li></ol></li>"
                 "</ul>"),
        STR_INIT("<h3>A</h3><h5>B</h5>x<br>y<h3>C#</h3>"),
        STR_INIT("1. a<br>2. b<br>12. M\xC3\xA4rz<br># x<br>> y<br>~~~<br>+ z"),
        STR_INIT(
            "*a* _b_ `c` \\ \\* [d](e) [f]: g &amp;amp; &lt;b&gt; !<a href='https://x.de'>h</a>"),
        STR_INIT("<b>a</b><i>b</i><b>c</b> Pat*innen <b>Pat*innen</b>* **"),
        STR_INIT("<ul><li>a<p>b</p><ul><li>c</li></ul>d</li></ul>e"),
        STR_INIT("https://x.de/a_b, (www.x.de) a@x.de. <a href='https://x.de'>https://x.de</a>!"),
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        str once = md(samples[i]);
        eq_str(md(markdown(&t_arena, once, 3).s), once);
    }
}

static void named_characters(void)
{
    eq_int(html_entity(S("auml")), 0xE4);
    eq_int(html_entity(S("nbsp")), 0xA0);
    eq_int(html_entity(S("gibtesnicht")), 0);
    eq_int(html_entity(S("einlangernamederpufferfuellt")), 0);
}

static const struct test tests[] = {
    TEST(paragraphs_and_lines),
    TEST(text_without_elements),
    TEST(escaped_once_too_often),
    TEST(emphasis_moves_to_the_words),
    TEST(lists),
    TEST(handmade_lists),
    TEST(headings),
    TEST(links),
    TEST(markers_stay),
    TEST(tables_become_lines),
    TEST(junk_is_dropped),
    TEST(entities_are_not_expanded),
    TEST(round_trip),
    TEST(named_characters),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HTML to Markdown. The only file that knows libxml2: its tolerant HTML parser sends events,
 * a table says what each element means, md.c writes.
 */
#include "web/unhtml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"
#include "web/md.h"

enum act {
    ACT_NONE, /* just its content */
    ACT_DROP, /* not even its content */
    ACT_PARAGRAPH,
    ACT_LINE,
    ACT_BREAK,
    ACT_STRONG,
    ACT_EM,
    ACT_HEADING,
    ACT_LIST,
    ACT_ORDERED,
    ACT_ITEM,
    ACT_LINK,
    ACT_CELL,
    ACT_PRE,
};

struct element {
    const char *name;
    enum act act;
};

static const struct element elements[] = {
    { "p", ACT_PARAGRAPH },
    { "br", ACT_BREAK },
    { "strong", ACT_STRONG },
    { "b", ACT_STRONG },
    { "em", ACT_EM },
    { "i", ACT_EM },
    { "ul", ACT_LIST },
    { "ol", ACT_ORDERED },
    { "li", ACT_ITEM },
    { "a", ACT_LINK },
    { "div", ACT_LINE },
    { "h1", ACT_HEADING },
    { "h2", ACT_HEADING },
    { "h3", ACT_HEADING },
    { "h4", ACT_HEADING },
    { "h5", ACT_HEADING },
    { "h6", ACT_HEADING },
    { "table", ACT_PARAGRAPH },
    { "tr", ACT_LINE },
    { "td", ACT_CELL },
    { "th", ACT_CELL },
    { "caption", ACT_LINE },
    { "blockquote", ACT_PARAGRAPH },
    { "pre", ACT_PRE },
    { "hr", ACT_PARAGRAPH },
    { "dl", ACT_PARAGRAPH },
    { "dt", ACT_LINE },
    { "dd", ACT_LINE },
    { "menu", ACT_LIST },
    { "dir", ACT_LIST },
    { "center", ACT_LINE },
    { "address", ACT_LINE },
    { "section", ACT_PARAGRAPH },
    { "article", ACT_PARAGRAPH },
    { "header", ACT_LINE },
    { "footer", ACT_LINE },
    { "main", ACT_LINE },
    { "aside", ACT_PARAGRAPH },
    { "nav", ACT_PARAGRAPH },
    { "form", ACT_LINE },
    { "fieldset", ACT_LINE },
    { "legend", ACT_LINE },
    { "figure", ACT_PARAGRAPH },
    { "figcaption", ACT_LINE },
    { "option", ACT_LINE },
    { "script", ACT_DROP },
    { "style", ACT_DROP },
    { "title", ACT_DROP },
    { "head", ACT_NONE },
    { "object", ACT_DROP },
    { "iframe", ACT_DROP },
    { "svg", ACT_DROP },
    { "xml", ACT_DROP },
    { "noscript", ACT_DROP },
    { "textarea", ACT_DROP },
    { "template", ACT_DROP },
};

/* What an element means; Word's private ones (w:…, m:…) carry settings, o:p carries text. */
static enum act act_of(str name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (str_ieq(name, str_from_c(elements[i].name)))
            return elements[i].act;
    return str_starts(name, S("w:")) || str_starts(name, S("m:")) ? ACT_DROP : ACT_NONE;
}

/* ---- events ---- */

struct reader {
    struct md *md;
    struct out text; /* not yet written: the parser cuts text at every reference */
    int dropping;    /* depth of elements whose content is dropped */
    bool cell;       /* the row has a cell already */
    bool keep_lines;
};

static str attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (str_ieq(str_from_c((const char *)attributes[0]), str_from_c(name)))
            return str_from_c((const char *)attributes[1]);
    return S("");
}

static void begin_cell(struct reader *r)
{
    if (r->cell)
        md_text(r->md, S(" \xE2\x80\x93 "));
    r->cell = true;
}

static void begin(struct reader *r, enum act act, str name, const xmlChar **attributes)
{
    switch (act) {
    case ACT_PARAGRAPH:
        md_paragraph(r->md);
        break;
    case ACT_LINE:
        r->cell = false;
        md_line(r->md);
        break;
    case ACT_BREAK:
        md_break(r->md);
        break;
    case ACT_STRONG:
        md_strong(r->md, true);
        break;
    case ACT_EM:
        md_em(r->md, true);
        break;
    case ACT_HEADING:
        md_heading(r->md, name.p[1] - '0');
        break;
    case ACT_LIST:
    case ACT_ORDERED:
        md_list(r->md, act == ACT_ORDERED);
        break;
    case ACT_ITEM:
        md_item(r->md);
        break;
    case ACT_LINK:
        md_link(r->md, attribute(attributes, "href"));
        break;
    case ACT_CELL:
        begin_cell(r);
        break;
    case ACT_PRE:
        md_paragraph(r->md);
        md_keep_lines(r->md, true);
        break;
    case ACT_NONE:
    case ACT_DROP:
        break;
    }
}

static void end(struct reader *r, enum act act)
{
    switch (act) {
    case ACT_PARAGRAPH:
        md_paragraph(r->md);
        break;
    case ACT_LINE:
        md_line(r->md);
        break;
    case ACT_STRONG:
        md_strong(r->md, false);
        break;
    case ACT_EM:
        md_em(r->md, false);
        break;
    case ACT_HEADING:
        md_heading_end(r->md);
        break;
    case ACT_LIST:
    case ACT_ORDERED:
        md_list_end(r->md);
        break;
    case ACT_ITEM:
        md_item_end(r->md);
        break;
    case ACT_LINK:
        md_link_end(r->md);
        break;
    case ACT_PRE:
        md_keep_lines(r->md, r->keep_lines);
        md_paragraph(r->md);
        break;
    case ACT_NONE:
    case ACT_DROP:
    case ACT_BREAK:
    case ACT_CELL:
        break;
    }
}

static void flush_text(struct reader *r)
{
    md_text(r->md, out_text(&r->text));
    r->text.n = 0;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
    struct reader *r = ctx;
    flush_text(r);
    str element = str_from_c((const char *)name);
    enum act act = act_of(element);
    r->dropping += act == ACT_DROP;
    if (!r->dropping)
        begin(r, act, element, attributes);
}

static void on_end(void *ctx, const xmlChar *name)
{
    struct reader *r = ctx;
    flush_text(r);
    enum act act = act_of(str_from_c((const char *)name));
    if (!r->dropping)
        end(r, act);
    if (act == ACT_DROP && r->dropping)
        r->dropping--;
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct reader *r = ctx;
    if (!r->dropping && n > 0)
        out_bytes(&r->text, (const char *)text, (size_t)n);
}

static void parse(struct reader *r, str s)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    htmlParserCtxtPtr ctxt = htmlNewParserCtxt();
    if (!ctxt)
        return;
    htmlSAXHandler sax = { .startElement = on_start,
                           .endElement = on_end,
                           .characters = on_text,
                           .ignorableWhitespace = on_text };
    *ctxt->sax = sax;
    ctxt->userData = r;
    htmlDocPtr doc = htmlCtxtReadMemory(
        ctxt, s.p, (int)s.n, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
            HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
    if (doc)
        xmlFreeDoc(doc);
    htmlFreeParserCtxt(ctxt);
}

/* ---- what kind of text ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static str name_at(str s)
{
    size_t n = 0;
    while (n < s.n && (is_letter(s.p[n]) || (n && s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    return str_slice(s, 0, n);
}

/* Whether s has an element of the table behind the sign that opens tags. */
static bool has_element(str s, str sign, bool lines_only)
{
    for (ptrdiff_t at; (at = str_find(s, sign)) >= 0;) {
        s = str_slice(s, (size_t)at + sign.n, s.n);
        str name = name_at(str_starts(s, S("/")) ? str_slice(s, 1, s.n) : s);
        enum act act = name.n ? act_of(name) : ACT_NONE;
        bool inlined = act == ACT_STRONG || act == ACT_EM || act == ACT_LINK;
        if (act != ACT_NONE && act != ACT_DROP && !(lines_only && inlined))
            return true;
    }
    return false;
}

/* Takes the next character off s, a reference counting as the character it names. */
static void put_unescaped(struct out *o, str *s)
{
    static const struct {
        str from;
        char to;
    } names[] = { { STR_INIT("&lt;"), '<' },
                  { STR_INIT("&gt;"), '>' },
                  { STR_INIT("&quot;"), '"' },
                  { STR_INIT("&amp;"), '&' } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts(*s, names[i].from)) {
            out_char(o, names[i].to);
            *s = str_slice(*s, names[i].from.n, s->n);
            return;
        }
    }
    out_char(o, s->p[0]);
    *s = str_slice(*s, 1, s->n);
}

/* Takes off one level of escaping where all elements are escaped. */
static str without_double_escape(struct arena *a, str s)
{
    if (has_element(s, S("<"), false) || !has_element(s, S("&lt;"), false))
        return s;
    struct out o = out_new(a, s.n + 16);
    while (s.n)
        put_unescaped(&o, &s);
    return out_text(&o);
}

/* Length of a line break that was escaped once too often, at the front of s; else 0. */
static size_t escaped_break(str s)
{
    static const str forms[] = { STR_INIT("&lt;br&gt;"), STR_INIT("&lt;br/&gt;"),
                                 STR_INIT("&lt;br /&gt;") };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_starts(s, forms[i]))
            return forms[i].n;
    return 0;
}

/*
 * A document for libxml2, which would put paragraphs of its own around text outside of a
 * body, and lose text at "a < b" and "<3".
 */
static str document_of(struct arena *a, str s)
{
    struct out o = out_new(a, s.n * 4 + 64);
    OUT(&o, "<html><body>");
    for (size_t i = 0; i < s.n; i++) {
        char next = i + 1 < s.n ? s.p[i + 1] : ' ';
        size_t escaped = s.p[i] == '&' ? escaped_break(str_slice(s, i, s.n)) : 0;
        if (escaped) {
            OUT(&o, "<br>");
            i += escaped - 1;
            continue;
        }
        if (s.p[i] == '<' && !is_letter(next) && next != '/' && next != '!' && next != '?')
            OUT(&o, "&lt;");
        else
            out_char(&o, s.p[i]);
    }
    return out_text(&o);
}

str html_to_markdown(struct arena *a, str dirty)
{
    str s = without_double_escape(a, utf8_clean(a, dirty));
    struct reader r = { .md = md_new(a), .text = out_new(a, 0) };
    r.keep_lines = !has_element(s, S("<"), true);
    md_keep_lines(r.md, r.keep_lines);
    if (s.n)
        parse(&r, document_of(a, s));
    flush_text(&r);
    return md_done(r.md);
}

uint32_t html_entity(str name)
{
    char c_name[16] = { 0 };
    if (name.n >= sizeof c_name)
        return 0;
    memcpy(c_name, name.p, name.n);
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)c_name);
    return entity ? entity->value : 0;
}

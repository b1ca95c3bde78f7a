/* SPDX-License-Identifier: EUPL-1.2 */
/* Markdown to markup and to plain text. The only file that knows md4c. */
#include "web/markdown.h"

#include <md4c.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/out.h"
#include "base/utf8.h"
#include "web/autolink.h"
#include "web/html.h"
#include "web/unhtml.h"
#include "web/url.h"

/* Bare addresses are ours to find (autolink.h): md4c 0.4.8 loses its way with them. */
#define SYNTAX     (MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS)
#define LEVELS     6
#define SPANS      32
#define SHORT_LINE 60

struct show {
    struct arena *arena;
    str source; /* md4c's texts lie in it */
    struct out out;
    bool summary;   /* plain text only: one line */
    size_t line_at; /* of a summary: where the line of the original begins */

    int first_level; /* of headings */
    int levels[LEVELS];
    int level_count;

    MD_SPANTYPE spans[SPANS]; /* open elements: md4c may leave one that it never entered */
    int span_count;
    int images;     /* open ones: their text is shown, links within are not */
    int links;      /* open ones: an address in the text of a link makes no second one */
    bool link;      /* the outermost is one that we show */
    str address;    /* plain text: of the open link */
    size_t link_at; /* plain text: where its text begins */
    bool skip;      /* within a heading of a summary */

    int depth; /* of lists, plain text */
    struct {
        bool ordered;
        unsigned number;
    } lists[LEVELS + 1];
};

/* ---- before md4c ---- */

static bool is_letter_at(str s, size_t i)
{
    unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "Helfer*innen": a star between letters is escaped, so that it never begins emphasis. */
static str with_stars_as_letters(struct arena *a, str s)
{
    struct out o = out_new(a, 2 * s.n + 16);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '*' && i && is_letter_at(s, i - 1) && is_letter_at(s, i + 1))
            out_char(&o, '\\');
        out_char(&o, s.p[i]);
    }
    return out_text(&o);
}

static str prepared(struct arena *a, str text)
{
    text = utf8_clean(a, str_slice(text, 0, MARKDOWN_MAX));
    return with_stars_as_letters(a, text);
}

/* ---- pieces of text ---- */

static uint32_t numeric_reference(str digits)
{
    bool hex = digits.n && (digits.p[0] == 'x' || digits.p[0] == 'X');
    uint32_t value = 0;
    for (size_t i = hex; i < digits.n && value < 0x110000; i++) {
        char c = digits.p[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 32) - 'a' + 10);
        value = value * (hex ? 16 : 10) + digit;
    }
    return value;
}

/* "&auml;" as the character it names; what names none stays as it is. */
static str resolved(struct arena *a, str reference)
{
    str name = str_slice(reference, 1, reference.n - 1);
    uint32_t c = str_starts(name, S("#")) ? numeric_reference(str_slice(name, 1, name.n))
                                          : html_entity(name);
    if (!c || c >= 0x110000 || (c >= 0xD800 && c < 0xE000))
        return reference;
    char *p = arena_bytes(a, 4);
    size_t n = 0;
    if (c < 0x80) {
        p[n++] = (char)c;
    } else {
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        p[n++] = (char)((0xF0 << (3 - more) & 0xFF) | (int)(c >> (6 * more)));
        for (int i = more - 1; i >= 0; i--)
            p[n++] = (char)(0x80 | (c >> (6 * i) & 0x3F));
    }
    return utf8_clean(a, (str){ p, n });
}

/* A text of md4c, kept within the source whatever it says: it must never show other memory. */
static str within_source(const struct show *s, const MD_CHAR *p, MD_SIZE n)
{
    uintptr_t from = (uintptr_t)s->source.p;
    uintptr_t at = (uintptr_t)p;
    if (at < from || at > from + s->source.n)
        return S(" "); /* its own blanks and line feeds in code */
    size_t most = (size_t)(from + s->source.n - at);
    return (str){ p, n < most ? n : most };
}

static str piece_of(struct show *s, MD_TEXTTYPE type, str text)
{
    if (type == MD_TEXT_ENTITY && text.n > 2)
        return resolved(s->arena, text);
    return type == MD_TEXT_NULLCHAR ? S("") : text;
}

static str text_of(struct show *s, MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n)
{
    return piece_of(s, type, within_source(s, p, n));
}

static str attribute_of(struct show *s, const MD_ATTRIBUTE *attribute)
{
    struct out o = out_new(s->arena, 0);
    str all = { attribute->text, attribute->size };
    for (int i = 0; all.p && attribute->substr_offsets[i] < attribute->size; i++)
        out_str(&o, piece_of(s, attribute->substr_types[i],
                             str_slice(all, attribute->substr_offsets[i],
                                       attribute->substr_offsets[i + 1])));
    return out_text(&o);
}

/* ---- markup ---- */

/* The level at which a heading is shown: one below the nearest larger one above it. */
static int shown_level(struct show *s, int level)
{
    while (s->level_count && s->levels[s->level_count - 1] >= level)
        s->level_count--;
    int shown = s->first_level + s->level_count;
    if (s->level_count < LEVELS)
        s->levels[s->level_count++] = level;
    return shown < 6 ? shown : 6;
}

static void put_list(struct out *o, MD_BLOCKTYPE type, const void *detail)
{
    unsigned start = type == MD_BLOCK_OL ? ((const MD_BLOCK_OL_DETAIL *)detail)->start : 1;
    if (type == MD_BLOCK_UL)
        OUT(o, "<ul>");
    else if (start == 1)
        OUT(o, "<ol>");
    else
        out_fmt(o, "<ol start=\"%u\">", start);
}

static void put_link(struct show *s, url link, str text)
{
    OUT(&s->out, "<a href=\"");
    html_put_url(&s->out, link);
    bool web = link.s.n > 4 && str_ieq(str_slice(link.s, 0, 4), S("http"));
    out_str(&s->out, web ? S("\" rel=\"nofollow noopener\">") : S("\">"));
    html_put_str(&s->out, text);
}

static void html_open_link(struct show *s, const MD_SPAN_A_DETAIL *detail)
{
    url link;
    if (s->links++)
        return;
    s->link = !s->images && url_parse(s->arena, attribute_of(s, &detail->href), &link);
    if (s->link)
        put_link(s, link, S(""));
}

static void html_open_span(struct show *s, MD_SPANTYPE type, void *detail)
{
    if (s->span_count == SPANS)
        return;
    s->spans[s->span_count++] = type;
    if (type == MD_SPAN_A)
        html_open_link(s, detail);
    else
        out_str(&s->out, type == MD_SPAN_EM ? S("<em>") : S("<strong>"));
}

static void html_close_span(struct show *s)
{
    MD_SPANTYPE type = s->spans[--s->span_count];
    if (type != MD_SPAN_A)
        out_str(&s->out, type == MD_SPAN_EM ? S("</em>") : S("</strong>"));
    else if (--s->links == 0 && s->link)
        OUT(&s->out, "</a>");
}

static int html_enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    s->images += type == MD_SPAN_IMG;
    if (type == MD_SPAN_EM || type == MD_SPAN_STRONG || type == MD_SPAN_A)
        html_open_span(s, type, detail);
    return 0;
}

/* Closes the innermost element of this kind with all in it; nothing where there is none. */
static int html_leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    (void)detail;
    s->images -= type == MD_SPAN_IMG;
    int at = s->span_count;
    while (at && s->spans[at - 1] != type)
        at--;
    while (at && s->span_count >= at)
        html_close_span(s);
    return 0;
}

static int html_enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    switch (type) {
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
        OUT(&s->out, "<p>");
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        put_list(&s->out, type, detail);
        break;
    case MD_BLOCK_LI:
        OUT(&s->out, "<li>");
        break;
    case MD_BLOCK_H:
        out_fmt(&s->out, "<h%d>", shown_level(s, (int)((MD_BLOCK_H_DETAIL *)detail)->level));
        break;
    default:
        break;
    }
    return 0;
}

static int html_leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    int shown = s->first_level + s->level_count - 1;
    while (s->span_count)
        html_close_span(s);
    switch (type) {
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
        OUT(&s->out, "</p>\n");
        break;
    case MD_BLOCK_UL:
        OUT(&s->out, "</ul>\n");
        break;
    case MD_BLOCK_OL:
        OUT(&s->out, "</ol>\n");
        break;
    case MD_BLOCK_LI:
        OUT(&s->out, "</li>\n");
        break;
    case MD_BLOCK_H:
        out_fmt(&s->out, "</h%d>\n", shown < 6 ? shown : 6);
        break;
    default:
        break;
    }
    return 0;
}

/* Text in which bare addresses become links. */
static void put_text(struct show *s, str text)
{
    struct autolink found;
    size_t at = 0;
    while (!s->links && !s->images && autolink_find(text, at, &found)) {
        str address = str_slice(text, found.from, found.to);
        url link = found.mail ? url_mail(s->arena, address) : url_of(s->arena, address);
        html_put_str(&s->out, str_slice(text, at, found.from));
        at = found.to;
        if (url_empty(link)) {
            html_put_str(&s->out, address);
            continue;
        }
        put_link(s, link, address);
        OUT(&s->out, "</a>");
    }
    html_put_str(&s->out, str_slice(text, at, text.n));
}

static int html_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *ctx)
{
    struct show *s = ctx;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        OUT(&s->out, "<br>\n");
    else
        put_text(s, text_of(s, type, p, n));
    return 0;
}

/* md4c has memory of its own and calls back: nothing may be unwound through it. */
static bool parsed(const MD_PARSER *parser, struct show *show)
{
    struct arena_hold hold = arena_hold(show->arena);
    bool good = md_parse(show->source.p, (MD_SIZE)show->source.n, parser, show) == 0;
    arena_release(show->arena, hold);
    return good;
}

html markdown(struct arena *a, str text, int heading)
{
    must(heading >= 1 && heading <= 6);
    static const MD_PARSER parser = { .flags = SYNTAX,
                                      .enter_block = html_enter_block,
                                      .leave_block = html_leave_block,
                                      .enter_span = html_enter_span,
                                      .leave_span = html_leave_span,
                                      .text = html_text };
    str s = prepared(a, text);
    struct show show = { .arena = a, .source = s, .out = out_new(a, 0), .first_level = heading };
    if (parsed(&parser, &show))
        return (html){ out_text(&show.out) };
    struct out o = out_new(a, 0); /* md4c is out of memory: the text still has to be there */
    OUT(&o, "<p>");
    html_put_str(&o, s);
    OUT(&o, "</p>\n");
    return (html){ out_text(&o) };
}

/* ---- plain text ---- */

/* Between blocks of a summary: a blank, and a dot where no punctuation keeps them apart. */
static void summary_gap(struct show *s)
{
    bool word = is_letter_at(out_text(&s->out), s->out.n - 1);
    if (s->out.p[s->out.n - 1] != ' ')
        out_str(&s->out, word ? S(" \xC2\xB7 ") : S(" "));
    s->line_at = s->out.n;
}

/* A short line is a title or an item; a long one was just broken somewhere. */
static void summary_break(struct show *s)
{
    if (s->out.n && s->out.n - s->line_at < SHORT_LINE)
        summary_gap(s);
    else
        out_char(&s->out, ' ');
    s->line_at = s->out.n;
}

/* Line feeds between blocks of plain text, none at its beginning. */
static void plain_gap(struct show *s, str feeds)
{
    if (!s->out.n)
        return;
    if (s->summary) {
        summary_gap(s);
        return;
    }
    size_t have = 0;
    while (have < feeds.n && have < s->out.n && s->out.p[s->out.n - 1 - have] == feeds.p[0])
        have++;
    out_str(&s->out, str_slice(feeds, have, feeds.n));
}

static void plain_item(struct show *s)
{
    int depth = s->depth < LEVELS ? s->depth : LEVELS;
    plain_gap(s, S("\n"));
    if (s->summary)
        return;
    out_fmt(&s->out, "%*s", depth > 1 ? 2 * (depth - 1) : 0, "");
    if (s->lists[depth].ordered)
        out_fmt(&s->out, "%u. ", s->lists[depth].number++);
    else
        OUT(&s->out, "- ");
}

static int plain_enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    switch (type) {
    case MD_BLOCK_H:
        s->skip = s->summary;
        plain_gap(s, S("\n\n"));
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
        if (!s->depth)
            plain_gap(s, S("\n\n"));
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        plain_gap(s, s->depth ? S("\n") : S("\n\n"));
        s->depth++;
        if (s->depth <= LEVELS) {
            s->lists[s->depth].ordered = type == MD_BLOCK_OL;
            s->lists[s->depth].number =
                type == MD_BLOCK_OL ? ((MD_BLOCK_OL_DETAIL *)detail)->start : 0;
        }
        break;
    case MD_BLOCK_LI:
        plain_item(s);
        break;
    default:
        break;
    }
    return 0;
}

static int plain_leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    (void)detail;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL)
        s->depth--;
    if (type == MD_BLOCK_H)
        s->skip = false;
    return 0;
}

static int plain_enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    s->images += type == MD_SPAN_IMG;
    if (type != MD_SPAN_A || s->links++)
        return 0;
    url link;
    s->link = !s->images && !s->summary &&
              url_parse(s->arena, attribute_of(s, &((MD_SPAN_A_DETAIL *)detail)->href), &link);
    if (s->link) {
        s->address = link.s;
        s->link_at = s->out.n;
    }
    return 0;
}

/* "town hall (https://…)"; nothing behind a text that is its own address. */
static int plain_leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    struct show *s = ctx;
    (void)detail;
    s->images -= type == MD_SPAN_IMG;
    if (type != MD_SPAN_A || !s->links || --s->links || !s->link)
        return 0;
    str text = str_slice(out_text(&s->out), s->link_at, s->out.n);
    if (!str_ends(s->address, text))
        out_fmt(&s->out, " (%.*s)", STR_FMT(s->address));
    s->link = false;
    return 0;
}

static int plain_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *ctx)
{
    struct show *s = ctx;
    if (s->skip)
        return 0;
    bool line_break = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
    if (line_break && s->summary)
        summary_break(s);
    else if (line_break)
        out_char(&s->out, '\n');
    else
        out_str(&s->out, text_of(s, type, p, n));
    return 0;
}

static str plain(struct arena *a, str text, bool summary)
{
    static const MD_PARSER parser = { .flags = SYNTAX,
                                      .enter_block = plain_enter_block,
                                      .leave_block = plain_leave_block,
                                      .enter_span = plain_enter_span,
                                      .leave_span = plain_leave_span,
                                      .text = plain_text };
    str s = prepared(a, text);
    struct show show = { .arena = a, .source = s, .out = out_new(a, 0), .summary = summary };
    if (!parsed(&parser, &show))
        return s;
    return str_trim(out_text(&show.out));
}

str markdown_plain(struct arena *a, str text)
{
    return plain(a, text, false);
}

/* ---- summary ---- */

/* Where the last whole sentence ends, if it makes good use of the room; else 0. */
static size_t sentence_end(str s)
{
    for (size_t i = s.n; i > s.n / 2; i--) {
        char c = s.p[i - 1];
        bool stop = c == '.' || c == '!' || c == '?';
        bool word_before = i >= 3 && is_letter_at(s, i - 2) && is_letter_at(s, i - 3);
        if (stop && word_before && (i == s.n || s.p[i] == ' '))
            return i;
    }
    return 0;
}

static size_t word_end(str s)
{
    for (size_t i = s.n; i > s.n / 2; i--)
        if (s.p[i - 1] == ' ')
            return i - 1;
    return s.n;
}

str markdown_summary(struct arena *a, str text, size_t n)
{
    must(n > 1);
    str all = plain(a, text, true);
    if (str_empty(all))
        all = plain(a, text, false); /* nothing but headings */
    str cut = utf8_cut(all, n);
    if (cut.n == all.n)
        return all;
    size_t end = sentence_end(cut);
    if (end)
        return str_slice(cut, 0, end);
    cut = utf8_cut(all, n - 1);
    cut = str_trim(str_slice(cut, 0, word_end(cut)));
    while (cut.n && str_find_byte(S(".,;:-("), cut.p[cut.n - 1]) >= 0)
        cut = str_trim(str_slice(cut, 0, cut.n - 1));
    return str_join(a, cut, S("\xE2\x80\xA6"));
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The first half of md.h: characters into lines, with marks and links.
 *
 * Marks and links are written when the first character inside of them comes, so that empty
 * ones never appear. One mark is open at a time; strong wins. CommonMark sees a mark only
 * beside the right characters ("flanking", section 6.2), and Tandem takes a star between
 * letters for a letter ("Helfer*innen", see markdown.h): marks are moved accordingly.
 */
#include "web/md.h"

#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "web/md_lines.h"
#include "web/url.h"

#define DEPTH_MAX 6

enum mark { MARK_NONE, MARK_EM, MARK_STRONG };

struct md {
    struct arena *arena;
    struct {
        struct md_line *v;
        size_t n, cap;
    } lines;

    struct out line;   /* the open line */
    bool open;         /* there is one */
    bool space;        /* white space came since its last character */
    uint32_t previous; /* its last character, ' ' after white space, 0 at its beginning */
    bool in_address;   /* within "https://…" */
    bool bracket;      /* it ends in a ] that is text */
    size_t link_end;   /* nothing before this may be moved */

    enum mark mark; /* open in the line */
    size_t mark_at;
    bool mark_closed; /* it ends in a closing mark */
    int strong, em;   /* wanted */

    url href; /* empty: none wanted */
    bool link_open;
    bool link_alone; /* what is before the link would let a bare address begin */
    size_t link_at;
    struct out link_text;
    bool bare; /* the line ends in a link written as bare address */

    bool paragraph; /* the next line begins one */
    int heading;
    bool item; /* the next line is an item */
    int depth;
    bool ordered[DEPTH_MAX + 1];
    bool implied; /* the list was made by an item */
    bool keep_lines;
};

struct md *md_new(struct arena *a)
{
    struct md *w = NEW(a, struct md);
    w->arena = a;
    w->line = out_new(a, 0);
    w->link_text = out_new(a, 0);
    return w;
}

/* ---- small things ---- */

static bool is_word(uint32_t c)
{
    return c && !md_is_space(c) && !md_is_punctuation(c);
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void insert(struct out *o, size_t at, str s)
{
    out_str(o, s);
    if (o->full)
        return;
    memmove(o->p + at + s.n, o->p + at, o->n - s.n - at);
    memcpy(o->p + at, s.p, s.n);
}

static void cut_out(struct out *o, size_t at, size_t n)
{
    memmove(o->p + at, o->p + at + n, o->n - at - n);
    o->n -= n;
}

static str sign_of(enum mark mark)
{
    return mark == MARK_STRONG ? S("**") : S("*");
}

/* ---- marks ---- */

static enum mark wanted_mark(const struct md *w)
{
    if (w->heading && !w->depth)
        return MARK_NONE;
    return w->strong ? MARK_STRONG : w->em ? MARK_EM : MARK_NONE;
}

/* Where punctuation at the end of the line begins, with the backslashes that escape it. */
static size_t before_punctuation(const struct md *w, size_t least)
{
    size_t at = w->line.n;
    while (at > least) {
        size_t start = at - 1;
        while (start > least && ((unsigned char)w->line.p[start] & 0xC0) == 0x80)
            start--;
        str rest = { w->line.p + start, at - start };
        if (!md_is_punctuation(utf8_next(&rest)))
            break;
        at = start;
    }
    return at;
}

static void remove_mark(struct md *w)
{
    size_t n = sign_of(w->mark).n;
    cut_out(&w->line, w->mark_at, n);
    if (w->link_end > w->mark_at)
        w->link_end -= n;
}

/* Closes the open mark before the character c; 0 is the end of the line. */
static void close_mark(struct md *w, uint32_t c)
{
    str sign = sign_of(w->mark);
    size_t least = w->mark_at + sign.n > w->link_end ? w->mark_at + sign.n : w->link_end;
    size_t at = w->line.n;
    w->space |= c && (w->in_address || w->bare); /* the mark would become part of it */
    w->in_address = false;
    bool tight = !w->space && is_word(c);
    if (tight && md_is_punctuation(w->previous)) {
        at = before_punctuation(w, least);
        w->space = at == w->line.n;
    }
    bool lost = tight && w->mark == MARK_EM && is_word(w->previous);
    if (lost || at == w->mark_at + sign.n) {
        remove_mark(w);
    } else {
        insert(&w->line, at, sign);
        w->mark_closed = at + sign.n == w->line.n;
        w->previous = w->mark_closed ? '*' : w->previous;
    }
    w->mark = MARK_NONE;
}

static bool may_open(const struct md *w, enum mark mark, uint32_t c)
{
    if (w->mark_closed)
        return false;
    if (is_word(w->previous) && md_is_punctuation(c))
        return false;
    return mark == MARK_STRONG || !is_word(w->previous);
}

static void open_mark(struct md *w, enum mark mark)
{
    w->mark = mark;
    w->mark_at = w->line.n;
    out_str(&w->line, sign_of(mark));
    w->previous = '*';
}

/* ---- links ---- */

static void open_link(struct md *w)
{
    if (w->previous == '!' && w->line.n && w->line.p[w->line.n - 1] == '!')
        insert(&w->line, w->line.n - 1, S("\\"));
    w->link_alone = !w->previous || w->previous == ' ' || w->previous == '(';
    w->link_open = true;
    w->link_at = w->line.n;
    w->link_text.n = 0;
    out_char(&w->line, '[');
    w->previous = '[';
}

/* Whether an & with this behind it would be read as a character reference. */
static bool is_reference(str rest)
{
    size_t i = 0;
    while (i < rest.n && (is_word((unsigned char)rest.p[i]) || rest.p[i] == '#'))
        i++;
    return i > 0 && i < rest.n && rest.p[i] == ';';
}

/* Whether an address stays whole when it stands in text without brackets. */
static bool is_bare(str s)
{
    if (str_find_byte(s, '.') < 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_word((unsigned char)s.p[i]) && str_find_byte(S("-./?=#%:@&_"), s.p[i]) < 0)
            return false;
        if (s.p[i] == '&' && is_reference(str_slice(s, i + 1, s.n)))
            return false;
    }
    unsigned char last = (unsigned char)s.p[s.n - 1];
    return last < 0x80 && (is_word(last) || last == '/');
}

/* Whether the text alone becomes this link when it is shown. */
static bool says_the_same(str text, str href)
{
    if (str_starts(text, S("http")))
        return str_eq(text, href);
    if (str_starts(text, S("www.")) && str_starts(href, S("http://")))
        return str_eq(text, str_slice(href, 7, href.n));
    str mail = str_starts(href, S("mailto:")) ? str_slice(href, 7, href.n) : S("");
    return mail.n && str_eq(text, mail) && str_find_byte(mail, '?') < 0;
}

static void close_link(struct md *w)
{
    str text = out_text(&w->link_text);
    w->bare = w->link_alone && is_bare(text) && says_the_same(text, w->href.s);
    if (w->bare) {
        w->line.n = w->link_at;
        out_str(&w->line, text);
    } else {
        OUT(&w->line, "](");
        out_str(&w->line, w->href.s);
        OUT(&w->line, ")");
        w->previous = ')';
    }
    w->link_end = w->line.n;
    w->link_open = false;
}

/* A bare address that turns out to be followed by more than punctuation gets brackets. */
static void put_brackets(struct md *w)
{
    str line = str_copy(w->arena, out_text(&w->line));
    str text = str_slice(line, w->link_at, w->link_end);
    str scheme = str_starts(text, S("http"))   ? S("")
                 : str_starts(text, S("www.")) ? S("http://")
                                               : S("mailto:");
    w->line.n = w->link_at;
    out_fmt(&w->line, "[%.*s](%.*s%.*s)", STR_FMT(text), STR_FMT(scheme), STR_FMT(text));
    bool glued = w->link_end == line.n;
    out_str(&w->line, str_slice(line, w->link_end, line.n));
    w->link_end += w->line.n - line.n;
    w->previous = glued ? ')' : w->previous;
    w->bare = false;
}

/* ---- lines ---- */

static void open_line(struct md *w)
{
    w->open = true;
    w->line.n = 0;
    w->previous = 0;
    w->space = false;
    w->link_end = 0;
    w->mark_closed = false;
    w->bare = false;
    w->bracket = false;
    w->in_address = false;
}

static void close_line(struct md *w)
{
    if (!w->open)
        return;
    if (w->link_open)
        close_link(w);
    if (w->mark)
        close_mark(w, 0);
    int depth = w->depth < DEPTH_MAX ? w->depth : DEPTH_MAX;
    struct md_line *line = vec_add(w->arena, &w->lines);
    line->kind = w->item ? MD_ITEM : w->heading && !depth ? MD_HEADING : MD_TEXT;
    line->depth = depth;
    line->level = w->heading;
    line->number = w->item && w->ordered[depth] ? 1 : 0;
    line->paragraph = w->paragraph;
    line->text = str_copy(w->arena, out_text(&w->line));
    w->open = false;
    w->item = false;
    w->paragraph = false;
}

/* ---- characters ---- */

static uint32_t first_of(str s)
{
    return s.n ? utf8_next(&s) : 0;
}

/* A star may begin a line as a bullet; between words it is a letter. */
static bool star_means_something(const struct md *w, uint32_t c, uint32_t next)
{
    bool between_words = is_word(w->previous) && is_word(next);
    bool bullet = c == '*' && !w->previous && md_is_space(next);
    return !w->in_address && !between_words && !bullet;
}

static bool means_something(const struct md *w, uint32_t c, str rest)
{
    uint32_t next = first_of(rest);
    switch (c) {
    case '\\':
    case '`':
        return true;
    case '*':
    case '_':
        return star_means_something(w, c, next);
    case '[':
    case ']':
        return w->link_open;
    case '<':
        return !next || is_letter(next) || next == '/' || next == '!' || next == '?';
    case '&':
        return !w->in_address && is_reference(rest);
    default:
        return false;
    }
}

/* All that has to stand between the last character and c. */
static void before_character(struct md *w, uint32_t c)
{
    enum mark want = wanted_mark(w);
    w->bare &= !w->space;
    if (w->bare && (c >= 0x80 || str_find_byte(S(".,;:!?)"), (char)c) < 0))
        put_brackets(w);
    if (w->mark && w->mark != want && !w->link_open)
        close_mark(w, c);
    if (w->space) {
        out_char(&w->line, ' ');
        if (w->link_open)
            out_char(&w->link_text, ' ');
        w->previous = ' ';
        w->mark_closed = false;
        w->space = false;
    }
    if (!w->mark && want && !w->link_open && may_open(w, want, c))
        open_mark(w, want);
    if (w->href.s.n && !w->link_open)
        open_link(w);
}

static bool begins_address(const struct md *w, str s)
{
    uint32_t before = w->previous;
    bool alone = !before || before == ' ' || before == '(' || before == '*';
    return alone && (str_starts(s, S("http://")) || str_starts(s, S("https://")) ||
                     str_starts(s, S("www.")));
}

/* The first character of s, which is neither white space nor invisible. */
static void put_character(struct md *w, str s)
{
    str rest = s;
    uint32_t c = utf8_next(&rest);
    str bytes = str_slice(s, 0, s.n - rest.n);
    if (!w->open)
        open_line(w);
    before_character(w, c);
    w->in_address |= begins_address(w, s);
    bool after_bracket = w->bracket && w->line.p[w->line.n - 1] == ']';
    if (after_bracket && (c == '(' || c == '[' || c == ':'))
        insert(&w->line, w->line.n - 1, S("\\"));
    bool escaped = means_something(w, c, rest);
    if (escaped)
        out_char(&w->line, '\\');
    out_str(&w->line, bytes);
    if (w->link_open)
        out_str(&w->link_text, bytes);
    w->bracket = c == ']' && !escaped;
    w->mark_closed = false;
    w->previous = c;
}

/* Soft hyphens, zero-width spaces and joiners, byte order marks, replacement characters. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD || c < ' ';
}

void md_text(struct md *w, str s)
{
    while (s.n) {
        str here = s;
        uint32_t c = utf8_next(&s);
        if (c == '\n' && w->keep_lines) {
            md_break(w);
        } else if (md_is_space(c)) {
            w->space |= w->open;
            w->in_address = false;
        } else if (!is_invisible(c)) {
            put_character(w, here);
        }
    }
}

void md_keep_lines(struct md *w, bool keep)
{
    w->keep_lines = keep;
}

/* ---- structure ---- */

void md_line(struct md *w)
{
    close_line(w);
}

void md_paragraph(struct md *w)
{
    close_line(w);
    w->paragraph = true;
}

void md_break(struct md *w)
{
    if (w->open && w->heading)
        w->space = true;
    else if (w->open)
        close_line(w);
    else
        w->paragraph = true;
}

void md_strong(struct md *w, bool on)
{
    w->strong += on ? 1 : -1;
}

void md_em(struct md *w, bool on)
{
    w->em += on ? 1 : -1;
}

void md_link(struct md *w, str href)
{
    md_link_end(w);
    url_parse(w->arena, href, &w->href);
}

void md_link_end(struct md *w)
{
    if (w->link_open)
        close_link(w);
    w->href.s = S("");
}

void md_heading(struct md *w, int level)
{
    md_paragraph(w);
    w->heading = level;
    w->strong++;
}

void md_heading_end(struct md *w)
{
    md_paragraph(w);
    w->heading = 0;
    w->strong--;
}

void md_list(struct md *w, bool ordered)
{
    if (w->implied)
        md_item_end(w);
    md_line(w);
    w->paragraph |= w->depth == 0;
    w->item = false;
    w->depth++;
    w->ordered[w->depth < DEPTH_MAX ? w->depth : DEPTH_MAX] = ordered;
}

void md_list_end(struct md *w)
{
    md_line(w);
    w->item = false;
    if (w->depth)
        w->depth--;
    w->paragraph |= w->depth == 0;
}

void md_item(struct md *w)
{
    md_line(w);
    if (!w->depth) {
        w->implied = true;
        w->depth = 1;
        w->ordered[1] = false;
    }
    w->item = true;
}

void md_item_end(struct md *w)
{
    md_line(w);
    w->item = false;
    if (w->implied) {
        w->implied = false;
        w->depth = 0;
    }
}

str md_done(struct md *w)
{
    md_link_end(w);
    close_line(w);
    return md_lines_put(w->arena, w->lines.v, w->lines.n);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Finished lines into a Markdown document: hand-made lists, nesting, what separates blocks. */
#include "web/md_lines.h"

#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"

#define DEPTH_MAX   8
#define HEADING_MAX 150
#define NUMBER_MAX  99 /* a line that begins with more is a year or a room */

bool md_is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool md_is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return (c > ' ' && c < '0') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
               (c >= '{' && c <= '~');
    return c == 0xA1 || c == 0xA7 || c == 0xAB || c == 0xB6 || c == 0xB7 || c == 0xBB ||
           c == 0xBF || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) ||
           (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011);
}

/* ---- bullets and numbers made by hand ---- */

static bool is_dash(uint32_t c)
{
    return c == '-' || c == '*' || c == '+' || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

/* Glyphs that are nothing but bullets, also those of the Symbol and Wingdings fonts. */
static bool is_glyph(uint32_t c)
{
    return c == 0x2022 || c == 0xB7 || c == 0x25AA || c == 0x25A0 || c == 0x25E6 || c == 0x2023 ||
           c == 0x25CF || c == 0x25CB || c == 0x2219 || c == 0x2043 || (c >= 0xF000 && c <= 0xF0FF);
}

/* Takes a bullet off the front; false when there is none. */
static bool take_bullet(str *s)
{
    str rest = *s;
    if (str_starts(rest, S("\\*")))
        rest = str_slice(rest, 1, rest.n);
    uint32_t c = rest.n ? utf8_next(&rest) : 0;
    bool glyph = is_glyph(c);
    bool dash = is_dash(c) && (!rest.n || rest.p[0] == ' ');
    if (!glyph && !dash)
        return false;
    *s = str_trim(rest);
    return true;
}

/* "12. " or "12) " off the front: the number, else 0. */
static int take_number(str *s)
{
    int number = 0;
    size_t i = 0;
    while (i < s->n && i < 2 && s->p[i] >= '0' && s->p[i] <= '9')
        number = number * 10 + (s->p[i++] - '0');
    if (!i || i + 1 >= s->n || (s->p[i] != '.' && s->p[i] != ')') || s->p[i + 1] != ' ')
        return 0;
    *s = str_trim(str_slice(*s, i + 1, s->n));
    return number <= NUMBER_MAX ? number : 0;
}

static bool is_number_line(const struct md_line *line, int number)
{
    str text = line->text;
    return line->kind == MD_TEXT && take_number(&text) == number;
}

/* From line i on: the lines 1. 2. 3. … as items, where there are at least two. */
static void number_lines(struct md_line *lines, size_t n)
{
    if (n < 2 || !is_number_line(&lines[0], 1) || !is_number_line(&lines[1], 2))
        return;
    for (size_t i = 0; i < n && is_number_line(&lines[i], (int)i + 1); i++) {
        take_number(&lines[i].text);
        lines[i].kind = MD_ITEM;
        lines[i].depth++;
        lines[i].number = 1;
    }
}

static void bullet_line(struct md_line *line)
{
    bool found = false;
    if (line->kind == MD_HEADING)
        return;
    while (take_bullet(&line->text))
        found = true;
    if (!found || line->kind == MD_ITEM)
        return;
    line->kind = MD_ITEM;
    line->number = 0;
    line->depth++;
}

/* Rulers and decoration: nothing but the signs that Markdown makes lines of. */
static bool is_decoration(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find_byte(S("-_=*~#+\\|`> "), s.p[i]) < 0)
            return false;
    return true;
}

/* ---- tidying ---- */

static size_t drop_empty(struct md_line *lines, size_t n)
{
    size_t kept = 0;
    bool paragraph = false;
    for (size_t i = 0; i < n; i++) {
        bullet_line(&lines[i]);
        bool decoration = is_decoration(lines[i].text);
        paragraph |= lines[i].paragraph || decoration;
        if (decoration)
            continue;
        lines[kept] = lines[i];
        lines[kept++].paragraph = paragraph;
        paragraph = false;
    }
    return kept;
}

/* An item is at most one deeper than what it hangs on; a text needs an item to continue. */
static void fit_depths(struct md_line *lines, size_t n)
{
    int above = 0;
    for (size_t i = 0; i < n; i++) {
        int most = lines[i].kind == MD_ITEM ? above + 1 : lines[i].kind == MD_TEXT ? above : 0;
        if (most > DEPTH_MAX)
            most = DEPTH_MAX;
        if (lines[i].depth > most)
            lines[i].depth = most;
        above = lines[i].depth;
    }
}

/* Whole paragraphs in large print are no headings; the others begin at ## without a jump. */
static void fit_headings(struct md_line *lines, size_t n)
{
    int above[6];
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        if (lines[i].kind != MD_HEADING)
            continue;
        if (utf8_count(lines[i].text) > HEADING_MAX) {
            lines[i].kind = MD_TEXT;
            lines[i].paragraph = true;
            continue;
        }
        while (count && above[count - 1] >= lines[i].level)
            count--;
        above[count++] = lines[i].level;
        lines[i].level = count < 5 ? count + 1 : 6;
    }
}

/* Counts the ordered items; an item of another kind at the same depth begins anew. */
static void count_items(struct md_line *lines, size_t n)
{
    int counter[DEPTH_MAX + 2] = { 0 };
    for (size_t i = 0; i < n; i++) {
        int depth = lines[i].depth;
        for (int d = depth + 1; d <= DEPTH_MAX; d++)
            counter[d] = 0;
        if (lines[i].kind != MD_ITEM)
            continue;
        counter[depth] = lines[i].number ? counter[depth] + 1 : 0;
        lines[i].number = counter[depth];
    }
}

/* ---- writing ---- */

static bool starts_with_number(str s, size_t *digits)
{
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    *digits = i;
    return i > 0 && i < 10 && i < s.n && (s.p[i] == '.' || s.p[i] == ')') &&
           (i + 1 == s.n || s.p[i + 1] == ' ');
}

static bool starts_block(str s)
{
    size_t hashes = 0;
    while (hashes < s.n && s.p[hashes] == '#')
        hashes++;
    bool blank_behind = hashes == s.n || s.p[hashes] == ' ';
    return (hashes && hashes <= 6 && blank_behind) || str_starts(s, S(">")) ||
           str_starts(s, S("~~~")) ||
           (s.n && str_find_byte(S("-+*"), s.p[0]) >= 0 && (s.n == 1 || s.p[1] == ' '));
}

/* The text with a backslash where its beginning (or a heading's end) means something. */
static void put_text(struct out *o, const struct md_line *line)
{
    str s = line->text;
    size_t digits = 0;
    if (starts_with_number(s, &digits)) {
        out_str(o, str_slice(s, 0, digits));
        out_char(o, '\\');
        s = str_slice(s, digits, s.n);
    } else if (starts_block(s)) {
        out_char(o, '\\');
    }
    bool hash = line->kind == MD_HEADING && str_ends(s, S("#"));
    out_str(o, str_slice(s, 0, s.n - hash));
    if (hash)
        OUT(o, "\\#");
}

static bool needs_blank(const struct md_line *above, const struct md_line *line)
{
    if (above->kind == MD_HEADING || line->kind == MD_HEADING)
        return true;
    if (line->kind == MD_ITEM)
        return above->depth == 0 || (above->depth == line->depth && above->kind == MD_ITEM &&
                                     !above->number != !line->number);
    if (line->depth < above->depth)
        return true;
    return line->depth == 0 && line->paragraph;
}

static void put_line(struct out *o, const struct md_line *line, int widths[])
{
    int indent = 0;
    int around = line->kind == MD_ITEM ? line->depth - 1 : line->depth;
    for (int d = 1; d <= around; d++)
        indent += widths[d];
    out_fmt(o, "%*s", indent, "");
    if (line->kind == MD_HEADING)
        out_fmt(o, "%.*s ", line->level, "######");
    if (line->kind == MD_ITEM) {
        size_t from = o->n;
        if (line->number)
            out_fmt(o, "%d. ", line->number);
        else
            OUT(o, "- ");
        widths[line->depth] = (int)(o->n - from);
    }
    put_text(o, line);
}

str md_lines_put(struct arena *a, struct md_line *lines, size_t n)
{
    struct out o = out_new(a, 0);
    int widths[DEPTH_MAX + 2] = { 0 };
    for (size_t i = 0; i < n; i++)
        number_lines(lines + i, n - i);
    n = drop_empty(lines, n);
    fit_depths(lines, n);
    fit_headings(lines, n);
    count_items(lines, n);
    for (size_t i = 0; i < n; i++) {
        if (i)
            out_str(&o, needs_blank(&lines[i - 1], &lines[i]) ? S("\n\n") : S("\n"));
        put_line(&o, &lines[i], widths);
    }
    return out_text(&o);
}

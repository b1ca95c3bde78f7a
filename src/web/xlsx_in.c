/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading workbooks: parts of a ZIP archive (zip_in.h), each a list of XML records (xml_in.h, which
 * refuses document types). Everything unpacked lives in an arena of its own.
 */
#include "web/xlsx_in.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/out.h"
#include "base/vec.h"
#include "web/xml_in.h"
#include "web/zip_in.h"

#define COLUMNS_MOST 500
#define ROWS_MOST    1048576
#define DAY_SECONDS  86400.0

enum look { LOOK_PLAIN, LOOK_DAY, LOOK_TIME, LOOK_BOTH, LOOK_ZEROS };

struct format {
    int64_t id;
    enum look look;
    int zeros; /* digits of LOOK_ZEROS */
};

struct book {
    struct arena arena;
    struct zip_in *zip;
    struct out *csv;
    str *problem;
    str part; /* of the sheet: "worksheets/sheet1.xml" */
    str sheet_id;
    bool from_1904;
    struct {
        str *v;
        size_t n, cap;
    } strings;
    struct {
        struct format *v;
        size_t n, cap;
    } formats; /* that the book defines */
    struct {
        struct format *v;
        size_t n, cap;
    } styles;            /* of cells, by number */
    int64_t row, column; /* where the CSV is, from 1; column 0: at the row's begin */
};

bool xlsx_in_is(str head)
{
    return str_starts(head, S("PK\x03\x04"));
}

/* The first problem stays. */
static void refuse(struct book *b, str why)
{
    if (!b->problem->n)
        *b->problem = str_copy(&b->arena, why);
}

/* ---- parts ---- */

struct part {
    const char *name;
    struct xml_in xml;
    bool needed;
};

static void read_part(struct book *b, struct part *part)
{
    str bytes = S("");
    struct zip_in_wish wish = { str_from_c(part->name), XLSX_IN_PART };
    enum err e = b->problem->n ? ERR_INVALID : zip_in_read(b->zip, &b->arena, &wish, &bytes);
    if (e == ERR_NOT_FOUND && !part->needed)
        return;
    if (e != ERR_OK)
        refuse(b, e == ERR_LIMIT ? S("the workbook is too large")
                                 : S("this is no workbook of Excel (.xlsx)"));
    FILE *file =
        e == ERR_OK && bytes.n ? fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "rb") : NULL;
    if (!file)
        return;
    str why = S("");
    part->xml.ctx = b;
    part->xml.bare = true;
    if (xml_in_read(&b->arena, file, &part->xml, &why) != ERR_OK)
        refuse(b, str_fmt(&b->arena, "%s: %.*s", part->name, STR_FMT(why)));
    fclose(file);
}

static int64_t number_of(const struct xml_record *record, str name, int64_t otherwise)
{
    int64_t n = otherwise;
    str_to_i64(xml_field(record, name), &n);
    return n;
}

/* ---- which sheet ---- */

static void take_sheet(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    str state = xml_field(record, S("@state"));
    if (!b->sheet_id.n && (!state.n || str_eq(state, S("visible"))))
        b->sheet_id = str_copy(&b->arena, xml_field(record, S("@id")));
}

static void take_properties(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    str since = xml_field(record, S("@date1904"));
    b->from_1904 = str_eq(since, S("1")) || str_eq(since, S("true"));
}

static void take_relation(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    str target = xml_field(record, S("@Target"));
    if (!str_eq(xml_field(record, S("@Id")), b->sheet_id))
        return;
    b->part = str_starts(target, S("/")) ? str_copy(&b->arena, str_slice(target, 1, target.n))
                                         : str_join(&b->arena, S("xl/"), target);
}

/* ---- texts that cells share ---- */

static void take_string(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    str text = S("");
    for (size_t i = 0; i < record->n; i++)
        if (str_eq(record->v[i].name, S("t")) || str_eq(record->v[i].name, S("r")))
            text = text.n ? str_join(&b->arena, text, record->v[i].text)
                          : str_copy(&b->arena, record->v[i].text);
    *vec_add(&b->arena, &b->strings) = text;
}

/* ---- formats of numbers ---- */

/* One behind what a quote, a bracket or a backslash begins at i. */
static size_t behind(str code, size_t i)
{
    char end = code.p[i] == '[' ? ']' : '"';
    if (code.p[i] == '\\')
        return i + 2;
    for (i++; i < code.n && code.p[i] != end; i++)
        continue;
    return i + 1;
}

static bool has(const char *letters, char c)
{
    return str_find_byte(str_from_c(letters), c) >= 0;
}

/* What the codes of ECMA-376, 18.8.31 make of a number, as far as it matters here. */
static struct format format_of(int64_t id, str code)
{
    bool day = false;
    bool time = false;
    bool month = false;
    bool zeros = code.n > 1;
    for (size_t i = 0; i < code.n && code.p[i] != ';';) {
        char c = code.p[i];
        zeros = zeros && c == '0';
        if (c == '"' || c == '[' || c == '\\') {
            i = behind(code, i);
            continue;
        }
        day = day || has("dDyYjJtT", c);
        time = time || has("hHsS", c);
        month = month || has("mM", c);
        i++;
    }
    day = day || (month && !time);
    struct format f = { .id = id, .zeros = (int)code.n };
    f.look = zeros         ? LOOK_ZEROS
             : day && time ? LOOK_BOTH
             : day         ? LOOK_DAY
             : time        ? LOOK_TIME
                           : LOOK_PLAIN;
    return f;
}

static void take_format(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    *vec_add(&b->arena, &b->formats) =
        format_of(number_of(record, S("@numFmtId"), -1), xml_field(record, S("@formatCode")));
}

/* Those that have a number only (ECMA-376, 18.8.30). */
static struct format built_in(int64_t id)
{
    struct format f = { .id = id };
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        f.look = LOOK_DAY;
    else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
        f.look = LOOK_TIME;
    else if (id == 22)
        f.look = LOOK_BOTH;
    return f;
}

static void take_style(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    int64_t id = number_of(record, S("@numFmtId"), 0);
    struct format f = built_in(id);
    for (size_t i = 0; i < b->formats.n; i++)
        if (b->formats.v[i].id == id)
            f = b->formats.v[i];
    *vec_add(&b->arena, &b->styles) = f;
}

/* ---- cells ---- */

/* "AB12": column 28, row 12. */
static bool place_parse(str place, int64_t *column, int64_t *row)
{
    size_t i = 0;
    *column = 0;
    for (; i < place.n && i < 3 && place.p[i] >= 'A' && place.p[i] <= 'Z'; i++)
        *column = *column * 26 + (place.p[i] - 'A' + 1);
    return i && str_to_i64(str_slice(place, i, place.n), row) && *row >= 1 && *row <= ROWS_MOST;
}

/* Whole numbers as they are written, others with as many digits as a person would have typed. */
static str plain_number(struct book *b, str value, double number)
{
    int64_t whole = 0;
    if (str_to_i64(value, &whole))
        return value;
    if (fabs(number) >= 1e15)
        return value;
    struct out o = out_new(&b->arena, 0);
    out_f64(&o, number, 9);
    str text = out_text(&o);
    if (str_find_byte(text, '.') < 0)
        return text;
    while (text.p[text.n - 1] == '0')
        text.n--;
    if (text.p[text.n - 1] == '.')
        text.n--;
    return text;
}

/*
 * Days are counted from 1899-12-30, as if 1900 had been a leap year (before its March nobody
 * volunteered), or from 1904-01-01.
 */
static str moment(struct book *b, double number, enum look look)
{
    struct day begin = b->from_1904 ? (struct day){ 1904, 1, 1 } : (struct day){ 1899, 12, 30 };
    int64_t seconds = llround((number - floor(number)) * DAY_SECONDS);
    int64_t days = (int64_t)floor(number) + seconds / 86400;
    seconds %= 86400;
    str day = day_iso(&b->arena, day_from_number(day_number(begin) + days));
    str time = str_fmt(&b->arena, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    return look == LOOK_DAY    ? day
           : look == LOOK_TIME ? time
                               : str_fmt(&b->arena, "%.*s %.*s", STR_FMT(day), STR_FMT(time));
}

static str number_text(struct book *b, str value, const struct format *f)
{
    char *end = NULL;
    const char *c = str_to_c(&b->arena, value);
    double number = strtod(c, &end);
    if (end != c + value.n || !isfinite(number))
        return value;
    if (f->look == LOOK_ZEROS && number >= 0 && number < 1e15)
        return str_fmt(&b->arena, "%0*lld", f->zeros < 20 ? f->zeros : 20, llround(number));
    if (f->look == LOOK_PLAIN || f->look == LOOK_ZEROS || number < 0 || number > 2958465)
        return plain_number(b, value, number);
    return moment(b, number, f->look);
}

static str shared(struct book *b, str value)
{
    int64_t i = 0;
    bool known = str_to_i64(value, &i) && i >= 0 && (size_t)i < b->strings.n;
    return known ? b->strings.v[i] : S("");
}

static str text_of(struct book *b, const struct xml_record *cell)
{
    static const struct format plain = { .look = LOOK_PLAIN };
    str type = xml_field(cell, S("@t"));
    str value = xml_field(cell, S("v"));
    int64_t style = number_of(cell, S("@s"), 0);
    if (str_eq(type, S("s")))
        return shared(b, value);
    if (str_eq(type, S("inlineStr")))
        return xml_field(cell, S("is"));
    if (str_eq(type, S("str")) || str_eq(type, S("d")) || !value.n)
        return value;
    if (str_eq(type, S("b")))
        return str_eq(value, S("1")) ? S("yes") : S("no");
    bool styled = style >= 0 && (size_t)style < b->styles.n;
    return number_text(b, value, styled ? &b->styles.v[style] : &plain);
}

/* ---- CSV ---- */

static void put_text(struct out *o, str s)
{
    out_char(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            OUT(o, "\u2028");
        else if (s.p[i] == '"')
            OUT(o, "\"\"");
        else if (s.p[i] != '\r')
            out_char(o, s.p[i]);
    }
    out_char(o, '"');
}

static void take_cell(void *ctx, const struct xml_record *cell)
{
    struct book *b = ctx;
    struct arena_mark mark = arena_mark(&b->arena);
    str place = xml_field(cell, S("@r"));
    int64_t column = 0;
    int64_t row = 0;
    if (b->problem->n)
        return;
    str text = text_of(b, cell);
    if (!place_parse(place, &column, &row)) {
        refuse(b, S("a cell of the sheet has no place"));
    } else if (str_eq(xml_field(cell, S("@t")), S("e"))) {
        refuse(b, str_fmt(&b->arena, "cell %.*s holds the error %.*s", STR_FMT(place),
                          STR_FMT(xml_field(cell, S("v")))));
    } else if (text.n && column > COLUMNS_MOST) {
        refuse(b, S("a row has more than 500 cells"));
    } else if (text.n && (row < b->row || (row == b->row && column <= b->column))) {
        refuse(b, str_fmt(&b->arena, "cell %.*s stands out of order", STR_FMT(place)));
    } else if (text.n) {
        for (; b->row < row; b->row++, b->column = 0)
            out_char(b->csv, '\n');
        for (b->column += !b->column; b->column < column; b->column++)
            out_char(b->csv, ',');
        put_text(b->csv, text);
        arena_rewind(&b->arena, mark);
    }
}

static void take_merged(void *ctx, const struct xml_record *record)
{
    struct book *b = ctx;
    refuse(b, str_fmt(&b->arena, "the cells %.*s are merged; undo that in the table",
                      STR_FMT(xml_field(record, S("@ref")))));
}

/* ---- the whole ---- */

static void read_all(struct book *b)
{
    struct part parts[] = {
        { "xl/workbook.xml", { .record = "sheet", .within = "sheets", .each = take_sheet }, true },
        { "xl/workbook.xml", { .record = "workbookPr", .each = take_properties }, true },
        { "xl/_rels/workbook.xml.rels", { .record = "Relationship", .each = take_relation }, true },
        { "xl/sharedStrings.xml", { .record = "si", .each = take_string }, false },
        { "xl/styles.xml",
          { .record = "numFmt", .within = "numFmts", .each = take_format },
          false },
        { "xl/styles.xml", { .record = "xf", .within = "cellXfs", .each = take_style }, false },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        read_part(b, &parts[i]);
    if (!b->part.n)
        refuse(b, S("the workbook has no sheet that can be seen"));
    const char *name = str_to_c(&b->arena, b->part);
    struct part merged = { name, { .record = "mergeCell", .each = take_merged }, true };
    struct part cells = { name, { .record = "c", .within = "row", .each = take_cell }, true };
    read_part(b, &merged);
    read_part(b, &cells);
}

enum err xlsx_in_csv(struct arena *a, str bytes, str *csv, str *problem)
{
    struct out o = out_new(a, XLSX_IN_CSV);
    str why = S("");
    struct book *b = NEW(a, struct book);
    *b = (struct book){ .zip = zip_in_open(bytes), .csv = &o, .problem = &why, .row = 1 };
    if (!b->zip) {
        *problem = S("this is no workbook of Excel (.xlsx)");
        return ERR_INVALID;
    }
    struct arena_hold hold = arena_hold(a); /* the libraries' memory must be given back */
    arena_init(&b->arena, 0);
    OUT(&o, "\xEF\xBB\xBF");
    read_all(b);
    out_char(&o, '\n');
    if (o.full)
        refuse(b, S("the workbook is too large"));
    *problem = str_copy(a, why);
    *csv = out_text(&o);
    zip_in_close(b->zip);
    arena_free(&b->arena);
    arena_release(a, hold);
    return problem->n ? ERR_INVALID : ERR_OK;
}

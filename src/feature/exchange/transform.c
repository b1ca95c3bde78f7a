/* SPDX-License-Identifier: EUPL-1.2 */
/* Transformations of cells. */
#include "feature/exchange/transform.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "web/markdown.h"
#include "web/unhtml.h"

static const str names[] = {
    [TRANSFORM_NONE] = STR_INIT(""),
    [TRANSFORM_HTML] = STR_INIT("html"),
    [TRANSFORM_PLAIN] = STR_INIT("plain"),
    [TRANSFORM_DATE] = STR_INIT("date"),
    [TRANSFORM_DECIMAL] = STR_INIT("decimal"),
    [TRANSFORM_LINE] = STR_INIT("line"),
    [TRANSFORM_LATITUDE] = STR_INIT("latitude"),
    [TRANSFORM_LONGITUDE] = STR_INIT("longitude"),
    [TRANSFORM_VALUES] = STR_INIT("values"),
};

bool transform_find(str name, enum transform *transform)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.n && str_eq(names[i], name)) {
            *transform = (enum transform)i;
            return true;
        }
    return false;
}

bool transform_takes(enum transform transform, str argument)
{
    int64_t number = 0;
    switch (transform) {
    case TRANSFORM_LINE:
        return str_to_i64(argument, &number) && number >= 1 && number <= 99;
    case TRANSFORM_DATE:
        return str_empty(argument) || str_eq(argument, S("d/m/y")) || str_eq(argument, S("m/d/y"));
    case TRANSFORM_VALUES:
        return argument.n > 0;
    default:
        return str_empty(argument);
    }
}

/* ---- days ---- */

/* The next run of digits or of letters; false at the end. */
static bool next_part(str *s, str *part)
{
    size_t from = 0;
    while (from < s->n && str_find_byte(S(" ,./-"), s->p[from]) >= 0)
        from++;
    size_t to = from;
    while (to < s->n && str_find_byte(S(" ,./-"), s->p[to]) < 0)
        to++;
    *part = str_slice(*s, from, to);
    *s = str_slice(*s, to, s->n);
    return part->n > 0;
}

/* "17/03/2011" or "3/17/11" in the order that the mapping names. */
static bool ordered_day(str text, bool month_first, struct day *d)
{
    str part;
    int64_t numbers[3];
    for (int i = 0; i < 3; i++)
        if (!next_part(&text, &part) || part.n > 4 || !str_to_i64(part, &numbers[i]))
            return false;
    int64_t year = numbers[2] < 100 ? numbers[2] + 2000 : numbers[2];
    *d = (struct day){ (int)year, (int)numbers[!month_first], (int)numbers[month_first] };
    return day_valid(*d);
}

/* "March 17 2011", "Mar 17, 2011" */
static bool english_day(str text, struct day *d)
{
    static const str months[] = { STR_INIT("January"), STR_INIT("February"), STR_INIT("March"),
                                  STR_INIT("April"),   STR_INIT("May"),      STR_INIT("June"),
                                  STR_INIT("July"),    STR_INIT("August"),   STR_INIT("September"),
                                  STR_INIT("October"), STR_INIT("November"), STR_INIT("December") };
    str month;
    str day;
    str year;
    int64_t numbers[2];
    if (!next_part(&text, &month) || !next_part(&text, &day) || !next_part(&text, &year) ||
        !str_to_i64(day, &numbers[0]) || !str_to_i64(year, &numbers[1]) || year.n != 4)
        return false;
    for (int i = 0; i < 12; i++)
        if (month.n >= 3 && month.n <= months[i].n &&
            str_ieq(str_slice(months[i], 0, month.n), month)) {
            *d = (struct day){ (int)numbers[1], i + 1, (int)numbers[0] };
            return day_valid(*d);
        }
    return false;
}

/* What is no day stays as it is, so that the row is refused with it. */
static str as_date(struct arena *a, str order, str text)
{
    struct day d;
    int64_t seconds = 0;
    if (order.n)
        return ordered_day(text, order.p[0] == 'm', &d) ? day_iso(a, d) : text;
    if (str_eq(text, S("0")))
        return S("");
    if (text.n >= 9 && str_to_i64(text, &seconds))
        return day_iso(a, clock_local(seconds).day);
    str date = str_slice(text, 0, 10); /* "2011-03-17T10:00" and "2011-03-17 10:00" */
    bool with_time = text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' ');
    if ((with_time && day_parse_iso(date, &d)) || day_parse(text, clock_today(), &d) ||
        english_day(text, &d))
        return day_iso(a, d);
    return text;
}

/* ---- numbers, lines, texts ---- */

static str as_decimal(struct arena *a, str text)
{
    char *p = str_to_c(a, text);
    double v = 0;
    for (size_t i = 0; i < text.n; i++)
        if (p[i] == ',')
            p[i] = '.';
    str number = { p, text.n };
    return str_to_f64(number, &v) && v != 0 ? number : S("");
}

static str line_of(str text, str number)
{
    int64_t wanted = 0;
    str line = S("");
    must(str_to_i64(number, &wanted));
    while (wanted-- > 0)
        if (!str_next(&text, '\n', &line))
            return S("");
    return str_trim(line);
}

/* From the last pair of parentheses, where exports put the point behind an address. */
static str part_of_point(struct arena *a, str text, bool second)
{
    size_t open = text.n;
    while (open && text.p[open - 1] != '(')
        open--;
    str pair = str_slice(text, open, text.n);
    ptrdiff_t comma = str_find_byte(pair, ',');
    ptrdiff_t close = str_find_byte(pair, ')');
    if (!open || comma < 0 || close < comma)
        return S("");
    return as_decimal(a, str_trim(second ? str_slice(pair, (size_t)comma + 1, (size_t)close)
                                         : str_slice(pair, 0, (size_t)comma)));
}

static str as_plain(struct arena *a, str text)
{
    str plain = markdown_plain(a, html_to_markdown(a, text));
    char *p = str_to_c(a, plain);
    for (size_t i = 0; i < plain.n; i++)
        if (p[i] == '\n')
            p[i] = ' ';
    return (str){ p, plain.n };
}

str transform_text(struct arena *a, enum transform transform, str argument, str text)
{
    switch (transform) {
    case TRANSFORM_HTML:
        return html_to_markdown(a, text);
    case TRANSFORM_PLAIN:
        return as_plain(a, text);
    case TRANSFORM_DATE:
        return as_date(a, argument, text);
    case TRANSFORM_DECIMAL:
        return as_decimal(a, text);
    case TRANSFORM_LINE:
        return line_of(text, argument);
    case TRANSFORM_LATITUDE:
    case TRANSFORM_LONGITUDE:
        return part_of_point(a, text, transform == TRANSFORM_LONGITUDE);
    case TRANSFORM_NONE:
    case TRANSFORM_VALUES:
        break;
    }
    return text;
}

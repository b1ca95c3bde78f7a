/* SPDX-License-Identifier: EUPL-1.2 */
/* Mappings: parsing the text, and the handful of transformations. */
#include "feature/exchange/mapping.h"

#include "base/clock.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "web/unhtml.h"

struct table_line {
    str from; /* folded */
    str to;
};

struct table {
    str name;
    struct {
        struct table_line *v;
        size_t n, cap;
    } lines;
};

enum transform { AS_IS, AS_HTML, AS_DATE, AS_DECIMAL, AS_VALUES, AS_LINE };

struct rule {
    str target;
    str column; /* empty: the constant */
    str constant;
    enum transform transform;
    str table;
};

struct skip {
    str column;
    str value;
    bool unless;
};

struct mapping {
    str source;
    bool derive;
    struct {
        struct rule *v;
        size_t n, cap;
    } rules;
    struct {
        struct skip *v;
        size_t n, cap;
    } skips;
    struct {
        struct table *v;
        size_t n, cap;
    } tables;
};

/* ---- parsing ---- */

static str first_word(str s, str *rest)
{
    ptrdiff_t at = str_find_byte(s, ' ');
    size_t n = at < 0 ? s.n : (size_t)at;
    *rest = str_trim(str_slice(s, n, s.n));
    return str_slice(s, 0, n);
}

static bool parse_transform(str text, struct rule *r)
{
    static const struct {
        str name;
        enum transform transform;
    } names[] = {
        { STR_INIT("html"), AS_HTML },       { STR_INIT("date"), AS_DATE },
        { STR_INIT("decimal"), AS_DECIMAL }, { STR_INIT("values"), AS_VALUES },
        { STR_INIT("line"), AS_LINE },
    };
    str name = first_word(text, &r->table);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(names[i].name, name)) {
            r->transform = names[i].transform;
            return (r->transform == AS_VALUES) == (r->table.n > 0);
        }
    return false;
}

static bool parse_rule(struct mapping *m, struct arena *a, str line)
{
    ptrdiff_t equals = str_find_byte(line, '=');
    if (equals < 1)
        return false;
    struct rule r = { .target = str_trim(str_slice(line, 0, (size_t)equals)) };
    str value = str_trim(str_slice(line, (size_t)equals + 1, line.n));
    bool quoted = value.n > 1 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    if (quoted) {
        r.constant = str_slice(value, 1, value.n - 1);
    } else {
        ptrdiff_t bar = str_find_byte(value, '|');
        r.column = str_trim(bar < 0 ? value : str_slice(value, 0, (size_t)bar));
        if (bar >= 0 && !parse_transform(str_trim(str_slice(value, (size_t)bar + 1, value.n)), &r))
            return false;
        if (!r.column.n)
            return false;
    }
    *vec_add(a, &m->rules) = r;
    return true;
}

/* "skip COLUMN is VALUE" or "skip COLUMN unless VALUE" */
static bool parse_skip(struct mapping *m, struct arena *a, str rest)
{
    struct skip s = { 0 };
    ptrdiff_t is = str_find(rest, S(" is "));
    ptrdiff_t unless = str_find(rest, S(" unless "));
    ptrdiff_t at = is >= 0 ? is : unless;
    if (at < 1)
        return false;
    s.unless = is < 0;
    s.column = str_trim(str_slice(rest, 0, (size_t)at));
    s.value = str_trim(str_slice(rest, (size_t)at + (s.unless ? 8 : 4), rest.n));
    *vec_add(a, &m->skips) = s;
    return true;
}

static bool parse_table_line(struct table *t, struct arena *a, str line)
{
    ptrdiff_t equals = str_find_byte(line, '=');
    if (equals < 0)
        return false;
    *vec_add(a, &t->lines) =
        (struct table_line){ utf8_fold(a, str_slice(line, 0, (size_t)equals)),
                             str_trim(str_slice(line, (size_t)equals + 1, line.n)) };
    return true;
}

static bool parse_line(struct mapping *m, struct arena *a, str line, struct table **open)
{
    str rest;
    str word = first_word(line, &rest);
    if (*open) {
        if (!str_eq(line, S("end")))
            return parse_table_line(*open, a, line);
        *open = NULL;
        return true;
    }
    if (str_eq(word, S("table"))) {
        *open = vec_add(a, &m->tables);
        (*open)->name = rest;
        return rest.n > 0;
    }
    if (str_eq(word, S("source")) && str_find_byte(line, '=') < 0) {
        m->source = rest;
        return rest.n > 0;
    }
    if (str_eq(word, S("derive"))) {
        m->derive = true;
        return str_eq(rest, S("keywords"));
    }
    return str_eq(word, S("skip")) ? parse_skip(m, a, rest) : parse_rule(m, a, line);
}

static bool all_tables_known(const struct mapping *m, struct arena *a, str *problem)
{
    for (size_t i = 0; i < m->rules.n; i++) {
        bool known = m->rules.v[i].transform != AS_VALUES;
        for (size_t t = 0; t < m->tables.n; t++)
            known = known || str_eq(m->tables.v[t].name, m->rules.v[i].table);
        if (!known) {
            *problem = str_fmt(a, "there is no table '%.*s'", STR_FMT(m->rules.v[i].table));
            return false;
        }
    }
    return true;
}

const struct mapping *mapping_parse(struct arena *a, str text, str *problem)
{
    struct mapping *m = NEW(a, struct mapping);
    struct table *open = NULL;
    str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (!parse_line(m, a, line, &open)) {
            *problem = str_fmt(a, "mapping line %d: not understood: %.*s", number,
                               STR_FMT(str_slice(line, 0, 80)));
            return NULL;
        }
    }
    if (!m->source.n || open) {
        *problem = open ? S("a table of the mapping has no end") : S("the mapping has no source");
        return NULL;
    }
    return all_tables_known(m, a, problem) ? m : NULL;
}

/* ---- transformations ---- */

/* "March 17 2011" */
static bool english_day(str s, struct day *d)
{
    static const str months[] = { STR_INIT("January"), STR_INIT("February"), STR_INIT("March"),
                                  STR_INIT("April"),   STR_INIT("May"),      STR_INIT("June"),
                                  STR_INIT("July"),    STR_INIT("August"),   STR_INIT("September"),
                                  STR_INIT("October"), STR_INIT("November"), STR_INIT("December") };
    str rest;
    str day;
    str month = first_word(s, &rest);
    day = first_word(rest, &rest);
    int64_t number = 0;
    int64_t year = 0;
    if (!str_to_i64(str_ends(day, S(",")) ? str_slice(day, 0, day.n - 1) : day, &number) ||
        !str_to_i64(rest, &year))
        return false;
    for (int i = 0; i < 12; i++)
        if (str_ieq(months[i], month)) {
            *d = (struct day){ (int)year, i + 1, (int)number };
            return day_valid(*d);
        }
    return false;
}

/* ISO, German, English, or seconds since 1970; what is no day stays as it is, to be refused. */
static str as_date(struct arena *a, str text)
{
    struct day d;
    int64_t seconds = 0;
    if (str_to_i64(text, &seconds) && text.n >= 9)
        return day_iso(a, clock_local(seconds).day);
    if (day_parse(text, clock_today(), &d) || english_day(text, &d))
        return day_iso(a, d);
    return text;
}

/* Decimal comma or point; zero, and what is no number, is no value. */
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

/* Each value of a list (separated by ; or ,) through the table; unknown ones are dropped. */
static str as_values(const struct mapping *m, struct arena *a, const struct rule *r, str text)
{
    const struct table *t = m->tables.v;
    while (!str_eq(t->name, r->table))
        t++;
    struct out o = out_new(a, 4096);
    str folded = utf8_fold(a, text);
    for (size_t i = 0; i < t->lines.n; i++) {
        if (!t->lines.v[i].from.n || str_find(folded, t->lines.v[i].from) < 0)
            continue;
        if (o.n)
            out_char(&o, ' ');
        out_str(&o, t->lines.v[i].to);
    }
    return out_text(&o);
}

static str one_line(struct arena *a, str text)
{
    char *p = str_to_c(a, text);
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)p[i] < ' ')
            p[i] = ' ';
    return str_trim((str){ p, text.n });
}

static str transformed(const struct mapping *m, struct arena *a, const struct rule *r, str text)
{
    switch (r->transform) {
    case AS_HTML:
        return html_to_markdown(a, text);
    case AS_DATE:
        return as_date(a, text);
    case AS_DECIMAL:
        return as_decimal(a, text);
    case AS_VALUES:
        return as_values(m, a, r, text);
    case AS_LINE:
        return one_line(a, text);
    case AS_IS:
        break;
    }
    return text;
}

str mapping_cell(const struct mapping *m, struct arena *a, const struct cells *row, str target)
{
    for (size_t i = 0; i < m->rules.n; i++) {
        const struct rule *r = &m->rules.v[i];
        if (!str_eq(r->target, target))
            continue;
        str text = r->column.n ? str_trim(row->find(row->ctx, r->column)) : r->constant;
        /* Several rules for one target: the first that gives something. */
        str made = text.n ? transformed(m, a, r, text) : text;
        if (made.n)
            return made;
    }
    return S("");
}

str mapping_skips(const struct mapping *m, struct arena *a, const struct cells *row)
{
    for (size_t i = 0; i < m->skips.n; i++) {
        const struct skip *s = &m->skips.v[i];
        str text = str_trim(row->find(row->ctx, s->column));
        if (str_eq(text, s->value) != s->unless)
            return str_fmt(a, "left out: %.*s is '%.*s'", STR_FMT(s->column), STR_FMT(text));
    }
    return S("");
}

str mapping_source(const struct mapping *m)
{
    return m->source;
}

bool mapping_derives(const struct mapping *m)
{
    return m->derive;
}

bool mapping_has(const struct mapping *m, str target)
{
    for (size_t i = 0; i < m->rules.n; i++)
        if (str_eq(m->rules.v[i].target, target))
            return true;
    return false;
}

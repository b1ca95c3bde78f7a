/* SPDX-License-Identifier: EUPL-1.2 */
/* Mappings: parsing the text, looking up values, making cells. */
#include "feature/exchange/mapping.h"

#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/exchange/offer_cells.h"
#include "feature/exchange/transform.h"

extern const unsigned char exchange_categories[];
extern const size_t exchange_categories_size;

#define MISSES_MOST 50

struct table_line {
    str from; /* folded; "*" is any other value */
    str to;
};

struct table {
    str name;
    struct {
        struct table_line *v;
        size_t n, cap;
    } lines;
};

struct rule {
    str target;
    bool append;
    str column; /* empty: the constant */
    bool optional;
    str constant;
    enum transform transform;
    str argument;
};

struct skip {
    str column;
    str value;
    bool unless;
};

struct mapping {
    struct arena *arena;
    str source;
    str record;
    str announced;
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
    struct {
        struct mapping_miss *v;
        size_t n, cap;
    } misses;
    struct table *open; /* while parsing */
};

/* ---- parsing ---- */

static str first_word(str s, str *rest)
{
    ptrdiff_t at = str_find_byte(s, ' ');
    size_t n = at < 0 ? s.n : (size_t)at;
    *rest = str_trim(str_slice(s, n, s.n));
    return str_slice(s, 0, n);
}

/* Cuts the text at the first sign; false when there is none. */
static bool cut_at(str text, char sign, str *before, str *behind)
{
    ptrdiff_t at = str_find_byte(text, sign);
    *before = str_trim(at < 0 ? text : str_slice(text, 0, (size_t)at));
    *behind = at < 0 ? S("") : str_trim(str_slice(text, (size_t)at + 1, text.n));
    return at >= 0;
}

/* The last ']' of "[COLUMN] | …"; -1 when the name stands without brackets. */
static ptrdiff_t bracket_end(str value)
{
    ptrdiff_t end = (ptrdiff_t)value.n - 1;
    if (!str_starts(value, S("[")))
        return -1;
    while (end > 0 && value.p[end] != ']')
        end--;
    return end > 0 ? end : -1;
}

/* "COLUMN", "COLUMN?", "[COLUMN]", "COLUMN | TRANSFORM ARGUMENT" */
static bool parse_source(str value, struct rule *r)
{
    str transform;
    ptrdiff_t end = bracket_end(value);
    str behind = end < 0 ? value : str_slice(value, (size_t)end + 1, value.n);
    bool transformed = cut_at(behind, '|', &r->column, &transform);
    if (end > 0) {
        if (r->column.n)
            return false;
        r->column = str_trim(str_slice(value, 1, (size_t)end));
    } else if (str_ends(r->column, S("?"))) {
        r->optional = true;
        r->column = str_trim(str_slice(r->column, 0, r->column.n - 1));
    }
    if (!r->column.n)
        return false;
    if (!transformed)
        return true;
    str name = first_word(transform, &r->argument);
    return transform_find(name, &r->transform) && transform_takes(r->transform, r->argument);
}

/* "TARGET = SOURCE", "TARGET += SOURCE", "TARGET = "TEXT"" */
static bool parse_rule(struct mapping *m, struct arena *a, str line)
{
    struct rule r = { 0 };
    str value;
    if (!cut_at(line, '=', &r.target, &value) || !value.n)
        return false;
    r.append = str_ends(r.target, S("+"));
    if (r.append)
        r.target = str_trim(str_slice(r.target, 0, r.target.n - 1));
    if (!offer_has_column(r.target))
        return false;
    if (value.n > 1 && value.p[0] == '"' && value.p[value.n - 1] == '"')
        r.constant = str_slice(value, 1, value.n - 1);
    else if (!parse_source(value, &r))
        return false;
    *vec_add(a, &m->rules) = r;
    return true;
}

/* "COLUMN is VALUE" or "COLUMN unless VALUE" */
static bool parse_skip(struct mapping *m, struct arena *a, str rest)
{
    ptrdiff_t is = str_find(rest, S(" is "));
    ptrdiff_t unless = str_find(rest, S(" unless "));
    ptrdiff_t at = is >= 0 ? is : unless;
    if (at < 1)
        return false;
    struct skip s = { .unless = is < 0 };
    s.column = str_trim(str_slice(rest, 0, (size_t)at));
    s.value = str_trim(str_slice(rest, (size_t)at + (s.unless ? 8 : 4), rest.n));
    *vec_add(a, &m->skips) = s;
    return true;
}

static bool parse_table_line(struct mapping *m, struct arena *a, str line)
{
    struct table_line l;
    if (str_eq(line, S("end"))) {
        m->open = NULL;
        return true;
    }
    if (!cut_at(line, '=', &l.from, &l.to))
        return false;
    if (!str_eq(l.from, S("*")))
        l.from = utf8_fold(a, l.from);
    *vec_add(a, &m->open->lines) = l;
    return l.from.n > 0;
}

static bool parse_lines(struct mapping *m, struct arena *a, str text, str *problem);

/* The tables that ship with Tandem; so far those for the categories of FREINET. */
static bool add_tables(struct mapping *m, struct arena *a, str name)
{
    str problem;
    str text = { (const char *)exchange_categories, exchange_categories_size };
    return str_eq(name, S("freinet-categories")) && parse_lines(m, a, text, &problem);
}

static bool set_once(str *at, str value)
{
    bool good = value.n && !at->n;
    *at = value;
    return good;
}

static bool parse_line(struct mapping *m, struct arena *a, str line)
{
    str rest;
    str word = first_word(line, &rest);
    if (m->open)
        return parse_table_line(m, a, line);
    if (str_eq(word, S("table"))) {
        m->open = vec_add(a, &m->tables);
        m->open->name = rest;
        return rest.n > 0;
    }
    if (str_eq(word, S("tables")))
        return add_tables(m, a, rest);
    if (str_eq(word, S("source")))
        return set_once(&m->source, rest);
    if (str_eq(word, S("record")))
        return set_once(&m->record, rest);
    if (str_eq(word, S("announced")))
        return set_once(&m->announced, rest);
    if (str_eq(word, S("derive"))) {
        m->derive = true;
        return str_eq(rest, S("keywords"));
    }
    return str_eq(word, S("skip")) ? parse_skip(m, a, rest) : parse_rule(m, a, line);
}

static bool parse_lines(struct mapping *m, struct arena *a, str text, str *problem)
{
    str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#' || parse_line(m, a, line))
            continue;
        *problem = str_fmt(a, "mapping line %d: not understood: %.*s", number,
                           STR_FMT(utf8_cut(line, 80)));
        return false;
    }
    return true;
}

static const struct table *table_find(const struct mapping *m, str name)
{
    for (size_t i = 0; i < m->tables.n; i++)
        if (str_eq(m->tables.v[i].name, name))
            return &m->tables.v[i];
    return NULL;
}

/* What the whole mapping must have, whatever its lines say. */
static str incomplete(const struct mapping *m, struct arena *a)
{
    if (m->open)
        return S("a table of the mapping has no end");
    if (!m->source.n)
        return S("the mapping has no source");
    for (size_t i = 0; i < m->rules.n; i++) {
        const struct rule *r = &m->rules.v[i];
        if (r->transform == TRANSFORM_VALUES && !table_find(m, r->argument))
            return str_fmt(a, "the mapping has no table '%.*s'", STR_FMT(r->argument));
    }
    return S("");
}

struct mapping *mapping_parse(struct arena *a, str text, str *problem)
{
    struct mapping *m = NEW(a, struct mapping);
    m->arena = a;
    if (!utf8_valid(text)) {
        *problem = S("the mapping is no UTF-8 text");
        return NULL;
    }
    if (!parse_lines(m, a, text, problem))
        return NULL;
    *problem = incomplete(m, a);
    return problem->n ? NULL : m;
}

/* ---- tables of values ---- */

static void miss(struct mapping *m, str table, str value)
{
    for (size_t i = 0; i < m->misses.n; i++)
        if (str_eq(m->misses.v[i].value, value) && str_eq(m->misses.v[i].table, table)) {
            m->misses.v[i].count++;
            return;
        }
    if (m->misses.n < MISSES_MOST)
        *vec_add(m->arena, &m->misses) =
            (struct mapping_miss){ table, str_copy(m->arena, value), 1 };
}

/* A cell being looked up. */
struct lookup {
    struct mapping *mapping;
    struct arena *arena;
    const struct table *table;
    struct out out;
};

/* Puts the codes of a value; false when the table does not know it. */
static bool put_value(struct lookup *l, str value)
{
    for (size_t i = 0; i < l->table->lines.n; i++) {
        const struct table_line *line = &l->table->lines.v[i];
        if (!str_eq(line->from, value))
            continue;
        if (l->out.n && line->to.n)
            out_char(&l->out, ' ');
        out_str(&l->out, line->to);
        return true;
    }
    return false;
}

static void put_or_miss(struct lookup *l, str value)
{
    if (value.n && !put_value(l, utf8_fold(l->arena, value)) && !put_value(l, S("*")))
        miss(l->mapping, l->table->name, value);
}

/* One part of a list: a value, or values with commas between them. */
static void put_part(struct lookup *l, str part)
{
    str value;
    if (put_value(l, utf8_fold(l->arena, part)))
        return;
    while (str_next(&part, ',', &value))
        put_or_miss(l, str_trim(value));
}

/* Lists are separated by semicolons, bars or line breaks, else by commas. */
static str values(struct mapping *m, struct arena *a, str name, str text)
{
    struct lookup l = { m, a, table_find(m, name), out_new(a, 4096) };
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && str_find_byte(S(";|\n"), text.p[i]) < 0)
            continue;
        str part = str_trim(str_slice(text, from, i));
        if (part.n)
            put_part(&l, part);
        from = i + 1;
    }
    return out_text(&l.out);
}

/* ---- cells ---- */

static str made_by(struct mapping *m, struct arena *a, const struct rule *r,
                   const struct cells *row)
{
    str text = r->column.n ? cell_of(row, r->column) : r->constant;
    if (!text.n)
        return text;
    if (r->transform == TRANSFORM_VALUES)
        return values(m, a, r->argument, text);
    return transform_text(a, r->transform, r->argument, text);
}

/* The first rule that gives something; += adds a paragraph to what is there. */
str mapping_cell(struct mapping *m, struct arena *a, const struct cells *row, str target)
{
    str made = S("");
    for (size_t i = 0; i < m->rules.n; i++) {
        const struct rule *r = &m->rules.v[i];
        if (!str_eq(r->target, target) || (made.n && !r->append))
            continue;
        str more = made_by(m, a, r, row);
        bool both = made.n && more.n;
        made = both ? str_fmt(a, "%.*s\n\n%.*s", STR_FMT(made), STR_FMT(more))
                    : (made.n ? made : more);
    }
    return made;
}

str mapping_skips(const struct mapping *m, struct arena *a, const struct cells *row)
{
    for (size_t i = 0; i < m->skips.n; i++) {
        const struct skip *s = &m->skips.v[i];
        str text = cell_of(row, s->column);
        if (str_eq(text, s->value) != s->unless)
            return str_fmt(a, "left out: %.*s is '%.*s'", STR_FMT(s->column),
                           STR_FMT(utf8_cut(text, 60)));
    }
    return S("");
}

str mapping_missing(const struct mapping *m, const struct cells *head)
{
    for (size_t i = 0; i < m->rules.n; i++) {
        const struct rule *r = &m->rules.v[i];
        if (r->column.n && !r->optional && !cell_of(head, r->column).p)
            return r->column;
    }
    for (size_t i = 0; i < m->skips.n; i++)
        if (!cell_of(head, m->skips.v[i].column).p)
            return m->skips.v[i].column;
    return S("");
}

str mapping_target(const struct mapping *m, str column)
{
    for (size_t i = 0; i < m->rules.n; i++)
        if (m->rules.v[i].column.n && str_ieq(m->rules.v[i].column, column))
            return m->rules.v[i].target;
    return S("");
}

str mapping_constant(const struct mapping *m, str target)
{
    for (size_t i = 0; i < m->rules.n; i++)
        if (!m->rules.v[i].column.n && str_eq(m->rules.v[i].target, target))
            return m->rules.v[i].constant;
    return S("");
}

struct mapping_misses mapping_misses(const struct mapping *m)
{
    return (struct mapping_misses){ m->misses.v, m->misses.n };
}

str mapping_source(const struct mapping *m)
{
    return m->source;
}

str mapping_record(const struct mapping *m)
{
    return m->record;
}

str mapping_announced(const struct mapping *m)
{
    return m->announced;
}

bool mapping_derives(const struct mapping *m)
{
    return m->derive;
}

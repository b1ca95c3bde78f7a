/* SPDX-License-Identifier: EUPL-1.2 */
/* Counting: rows of a figure's statement into a table of offices and values, and what is told. */
#include "feature/report/count.h"

#include <stdlib.h>

#include "feature/report/hide.h"
#include "report.text.h"

/* One figure in one time. */
struct tally_table {
    struct hide_table t;
    int64_t *amount; /* beside t.n */
};

static size_t office_index(const struct report *r, const struct report_figure *f, int64_t office)
{
    if (!(f->flags & OFFICES))
        return 0;
    for (size_t i = 0; i < r->offices.n; i++)
        if (r->offices.v[i].id == office)
            return i;
    return r->offices.n; /* of none */
}

/* Rows beside the sum: an office each, and one for none. */
static size_t office_rows(const struct report *r, const struct report_figure *f)
{
    return f->flags & OFFICES ? r->offices.n + 1 : 0;
}

static void add_at(struct tally_table *t, size_t row, size_t column, const struct report_row *v)
{
    size_t at = hide_at(&t->t, row, column);
    t->t.n[at] += v->n;
    t->amount[at] += v->amount;
}

static void add_value(struct tally_table *t, size_t office, size_t column,
                      const struct report_row *v)
{
    if (t->t.rows)
        add_at(t, office, column, v);
    add_at(t, t->t.rows, column, v);
}

static void add_row(struct tally_table *t, const struct report *r, const struct report_figure *f,
                    size_t time, const struct report_row *v)
{
    size_t office = office_index(r, f, v->office);
    size_t values = report_by_count(f->by, &r->span[time]);
    add_value(t, office, t->t.columns, v);
    if (!values)
        return;
    if (!report_by_several(f->by)) {
        add_value(t, office, report_by_value(f->by, &r->span[time], v), v);
        return;
    }
    if (!v->bits)
        add_value(t, office, values - 1, v);
    for (size_t i = 0; i + 1 < values; i++)
        if ((uint64_t)v->bits >> i & 1)
            add_value(t, office, i, v);
}

/* ---- numbers ---- */

static int compare_amounts(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* In tenths of days. */
static struct report_number median(struct rq *rq, const struct report *r,
                                   const struct report_figure *f, struct report_row_rows rows)
{
    int64_t *v = NEW_ARRAY(rq->arena, rows.n + 1, int64_t);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (!r->office_id || rows.v[i].office == r->office_id)
            v[n++] = rows.v[i].amount;
    if (n < HIDE_BELOW)
        return (struct report_number){ .hidden = n && f->flags & PEOPLE, .none = !n };
    qsort(v, n, sizeof *v, compare_amounts);
    int64_t twice = v[n / 2] + v[(n - 1) / 2];
    return (struct report_number){ .value = (twice * 10 + 86400) / 172800 };
}

static struct report_number number_at(const struct tally_table *t, const struct report *r,
                                      const struct report_figure *f, size_t column)
{
    size_t row = r->office_id ? office_index(r, f, r->office_id) : t->t.rows;
    size_t at = hide_at(&t->t, row, column);
    if (t->t.hidden[at])
        return (struct report_number){ .hidden = true };
    int64_t value = f->unit == REPORT_HOURS ? (t->amount[at] * 10 + 30) / 60 : t->t.n[at];
    return (struct report_number){ .value = value };
}

/* ---- lines ---- */

static bool is_there(const struct report_number *v)
{
    return v[REPORT_NOW].value || v[REPORT_NOW].hidden || v[REPORT_BEFORE].value ||
           v[REPORT_BEFORE].hidden;
}

/* What is not told stands last, in the order of the values: its place tells nothing. */
static void sort_lines(struct report_line *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct report_line l = v[i];
        size_t k = i;
        for (; k && v[k - 1].v[REPORT_NOW].value < l.v[REPORT_NOW].value; k--)
            v[k] = v[k - 1];
        v[k] = l;
    }
}

static struct report_line line_of(struct rq *rq, const struct report *r,
                                  const struct report_figure *f, size_t value)
{
    bool beyond =
        value >= report_by_count(f->by, &r->span[REPORT_NOW]); /* a month less than then */
    const struct report_span *span = &r->span[beyond ? REPORT_BEFORE : REPORT_NOW];
    return (struct report_line){ .code = report_by_code(rq->arena, f->by, span, value),
                                 .label = report_by_label(rq, f->by, span, value) };
}

static void put_lines(struct rq *rq, const struct report *r, const struct tally_table *tables,
                      struct report_result *result)
{
    const struct report_figure *f = result->figure;
    size_t columns = tables[REPORT_NOW].t.columns;
    struct report_line *lines = NEW_ARRAY(rq->arena, columns + 1, struct report_line);
    bool all = f->by == &report_by_month && is_there(result->total);
    for (size_t c = 0; c < columns; c++) {
        struct report_line l = line_of(rq, r, f, c);
        for (size_t time = 0; time < REPORT_TIMES; time++)
            l.v[time] = number_at(&tables[time], r, f, c);
        if (all || is_there(l.v))
            lines[result->n++] = l;
    }
    if (!report_by_ordered(f->by))
        sort_lines(lines, result->n);
    result->lines = lines;
}

/* ---- a figure, a report ---- */

static size_t columns_of(const struct report *r, const struct report_figure *f)
{
    size_t now = report_by_count(f->by, &r->span[REPORT_NOW]);
    size_t before = report_by_count(f->by, &r->span[REPORT_BEFORE]);
    return now > before ? now : before;
}

static struct report_result figure_in(struct rq *rq, const struct report *r,
                                      const struct report_figure *f)
{
    struct report_result result = { .figure = f };
    struct tally_table tables[REPORT_TIMES] = { 0 };
    for (size_t time = 0; time < REPORT_TIMES; time++) {
        struct report_row_rows rows = f->rows(rq->db, &r->span[time]);
        if (f->unit == REPORT_DAYS) {
            result.total[time] = median(rq, r, f, rows);
            continue;
        }
        struct tally_table *t = &tables[time];
        t->t = hide_table_new(rq->arena, office_rows(r, f), columns_of(r, f));
        t->amount = NEW_ARRAY(rq->arena, (t->t.rows + 1) * (t->t.columns + 1), int64_t);
        for (size_t i = 0; i < rows.n; i++)
            add_row(t, r, f, time, &rows.v[i]);
        if (f->flags & PEOPLE)
            hide_small(&t->t);
        result.total[time] = number_at(t, r, f, t->t.columns);
    }
    if (f->unit != REPORT_DAYS)
        put_lines(rq, r, tables, &result);
    return result;
}

struct report report_make(struct rq *rq, const struct report_span *span, int64_t office_id)
{
    struct report r = { .offices = report_offices(rq->db, rq->city->id) };
    struct report_result *v = NEW_ARRAY(rq->arena, report_figure_count, struct report_result);
    for (size_t i = 0; i < r.offices.n; i++)
        if (r.offices.v[i].id == office_id) {
            r.office_id = office_id;
            r.office = r.offices.v[i].name;
        }
    r.span[REPORT_NOW] = *span;
    r.span[REPORT_BEFORE] = report_span_before(rq, span);
    for (size_t time = 0; time < REPORT_TIMES; time++) {
        r.words[time] = report_span_words(rq, &r.span[time]);
        r.brief[time] = report_span_short(rq, &r.span[time]);
    }
    for (size_t i = 0; i < report_figure_count; i++)
        if (report_figure_has(&report_figures[i], span, r.office_id))
            v[r.n++] = figure_in(rq, &r, &report_figures[i]);
    r.v = v;
    return r;
}

const struct report_result *report_find(const struct report *r, str key)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].figure->key, key))
            return &r->v[i];
    return NULL;
}

/* ---- in words ---- */

int report_decimals(const struct report_figure *f)
{
    return f->unit == REPORT_COUNT ? 0 : 1;
}

str report_fmt(const struct rq *rq, const struct report_figure *f, const struct report_number *n)
{
    if (n->hidden)
        return t_report_hidden(rq);
    if (n->none)
        return S("–");
    if (!report_decimals(f))
        return lang_number(rq->arena, rq->lang, n->value);
    str whole = lang_number(rq->arena, rq->lang, n->value / 10);
    return str_fmt(rq->arena, "%.*s%s%lld", STR_FMT(whole), rq->lang == LANG_EN ? "." : ",",
                   (long long)(n->value % 10));
}

str report_fmt_unit(const struct rq *rq, const struct report_figure *f,
                    const struct report_number *n)
{
    str number = report_fmt(rq, f, n);
    if (n->hidden || n->none || f->unit == REPORT_COUNT)
        return number;
    return f->unit == REPORT_HOURS ? t_report_hours(rq, number) : t_report_days(rq, number);
}

str report_name(const struct rq *rq, const struct report_figure *f)
{
    return text_of(rq, f->name);
}

str report_title(const struct rq *rq, const struct report_figure *f)
{
    str by = report_by_name(rq, f->by);
    if (!by.n)
        return report_name(rq, f);
    return str_fmt(rq->arena, "%.*s %.*s", STR_FMT(report_name(rq, f)), STR_FMT(by));
}

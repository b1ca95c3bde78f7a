/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of figures show, made ready for their templates. Neighbours: report.html. */
#include "feature/report/pages.h"
#include "report.text.h"
#include "web/chart.h"

#define CHART_MOST 12 /* lying bars of a picture; the table has all */

struct report report_asked(struct rq *rq)
{
    struct report_span span = report_span_asked(rq);
    return report_make(rq, &span, rq_param_int(rq, "office", 0));
}

bool report_is_main(const struct report_result *f, enum report_section s)
{
    return f->figure->section == s && !(f->figure->flags & PART);
}

bool report_has_lines(const struct report_result *f, enum report_section s)
{
    return f->figure->section == s && f->n > 0;
}

bool report_has_section(const struct report *r, enum report_section s)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].figure->section == s)
            return true;
    return false;
}

static bool any_hidden(const struct report_number *v)
{
    return v[REPORT_NOW].hidden || v[REPORT_BEFORE].hidden;
}

static bool result_hides(const struct report_result *f)
{
    bool hides = any_hidden(f->total);
    for (size_t i = 0; i < f->n; i++)
        hides = hides || any_hidden(f->lines[i].v);
    return hides;
}

bool report_hides(const struct report *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (result_hides(&r->v[i]))
            return true;
    return false;
}

/* ---- pictures ---- */

/* "3": months go by their number where they stand side by side. */
static str short_month(str code)
{
    str month = code.n >= 7 ? str_slice(code, 5, 7) : code;
    return str_starts(month, S("0")) ? str_slice(month, 1, month.n) : month;
}

static struct chart_bar bar_of(const struct rq *rq, const struct report_result *f, size_t i,
                               bool standing)
{
    const struct report_line *l = &f->lines[i];
    struct chart_bar b = { .label = standing ? short_month(l->code) : l->label };
    for (size_t time = 0; time < REPORT_TIMES; time++) {
        b.said[time] = report_fmt(rq, f->figure, &l->v[time]);
        b.value[time] = l->v[time].value;
        b.hidden[time] = l->v[time].hidden;
    }
    return b;
}

static str most_said(const struct rq *rq, const struct report_result *f)
{
    struct report_number most = { .value = 1 };
    for (size_t i = 0; i < f->n; i++)
        for (size_t time = 0; time < REPORT_TIMES; time++)
            if (f->lines[i].v[time].value > most.value)
                most = f->lines[i].v[time];
    return report_fmt(rq, f->figure, &most);
}

html report_chart(const struct rq *rq, const struct report *r, const struct report_result *f)
{
    bool standing = f->figure->by == &report_by_month;
    size_t n = standing || f->n < CHART_MOST ? f->n : CHART_MOST;
    struct chart_bar *v = NEW_ARRAY(rq->arena, n + 1, struct chart_bar);
    for (size_t i = 0; i < n; i++)
        v[i] = bar_of(rq, f, i, standing);
    str title = report_title(rq, f->figure);
    struct chart c = { .id = str_join(rq->arena, S("bild-"), f->figure->key),
                       .title = title,
                       .desc = t_report_chart(rq, r->words[REPORT_NOW], r->words[REPORT_BEFORE]),
                       .times = { r->brief[REPORT_NOW], r->brief[REPORT_BEFORE] },
                       .v = v,
                       .n = n,
                       .standing = standing,
                       .most = most_said(rq, f),
                       .colour = rq->city->colour };
    return chart_svg(rq->arena, &c);
}

/* ---- addresses ---- */

str report_place(const struct rq *rq, const struct report_figure *f)
{
    return str_join(rq->arena, S("so-"), f->key);
}

url report_link(const struct rq *rq, str path, const struct report *r)
{
    const struct report_span *s = &r->span[REPORT_NOW];
    const struct http_field fields[] = {
        { S("from"), s->first_iso },
        { S("to"), s->last_iso },
        { S("office"), str_fmt(rq->arena, "%lld", (long long)r->office_id) },
    };
    return link_query(rq, path, fields, r->office_id ? 3 : 2);
}

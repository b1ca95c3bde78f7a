/* SPDX-License-Identifier: EUPL-1.2 */
/* A report as CSV, XLSX and JSON: a line for each number, with how it is counted beside it. */
#include "feature/report/pages.h"
#include "report.text.h"
#include "web/export.h"

#define COLUMNS 9

static str unit_name(const struct rq *rq, const struct report_figure *f)
{
    static const enum msg names[] = { [REPORT_COUNT] = MSG_report_unit_count,
                                      [REPORT_HOURS] = MSG_report_unit_hours,
                                      [REPORT_DAYS] = MSG_report_unit_days };
    return text_of(rq, names[f->unit]);
}

/* ---- CSV and XLSX ---- */

static void put_number(const struct rq *rq, struct sheet *s, const struct report_figure *f,
                       const struct report_number *n)
{
    if (n->hidden)
        sheet_cell(s, t_report_hidden(rq));
    else if (n->none)
        sheet_cell(s, S(""));
    else
        sheet_number(s, n->value, report_decimals(f) > 0);
}

/* `l` NULL: the figure as a whole. */
static void put_row(const struct rq *rq, struct sheet *s, const struct report_result *f,
                    const struct report_line *l)
{
    const struct report_number *v = l ? l->v : f->total;
    sheet_cell(s, f->figure->key);
    sheet_cell(s, text_of(rq, report_section_name(f->figure->section)));
    sheet_cell(s, report_name(rq, f->figure));
    sheet_cell(s, l ? report_by_name(rq, f->figure->by) : S(""));
    sheet_cell(s, l ? l->label : t_report_total(rq));
    sheet_cell(s, unit_name(rq, f->figure));
    put_number(rq, s, f->figure, &v[REPORT_NOW]);
    put_number(rq, s, f->figure, &v[REPORT_BEFORE]);
    sheet_cell(s, text_of(rq, f->figure->how));
    sheet_row_end(s);
}

static enum err write_all(struct rq *rq, void *ctx, enum sheet_format format, int64_t *rows)
{
    const struct report *r = ctx;
    const str names[COLUMNS] = { t_report_column_key(rq),    t_report_column_section(rq),
                                 t_report_column_figure(rq), t_report_column_by(rq),
                                 t_report_column_value(rq),  t_report_column_unit(rq),
                                 r->words[REPORT_NOW],       r->words[REPORT_BEFORE],
                                 t_report_how_title(rq) };
    str title = r->office.n ? t_report_sheet_office(rq) : t_report_sheet(rq);
    struct sheet s = sheet_begin(rq->out, format, &(struct sheet_head){ title, names, COLUMNS });
    for (size_t i = 0; i < r->n; i++) {
        put_row(rq, &s, &r->v[i], NULL);
        for (size_t k = 0; k < r->v[i].n; k++)
            put_row(rq, &s, &r->v[i], &r->v[i].lines[k]);
    }
    *rows = s.rows;
    int64_t cut;
    return sheet_end(&s, &cut);
}

str report_file_name(const struct rq *rq, const struct report *r)
{
    const struct report_span *s = &r->span[REPORT_NOW];
    if (s->years && s->first.year == s->last.year)
        return str_fmt(rq->arena, "bericht-%d", s->first.year);
    return str_fmt(rq->arena, "bericht-%.*s-%.*s", STR_FMT(s->first_iso), STR_FMT(s->last_iso));
}

/* POST /buero/zahlen/bericht/export */
void report_file(struct rq *rq, struct tx *tx)
{
    struct report r = report_asked(rq);
    struct export_file file = { report_file_name(rq, &r), t_report_sheet(rq), S("report.export"),
                                S("/buero/zahlen/bericht") };
    export_answer(rq, tx, &file, write_all, &r);
}

/* ---- JSON ---- */

static const struct property number_properties[] = {
    { "value", "number", "Absent: hidden, or there is none.", .optional = true },
    { "hidden", "boolean", "Not told, because it is small or would tell a small one." },
    { 0 },
};
static const struct schema number_schema = { "ReportNumber", "One number.", number_properties };

static const struct property line_properties[] = {
    { "code", "string", "A code of the breakdown; empty: not said." },
    { "label", "string", "In the language of the page." },
    { "now", "object", "In the time of the report.", &number_schema },
    { "before", "object", "In the time before.", &number_schema },
    { 0 },
};
static const struct schema line_schema = { "ReportLine", "One value of a breakdown.",
                                           line_properties };

static const struct property figure_properties[] = {
    { "key", "string", "Its name, for good." },
    { "section", "string", "Where it stands." },
    { "label", "string", "What it is called." },
    { "definition", "string", "How it is counted." },
    { "unit", "string", "count, hours or days." },
    { "now", "object", "In the time of the report.", &number_schema },
    { "before", "object", "In the time before.", &number_schema },
    { "lines", "array", "By what the figure is broken down by.", &line_schema },
    { 0 },
};
static const struct schema figure_schema = { "ReportFigure", "A figure.", figure_properties };

static const struct property span_properties[] = {
    { "from", "string", "First day." },
    { "to", "string", "Last day." },
    { 0 },
};
static const struct schema span_schema = { "ReportSpan", "Days.", span_properties };

static const struct property report_properties[] = {
    { "now", "object", "The time of the report.", &span_schema },
    { "before", "object", "What it is compared with.", &span_schema },
    { "office", "string", "Name of the office; absent: the whole town.", .optional = true },
    { "figures", "array", "In the order of the report.", &figure_schema },
    { 0 },
};
const struct schema report_schema = { "Report", "The figures of a town.", report_properties };

static void json_text(struct json *j, str key, str text)
{
    json_key(j, key);
    json_str(j, text);
}

static void json_span(struct json *j, str key, const struct report_span *s)
{
    json_key(j, key);
    json_object(j);
    json_text(j, S("from"), s->first_iso);
    json_text(j, S("to"), s->last_iso);
    json_object_end(j);
}

static void json_number(struct json *j, str key, const struct report_figure *f,
                        const struct report_number *n)
{
    json_key(j, key);
    json_object(j);
    if (!n->hidden && !n->none) {
        json_key(j, S("value"));
        if (report_decimals(f))
            json_real(j, (double)n->value / 10, 1);
        else
            json_int(j, n->value);
    }
    json_key(j, S("hidden"));
    json_bool(j, n->hidden);
    json_object_end(j);
}

static void json_both(struct json *j, const struct report_figure *f, const struct report_number *v)
{
    json_number(j, S("now"), f, &v[REPORT_NOW]);
    json_number(j, S("before"), f, &v[REPORT_BEFORE]);
}

static str unit_code(enum report_unit unit)
{
    static const str codes[] = { [REPORT_COUNT] = STR_INIT("count"),
                                 [REPORT_HOURS] = STR_INIT("hours"),
                                 [REPORT_DAYS] = STR_INIT("days") };
    return codes[unit];
}

static void json_figure(const struct rq *rq, struct json *j, const struct report_result *r)
{
    const struct report_figure *f = r->figure;
    json_object(j);
    json_text(j, S("key"), f->key);
    json_text(j, S("section"), text_of(rq, report_section_name(f->section)));
    json_text(j, S("label"), report_title(rq, f));
    json_text(j, S("definition"), text_of(rq, f->how));
    json_text(j, S("unit"), unit_code(f->unit));
    json_both(j, f, r->total);
    json_key(j, S("lines"));
    json_array(j);
    for (size_t i = 0; i < r->n; i++) {
        json_object(j);
        json_text(j, S("code"), r->lines[i].code);
        json_text(j, S("label"), r->lines[i].label);
        json_both(j, f, r->lines[i].v);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

void report_put_json(struct rq *rq, const struct report *r)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_span(&j, S("now"), &r->span[REPORT_NOW]);
    json_span(&j, S("before"), &r->span[REPORT_BEFORE]);
    if (r->office.n)
        json_text(&j, S("office"), r->office);
    json_key(&j, S("figures"));
    json_array(&j);
    for (size_t i = 0; i < r->n; i++)
        json_figure(rq, &j, &r->v[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
}

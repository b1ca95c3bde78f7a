/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables as files. The library for XLSX is behind sheet_xlsx.h. */
#include "web/sheet.h"

#include "web/sheet_xlsx.h"

static const struct {
    str name, suffix, type;
} formats[] = {
    [SHEET_CSV] = { STR_INIT("csv"), STR_INIT("csv"), STR_INIT("text/csv; charset=utf-8") },
    [SHEET_CSV_GERMAN] = { STR_INIT(""), STR_INIT("csv"), STR_INIT("text/csv; charset=utf-8") },
    [SHEET_XLSX] = { STR_INIT("xlsx"), STR_INIT("xlsx"),
                     STR_INIT(
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") },
    [SHEET_JSON] = { STR_INIT("json"), STR_INIT("json"), STR_INIT("application/json") },
};

bool sheet_format_find(str name, enum sheet_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (name.n && str_eq(formats[i].name, name)) {
            *format = (enum sheet_format)i;
            return true;
        }
    return false;
}

str sheet_type(enum sheet_format format)
{
    return formats[format].type;
}

str sheet_suffix(enum sheet_format format)
{
    return formats[format].suffix;
}

struct sheet sheet_begin(struct out *out, enum sheet_format format, const struct sheet_head *head)
{
    struct sheet s = { .format = format, .out = out, .names = head->names, .columns = head->n };
    if (format == SHEET_JSON) {
        s.json = json_new(out);
        json_array(&s.json);
        return s;
    }
    if (format == SHEET_XLSX)
        s.xlsx = xlsx_new(head->title, (uint16_t)head->n);
    else
        s.csv = format == SHEET_CSV ? csv_new(out) : csv_new_german(out);
    for (size_t i = 0; i < head->n; i++)
        sheet_cell(&s, head->names[i]);
    sheet_row_end(&s);
    s.rows = 0;
    return s;
}

static void json_cell(struct sheet *s, str text)
{
    if (s->column == 0)
        json_object(&s->json);
    if (!text.n)
        return;
    json_key(&s->json, s->names[s->column]);
    json_str(&s->json, text);
}

void sheet_cell(struct sheet *s, str text)
{
    must(s->column < s->columns);
    if (s->format == SHEET_JSON)
        json_cell(s, text);
    else if (s->format == SHEET_XLSX)
        xlsx_text(s->xlsx, (uint16_t)s->column, text);
    else
        csv_str(&s->csv, text);
    s->column++;
}

static str number_text(const struct sheet *s, int64_t value, bool tenths)
{
    if (!tenths)
        return str_fmt(s->out->arena, "%lld", (long long)value);
    int64_t size = value < 0 ? -value : value;
    return str_fmt(s->out->arena, "%s%lld%c%lld", value < 0 ? "-" : "", (long long)(size / 10),
                   s->format == SHEET_CSV_GERMAN ? ',' : '.', (long long)(size % 10));
}

void sheet_number(struct sheet *s, int64_t value, bool tenths)
{
    must(s->column < s->columns);
    if (s->format == SHEET_JSON) {
        if (s->column == 0)
            json_object(&s->json);
        json_key(&s->json, s->names[s->column]);
        json_raw(&s->json, number_text(s, value, tenths));
    } else if (s->format == SHEET_XLSX) {
        xlsx_number(s->xlsx, (uint16_t)s->column, tenths ? (double)value / 10 : (double)value);
    } else {
        csv_str(&s->csv, number_text(s, value, tenths));
    }
    s->column++;
}

void sheet_row_end(struct sheet *s)
{
    must(s->column == s->columns);
    if (s->format == SHEET_JSON)
        json_object_end(&s->json);
    else if (s->format == SHEET_XLSX)
        xlsx_row_end(s->xlsx);
    else
        csv_row_end(&s->csv);
    s->column = 0;
    s->rows++;
}

enum err sheet_end(struct sheet *s, int64_t *cut)
{
    enum err e = ERR_OK;
    *cut = 0;
    if (s->format == SHEET_JSON) {
        json_array_end(&s->json);
        json_done(&s->json);
    } else if (s->format == SHEET_XLSX) {
        e = xlsx_end(s->xlsx, s->out, cut);
    }
    return e == ERR_OK && s->out->full ? ERR_LIMIT : e;
}

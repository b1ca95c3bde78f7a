/* SPDX-License-Identifier: EUPL-1.2 */
/* The report of an import as text and as JSON. */
#include "feature/exchange/report.h"

#include "web/json.h"

str report_line(struct arena *a, const struct import_line *line)
{
    struct out o = out_new(a, 0);
    if (line->line)
        out_fmt(&o, "line %lld: ", (long long)line->line);
    if (!line->rejected)
        OUT(&o, "note: ");
    out_str(&o, line->text);
    return out_text(&o);
}

str report_sum(struct arena *a, const struct import_report *r)
{
    return str_fmt(a, "imported %lld, updated %lld, unchanged %lld, failed %lld of %lld rows",
                   (long long)r->imported, (long long)r->updated, (long long)r->unchanged,
                   (long long)r->failed, (long long)r->rows);
}

static void put_line(struct json *j, const struct import_line *line)
{
    json_object(j);
    json_key(j, S("line"));
    json_int(j, line->line);
    json_key(j, S("rejected"));
    json_bool(j, line->rejected);
    json_key(j, S("text"));
    json_str(j, line->text);
    json_object_end(j);
}

str report_json(struct arena *a, const struct import_report *r)
{
    const struct {
        str key;
        int64_t value;
    } counts[] = { { S("imported"), r->imported },   { S("updated"), r->updated },
                   { S("unchanged"), r->unchanged }, { S("failed"), r->failed },
                   { S("rows"), r->rows },           { S("kept"), r->kept } };
    struct out o = out_new(a, 0);
    struct json j = json_new(&o);
    json_object(&j);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_key(&j, counts[i].key);
        json_int(&j, counts[i].value);
    }
    json_key(&j, S("lines"));
    json_array(&j);
    for (size_t i = 0; i < r->line_count; i++)
        put_line(&j, &r->lines[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
    return out_text(&o);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* A table that comes by the browser: its name, and its bytes as CSV. */
#include "base/utf8.h"
#include "exchange.text.h"
#include "feature/exchange/table.h"
#include "web/xlsx_in.h"

/* Spreadsheets of before 2007. */
static bool is_old_workbook(str bytes)
{
    return str_starts(bytes, S("\xD0\xCF\x11\xE0"));
}

/* The name without folders, which some browsers send. */
static str name_of(struct rq *rq, str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
            name = str_slice(name, i, name.n);
            break;
        }
    name = str_trim(utf8_clean(rq->arena, utf8_cut(name, 100)));
    return name.n ? name : t_exchange_unnamed(rq);
}

/* From here on a workbook is the CSV of its sheet. */
static void unpack(struct rq *rq, struct table_upload *up)
{
    str csv = S("");
    str problem = S("");
    if (!xlsx_in_is(up->bytes))
        return;
    if (xlsx_in_csv(rq->arena, up->bytes, &csv, &problem) != ERR_OK)
        up->refused = t_exchange_error_sheet(rq, import_said(rq, problem));
    up->bytes = csv;
}

struct table_upload table_upload(struct rq *rq)
{
    struct table_upload up = { .name = S(""), .bytes = S(""), .refused = S("") };
    for (size_t i = 0; i < rq->http->upload_count; i++)
        if (str_eq(rq->http->uploads[i].field, S("file"))) {
            up.bytes = rq->http->uploads[i].bytes;
            up.name = name_of(rq, rq->http->uploads[i].filename);
        }
    if (up.bytes.n <= TABLE_MOST)
        unpack(rq, &up);
    if (up.refused.n)
        return up;
    if (!up.bytes.n)
        up.refused = t_exchange_error_none(rq);
    else if (up.bytes.n > TABLE_MOST)
        up.refused = t_exchange_error_large(rq, table_size(rq, (int64_t)TABLE_MOST));
    else if (is_old_workbook(up.bytes))
        up.refused = t_exchange_error_workbook(rq);
    return up;
}

str table_size(const struct rq *rq, int64_t bytes)
{
    if (bytes < 1024 * 1024)
        return str_fmt(rq->arena, "%lld KB", (long long)((bytes + 1023) / 1024));
    return str_fmt(rq->arena, "%lld MB", (long long)((bytes + (1 << 20) - 1) >> 20));
}

str table_samples(struct rq *rq, const struct sample_column *c)
{
    struct out o = out_new(rq->arena, 0);
    for (size_t i = 0; i < c->n; i++)
        out_fmt(&o, "%s%.*s", i ? " · " : "", STR_FMT(c->values[i]));
    return out_text(&o);
}

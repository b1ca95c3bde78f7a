/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of cells from CSV and XML. */
#include "feature/exchange/rows.h"

#include "web/csv_in.h"
#include "web/xml_in.h"

/* ---- CSV ---- */

static str csv_cell(void *ctx, str name)
{
    const struct csv_in *in = ctx;
    int column = csv_in_column(in, name);
    return column < 0 ? (str){ NULL, 0 } : csv_in_cell(in, column);
}

static enum csv_in_result read_row(struct csv_in *in, struct rows *rows)
{
    struct cells cells = { csv_cell, in };
    enum csv_in_result got = csv_in_next(in);
    if (got == CSV_IN_BAD_ROW) {
        rows->reject(rows->ctx, in->line, in->problem);
        return CSV_IN_ROW;
    }
    if (got != CSV_IN_ROW)
        return got;
    if (in->n > in->column_count) {
        rows->reject(rows->ctx, in->line, S("the row has more cells than the header has names"));
        return CSV_IN_ROW;
    }
    if (in->replaced)
        rows->note(rows->ctx, in->line, S("some characters are no UTF-8 and were left out"));
    rows->each(rows->ctx, &cells, in->line);
    arena_free(&rows->scratch);
    return got;
}

static enum err read_csv(struct arena *a, FILE *file, struct rows *rows, str *problem)
{
    struct csv_in *in = csv_in_new(a, file);
    struct cells cells = { csv_cell, in };
    enum csv_in_result got = csv_in_header(in);
    if (got == CSV_IN_ROW && rows->head)
        rows->head(rows->ctx, &cells);
    while (got == CSV_IN_ROW)
        got = read_row(in, rows);
    if (got == CSV_IN_BAD_ROW)
        in->problem = S("the names of the columns cannot be read");
    if (got != CSV_IN_END)
        *problem = str_fmt(a, "line %lld: %.*s", (long long)in->line, STR_FMT(in->problem));
    csv_in_free(in);
    return got == CSV_IN_END ? ERR_OK : ERR_INVALID;
}

/* ---- XML ---- */

static str xml_cell(void *ctx, str name)
{
    return xml_field(ctx, name);
}

static void take_record(void *ctx, const struct xml_record *record)
{
    struct rows *rows = ctx;
    struct cells cells = { xml_cell, (void *)(uintptr_t)record };
    rows->each(rows->ctx, &cells, record->line);
    arena_free(&rows->scratch);
}

static void take_root(void *ctx, const struct xml_record *attributes)
{
    struct rows *rows = ctx;
    struct cells cells = { xml_cell, (void *)(uintptr_t)attributes };
    if (rows->head)
        rows->head(rows->ctx, &cells);
}

enum err rows_read(struct arena *a, FILE *file, struct rows *rows, str *problem)
{
    arena_init(&rows->scratch, 0);
    if (!rows->record)
        return read_csv(a, file, rows, problem);
    struct xml_in in = {
        .record = rows->record, .each = take_record, .root = take_root, .ctx = rows
    };
    return xml_in_read(a, file, &in, problem);
}

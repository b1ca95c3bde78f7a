/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists as files: the format, the limit, the audit line. */
#include "web/export.h"

#include "web.text.h"
#include "web/audit.h"
#include "web/rq.h"

/* The CSV that people open by double click has semicolons in Germany. */
static bool format_asked(struct rq *rq, enum sheet_format *format)
{
    if (!sheet_format_find(rq_param(rq, "format"), format))
        return false;
    if (*format == SHEET_CSV)
        *format = SHEET_CSV_GERMAN;
    return true;
}

/* The limit of the request's memory is raised by what the file took. */
static enum err write_whole(struct rq *rq, export_fn *write, void *ctx, enum sheet_format format,
                            int64_t *rows)
{
    size_t used = rq->arena->used;
    struct arena_hold hold = arena_hold(rq->arena);
    enum err e = write(rq, ctx, format, rows);
    if (hold.limit)
        hold.limit += rq->arena->used - used;
    arena_release(rq->arena, hold);
    return e;
}

void export_answer(struct rq *rq, struct tx *tx, const struct export_file *e, export_fn *write,
                   void *ctx)
{
    enum sheet_format format;
    int64_t rows = 0;
    if (!format_asked(rq, &format)) {
        rq_not_found(rq);
        return;
    }
    if (write_whole(rq, write, ctx, format, &rows) != ERR_OK) {
        rq->out->n = 0;
        rq->out->full = false;
        rq_note(rq, MSG_page_export_too_large);
        rq_see(rq, e->back, 0);
        return;
    }
    str suffix = sheet_suffix(format);
    audit(rq, tx, e->action, 0,
          str_fmt(rq->arena, "%lld rows, %.*s", (long long)rows, STR_FMT(suffix)));
    rq_type(rq, sheet_type(format));
    rq_header(rq, S("Content-Disposition"),
              str_fmt(rq->arena, "attachment; filename=\"%.*s.%.*s\"", STR_FMT(e->name),
                      STR_FMT(suffix)));
}

struct rows_file {
    const struct export_file *export;
    const struct row_list *rows;
};

static enum err write_rows(struct rq *rq, void *ctx, enum sheet_format format, int64_t *count)
{
    const struct rows_file *file = ctx;
    const struct row_list *rows = file->rows;
    size_t columns = rows->type->count;
    str *names = NEW_ARRAY(rq->arena, columns, str);
    for (unsigned c = 0; c < columns; c++)
        names[c] = str_from_c(rows->type->columns[c].name);
    struct sheet sheet =
        sheet_begin(rq->out, format, &(struct sheet_head){ file->export->title, names, columns });
    for (size_t i = 0; i < rows->n; i++) {
        const char *row = (const char *)rows->v + i * rows->type->size;
        for (unsigned c = 0; c < columns; c++)
            sheet_cell(&sheet, row_cell(rq->arena, rows->type, row, c));
        sheet_row_end(&sheet);
    }
    *count = sheet.rows;
    int64_t cut;
    return sheet_end(&sheet, &cut);
}

void export_rows(struct rq *rq, struct tx *tx, const struct export_file *e,
                 const struct row_list *rows)
{
    export_answer(rq, tx, e, write_rows, &(struct rows_file){ e, rows });
}

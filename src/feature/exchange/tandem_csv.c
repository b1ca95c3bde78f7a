/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers of Tandem's own CSV: what `tandem export` writes and the demo is written in. */
#include "feature/exchange/tandem_csv.h"

#include "feature/exchange/offer_cells.h"
#include "feature/exchange/rows.h"
#include "web/csv.h"

struct tandem_file {
    struct rows rows;
    struct import_sink *sink;
    const struct cells *cells;
};

static void reject(void *ctx, int64_t line, str reason)
{
    const struct tandem_file *file = ctx;
    import_reject(file->sink, line, reason);
}

static void note(void *ctx, int64_t line, str text)
{
    const struct tandem_file *file = ctx;
    import_note(file->sink, line, text);
}

/* The writer guards cells against spreadsheets; the guard is taken off again. */
static str unguarded(void *ctx, str name)
{
    struct tandem_file *file = ctx;
    return csv_unguard(cell_of(file->cells, name));
}

static void take_offer(void *ctx, const struct cells *cells, int64_t line)
{
    struct tandem_file *file = ctx;
    struct cells plain = { unguarded, file };
    struct import_offer row = { .line = line };
    str why = S("");
    file->cells = cells;
    if (offer_from_cells(&file->rows.scratch, &plain, &row, &why))
        import_offer(file->sink, &row);
    else
        import_reject(file->sink, line, why);
}

static void take_organisation(void *ctx, const struct cells *cells, int64_t line)
{
    struct tandem_file *file = ctx;
    struct cells plain = { unguarded, file };
    struct import_organisation row = { 0 };
    str why = S("");
    file->cells = cells;
    if (organisation_from_cells(&file->rows.scratch, &plain, &row, &why))
        import_organisation(file->sink, line, &row);
    else
        import_reject(file->sink, line, why);
}

static enum err read_all(const struct import_source *source, struct import_sink *sink,
                         void (*each)(void *ctx, const struct cells *cells, int64_t line),
                         str *problem)
{
    struct tandem_file file = { .rows = { .each = each, .reject = reject, .note = note },
                                .sink = sink };
    file.rows.ctx = &file;
    return rows_read(source->arena, source->file, &file.rows, problem);
}

static enum err read_offers(const struct import_source *source, struct import_sink *sink,
                            str *problem)
{
    return read_all(source, sink, take_offer, problem);
}

static enum err read_organisations(const struct import_source *source, struct import_sink *sink,
                                   str *problem)
{
    return read_all(source, sink, take_organisation, problem);
}

static bool has_columns(const struct import_source *source, str one, str two)
{
    ptrdiff_t end = str_find_byte(source->head, '\n');
    str line = end < 0 ? source->head : str_slice(source->head, 0, (size_t)end);
    return str_find(line, one) >= 0 && str_find(line, two) >= 0;
}

static bool recognises_offers(const struct import_source *source)
{
    return has_columns(source, S("organisation_ref"), S("tasks_md"));
}

static bool recognises_organisations(const struct import_source *source)
{
    return has_columns(source, S("purpose_md"), S("umbrella_ref"));
}

const struct import_reader tandem_offers = { "tandem", "opportunities", "tandem", recognises_offers,
                                             read_offers };
const struct import_reader tandem_organisations = { "tandem", "organisations", "tandem",
                                                    recognises_organisations, read_organisations };

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Readers that go by a mapping: FREINET's CSV and XML with the mappings that ship, and any
 * CSV with --map. CSV rows and XML records are the same to them: cells with names.
 */
#include "feature/exchange/mapped.h"

#include "feature/exchange/keywords.h"
#include "feature/exchange/tandem_csv.h"
#include "web/csv_in.h"
#include "web/markdown.h"
#include "web/xml_in.h"

extern const unsigned char exchange_map_csv[], exchange_map_xml[];
extern const size_t exchange_map_csv_size, exchange_map_xml_size;

#define SUMMARY_CHARACTERS 220

/* One file being read by a mapping. */
struct mapped {
    const struct mapping *mapping;
    const struct keywords *keywords;
    struct import_sink *sink;
    struct arena row; /* emptied after each row */
    int64_t records;
    int64_t announced; /* by the file itself; -1: it does not say */
    const struct cells *cells;
};

static str mapped_cell(void *ctx, str target)
{
    struct mapped *m = ctx;
    return mapping_cell(m->mapping, &m->row, m->cells, target);
}

static void take(struct mapped *m, const struct cells *cells, int64_t line)
{
    struct import_offer offer = { .line = line };
    struct cells targets = { mapped_cell, m };
    str why = mapping_skips(m->mapping, &m->row, cells);
    m->cells = cells;
    m->records++;
    if (why.n || !offer_from_cells(&m->row, &targets, &offer, &why)) {
        import_reject(m->sink, line, why);
    } else {
        if (mapping_derives(m->mapping))
            keywords_derive(m->keywords, &m->row, &offer.form);
        if (!offer.form.summary.n)
            offer.form.summary = markdown_summary(&m->row, offer.form.tasks_md, SUMMARY_CHARACTERS);
        import_offer(m->sink, &offer);
    }
    arena_free(&m->row);
}

static bool begin(struct mapped *m, const struct import_source *source, str text, str *problem)
{
    m->mapping = mapping_parse(source->arena, text, problem);
    m->keywords = keywords_new(source->arena);
    m->announced = -1;
    arena_init(&m->row, 0);
    return m->mapping != NULL;
}

/* ---- CSV ---- */

static str csv_cell(void *ctx, str column)
{
    struct csv_in *in = ctx;
    return csv_in_cell(in, csv_in_column(in, column));
}

static enum err read_csv(const struct import_source *source, struct mapped *m, str *problem)
{
    struct csv_in *in = csv_in_new(source->arena, source->file);
    struct cells cells = { csv_cell, in };
    enum csv_in_result got = csv_in_header(in);
    while (got == CSV_IN_ROW || got == CSV_IN_BAD_ROW) {
        got = csv_in_next(in);
        if (got == CSV_IN_ROW)
            take(m, &cells, in->line);
        else if (got == CSV_IN_BAD_ROW)
            import_reject(m->sink, in->line, in->problem);
    }
    if (got == CSV_IN_BROKEN)
        *problem =
            str_fmt(source->arena, "line %lld: %.*s", (long long)in->line, STR_FMT(in->problem));
    csv_in_free(in);
    return got == CSV_IN_BROKEN ? ERR_INVALID : ERR_OK;
}

static enum err read_freinet_csv(const struct import_source *source, struct import_sink *sink,
                                 str *problem)
{
    struct mapped m = { .sink = sink };
    str text = { (const char *)exchange_map_csv, exchange_map_csv_size };
    return begin(&m, source, text, problem) ? read_csv(source, &m, problem) : ERR_INVALID;
}

static str read_map(const struct import_source *source)
{
    FILE *file = fopen(source->map_path, "rb");
    if (!file)
        return (str){ NULL, 0 };
    char *text = arena_bytes(source->arena, MAP_BYTES);
    size_t n = fread(text, 1, MAP_BYTES, file);
    fclose(file);
    return (str){ text, n };
}

static enum err read_any_csv(const struct import_source *source, struct import_sink *sink,
                             str *problem)
{
    struct mapped m = { .sink = sink };
    str text = read_map(source);
    if (!text.p) {
        *problem = S("the mapping file cannot be read");
        return ERR_IO;
    }
    if (!begin(&m, source, text, problem))
        return ERR_INVALID;
    import_source_name(sink, mapping_source(m.mapping));
    return read_csv(source, &m, problem);
}

/* ---- XML ---- */

static str xml_cell(void *ctx, str column)
{
    return xml_field(ctx, column);
}

static void take_record(void *ctx, const struct xml_record *record)
{
    struct cells cells = { xml_cell, (void *)(uintptr_t)record };
    take(ctx, &cells, record->line);
}

static void take_root(void *ctx, const struct xml_record *attributes)
{
    struct mapped *m = ctx;
    if (!str_to_i64(xml_field(attributes, S("@anzahlErgebnisse")), &m->announced))
        m->announced = -1;
}

static enum err read_freinet_xml(const struct import_source *source, struct import_sink *sink,
                                 str *problem)
{
    struct mapped m = { .sink = sink };
    struct xml_in in = { .record = "angebot", .each = take_record, .root = take_root, .ctx = &m };
    str text = { (const char *)exchange_map_xml, exchange_map_xml_size };
    if (!begin(&m, source, text, problem))
        return ERR_INVALID;
    enum err e = xml_in_read(source->arena, source->file, &in, problem);
    arena_free(&m.row);
    if (e == ERR_OK && m.announced >= 0 && m.announced != m.records)
        import_note(sink, 1,
                    str_fmt(source->arena, "the file announces %lld offers and holds %lld",
                            (long long)m.announced, (long long)m.records));
    return e;
}

/* ---- recognising ---- */

static bool is_freinet_csv(const struct import_source *source)
{
    return str_find(source->head, S("_angebotsId")) >= 0 &&
           str_find(source->head, S("einrichtungsname")) >= 0;
}

static bool is_freinet_xml(const struct import_source *source)
{
    return str_find(source->head, S("<angebotsliste")) >= 0;
}

static bool has_map(const struct import_source *source)
{
    return source->map_path != NULL;
}

const struct import_reader mapped_csv = { "csv", "opportunities", "csv", has_map, read_any_csv };
const struct import_reader freinet_csv = { "freinet-csv", "opportunities", "freinet",
                                           is_freinet_csv, read_freinet_csv };
const struct import_reader freinet_xml = { "freinet-xml", "opportunities", "freinet",
                                           is_freinet_xml, read_freinet_xml };

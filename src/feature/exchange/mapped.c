/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Readers that go by a mapping: FREINET's CSV and XML with the mappings that ship, and any
 * CSV or XML with --map.
 */
#include "feature/exchange/mapped.h"

#include "feature/exchange/keywords.h"
#include "feature/exchange/mapping.h"
#include "feature/exchange/offer_cells.h"
#include "feature/exchange/rows.h"
#include "web/markdown.h"

extern const unsigned char exchange_map_csv[], exchange_map_xml[];
extern const size_t exchange_map_csv_size, exchange_map_xml_size;

#define SUMMARY_CHARACTERS 220

/* One file being read by a mapping. */
struct mapped {
    struct mapping *mapping;
    const struct keywords *keywords;
    struct import_sink *sink;
    struct arena *arena; /* of the whole import */
    struct rows rows;
    const struct cells *row;
    int64_t records;
    int64_t announced; /* by the file itself; -1: it does not say */
};

static str mapped_cell(void *ctx, str target)
{
    struct mapped *m = ctx;
    return mapping_cell(m->mapping, &m->rows.scratch, m->row, target);
}

static void complete(struct mapped *m, struct import_offer *offer)
{
    struct arena *a = &m->rows.scratch;
    if (mapping_derives(m->mapping))
        keywords_derive(m->keywords, a, offer);
    if (!offer->form.summary.n)
        offer->form.summary = markdown_summary(a, offer->form.tasks_md, SUMMARY_CHARACTERS);
}

static void take(void *ctx, const struct cells *row, int64_t line)
{
    struct mapped *m = ctx;
    struct cells targets = { mapped_cell, m };
    struct import_offer offer = { .line = line };
    str why = mapping_skips(m->mapping, &m->rows.scratch, row);
    m->row = row;
    m->records++;
    if (why.n || !offer_from_cells(&m->rows.scratch, &targets, &offer, &why)) {
        import_reject(m->sink, line, why);
        return;
    }
    complete(m, &offer);
    import_offer(m->sink, &offer);
}

static void reject(void *ctx, int64_t line, str reason)
{
    const struct mapped *m = ctx;
    import_reject(m->sink, line, reason);
}

static void note(void *ctx, int64_t line, str text)
{
    const struct mapped *m = ctx;
    import_note(m->sink, line, text);
}

/* What the head of the file tells: columns of a CSV, attributes of an XML. */
static void take_head(void *ctx, const struct cells *head)
{
    struct mapped *m = ctx;
    str announced = mapping_announced(m->mapping);
    if (announced.n && !str_to_i64(cell_of(head, announced), &m->announced))
        m->announced = -1;
    str missing = m->rows.record ? S("") : mapping_missing(m->mapping, head);
    if (missing.n)
        import_note(m->sink, 1,
                    str_fmt(m->arena, "the file has no column '%.*s'", STR_FMT(missing)));
}

static void say_misses(struct mapped *m)
{
    struct mapping_misses misses = mapping_misses(m->mapping);
    for (size_t i = 0; i < misses.n; i++)
        import_note(m->sink, 0,
                    str_fmt(m->arena, "table %.*s does not know '%.*s' (%lld times)",
                            STR_FMT(misses.v[i].table), STR_FMT(misses.v[i].value),
                            (long long)misses.v[i].count));
    if (m->announced >= 0 && m->announced != m->records)
        import_note(m->sink, 0,
                    str_fmt(m->arena, "the file announces %lld offers and holds %lld",
                            (long long)m->announced, (long long)m->records));
}

static enum err read_by(const struct import_source *source, struct import_sink *sink, str map,
                        str *problem)
{
    struct mapped m = { .sink = sink, .arena = source->arena, .announced = -1 };
    m.mapping = mapping_parse(source->arena, map, problem);
    if (!m.mapping)
        return ERR_INVALID;
    m.keywords = keywords_new(source->arena);
    m.rows =
        (struct rows){ .head = take_head, .each = take, .reject = reject, .note = note, .ctx = &m };
    if (mapping_record(m.mapping).n)
        m.rows.record = str_to_c(source->arena, mapping_record(m.mapping));
    import_source_name(sink, mapping_source(m.mapping));
    enum err e = rows_read(source->arena, source->file, &m.rows, problem);
    if (e == ERR_OK)
        say_misses(&m);
    return e;
}

/* ---- the mappings that ship, and any other ---- */

static enum err read_freinet_csv(const struct import_source *source, struct import_sink *sink,
                                 str *problem)
{
    str map = { (const char *)exchange_map_csv, exchange_map_csv_size };
    return read_by(source, sink, map, problem);
}

static enum err read_freinet_xml(const struct import_source *source, struct import_sink *sink,
                                 str *problem)
{
    str map = { (const char *)exchange_map_xml, exchange_map_xml_size };
    return read_by(source, sink, map, problem);
}

static enum err read_any(const struct import_source *source, struct import_sink *sink, str *problem)
{
    return read_by(source, sink, source->map, problem);
}

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
    return source->map.n > 0;
}

const struct import_reader mapped_file = { "map", "opportunities", "map", has_map, read_any };
const struct import_reader freinet_csv = { "freinet-csv", "opportunities", "freinet",
                                           is_freinet_csv, read_freinet_csv };
const struct import_reader freinet_xml = { "freinet-xml", "opportunities", "freinet",
                                           is_freinet_xml, read_freinet_xml };

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tandem's own CSV (doc/import.md): what `tandem export` writes and the demo is written in.
 * One table of columns for each kind; lists within a cell are separated by blanks.
 */
#include "feature/exchange/tandem_csv.h"

#include "base/clock.h"
#include "web/csv_in.h"
#include "web/vocab.h"

enum cell_type {
    CELL_TEXT,
    CELL_CODE, /* one of a vocabulary */
    CELL_BITS, /* several of a vocabulary */
    CELL_INT,
    CELL_TENTHS, /* "2.5" as 25 */
    CELL_YES,    /* yes, no */
    CELL_DAY,    /* ISO day, or "+30d" from today */
    CELL_REAL
};

struct column {
    const char *name;
    enum cell_type type;
    size_t offset;
    const struct vocab *vocab;
};

#define COLUMN(form, name, type, member, ...)                    \
    {                                                            \
        name, CELL_##type, offsetof(form, member), ##__VA_ARGS__ \
    }
#define OPP(name, type, member, ...) COLUMN(struct opp_form, name, type, member, ##__VA_ARGS__)
#define ORG(name, type, member, ...) COLUMN(struct org_form, name, type, member, ##__VA_ARGS__)

static const struct column offer_columns[] = {
    OPP("title", TEXT, title),
    OPP("title_simple", TEXT, title_simple),
    OPP("title_en", TEXT, title_en),
    OPP("summary", TEXT, summary),
    OPP("summary_en", TEXT, summary_en),
    OPP("tasks_md", TEXT, tasks_md),
    OPP("simple_md", TEXT, simple_md),
    OPP("needs_md", TEXT, needs_md),
    OPP("gives_md", TEXT, gives_md),
    OPP("fields", BITS, fields, &vocab_field),
    OPP("kinds", BITS, kinds, &vocab_kind),
    OPP("targets", BITS, targets, &vocab_target),
    OPP("suits", BITS, suits, &vocab_suits),
    OPP("time", CODE, time, &vocab_time),
    OPP("hours_week", TENTHS, hours_week),
    OPP("grid", BITS, grid, &vocab_grid),
    OPP("from", DAY, starts_on),
    OPP("to", DAY, ends_on),
    OPP("commitment", TEXT, commitment),
    OPP("wanted", INT, wanted),
    OPP("placed", INT, placed),
    OPP("min_age", INT, min_age),
    OPP("languages", TEXT, languages),
    OPP("skills", TEXT, skills),
    OPP("place_kind", CODE, place_kind, &vocab_place_kind),
    OPP("street", TEXT, street),
    OPP("postcode", TEXT, postcode),
    OPP("place", TEXT, place),
    OPP("district", TEXT, district),
    OPP("lat", REAL, lat),
    OPP("lon", REAL, lon),
    OPP("training", TEXT, training),
    OPP("supervision", TEXT, supervision),
    OPP("certificate", CODE, certificate, &vocab_certificate),
    OPP("measles", YES, measles),
    OPP("insurance", TEXT, insurance),
    OPP("expenses", CODE, expenses, &vocab_expenses),
    OPP("expenses_cents", INT, expenses_cents),
    OPP("contact_name", TEXT, contact_name),
    OPP("contact_email", TEXT, contact_mail),
    OPP("contact_phone", TEXT, contact_phone),
    OPP("valid_until", DAY, valid_until),
    { 0 },
};

static const struct column organisation_columns[] = {
    ORG("name", TEXT, name),
    ORG("kind", CODE, kind, &vocab_org_kind),
    ORG("purpose_md", TEXT, purpose_md),
    ORG("purpose_simple", TEXT, purpose_simple),
    ORG("fields", BITS, fields, &vocab_field),
    ORG("street", TEXT, street),
    ORG("postcode", TEXT, postcode),
    ORG("place", TEXT, place),
    ORG("district", TEXT, district),
    ORG("lat", REAL, lat),
    ORG("lon", REAL, lon),
    ORG("web", TEXT, web),
    ORG("email", TEXT, mail),
    ORG("phone", TEXT, phone),
    { 0 },
};

/* ---- cells ---- */

static bool read_number(const struct column *c, str cell, void *at)
{
    double real = 0;
    if (c->type == CELL_REAL) {
        bool good = str_to_f64(cell, &real);
        *(opt_real *)at = good ? some_real(real) : no_real;
        return good;
    }
    if (c->type == CELL_TENTHS) {
        bool good = str_to_f64(cell, &real);
        *(int64_t *)at = (int64_t)(real * 10 + 0.5);
        return good;
    }
    return str_to_i64(cell, at);
}

static bool read_day(struct arena *a, str cell, str *at)
{
    int64_t instant = import_day(cell);
    if (instant)
        *at = day_iso(a, clock_local(instant).day);
    return instant != 0;
}

static bool read_bits(const struct column *c, str cell, int64_t *at)
{
    uint64_t bits = 0;
    str unknown;
    bool good = vocab_parse_bits(c->vocab, cell, &bits, &unknown);
    *at = (int64_t)bits;
    return good;
}

/* False when the cell says something that the column cannot hold. */
static bool read_cell(struct arena *a, const struct column *c, str cell, void *form)
{
    void *at = (char *)form + c->offset;
    if (!cell.n)
        return true;
    switch (c->type) {
    case CELL_TEXT:
        *(str *)at = cell;
        return true;
    case CELL_CODE:
        *(str *)at = cell;
        return vocab_find(c->vocab, cell) >= 0;
    case CELL_BITS:
        return read_bits(c, cell, at);
    case CELL_YES:
        *(int64_t *)at = str_eq(cell, S("yes"));
        return str_eq(cell, S("yes")) || str_eq(cell, S("no"));
    case CELL_DAY:
        return read_day(a, cell, at);
    default:
        return read_number(c, cell, at);
    }
}

static str cell_of(const struct cells *row, str name)
{
    return row->find(row->ctx, name);
}

/* Fills the form; false with a reason when a cell does not fit. */
static bool read_row(struct arena *a, const struct cells *row, const struct column *columns,
                     void *form, str *why)
{
    for (const struct column *c = columns; c->name; c++) {
        str cell = cell_of(row, str_from_c(c->name));
        if (!read_cell(a, c, cell, form)) {
            *why = str_fmt(a, "%s: '%.*s' is not understood", c->name,
                           STR_FMT(str_slice(cell, 0, 60)));
            return false;
        }
    }
    return true;
}

static int64_t read_access(const struct cells *row)
{
    uint64_t access = 0;
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        str cell = cell_of(row, vocab_code(&vocab_accessible, i));
        int answer = vocab_find(&vocab_answer, cell);
        if (answer >= 0)
            access = accessible_with(access, (enum vocab_accessible)i, (enum vocab_answer)answer);
    }
    return (int64_t)access;
}

/* ---- rows ---- */

bool offer_from_cells(struct arena *a, const struct cells *cells, struct import_offer *row,
                      str *why)
{
    row->form.certificate = S("none");
    row->form.expenses = S("none");
    if (!read_row(a, cells, offer_columns, &row->form, why))
        return false;
    row->ref = cell_of(cells, S("ref"));
    row->form.access = read_access(cells);
    row->organisation.ref = cell_of(cells, S("organisation_ref"));
    row->organisation.name = cell_of(cells, S("organisation"));
    row->state = cell_of(cells, S("state"));
    row->confirmed_at = import_day(cell_of(cells, S("confirmed_on")));
    row->published_at = import_day(cell_of(cells, S("published_on")));
    if (!row->published_at)
        row->published_at = row->confirmed_at;
    *why = S("state: not understood");
    return !row->state.n || vocab_find(&vocab_state, row->state) >= 0;
}

static void take_offer(struct csv_in *in, const struct cells *cells, struct import_sink *sink)
{
    struct import_offer row = { .line = in->line };
    str why = S("");
    if (offer_from_cells(&in->row, cells, &row, &why))
        import_offer(sink, &row);
    else
        import_reject(sink, in->line, why);
}

static void take_organisation(struct csv_in *in, const struct cells *cells,
                              struct import_sink *sink)
{
    struct import_organisation row = { .ref = cell_of(cells, S("ref")) };
    str why = S("");
    if (!read_row(&in->row, cells, organisation_columns, &row.form, &why)) {
        import_reject(sink, in->line, why);
        return;
    }
    row.form.access = read_access(cells);
    row.name = row.form.name;
    row.umbrella_ref = cell_of(cells, S("umbrella_ref"));
    row.verified_at = str_eq(cell_of(cells, S("verified")), S("yes")) ? clock_now() : 0;
    import_organisation(sink, in->line, &row);
}

static str csv_cell(void *ctx, str column)
{
    struct csv_in *in = ctx;
    return csv_in_cell(in, csv_in_column(in, column));
}

typedef void take_row(struct csv_in *in, const struct cells *cells, struct import_sink *sink);

static enum err read_file(const struct import_source *source, struct import_sink *sink,
                          str *problem, take_row *take)
{
    struct csv_in *in = csv_in_new(source->arena, source->file);
    struct cells cells = { csv_cell, in };
    enum csv_in_result got = csv_in_header(in);
    while (got == CSV_IN_ROW || got == CSV_IN_BAD_ROW) {
        got = csv_in_next(in);
        if (got == CSV_IN_ROW)
            take(in, &cells, sink);
        else if (got == CSV_IN_BAD_ROW)
            import_reject(sink, in->line, in->problem);
    }
    if (got == CSV_IN_BROKEN)
        *problem =
            str_fmt(source->arena, "line %lld: %.*s", (long long)in->line, STR_FMT(in->problem));
    csv_in_free(in);
    return got == CSV_IN_BROKEN ? ERR_INVALID : ERR_OK;
}

static enum err read_offers(const struct import_source *source, struct import_sink *sink,
                            str *problem)
{
    return read_file(source, sink, problem, take_offer);
}

static enum err read_organisations(const struct import_source *source, struct import_sink *sink,
                                   str *problem)
{
    return read_file(source, sink, problem, take_organisation);
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

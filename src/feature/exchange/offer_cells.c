/* SPDX-License-Identifier: EUPL-1.2 */
/* The columns of offers and organisations, and what may stand in their cells. */
#include "feature/exchange/offer_cells.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "feature/exchange/columns.h"
#include "web/vocab.h"

/* ---- cells ---- */

/* Runs of white space become one blank: titles are one line. */
static str one_line(struct arena *a, str text)
{
    struct out o = out_new(a, text.n + 16);
    for (size_t i = 0; i < text.n; i++) {
        bool space = (unsigned char)text.p[i] <= ' ';
        if (!space)
            out_char(&o, text.p[i]);
        else if (o.n && o.p[o.n - 1] != ' ')
            out_char(&o, ' ');
    }
    return str_trim(out_text(&o));
}

static bool read_text(struct arena *a, const struct column *c, str cell, str *at)
{
    bool title = c->type == CELL_TITLE;
    *at = title ? one_line(a, cell) : cell;
    return at->n <= (title ? OFFER_TITLE_MAX : OFFER_TEXT_MAX);
}

static bool read_point(const struct column *c, str cell, opt_real *at)
{
    double real = 0;
    double most = c->type == CELL_LAT ? 90 : 180;
    bool good = str_to_f64(cell, &real) && real >= -most && real <= most;
    *at = good ? some_real(real) : no_real;
    return good;
}

static bool read_tenths(str cell, int64_t *at)
{
    double real = 0;
    bool good = str_to_f64(cell, &real) && real >= 0 && real <= 168;
    *at = good ? (int64_t)(real * 10 + 0.5) : 0;
    return good;
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

static bool read_languages(struct arena *a, str cell, str *at)
{
    struct language_levels levels;
    str unknown;
    struct out o = out_new(a, 1024);
    bool good = languages_parse(cell, &levels, &unknown);
    languages_put(&o, &levels);
    *at = out_text(&o);
    return good;
}

/* False when the cell says something that the column cannot hold. */
static bool read_cell(struct arena *a, const struct column *c, str cell, void *form)
{
    void *at = (char *)form + c->offset;
    switch (c->type) {
    case CELL_TEXT:
    case CELL_TITLE:
        return read_text(a, c, cell, at);
    case CELL_CODE:
        *(str *)at = cell;
        return vocab_find(c->vocab, cell) >= 0;
    case CELL_BITS:
        return read_bits(c, cell, at);
    case CELL_LANGUAGES:
        return read_languages(a, cell, at);
    case CELL_YES:
        *(int64_t *)at = str_eq(cell, S("yes"));
        return str_eq(cell, S("yes")) || str_eq(cell, S("no"));
    case CELL_GIVEN:
        cell = str_eq(cell, S("yes")) ? S("ja") : str_eq(cell, S("no")) ? S("") : cell;
        return read_text(a, c, cell, at);
    case CELL_DAY:
        return read_day(a, cell, at);
    case CELL_TENTHS:
        return read_tenths(cell, at);
    case CELL_INT:
        return str_to_i64(cell, at) && *(int64_t *)at >= 0;
    case CELL_LAT:
    case CELL_LON:
        return read_point(c, cell, at);
    }
    return false;
}

/* A row being read, and why it cannot be. */
struct row {
    struct arena *arena;
    const struct cells *cells;
    str *why;
};

static bool not_understood(const struct row *row, str column, str cell)
{
    if (cell.n > OFFER_TITLE_MAX)
        *row->why = str_fmt(row->arena, "%.*s: too long (%zu bytes)", STR_FMT(column), cell.n);
    else
        *row->why = str_fmt(row->arena, "%.*s: '%.*s' is not understood", STR_FMT(column),
                            STR_FMT(utf8_cut(cell, 60)));
    return false;
}

/* Fills the form; false with a reason when a cell does not fit. */
static bool read_form(const struct row *row, const struct column *columns, void *form)
{
    for (const struct column *c = columns; c->name; c++) {
        str name = str_from_c(c->name);
        str cell = cell_of(row->cells, name);
        if (cell.n && !read_cell(row->arena, c, cell, form))
            return not_understood(row, name, cell);
    }
    return true;
}

static bool read_access(const struct row *row, int64_t *at)
{
    uint64_t access = 0;
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        str name = vocab_code(&vocab_accessible, i);
        str cell = cell_of(row->cells, name);
        int answer = cell.n ? vocab_find(&vocab_answer, cell) : ANSWER_unknown;
        if (answer < 0)
            return not_understood(row, name, cell);
        access = accessible_with(access, (enum vocab_accessible)i, (enum vocab_answer)answer);
    }
    *at = (int64_t)access;
    return true;
}

/* "2026-11-22T15:04:05Z", as exports write instants. */
static int64_t instant_of(str s)
{
    struct day d;
    int64_t hour = 0;
    int64_t minute = 0;
    int64_t second = 0;
    bool good = s.n == 20 && s.p[10] == 'T' && s.p[13] == ':' && s.p[16] == ':' && s.p[19] == 'Z' &&
                day_parse_iso(str_slice(s, 0, 10), &d) && str_to_i64(str_slice(s, 11, 13), &hour) &&
                str_to_i64(str_slice(s, 14, 16), &minute) &&
                str_to_i64(str_slice(s, 17, 19), &second);
    return good ? day_number(d) * 86400 + hour * 3600 + minute * 60 + second : 0;
}

/* A day or instant of the row itself; false when the cell is neither. */
static bool read_instant(const struct row *row, str name, int64_t *at)
{
    str cell = cell_of(row->cells, name);
    *at = instant_of(cell);
    *at = *at ? *at : import_day(cell);
    return !cell.n || *at || not_understood(row, name, cell);
}

/* Letters, digits and hyphens, as mappings name sources. */
static bool read_source(const struct row *row, str name, str *source)
{
    *source = cell_of(row->cells, name);
    for (size_t i = 0; i < source->n; i++) {
        char c = source->p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!good || source->n > 40)
            return not_understood(row, name, *source);
    }
    return true;
}

/* ---- rows ---- */

bool offer_from_cells(struct arena *a, const struct cells *cells, struct import_offer *offer,
                      str *why)
{
    struct row row = { a, cells, why };
    offer->form.certificate = S("none");
    offer->form.expenses = S("none");
    if (!read_form(&row, offer_columns, &offer->form) || !read_access(&row, &offer->form.access) ||
        !read_instant(&row, S("confirmed_on"), &offer->confirmed_at) ||
        !read_instant(&row, S("published_on"), &offer->published_at) ||
        !read_instant(&row, S("changed_at"), &offer->changed_at) ||
        !read_source(&row, S("source"), &offer->source) ||
        !read_source(&row, S("organisation_source"), &offer->organisation.source))
        return false;
    offer->confirmed_by = cell_of(cells, S("confirmed_by"));
    offer->ref = cell_of(cells, S("ref"));
    offer->organisation.ref = cell_of(cells, S("organisation_ref"));
    offer->organisation.name = one_line(a, cell_of(cells, S("organisation")));
    offer->state = cell_of(cells, S("state"));
    if (!offer->published_at && !offer->source.n)
        offer->published_at = offer->confirmed_at;
    if (offer->state.n && vocab_find(&vocab_state, offer->state) < 0)
        return not_understood(&row, S("state"), offer->state);
    return true;
}

bool organisation_from_cells(struct arena *a, const struct cells *cells,
                             struct import_organisation *organisation, str *why)
{
    struct row row = { a, cells, why };
    if (!read_form(&row, organisation_columns, &organisation->form) ||
        !read_access(&row, &organisation->form.access) ||
        !read_instant(&row, S("changed_at"), &organisation->changed_at) ||
        !read_source(&row, S("source"), &organisation->source) ||
        !read_source(&row, S("umbrella_source"), &organisation->umbrella_source))
        return false;
    organisation->ref = cell_of(cells, S("ref"));
    organisation->name = organisation->form.name;
    organisation->umbrella_ref = cell_of(cells, S("umbrella_ref"));
    str verified = cell_of(cells, S("verified"));
    organisation->verified_at = str_eq(verified, S("yes")) ? clock_now() : instant_of(verified);
    organisation->archived = str_eq(cell_of(cells, S("archived")), S("yes"));
    return true;
}

bool offer_has_column(str name)
{
    static const str others[] = {
        STR_INIT("ref"),   STR_INIT("organisation"), STR_INIT("organisation_ref"),
        STR_INIT("state"), STR_INIT("confirmed_on"), STR_INIT("published_on")
    };
    for (const struct column *c = offer_columns; c->name; c++)
        if (str_eq(str_from_c(c->name), name))
            return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(others[i], name))
            return true;
    return vocab_find(&vocab_accessible, name) >= 0;
}

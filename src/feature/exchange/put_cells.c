/* SPDX-License-Identifier: EUPL-1.2 */
/* From records to cells. */
#include "feature/exchange/put_cells.h"

#include "base/clock.h"
#include "base/err.h"
#include "feature/exchange/columns.h"

/* Columns around those of columns.c: whose record it is, and where it stands. */
static const str offer_first[] = { STR_INIT("ref"), STR_INIT("source"),
                                   STR_INIT("organisation_ref"), STR_INIT("organisation_source"),
                                   STR_INIT("organisation") };
static const str offer_last[] = { STR_INIT("state"), STR_INIT("confirmed_on"),
                                  STR_INIT("confirmed_by"), STR_INIT("published_on"),
                                  STR_INIT("changed_at") };
static const str organisation_first[] = { STR_INIT("ref"), STR_INIT("source"),
                                          STR_INIT("umbrella_ref"), STR_INIT("umbrella_source") };
static const str organisation_last[] = { STR_INIT("verified"), STR_INIT("archived"),
                                         STR_INIT("changed_at") };

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- cells ---- */

/* Nine decimals, a tenth of a millimetre, without the zeros at the end. */
static str point_cell(struct arena *a, opt_real v)
{
    if (!v.has)
        return S("");
    struct out o = out_new(a, 64);
    out_f64(&o, v.v, 9);
    str s = out_text(&o);
    while (s.n > 1 && s.p[s.n - 1] == '0' && s.p[s.n - 2] != '.')
        s.n--;
    return s;
}

static str number_cell(struct arena *a, int64_t v)
{
    return v ? str_fmt(a, "%lld", (long long)v) : S("");
}

static str cell(struct arena *a, const struct column *c, const void *form)
{
    const void *at = (const char *)form + c->offset;
    const int64_t *number = at;
    switch (c->type) {
    case CELL_TEXT:
    case CELL_TITLE:
    case CELL_CODE:
    case CELL_LANGUAGES:
    case CELL_GIVEN:
    case CELL_DAY:
        return *(const str *)at;
    case CELL_BITS:
        return vocab_fmt_bits(a, c->vocab, (uint64_t)*number);
    case CELL_INT:
        return number_cell(a, *number);
    case CELL_TENTHS:
        return *number
                   ? str_fmt(a, "%lld.%lld", (long long)(*number / 10), (long long)(*number % 10))
                   : S("");
    case CELL_YES:
        return *number ? S("yes") : S("no");
    case CELL_LAT:
    case CELL_LON:
        return point_cell(a, *(const opt_real *)at);
    }
    return S("");
}

/* The cell of a column of the table, or of one of the six answers; false: it is neither. */
struct content {
    const struct column *columns;
    const void *form;
    int64_t access;
};

static bool content_cell(struct arena *a, const struct content *content, str name, str *text)
{
    for (const struct column *c = content->columns; c->name; c++)
        if (str_eq(str_from_c(c->name), name)) {
            *text = cell(a, c, content->form);
            return true;
        }
    int question = vocab_find(&vocab_accessible, name);
    if (question < 0)
        return false;
    int answer = (int)accessible_answer((uint64_t)content->access, (enum vocab_accessible)question);
    *text = vocab_code(&vocab_answer, answer);
    return true;
}

static str instant_cell(struct arena *a, int64_t at)
{
    return at ? instant_iso(a, at) : S("");
}

/* ---- keys ---- */

/* What has no key at a source was entered in its town, and its id is the key. */
static str source_cell(str source, str ref)
{
    return ref.n ? source : SOURCE_LOCAL;
}

static str ref_cell(struct arena *a, str ref, int64_t id)
{
    return ref.n ? ref : str_fmt(a, "%lld", (long long)id);
}

const struct org_key *stored_key(struct stored_keys keys, int64_t id)
{
    size_t from = 0;
    size_t to = keys.n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (keys.v[middle].id == id)
            return keys.v + middle;
        if (keys.v[middle].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* ---- offers ---- */

struct stored_offer stored_offer(struct arena *a, const struct opp_full *o)
{
    return (struct stored_offer){ .arena = a, .o = o, .form = opportunity_said(o) };
}

static str find_offer_cell(void *ctx, str name)
{
    const struct stored_offer *s = ctx;
    const struct opp_full *o = s->o;
    const struct org_key *g = stored_key(s->keys, o->organisation_id);
    struct content content = { offer_columns, &s->form, o->access };
    str text = S("");
    if (content_cell(s->arena, &content, name, &text))
        return text;
    if (str_eq(name, S("ref")))
        return ref_cell(s->arena, o->ref, o->id);
    if (str_eq(name, S("source")))
        return source_cell(o->source, o->ref);
    if (str_eq(name, S("organisation_ref")))
        return g ? ref_cell(s->arena, g->ref, g->id) : S("");
    if (str_eq(name, S("organisation_source")))
        return g ? source_cell(g->source, g->ref) : S("");
    if (str_eq(name, S("organisation")))
        return o->organisation;
    if (str_eq(name, S("state")))
        return o->state;
    if (str_eq(name, S("confirmed_on")))
        return instant_cell(s->arena, o->confirmed_at);
    if (str_eq(name, S("confirmed_by")))
        return o->confirmed_by;
    if (str_eq(name, S("published_on")))
        return instant_cell(s->arena, o->published_at);
    return str_eq(name, S("changed_at")) ? instant_cell(s->arena, o->changed_at) : S("");
}

struct cells offer_cells(struct stored_offer *stored)
{
    return (struct cells){ find_offer_cell, stored };
}

/* ---- organisations ---- */

struct stored_organisation stored_organisation(struct arena *a, const struct org_full *g)
{
    return (struct stored_organisation){ .arena = a, .g = g, .form = organisation_said(g) };
}

static str find_organisation_cell(void *ctx, str name)
{
    const struct stored_organisation *s = ctx;
    const struct org_full *g = s->g;
    const struct org_key *umbrella =
        g->umbrella_id.has ? stored_key(s->keys, g->umbrella_id.v) : NULL;
    struct content content = { organisation_columns, &s->form, g->access };
    str text = S("");
    if (content_cell(s->arena, &content, name, &text))
        return text;
    if (str_eq(name, S("ref")))
        return ref_cell(s->arena, g->ref, g->id);
    if (str_eq(name, S("source")))
        return source_cell(g->source, g->ref);
    if (str_eq(name, S("umbrella_ref")))
        return umbrella ? ref_cell(s->arena, umbrella->ref, umbrella->id) : S("");
    if (str_eq(name, S("umbrella_source")))
        return umbrella ? source_cell(umbrella->source, umbrella->ref) : S("");
    if (str_eq(name, S("verified")))
        return instant_cell(s->arena, g->verified_at);
    if (str_eq(name, S("archived")))
        return g->archived_at ? S("yes") : S("");
    return str_eq(name, S("changed_at")) ? instant_cell(s->arena, g->changed_at) : S("");
}

struct cells organisation_cells(struct stored_organisation *stored)
{
    return (struct cells){ find_organisation_cell, stored };
}

/* ---- names ---- */

struct names {
    str *v;
    size_t n;
};

static void add(struct names *names, const str *more, size_t n)
{
    for (size_t i = 0; i < n; i++)
        names->v[names->n++] = more[i];
}

static void add_columns(struct names *names, const struct column *columns)
{
    for (const struct column *c = columns; c->name; c++)
        names->v[names->n++] = str_from_c(c->name);
    add(names, vocab_accessible.codes, vocab_accessible.n);
}

#define COLUMNS_MOST 100

struct cell_names offer_cell_names(struct arena *a)
{
    struct names names = { .v = NEW_ARRAY(a, COLUMNS_MOST, str) };
    add(&names, offer_first, COUNT(offer_first));
    add_columns(&names, offer_columns);
    add(&names, offer_last, COUNT(offer_last));
    must(names.n <= COLUMNS_MOST);
    return (struct cell_names){ names.v, names.n };
}

struct cell_names organisation_cell_names(struct arena *a)
{
    struct names names = { .v = NEW_ARRAY(a, COLUMNS_MOST, str) };
    add(&names, organisation_first, COUNT(organisation_first));
    add_columns(&names, organisation_columns);
    add(&names, organisation_last, COUNT(organisation_last));
    must(names.n <= COLUMNS_MOST);
    return (struct cell_names){ names.v, names.n };
}

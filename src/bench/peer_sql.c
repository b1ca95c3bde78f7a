/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of statements: sections, parameters, facets. */
#include "bench/peer.h"

#include <math.h>

#include "base/arena.h"
#include "base/err.h"
#include "web/vocab.h"

static const struct {
    const char *column;
    enum match_dim dim;
    int n;
} facet_dims[] = {
    { "fields", MATCH_FIELD, FIELD_COUNT },
    { "kinds", MATCH_KIND, KIND_COUNT },
    { "targets", MATCH_TARGET, TARGET_COUNT },
    { "languages", MATCH_LANGUAGE, 16 },
    { "times", MATCH_TIME, TIME_COUNT },
    { "places", MATCH_PLACE, PLACE_KIND_COUNT },
    { "suits", MATCH_SUITS, SUITS_COUNT },
    { "access", MATCH_ACCESS, ACCESSIBLE_COUNT },
    { "certificates", MATCH_CERTIFICATE, CERTIFICATE_COUNT },
};
#define FACET_DIMS (sizeof facet_dims / sizeof *facet_dims)

static const str sections[PEER_QUESTIONS] = { STR_INIT("text_near"), STR_INIT("near"),
                                              STR_INIT("words_facets"), STR_INIT("words"),
                                              STR_INIT("ranked") };

static const str params[PARAM_OTHER] = {
    STR_INIT("text"),    STR_INIT("field"),   STR_INIT("grid"),   STR_INIT("lat"),  STR_INIT("lon"),
    STR_INIT("box_lat"), STR_INIT("box_lon"), STR_INIT("radius"), STR_INIT("today")
};

str peer_section(enum peer_question question)
{
    return sections[question];
}

/* ---- facets ---- */

void peer_facets_of(const struct match_facets *f, uint32_t facets[PEER_FACETS])
{
    size_t n = 0;
    for (size_t d = 0; d < FACET_DIMS; d++)
        for (int i = 0; i < facet_dims[d].n; i++)
            facets[n++] = f->dim[facet_dims[d].dim][i];
    for (int i = 0; i < MATCH_DAYS; i++)
        facets[n++] = f->days[i];
    for (int i = 0; i < MATCH_PARTS; i++)
        facets[n++] = f->parts[i];
    must(n == PEER_FACETS);
}

static uint32_t cells(uint32_t days, uint32_t parts)
{
    uint32_t mask = 0;
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        mask |= (days >> d & 1 ? parts : 0) << (d * MATCH_PARTS);
    return mask;
}

/* ---- parameters ---- */

uint32_t peer_grid(const struct match_query *q)
{
    return cells(q->days ? q->days : 127, q->parts ? q->parts : 15);
}

double peer_param(const struct match_query *q, enum peer_param param)
{
    /* Degrees that hold the circle, and a little more. */
    double box = q->radius_m / 111195.0 + 0.001;
    switch (param) {
    case PARAM_FIELD:
        return q->dim[MATCH_FIELD].any;
    case PARAM_GRID:
        return peer_grid(q);
    case PARAM_LAT:
        return q->near.lat;
    case PARAM_LON:
        return q->near.lon;
    case PARAM_BOX_LAT:
        return box;
    case PARAM_BOX_LON:
        return box / cos((fabs(q->near.lat) + box) * 3.14159265358979 / 180);
    case PARAM_RADIUS:
        return q->radius_m;
    case PARAM_TODAY:
        return (double)q->open_on;
    case PARAM_TEXT:
    case PARAM_OTHER:
        break;
    }
    return 0;
}

/* ---- statements ---- */

/* From behind "-- name" up to the next such line. */
static str find_section(str file, str name)
{
    str line = S("");
    const char *from = NULL, *end = file.p;
    while (str_next(&file, '\n', &line)) {
        bool heading =
            str_starts(line, S("-- ")) && str_find_byte(str_slice(line, 3, line.n), ' ') < 0;
        if (heading && from)
            break;
        end = line.p + line.n;
        if (heading && str_eq(str_slice(line, 3, line.n), name))
            from = end;
    }
    must(from);
    return str_trim((str){ from, (size_t)(end - from) });
}

/* The number of a parameter in this statement, from 1 on; a new one when it is not there yet. */
static size_t number_param(struct peer_sql *s, str name)
{
    uint8_t param = PARAM_TEXT;
    while (param < PARAM_OTHER && !str_eq(params[param], name))
        param++;
    for (size_t i = 0; i < s->n && param < PARAM_OTHER; i++)
        if (s->param[i] == param)
            return i + 1;
    must(s->n < PEER_PARAMS);
    s->param[s->n++] = param;
    return s->n;
}

/* A count of the rows that have one of the bits; of rows that pass what `passed` says. */
static void put_count(struct out *o, const char *column, str bits, const char *passed)
{
    if (o->p[o->n - 1] == ')')
        OUT(o, ",\n    ");
    out_fmt(o, "coalesce(sum(CASE WHEN (%s & %.*s) <> 0 THEN %s ELSE 0 END), 0)", column,
            STR_FMT(bits), passed);
}

/* The facet of fields leaves out f; those of days and of parts of the chosen days leave out g. */
static void put_facets(struct out *o, struct peer_sql *s, char mark)
{
    for (size_t d = 0; d < FACET_DIMS; d++)
        for (int i = 0; i < facet_dims[d].n; i++)
            put_count(o, facet_dims[d].column, str_fmt(o->arena, "%u", 1u << i),
                      facet_dims[d].dim == MATCH_FIELD ? "g" : "f * g");
    for (unsigned i = 0; i < MATCH_DAYS; i++)
        put_count(o, "grid", str_fmt(o->arena, "%u", cells(1u << i, 15)), "f");
    size_t grid = number_param(s, S("grid"));
    for (unsigned i = 0; i < MATCH_PARTS; i++)
        put_count(o, "grid",
                  str_fmt(o->arena, "%u & CAST(%c%zu AS int)", cells(127, 1u << i), mark, grid),
                  "f");
}

struct peer_sql peer_sql(struct arena *a, str file, str section, char mark)
{
    struct peer_sql s = { 0 };
    str text = find_section(file, section);
    struct out o = out_new(a, 64 << 10);
    while (text.n) {
        ptrdiff_t open = str_find_byte(text, '{');
        size_t plain = open < 0 ? text.n : (size_t)open;
        out_str(&o, str_slice(text, 0, plain));
        text = str_slice(text, plain, text.n);
        ptrdiff_t close = str_find_byte(text, '}');
        if (!text.n || close < 0)
            break;
        str name = str_slice(text, 1, (size_t)close);
        if (str_eq(name, S("facets")))
            put_facets(&o, &s, mark);
        else
            out_fmt(&o, "%c%zu", mark, number_param(&s, name));
        text = str_slice(text, (size_t)close + 1, text.n);
    }
    must(!o.full);
    s.sql = str_to_c(a, out_text(&o));
    return s;
}

void peer_ids(str list, struct peer_answer *answer)
{
    answer->n = 0;
    for (str id; answer->n < PEER_PAGE && list.n && str_next(&list, ',', &id);)
        must(str_to_i64(id, &answer->ids[answer->n++]));
}

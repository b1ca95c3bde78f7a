/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The table of figures, made of REPORT_FIGURES, and how its statements are asked. Tables:
 * report_kept; reads those of the features that it counts. Neighbours: count.c.
 */
#include "feature/report/figures.h"

#include "report.text.h"

/* Both statements of a figure whose rows are deleted at some time: what is there, what was. */
static struct report_row_rows join(struct db *db, struct report_row_rows a,
                                   struct report_row_rows b)
{
    struct report_row *v = NEW_ARRAY(db->arena, a.n + b.n + 1, struct report_row);
    for (size_t i = 0; i < a.n; i++)
        v[i] = a.v[i];
    for (size_t i = 0; i < b.n; i++)
        v[a.n + i] = b.v[i];
    return (struct report_row_rows){ v, a.n + b.n };
}

static struct report_row_rows rows_appointments(struct db *db, const struct report_span *s)
{
    return join(db, report_appointments(db, s->city_id, s->from, s->until),
                report_appointments_kept(db, s->city_id, s->first_iso, s->last_iso));
}

static struct report_row_rows rows_hours(struct db *db, const struct report_span *s)
{
    return join(db, report_hours(db, s->city_id, s->first_iso, s->last_iso),
                report_hours_kept(db, s->city_id, s->first_iso, s->last_iso));
}

/* The end of the time is in the columns, so its parameter is the first one. */
static struct report_row_rows rows_proposals(struct db *db, const struct report_span *s)
{
    return report_proposals(db, s->until, s->city_id, s->from);
}

#define TAKES_INSTANTS(key) RUNS(key, report_##key(db, s->city_id, s->from, s->until))
#define TAKES_DAYS(key)     RUNS(key, report_##key(db, s->city_id, s->first_iso, s->last_iso))
#define TAKES_YEARS(key)    RUNS(key, report_##key(db, s->city_id, s->first.year, s->last.year))
#define TAKES_BY_HAND(key)
#define RUNS(key, call)                                                                  \
    static struct report_row_rows rows_##key(struct db *db, const struct report_span *s) \
    {                                                                                    \
        return call;                                                                     \
    }
#define ASKING(key, words, section, unit, by, flags, span) TAKES_##span(key)
REPORT_FIGURES(ASKING)

#define IS_YEARS    true
#define IS_INSTANTS false
#define IS_DAYS     false
#define IS_BY_HAND  false
#define LINE(key, words, section, unit, by, flags, span) \
    { STR_INIT(#key),                                    \
      MSG_report_name_##words,                           \
      MSG_report_how_##words,                            \
      REPORT_##section,                                  \
      REPORT_##unit,                                     \
      &report_by_##by,                                   \
      flags,                                             \
      IS_##span,                                         \
      rows_##key },

const struct report_figure report_figures[] = { REPORT_FIGURES(LINE) };
const size_t report_figure_count = sizeof report_figures / sizeof *report_figures;

enum msg report_section_name(enum report_section s)
{
#define SECTION_NAME(name) MSG_report_section_##name,
    static const enum msg names[] = { REPORT_SECTIONS(SECTION_NAME) };
#undef SECTION_NAME
    return names[s];
}

const struct report_figure *report_figure_find(str key)
{
    for (size_t i = 0; i < report_figure_count; i++)
        if (str_eq(report_figures[i].key, key))
            return &report_figures[i];
    return NULL;
}

bool report_figure_has(const struct report_figure *f, const struct report_span *span,
                       int64_t office_id)
{
    return (!f->years || span->years) && (!office_id || f->flags & OFFICES);
}

void report_keep(struct tx *tx, const struct report_kept *k)
{
    must(report_figure_find(k->figure) != NULL);
    report_keep_add(tx, &(struct report_keep_add_in){ .id = db_new_id(),
                                                      .city = k->city_id,
                                                      .figure = k->figure,
                                                      .office = k->office_id,
                                                      .day = k->day,
                                                      .code = k->code,
                                                      .n = k->n,
                                                      .amount = k->amount });
}

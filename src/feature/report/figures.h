/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The figures, as data: one line each. Dashboard, report, CSV, XLSX, PDF and JSON are made of this
 * table. A new figure is a line here, a statement in report.sql with its key as name
 * (report_KEY), and two texts where it has words of its own: what it is called
 * (report.name.WORDS) and how it is counted (report.how.WORDS).
 */
#ifndef FEATURE_REPORT_FIGURES_H
#define FEATURE_REPORT_FIGURES_H

#include "feature/report/report.h"
#include "feature/report/span.h"
#include "web/vocab.h"

/* In the order of the report. */
#define REPORT_SECTIONS(X) X(contact) X(advice) X(placement) X(course) X(hours) X(offer)

enum report_section {
#define REPORT_SECTION_ENUM(name) REPORT_##name,
    REPORT_SECTIONS(REPORT_SECTION_ENUM)
#undef REPORT_SECTION_ENUM
        REPORT_SECTION_COUNT
};

enum report_unit {
    REPORT_COUNT, /* how many */
    REPORT_HOURS, /* the amounts are minutes */
    REPORT_DAYS   /* the median of the amounts, seconds */
};

enum report_flag {
    PEOPLE = 1,  /* about people: small numbers are hidden */
    OFFICES = 2, /* known by office; else the town's only */
    PART = 4,    /* one more breakdown of the figure before it */
    TILE = 8,    /* on the dashboard, as a number */
    CHART = 16   /* on the dashboard, as a picture */
};

/*
 * key, words, section, unit, breakdown (breakdown.c), flags, and what the statement takes behind
 * the town: INSTANTS (:from, :until), DAYS (:first, :last), YEARS (:first_year, :last_year; whole
 * years only), BY_HAND (something else: figures.c asks it).
 */
/* clang-format off */
#define REPORT_FIGURES(X) \
    X(interests, interests, contact, COUNT, month, PEOPLE | TILE, DAYS) \
    X(concerns, concerns, contact, COUNT, topic, PEOPLE | OFFICES | TILE | CHART, INSTANTS) \
    X(concern_days, concern_days, contact, DAYS, none, PEOPLE | OFFICES, INSTANTS) \
    X(appointments, appointments, contact, COUNT, appointment, PEOPLE | OFFICES, BY_HAND) \
    X(people, people, advice, COUNT, heard_from, PEOPLE | OFFICES | TILE, INSTANTS) \
    X(people_age, people, advice, COUNT, age_band, PEOPLE | OFFICES | PART, INSTANTS) \
    X(people_gender, people, advice, COUNT, gender, PEOPLE | OFFICES | PART, INSTANTS) \
    X(people_employment, people, advice, COUNT, employment, PEOPLE | OFFICES | PART, INSTANTS) \
    X(cases, cases, advice, COUNT, channel, PEOPLE | OFFICES, INSTANTS) \
    X(talks, talks, advice, COUNT, channel, PEOPLE | OFFICES | TILE, DAYS) \
    X(talks_month, talks, advice, COUNT, month, PEOPLE | OFFICES | PART | CHART, DAYS) \
    X(talk_hours, talk_hours, advice, HOURS, none, PEOPLE | OFFICES, DAYS) \
    X(proposals, proposals, placement, COUNT, standing, PEOPLE | OFFICES, BY_HAND) \
    X(contacts, contacts, placement, COUNT, none, PEOPLE | OFFICES, INSTANTS) \
    X(trials, trials, placement, COUNT, none, PEOPLE | OFFICES, DAYS) \
    X(waiting, waiting, placement, COUNT, none, PEOPLE | OFFICES, INSTANTS) \
    X(placements, placements, placement, COUNT, month, PEOPLE | OFFICES | TILE | CHART, INSTANTS) \
    X(placements_field, placements, placement, COUNT, field, PEOPLE | OFFICES | PART | CHART, \
      INSTANTS) \
    X(placements_target, placements, placement, COUNT, target, PEOPLE | OFFICES | PART, INSTANTS) \
    X(placements_kind, placements, placement, COUNT, kind, PEOPLE | OFFICES | PART, INSTANTS) \
    X(placements_time, placements, placement, COUNT, time, PEOPLE | OFFICES | PART, INSTANTS) \
    X(answer_days, answer_days, course, DAYS, none, PEOPLE | OFFICES | TILE, INSTANTS) \
    X(placement_days, placement_days, course, DAYS, none, PEOPLE | OFFICES | TILE, INSTANTS) \
    X(late, late, course, COUNT, none, PEOPLE | OFFICES, INSTANTS) \
    X(after_half, after_half, course, COUNT, going, PEOPLE | OFFICES, INSTANTS) \
    X(after_year, after_year, course, COUNT, going, PEOPLE | OFFICES, INSTANTS) \
    X(ends, ends, course, COUNT, end_reason, PEOPLE | OFFICES, INSTANTS) \
    X(exits, exits, course, COUNT, exit_reason, PEOPLE | OFFICES, INSTANTS) \
    X(hours, hours, hours, HOURS, none, PEOPLE | OFFICES | TILE, BY_HAND) \
    X(certificates, certificates, hours, COUNT, certificate, PEOPLE, YEARS) \
    X(offers_new, offers_new, offer, COUNT, field, TILE, INSTANTS) \
    X(offers_confirmed, offers_confirmed, offer, COUNT, none, 0, INSTANTS) \
    X(offers_expired, offers_expired, offer, COUNT, none, 0, INSTANTS) \
    X(organisations_new, organisations_new, offer, COUNT, org_kind, 0, INSTANTS) \
    X(organisations_served, organisations_served, offer, COUNT, none, 0, INSTANTS)
/* clang-format on */

struct report_by;

struct report_figure {
    str key;
    enum msg name, how;
    enum report_section section;
    enum report_unit unit;
    const struct report_by *by;
    unsigned flags;
    bool years; /* counted for whole calendar years only */
    struct report_row_rows (*rows)(struct db *db, const struct report_span *span);
};

extern const struct report_figure report_figures[];
extern const size_t report_figure_count;

enum msg report_section_name(enum report_section s);
/* NULL: there is none of that key. */
const struct report_figure *report_figure_find(str key);
/* Whether it can be counted in that time, and for one office (0: for the town). */
bool report_figure_has(const struct report_figure *f, const struct report_span *span,
                       int64_t office_id);

/* ---- breakdown.c ---- */

/*
 * What a figure is broken down by: numbered values, of which the last may stand for "not said". A
 * row with several bits counts for each of them.
 */
#define REPORT_BY(X) \
    X(none)          \
    X(month)         \
    X(topic)         \
    X(appointment)   \
    X(heard_from)    \
    X(age_band)      \
    X(gender)        \
    X(employment)    \
    X(channel)       \
    X(standing)      \
    X(field)         \
    X(target)        \
    X(kind)          \
    X(time)          \
    X(going)         \
    X(end_reason)    \
    X(exit_reason)   \
    X(certificate)   \
    X(org_kind)
#define REPORT_BY_EXTERN(name) extern const struct report_by report_by_##name;
REPORT_BY(REPORT_BY_EXTERN)
#undef REPORT_BY_EXTERN

/* How many values there are; of `none` no one. */
size_t report_by_count(const struct report_by *by, const struct report_span *span);
bool report_by_several(const struct report_by *by);
/* In the order of its values (months, ages), not by size. */
bool report_by_ordered(const struct report_by *by);
/* The value of a row. */
size_t report_by_value(const struct report_by *by, const struct report_span *span,
                       const struct report_row *row);
/* Its code in files ("2025-03", "sport"; "" is not said), and in words. */
str report_by_code(struct arena *a, const struct report_by *by, const struct report_span *span,
                   size_t value);
str report_by_label(const struct rq *rq, const struct report_by *by, const struct report_span *span,
                    size_t value);
/* "nach Tätigkeitsfeld" */
str report_by_name(const struct rq *rq, const struct report_by *by);

#endif

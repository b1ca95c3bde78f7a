/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A report: all figures of a time beside those of the time before, with small numbers about people
 * hidden (hide.h). The one thing that page, files, pictures and JSON are made of.
 */
#ifndef FEATURE_REPORT_COUNT_H
#define FEATURE_REPORT_COUNT_H

#include "feature/report/figures.h"

struct report_number {
    int64_t value; /* in the figure's unit: of hours and days tenths */
    bool hidden;   /* not told */
    bool none;     /* a median of nothing */
};

enum { REPORT_NOW, REPORT_BEFORE, REPORT_TIMES };

struct report_line {
    str code;
    str label;
    struct report_number v[REPORT_TIMES];
};

struct report_result {
    const struct report_figure *figure;
    struct report_number total[REPORT_TIMES];
    const struct report_line *lines; /* values that there were; of months all, or none */
    size_t n;
};

struct report {
    struct report_span span[REPORT_TIMES];
    str words[REPORT_TIMES]; /* of the times, in a sentence */
    str brief[REPORT_TIMES]; /* at the head of a column */
    int64_t office_id;       /* 0: the whole town */
    str office;              /* its name */
    struct report_office_rows offices;
    const struct report_result *v;
    size_t n;
};

/* Reads only. An office that the town does not have counts as the whole town. */
struct report report_make(struct rq *rq, const struct report_span *span, int64_t office_id);
/* NULL: the figure is not in this report. */
const struct report_result *report_find(const struct report *r, str key);

/* As people read it: "1.204", "12,5", "nicht gezeigt". */
str report_fmt(const struct rq *rq, const struct report_figure *f, const struct report_number *n);
/* With its unit: "12,5 Stunden". */
str report_fmt_unit(const struct rq *rq, const struct report_figure *f,
                    const struct report_number *n);
int report_decimals(const struct report_figure *f);
/* "Vermittlungen", "Vermittlungen nach Tätigkeitsfeld" */
str report_name(const struct rq *rq, const struct report_figure *f);
str report_title(const struct rq *rq, const struct report_figure *f);

#endif

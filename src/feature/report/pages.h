/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages and files of figures, within this feature. */
#ifndef FEATURE_REPORT_PAGES_H
#define FEATURE_REPORT_PAGES_H

#include "feature/report/count.h"
#include "web/schema.h"

/* report.c */
void report_desk(struct rq *rq);
void report_page(struct rq *rq);

/* file.c */
void report_file(struct rq *rq, struct tx *tx);
void report_put_json(struct rq *rq, const struct report *r);
/* "bericht-2025": of a file, without its ending. */
str report_file_name(const struct rq *rq, const struct report *r);
extern const struct schema report_schema;

/* paper.c */
void report_paper(struct rq *rq);

/* view.c: for the templates */

/* The report that the address asks for. */
struct report report_asked(struct rq *rq);
/* The figures of a section that have words of their own, for its overview. */
bool report_is_main(const struct report_result *f, enum report_section s);
/* Those of a section that have lines, for a table of their own. */
bool report_has_lines(const struct report_result *f, enum report_section s);
bool report_has_section(const struct report *r, enum report_section s);
/* Something in the report is not told. */
bool report_hides(const struct report *r);
/* Its lines as a picture; empty where there are none. */
html report_chart(const struct rq *rq, const struct report *r, const struct report_result *f);
/* "so-placements": where the report says how it is counted. */
str report_place(const struct rq *rq, const struct report_figure *f);
/* The report of these days, at a path below /buero/zahlen. */
url report_link(const struct rq *rq, str path, const struct report *r);

#endif

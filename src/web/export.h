/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A list of the office as a file: the answer to the buttons of page_export (page.html). The file
 * takes the filters of the list, and each one leaves a line in the audit trail. Neighbours:
 * sheet.h (the formats), row.h (the cells).
 */
#ifndef WEB_EXPORT_H
#define WEB_EXPORT_H

#include "web/row.h"
#include "web/sheet.h"

struct rq;
struct tx;

struct export_file {
    str name;   /* of the file, without its ending */
    str title;  /* of the sheet in XLSX */
    str action; /* in the audit trail: "concern.export" */
    str back;   /* the list: where somebody is led whose file would be too large */
};

/*
 * Writes a whole file into rq->out and counts its rows. ERR_LIMIT: more than the answer may
 * hold.
 */
typedef enum err export_fn(struct rq *rq, void *ctx, enum sheet_format format, int64_t *rows);

/*
 * Ends the request: the file in the format that the button named, a refusal when it named none.
 * The file may be larger than what a request may use otherwise, up to the limit of all output.
 */
void export_answer(struct rq *rq, struct tx *tx, const struct export_file *e, export_fn *write,
                   void *ctx);

/* The rows of a statement with all their columns; x.sql.web.h has it typed: concern_row_export. */
void export_rows(struct rq *rq, struct tx *tx, const struct export_file *e,
                 const struct row_list *rows);

#endif

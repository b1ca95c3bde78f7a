/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An XLSX file with one sheet of texts and numbers, row by row. The rows wait in a file without
 * name, the finished workbook is made in memory. Wraps libxlsxwriter; used through sheet.h.
 */
#ifndef WEB_SHEET_XLSX_H
#define WEB_SHEET_XLSX_H

#include "base/err.h"
#include "base/out.h"

struct xlsx;

/* The first row is set in bold and stays in view. Must be ended. */
struct xlsx *xlsx_new(str title, uint16_t columns);
void xlsx_text(struct xlsx *x, uint16_t column, str text);
void xlsx_number(struct xlsx *x, uint16_t column, double number);
void xlsx_row_end(struct xlsx *x);
/* Writes the file into `out` and frees; *cut says how many texts were longer than a cell holds. */
MUST_CHECK enum err xlsx_end(struct xlsx *x, struct out *out, int64_t *cut);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A workbook of Excel, LibreOffice or the like (XLSX, ECMA-376) as CSV: its first visible sheet,
 * one line for each row of the sheet, so that "line 7" of what reads the CSV is row 7 there. Line
 * breaks within a cell are U+2028 (csv_in.h gives them back as LF).
 *
 * Cells are what they hold, not how they look: numbers with a decimal point, days as 2026-11-23,
 * yes and no, results of formulas. Numbers with a format of zeros keep their zeros (postcodes).
 */
#ifndef WEB_XLSX_IN_H
#define WEB_XLSX_IN_H

#include "base/err.h"
#include "base/str.h"

/* A part of the workbook may unpack to so many bytes; the CSV that comes of it, to so many. */
#define XLSX_IN_PART ((size_t)48 << 20)
#define XLSX_IN_CSV  ((size_t)24 << 20)

/* Whether a file begins like one: any ZIP does. */
bool xlsx_in_is(str head);
/*
 * ERR_INVALID with the reason, and the place in the sheet, in *problem: no workbook, an error in a
 * cell, cells that are merged, too large.
 */
MUST_CHECK enum err xlsx_in_csv(struct arena *a, str bytes, str *csv, str *problem);

#endif

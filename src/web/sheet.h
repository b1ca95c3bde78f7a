/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A table as a file: CSV, the CSV of German spreadsheets, XLSX or JSON from the same calls.
 *
 *     struct sheet s = sheet_begin(&out, SHEET_XLSX, S("Angebote"), names, n);
 *     sheet_cell(&s, title);
 *     …
 *     sheet_row_end(&s);
 *     if (sheet_end(&s) != ERR_OK) …
 *
 * Cells are text or numbers. No cell becomes a formula: CSV guards them (web/csv.h), XLSX marks
 * them as text. JSON is an array of objects in which empty cells are left out.
 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "base/err.h"
#include "web/csv.h"
#include "web/json.h"

enum sheet_format { SHEET_CSV, SHEET_CSV_GERMAN, SHEET_XLSX, SHEET_JSON };

/* False for a name that is none of csv, xlsx, json. */
bool sheet_format_find(str name, enum sheet_format *format);
str sheet_type(enum sheet_format format);   /* the media type */
str sheet_suffix(enum sheet_format format); /* "csv" */

struct xlsx;

struct sheet {
    enum sheet_format format;
    struct out *out;
    const str *names;
    size_t columns;
    size_t column; /* of the next cell */
    int64_t rows;
    struct csv csv;
    struct json json;
    struct xlsx *xlsx;
};

/* The columns: their names must outlive the sheet; `title` is that of the sheet in XLSX. */
struct sheet_head {
    str title;
    const str *names;
    size_t n;
};

/* Until the end XLSX writes nothing into `out`; the others write as they go. */
struct sheet sheet_begin(struct out *out, enum sheet_format format, const struct sheet_head *head);
void sheet_cell(struct sheet *s, str text);
/* A number with one decimal or none: `value` counts tenths or wholes. CSV has it as German
 * spreadsheets read it ("12,5") in their form, with a point in ours. */
void sheet_number(struct sheet *s, int64_t value, bool tenths);
void sheet_row_end(struct sheet *s);
/* Must be called. ERR_IO, ERR_LIMIT: the file is not complete. *cut: texts too long for XLSX. */
MUST_CHECK enum err sheet_end(struct sheet *s, int64_t *cut);

#endif

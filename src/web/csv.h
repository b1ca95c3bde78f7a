/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing CSV (RFC 4180): UTF-8, CRLF, quotes where they are needed. Reading is csv_in.h.
 *
 *     struct csv c = csv_new(&out);
 *     csv_str(&c, S("ref"));
 *     csv_str(&c, S("title"));
 *     csv_row_end(&c);
 *
 * A spreadsheet would compute a cell that begins with = + - @, a tab or a line break
 * (ASVS 5.0, V1.2.10). csv_str puts an apostrophe in front of such text; the apostrophe is
 * doubled where the text had one itself, so that csv_unguard gives back exactly what was
 * written.
 */
#ifndef WEB_CSV_H
#define WEB_CSV_H

#include "base/out.h"

struct csv {
    struct out *out;
    char separator;
    bool started; /* the row has a cell */
};

/* Comma-separated, the form that Tandem reads back. */
struct csv csv_new(struct out *out);
/* With a byte order mark and semicolons, as German spreadsheets open it by double click. */
struct csv csv_new_german(struct out *out);

void csv_str(struct csv *c, str s);
void csv_row_end(struct csv *c);

/* A cell as it was before csv_str guarded it; other text stays as it is. */
str csv_unguard(str cell);

#endif

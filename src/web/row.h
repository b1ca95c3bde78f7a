/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows of a statement as JSON and as cells of a table, by the description of their struct that
 * tool/sqlc makes. Typed functions stand in x.sql.web.h (opp_card_json); these take any row, for
 * code that serves all of them.
 */
#ifndef WEB_ROW_H
#define WEB_ROW_H

#include "db/stmt.h"
#include "web/json.h"

/*
 * An object with the columns as members. Identifiers (`id`, `…_id`) are written as text:
 * they have 63 bits, and a JSON number is safe up to 53. BLOB has no text form: such a
 * column is a programmer's mistake.
 */
void row_json(struct json *j, const struct db_row_type *type, const void *row);
/*
 * Column i as people read it in a spreadsheet: an instant (`…_at`) in German time, 0 and what is
 * absent as nothing.
 */
str row_cell(struct arena *a, const struct db_row_type *type, const void *row, unsigned i);

/* All rows of a statement. */
struct row_list {
    const struct db_row_type *type;
    const void *v;
    size_t n;
};

/* The value of column i; `null` where an optional one is absent. Text is not copied. */
struct db_value row_value(const struct db_row_type *type, const void *row, unsigned i);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows of a statement as JSON and CSV, by the description of their struct that tool/sqlc
 * makes. Typed functions stand in x.sql.web.h (opp_card_json, opp_card_csv); these take
 * any row, for code that serves all of them.
 */
#ifndef WEB_ROW_H
#define WEB_ROW_H

#include "db/stmt.h"
#include "web/csv.h"
#include "web/json.h"

/*
 * An object with the columns as members. Identifiers (`id`, `…_id`) are written as text:
 * they have 63 bits, and a JSON number is safe up to 53. BLOB has no text form: such a
 * column is a programmer's mistake.
 */
void row_json(struct json *j, const struct db_row_type *type, const void *row);
/* The columns' names, and a row; an absent value is an empty cell. */
void row_csv_head(struct csv *c, const struct db_row_type *type);
void row_csv(struct csv *c, const struct db_row_type *type, const void *row);

/* The value of column i; `null` where an optional one is absent. Text is not copied. */
struct db_value row_value(const struct db_row_type *type, const void *row, unsigned i);

#endif

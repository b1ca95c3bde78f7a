/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From cells to records: the columns of Tandem's own CSV (doc/import.md), which are also
 * what mappings make. One table for each kind; lists within a cell are separated by blanks.
 */
#ifndef FEATURE_EXCHANGE_OFFER_CELLS_H
#define FEATURE_EXCHANGE_OFFER_CELLS_H

#include "feature/exchange/cells.h"
#include "feature/exchange/exchange.h"

/* No text of an offer may be longer, in bytes; titles and names not longer than TITLE_MAX. */
#define OFFER_TEXT_MAX  ((size_t)64 << 10)
#define OFFER_TITLE_MAX ((size_t)300)

/*
 * False with a reason when a cell does not fit its column. The line is the caller's to set.
 */
bool offer_from_cells(struct arena *a, const struct cells *cells, struct import_offer *offer,
                      str *why);
bool organisation_from_cells(struct arena *a, const struct cells *cells,
                             struct import_organisation *organisation, str *why);

/* Whether offers have a column of this name. */
bool offer_has_column(str name);

#endif

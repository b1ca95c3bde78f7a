/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers of Tandem's own CSV. */
#ifndef FEATURE_EXCHANGE_TANDEM_CSV_H
#define FEATURE_EXCHANGE_TANDEM_CSV_H

#include "feature/exchange/exchange.h"
#include "feature/exchange/mapping.h"

/*
 * An offer from cells named as the columns of Tandem's own CSV; false with a reason when a cell
 * does not fit. The line is the caller's to set.
 */
bool offer_from_cells(struct arena *a, const struct cells *cells, struct import_offer *row,
                      str *why);

extern const struct import_reader tandem_offers, tandem_organisations;

#endif

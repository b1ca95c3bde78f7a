/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers of Tandem's own CSV. */
#ifndef FEATURE_EXCHANGE_TANDEM_CSV_H
#define FEATURE_EXCHANGE_TANDEM_CSV_H

#include "feature/exchange/exchange.h"

extern const struct import_reader tandem_offers, tandem_organisations;

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fields, kinds and targets from the words of an offer, for sources that have none. The
 * table is data/mapping/keywords.de.txt; what comes of it is marked as derived.
 */
#ifndef FEATURE_EXCHANGE_KEYWORDS_H
#define FEATURE_EXCHANGE_KEYWORDS_H

#include "feature/exchange/exchange.h"

struct keywords;

/* The embedded table, parsed; lives in the arena and may be read by several threads. */
const struct keywords *keywords_new(struct arena *a);
/* Fills what is empty and sets `derived` where something was filled. */
void keywords_derive(const struct keywords *k, struct arena *a, struct import_offer *offer);

#endif

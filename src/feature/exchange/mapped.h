/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers that go by a mapping. */
#ifndef FEATURE_EXCHANGE_MAPPED_H
#define FEATURE_EXCHANGE_MAPPED_H

#include "feature/exchange/exchange.h"

/* A mapping file may be this long. */
#define MAP_BYTES 262144

extern const struct import_reader mapped_csv, freinet_csv, freinet_xml;

#endif

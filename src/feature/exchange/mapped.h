/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers that go by a mapping. */
#ifndef FEATURE_EXCHANGE_MAPPED_H
#define FEATURE_EXCHANGE_MAPPED_H

#include "feature/exchange/exchange.h"

/* With --map: any CSV or XML. The other two bring their mapping along. */
extern const struct import_reader mapped_file, freinet_csv, freinet_xml;

#endif

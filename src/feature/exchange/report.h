/* SPDX-License-Identifier: EUPL-1.2 */
/* What an import did, for people and for programs. */
#ifndef FEATURE_EXCHANGE_REPORT_H
#define FEATURE_EXCHANGE_REPORT_H

#include "feature/exchange/exchange.h"

/* "line 12: no title", "line 7: note: possible duplicate …", "note: 3 offers …" */
str report_line(struct arena *a, const struct import_line *line);
/* "imported N, updated N, unchanged N, failed N of N rows" */
str report_sum(struct arena *a, const struct import_report *report);
/* The counts and all lines as JSON. */
str report_json(struct arena *a, const struct import_report *report);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Figures: the dashboard of the office and the yearly report for council and Land. What other
 * features see of it is that rows which are deleted go on being counted.
 */
#ifndef FEATURE_REPORT_H
#define FEATURE_REPORT_H

#include "report.sql.h"
#include "web/feature.h"

extern const struct feature report_feature;

/*
 * A row that counts in a figure is about to be deleted: its number stays. To be called by the
 * feature that owns the row, in the transaction that deletes it.
 */
struct report_kept {
    int64_t city_id;
    str figure;        /* a key of REPORT_FIGURES (figures.h) */
    int64_t office_id; /* 0: of none */
    str day;           /* ISO, a German day; of a month its first */
    str code;          /* of the breakdown; may be empty */
    int64_t n;
    int64_t amount;
};
void report_keep(struct tx *tx, const struct report_kept *k);

#endif

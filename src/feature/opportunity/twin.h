/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers that may be the same as another one, and why one thinks so. */
#ifndef FEATURE_OPPORTUNITY_TWIN_H
#define FEATURE_OPPORTUNITY_TWIN_H

#include "feature/opportunity/opportunity.h"
#include "web/merge.h"

#define TWINS_MOST 5

struct twin {
    const struct opp_twin_row *offer;
    int share; /* in hundredths */
    str why;   /* "gleiche Organisation, fast gleicher Titel" */
};
struct twins {
    struct twin v[TWINS_MOST];
    size_t n;
};

/* The public offers of the town that are probably this one, the likeliest first. */
void twins_find(struct rq *rq, const struct opp_full *o, struct twins *twins);
/* All pairs of a town that are probably the same, for the office. */
void twins_all(struct db *db, int64_t city_id, struct merge_pairs *pairs);

/* Why one thinks so: bits in the order of this table, ended by 0. */
extern const enum msg twin_reasons[];

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers that may be the same as another one, and why one thinks so. */
#ifndef FEATURE_OPPORTUNITY_TWIN_H
#define FEATURE_OPPORTUNITY_TWIN_H

#include "feature/opportunity/opportunity.h"

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

#endif

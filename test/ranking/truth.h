/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is to be said of an offer to somebody, worked out once more from the offer's row, plainly
 * and without the index: every sentence that must be there, and no other.
 */
#ifndef RANKING_TRUTH_H
#define RANKING_TRUTH_H

#include "feature/finder/finder.h"

/* How many sentences of `said` are not true, or missing; they are printed. */
int truth_differs(struct rq *rq, const struct finder_asker *who, const struct opp_full *offer,
                  const struct reasons *said);

#endif

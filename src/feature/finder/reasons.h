/* SPDX-License-Identifier: EUPL-1.2 */
/* Why an offer fits, and what to mind, in sentences: made from the reasons of the index. */
#ifndef FINDER_REASONS_H
#define FINDER_REASONS_H

#include "feature/finder/wish.h"
#include "feature/opportunity/opportunity.h"
#include "finder.sql.h"

struct sentences {
    str *v;
    size_t n, cap;
};

struct reasons {
    struct sentences fits;
    struct sentences misses;
};

/* One offer with the reasons that the index gave for it. */
struct judged_offer {
    const struct match_fit *fit;
    const struct opp_card *card;
    const struct finder_need *needs; /* may be NULL */
};

struct reasons reasons_of(const struct rq *rq, const struct wish *w, const struct judged_offer *o);
/* "12 Angebote sind zu weit weg.": what the hard criteria kept out. */
struct sentences reasons_excluded(const struct rq *rq, const struct match_fits *fits);

#endif

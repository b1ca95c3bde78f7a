/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "What fits me": six questions, and the offers that fit the answers best, with reasons. The
 * sentences are for others too: the desk says of its people what the finder says of visitors.
 */
#ifndef FEATURE_FINDER_H
#define FEATURE_FINDER_H

#include "feature/opportunity/opportunity.h"
#include "finder.sql.h"
#include "match/match.h"
#include "web/feature.h"

extern const struct feature finder_feature;

struct sentences {
    str *v;
    size_t n, cap;
};

/* Why an offer fits, and what to mind. */
struct reasons {
    struct sentences fits;
    struct sentences misses;
};

/* Who asks: their wishes, and what the place is called that distances are from. */
struct finder_asker {
    const struct match_profile *profile;
    str near_name;
};

/* One offer with the reasons that the index gave for it. */
struct judged_offer {
    const struct match_fit *fit;
    const struct opp_card *card;
    const struct finder_need *needs; /* may be NULL */
};

/* In sentences that speak to the person; each is true of the offer as it is now. */
struct reasons finder_reasons(const struct rq *rq, const struct finder_asker *who,
                              const struct judged_offer *o);
/* "12 Angebote sind zu weit weg.": what the hard criteria kept out. */
struct sentences finder_excluded(const struct rq *rq, const struct match_fits *fits);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* What a row says, as one hash: the same hash means that nothing changed. */
#ifndef FEATURE_EXCHANGE_SINK_HASH_H
#define FEATURE_EXCHANGE_SINK_HASH_H

#include "feature/opportunity/opportunity.h"
#include "feature/organisation/organisation.h"

str offer_hash(struct arena *a, const struct opp_form *f, int64_t organisation_id);
str organisation_hash(struct arena *a, const struct org_form *f);

#endif

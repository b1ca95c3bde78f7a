/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing offers and their history; see also opportunity_new and opportunity_save. */
#ifndef FEATURE_OPPORTUNITY_STORE_H
#define FEATURE_OPPORTUNITY_STORE_H

#include "feature/opportunity/opportunity.h"

struct store_event {
    int64_t city_id;
    int64_t opportunity_id;
    int64_t account_id;
    str event;
    str from;
    str to;
};

void store_event(struct tx *tx, const struct store_event *e);

#endif

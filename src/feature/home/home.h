/* SPDX-License-Identifier: EUPL-1.2 */
/* The home page of a town and of the network. */
#ifndef FEATURE_HOME_H
#define FEATURE_HOME_H

#include "feature/event/event.h"
#include "feature/opportunity/opportunity.h"
#include "home.sql.h"
#include "web/vocab.h"

extern const struct feature home_feature;

/* What a town's home page shows. */
struct home {
    int64_t field_counts[FIELD_COUNT];
    bool has_counts; /* not in the moment after a start: every field is shown, without a number */
    struct opp_card_rows newest;
    struct event_card_rows next;
    struct home_office_rows offices;
    const struct home_numbers *numbers;
};

#endif

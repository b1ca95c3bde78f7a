/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of an offer: draft → submitted → published, and from there paused, filled,
 * expired, archived and back. The table in states.c says which steps there are, who may take
 * them, and what comes of them.
 */
#ifndef FEATURE_OPPORTUNITY_STATES_H
#define FEATURE_OPPORTUNITY_STATES_H

#include "feature/opportunity/opportunity.h"
#include "web/procedure.h"

extern const struct record_kind opportunity_record;
extern const struct procedure opportunity_procedure;

/* Stores what an offer says without an event: for steps, which are one. True: it is there. */
bool opportunity_replace(struct tx *tx, int64_t id, const struct opp_arrival *arrival,
                         const struct opp_form *form);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of an offer: draft → submitted → published, and from there paused, filled,
 * expired, archived and back. The table says which steps there are and who may take them.
 */
#ifndef FEATURE_OPPORTUNITY_STATES_H
#define FEATURE_OPPORTUNITY_STATES_H

#include "feature/opportunity/opportunity.h"

struct state_step {
    str from;
    str to;
    enum permission permission;
    enum msg label; /* on the button */
};

/* Ended by an empty `from`. */
extern const struct state_step state_steps[];

/* Whether the table has the step and this person may take it for the organisation. */
bool states_may(const struct rq *rq, int64_t organisation_id, str from, str to);
/* Renews "last confirmed"; false when there is no such offer. */
bool opportunity_confirm(struct rq *rq, struct tx *tx, int64_t id, str by);

void opportunity_person_export(struct rq *rq, int64_t account_id, struct json *json);
void opportunity_person_erase(struct rq *rq, struct tx *tx, int64_t account_id);

#endif

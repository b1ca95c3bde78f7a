/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers as JSON and CSV: the writers and the schemas that describe them. */
#ifndef FEATURE_OPPORTUNITY_ANSWER_H
#define FEATURE_OPPORTUNITY_ANSWER_H

#include "feature/opportunity/fields.h"
#include "feature/search/search.h"
#include "web/schema.h"

extern const struct schema opp_list_schema, opp_full_schema, opp_cards_schema;

void answer_list(struct rq *rq, const struct search_result *found, const struct opp_card **cards);
void answer_show(struct rq *rq, const struct opp_full *o);
void answer_cards(struct rq *rq, struct opp_cards cards);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* "Manage my offer" by a mailed link: confirm, change, pause, fill, end, bring back. */
#ifndef FEATURE_OPPORTUNITY_MANAGE_H
#define FEATURE_OPPORTUNITY_MANAGE_H

#include "web/feature.h"

struct token;

void manage_show(struct rq *rq, const struct token *token);
void manage_over(struct rq *rq, const struct token *token);
extern const struct link_part manage_parts[];

#endif

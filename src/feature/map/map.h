/* SPDX-License-Identifier: EUPL-1.2 */
/* The map of a town. */
#ifndef FEATURE_MAP_H
#define FEATURE_MAP_H

#include "feature/opportunity/opportunity.h"

extern const struct feature map_feature;

/* Whose map it is, when the town has a source of tiles of its own: the host that serves it. */
str map_credit(const struct rq *rq);

#endif

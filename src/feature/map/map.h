/* SPDX-License-Identifier: EUPL-1.2 */
/* The map of a town. */
#ifndef FEATURE_MAP_H
#define FEATURE_MAP_H

#include "feature/opportunity/opportunity.h"

extern const struct feature map_feature;

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Matching at the desk: what fits a person, and who fits an offer. */
#ifndef FEATURE_DESK_H
#define FEATURE_DESK_H

#include "web/feature.h"

extern const struct feature desk_feature;

#endif

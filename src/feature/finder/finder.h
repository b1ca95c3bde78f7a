/* SPDX-License-Identifier: EUPL-1.2 */
/* "What fits me": six questions, and the offers that fit the answers best, with reasons. */
#ifndef FEATURE_FINDER_H
#define FEATURE_FINDER_H

#include "web/feature.h"

extern const struct feature finder_feature;

#endif

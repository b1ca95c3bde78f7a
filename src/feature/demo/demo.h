/* SPDX-License-Identifier: EUPL-1.2 */
/* The demo towns: Lübeck, Lüneburg and Bitburg, invented but for their public offices. */
#ifndef FEATURE_DEMO_H
#define FEATURE_DEMO_H

#include "web/feature.h"

extern const struct feature demo_feature;

#endif

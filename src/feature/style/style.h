/* SPDX-License-Identifier: EUPL-1.2 */
/* The style page: every part of the pages once, for designers and for tests of the look. */
#ifndef FEATURE_STYLE_H
#define FEATURE_STYLE_H

#include "web/feature.h"

extern const struct feature style_feature;

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Concerns (Anliegen): somebody asks an office, and gets an answer by a promised day. */
#ifndef FEATURE_CONCERN_H
#define FEATURE_CONCERN_H

#include "web/feature.h"

extern const struct feature concern_feature;

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Advice cases of the demo towns. */
#ifndef FEATURE_DEMO_ADVICE_H
#define FEATURE_DEMO_ADVICE_H

#include "base/err.h"
#include "web/app.h"

/* Cases of those who are placed, and of some who are not yet; after demo_placements. */
MUST_CHECK enum err demo_advice(struct app *app, struct arena *a);

#endif

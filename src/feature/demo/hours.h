/* SPDX-License-Identifier: EUPL-1.2 */
/* Hours of those who are placed in the demo towns. */
#ifndef FEATURE_DEMO_HOURS_H
#define FEATURE_DEMO_HOURS_H

#include "base/err.h"
#include "web/app.h"

/* Two months for each, of which the first is confirmed; after demo_placements. */
MUST_CHECK enum err demo_hours(struct app *app, struct arena *a);

#endif

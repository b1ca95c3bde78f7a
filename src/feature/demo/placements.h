/* SPDX-License-Identifier: EUPL-1.2 */
/* Placements of the demo towns. */
#ifndef FEATURE_DEMO_PLACEMENTS_H
#define FEATURE_DEMO_PLACEMENTS_H

#include "base/err.h"
#include "web/app.h"

/* Some invented people on their way, in each town; after the towns are there. */
MUST_CHECK enum err demo_placements(struct app *app, struct arena *a);

#endif

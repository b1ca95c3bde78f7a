/* SPDX-License-Identifier: EUPL-1.2 */
/* Mentoring of the demo towns. */
#ifndef FEATURE_DEMO_MENTORING_H
#define FEATURE_DEMO_MENTORING_H

#include "base/err.h"
#include "web/app.h"

/* Two programmes with people on both sides and a pair in each state, in each town. */
MUST_CHECK enum err demo_mentoring(struct app *app, struct arena *a);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Company engagement of the demo towns. */
#ifndef FEATURE_DEMO_COMPANIES_H
#define FEATURE_DEMO_COMPANIES_H

#include "base/err.h"
#include "web/app.h"

/* Some invented companies with offers, needs of organisations, and what came together of it. */
MUST_CHECK enum err demo_companies(struct app *app, struct arena *a);

#endif

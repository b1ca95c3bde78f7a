/* SPDX-License-Identifier: EUPL-1.2 */
/* Two years of advice and placement that are over, so that the report has something to tell. */
#ifndef FEATURE_DEMO_HISTORY_H
#define FEATURE_DEMO_HISTORY_H

#include "base/err.h"
#include "web/app.h"

/* As they are when everybody has been erased since: nobody is named. */
MUST_CHECK enum err demo_history(struct app *app, struct arena *a);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates of the demo towns, all invented. */
#ifndef FEATURE_DEMO_EVENTS_H
#define FEATURE_DEMO_EVENTS_H

#include "base/err.h"

struct app;
struct arena;

MUST_CHECK enum err demo_events(struct app *app, struct arena *a);

#endif

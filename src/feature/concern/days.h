/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Working days: Monday to Friday without the holidays that all of Germany has (base/holiday.h).
 * Those of the Länder do not count: a promise may be early by a day.
 */
#ifndef FEATURE_CONCERN_DAYS_H
#define FEATURE_CONCERN_DAYS_H

#include "base/clock.h"

/* The n-th working day after a day. */
struct day day_add_working(struct day day, int n);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Working days: Monday to Friday without the holidays that all of Germany has. */
#ifndef FEATURE_CONCERN_DAYS_H
#define FEATURE_CONCERN_DAYS_H

#include "base/clock.h"

/*
 * New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, 3 October (Einigungsvertrag,
 * Art. 2), 25 and 26 December. Those of the Länder are not known here: a promise may be early by a
 * day.
 */
bool day_is_holiday(struct day day);
/* Easter Sunday of a year (Gregorian; Butcher's method). */
struct day day_easter(int year);
/* The n-th working day after a day. */
struct day day_add_working(struct day day, int n);

#endif

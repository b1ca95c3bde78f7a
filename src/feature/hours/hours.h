/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours of placed people: written down by themselves through a mailed link, confirmed by the
 * organisation through another, added up by year across organisations.
 */
#ifndef FEATURE_HOURS_H
#define FEATURE_HOURS_H

#include "hours.sql.h"
#include "web/feature.h"

extern const struct feature hours_feature;
/* states.c: a sheet; open, submitted, then confirmed or returned. */
extern const struct procedure hours_procedure;

/* For the demo and tests: an entry on a day (ISO) of a placement; nobody is written to. */
struct hours_arrival {
    int64_t city_id;
    int64_t person_id;
    int64_t placement_id;
    str day;
    int64_t minutes;
    str activity;
};
/* The sheet of its month, which is made where there is none. */
int64_t hours_add(struct tx *tx, const struct hours_arrival *a);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers that have a date, as calendars (web/ics.h). */
#ifndef FEATURE_OPPORTUNITY_CALENDAR_H
#define FEATURE_OPPORTUNITY_CALENDAR_H

#include "feature/opportunity/opportunity.h"

/* The offer as a calendar of one event; it must have a beginning. */
void calendar_one(struct rq *rq, const struct opp_full *o);
/* GET /feed/angebote.ics: all dated offers of the town that are not over. */
void calendar_all(struct rq *rq);

#endif

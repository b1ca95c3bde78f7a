/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates for calendars (iCalendar) and programs (JSON, schema.org). */
#ifndef FEATURE_EVENT_CALENDAR_H
#define FEATURE_EVENT_CALENDAR_H

#include "feature/event/view.h"
#include "web/schema.h"

void event_ics_one(struct rq *rq, const struct event_full *e);
/* GET /feed/kalender.ics, narrowed down as the pages are. */
void event_ics_all(struct rq *rq);

void event_answer_list(struct rq *rq, const struct event_calendar *c);
void event_answer_show(struct rq *rq, const struct event_full *e,
                       struct event_instance_row_rows dates);
extern const struct schema event_list_schema, event_full_schema;

#endif

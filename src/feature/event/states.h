/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of a date (web/procedure.h). */
#ifndef FEATURE_EVENT_STATES_H
#define FEATURE_EVENT_STATES_H

#include "web/procedure.h"

extern const struct record_kind event_record_kind;
extern const struct procedure event_procedure;

/* Whether the public sees it: published, or cancelled and still in everybody's calendar. */
bool event_is_public(str state);

#endif

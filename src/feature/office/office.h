/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's start page and its view of the machine room: outbox, jobs, audit trail. */
#ifndef FEATURE_OFFICE_H
#define FEATURE_OFFICE_H

#include "office.sql.h"
#include "web.sql.h"
#include "web/feature.h"

extern const struct feature office_feature;

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's start page and its view of the machine room: outbox, jobs, audit trail. */
#ifndef FEATURE_OFFICE_H
#define FEATURE_OFFICE_H

#include "office.sql.h"
#include "web.sql.h"
#include "web/feature.h"

extern const struct feature office_feature;

/* What waits, what is late: the page "Heute". */
struct today {
    struct office_waiting_rows submitted;
    struct office_waiting_rows stale;
    struct office_waiting_rows ending;
    const struct office_counts *counts;
};

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Consulting hours of the demo towns, with some appointments of invented people. */
#ifndef FEATURE_DEMO_APPOINTMENTS_H
#define FEATURE_DEMO_APPOINTMENTS_H

#include "db/db.h"

/* `counsellor` is the account that holds the first office's hours. */
void demo_appointments(struct tx *tx, int64_t city_id, int64_t counsellor);

#endif

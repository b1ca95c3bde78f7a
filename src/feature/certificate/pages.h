/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share. */
#ifndef FEATURE_CERTIFICATE_PAGES_H
#define FEATURE_CERTIFICATE_PAGES_H

#include "feature/certificate/certificate.h"
#include "web/form.h"
#include "web/seal.h"

#define CERTIFICATE_ENTRY "certificate.entry"

struct seal_place certificate_place(int64_t id);
/* One more letter, inspection or deletion in the figures of the year. */
void certificate_counted(struct tx *tx, int64_t city_id, str act);

/* Work with children or youth of a person. */
struct certificate_work {
    bool runs;        /* something is on its way, or is done */
    int64_t ended_at; /* what was done last ended then; 0: nothing was */
};
struct certificate_work certificate_work_of(struct rq *rq, int64_t person_id);

#endif

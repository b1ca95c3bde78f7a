/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates of conduct (Führungszeugnis) after section 72a SGB VIII: the three facts that the
 * law allows to store, and the two clocks by which one is shown again and deleted.
 */
#ifndef FEATURE_CERTIFICATE_H
#define FEATURE_CERTIFICATE_H

#include "base/clock.h"
#include "certificate.sql.h"
#include "web/feature.h"

extern const struct feature certificate_feature;

/* Whether an inspection is on record that holds today and has no entry. Says nothing more. */
bool certificate_permits(struct rq *rq, int64_t person_id);

/*
 * Something with children or youth has begun or ended for a person: the clock stops or runs. What
 * never came about is deleted at once.
 */
void certificate_activity(struct rq *rq, struct tx *tx, int64_t person_id);

/* Keeps the facts of an inspection, in place of an earlier one. */
struct certificate_facts {
    int64_t person_id;
    str inspected_on;
    str issued_on;
    bool entry;
};
void certificate_keep(struct rq *rq, struct tx *tx, const struct certificate_facts *facts);

#endif

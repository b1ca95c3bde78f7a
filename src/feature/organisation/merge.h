/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations that were entered twice: finding and merging them, for the feature duplicate. */
#ifndef FEATURE_ORGANISATION_MERGE_H
#define FEATURE_ORGANISATION_MERGE_H

#include "feature/organisation/organisation.h"
#include "web/merge.h"

extern const struct record_kind organisation_record;
extern const struct merge_kind organisation_merges;
extern const struct merge_ref organisation_merge_refs[];

/* Replaces what an organisation says, without a line in the audit trail; whether there is one. */
bool organisation_replace(struct tx *tx, int64_t id, const struct org_arrival *arrival,
                          const struct org_form *form);
/* All pairs of a town that may be the same. */
void organisation_twins(struct db *db, int64_t city_id, struct merge_pairs *pairs);

#endif

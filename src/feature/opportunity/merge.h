/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers as records that can be merged (web/merge.h), for the feature duplicate. */
#ifndef FEATURE_OPPORTUNITY_MERGE_H
#define FEATURE_OPPORTUNITY_MERGE_H

#include "web/merge.h"

extern const struct merge_kind opportunity_merges;
extern const struct merge_ref opportunity_merge_refs[];

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Records of people as they are merged (web/merge.h), and what hangs on one. */
#ifndef PERSON_MERGE_H
#define PERSON_MERGE_H

#include "feature/person/person.h"
#include "web/merge.h"

extern const struct merge_kind person_merges;
extern const struct merge_ref person_merge_refs[];

/* What happened to a record and to those that were merged into it, the newest first. */
struct event_row_rows person_history(struct rq *rq, int64_t id);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Marking: which words of a text answer a query. The terms are copied out of the search, so that
 * the query is not taken apart a second time.
 */
#ifndef MATCH_HIGHLIGHT_H
#define MATCH_HIGHLIGHT_H

#include "match/expand.h"

/* By their names (expand_names); lives in `a`, also when the snapshot is gone. */
const struct match_terms *highlight_terms(struct arena *a, str names);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index beside the database: filled at start, updated after each commit that touched
 * offers or organisations. Numbers of towns and districts are handed out as they appear and
 * never change while the process runs.
 *
 * A server fills it while it already answers: whatever asks the index waits until it is there,
 * and so does a commit that would change it. Pages that can do without ask index_is_ready.
 */
#ifndef FEATURE_SEARCH_INDEX_H
#define FEATURE_SEARCH_INDEX_H

#include "feature/opportunity/opportunity.h"
#include "match/match.h"

struct search;

MUST_CHECK enum err index_start(struct app *app);
void index_stop(struct app *app);

/* Whether it is filled: what is asked below does not wait. */
bool index_is_ready(const struct search *s);
struct match *index_match(struct search *s);
/* The town's own words; NULL when it has none. They stay for the request. */
const struct match_own *index_own(struct search *s, int64_t city_id);
/* The number of a town in the index; false when it has no offers yet. */
bool index_city(struct search *s, int64_t city_id, uint16_t *number);
/* The number of a district in its town; 0 when no offer names it. */
uint16_t index_district(struct search *s, uint16_t city, str name);
/* The district's name; it lives as long as the process. */
str index_district_name(struct search *s, uint16_t city, uint16_t number);
uint16_t index_district_count(struct search *s, uint16_t city);

#endif

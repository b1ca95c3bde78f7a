/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index of people beside the database (match/people.h): filled at start, updated after each
 * commit that touched people or consents, as feature/search does it for offers.
 */
#ifndef DESK_INDEX_H
#define DESK_INDEX_H

#include "match/people.h"
#include "web/app.h"

struct rq;

MUST_CHECK enum err people_index_start(struct app *app);
void people_index_stop(struct app *app);
/* Who of the town fits; the query's towns and day are filled in here. */
const struct people_fits *people_index_find(struct rq *rq, struct people_query *q);

#endif

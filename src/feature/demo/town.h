/* SPDX-License-Identifier: EUPL-1.2 */
/* A town from its description in JSON (data/demo/README.md): town, districts, offices. */
#ifndef FEATURE_DEMO_TOWN_H
#define FEATURE_DEMO_TOWN_H

#include "db/db.h"
#include "web/json_in.h"
#include "web/rq.h"

/* Returns the town's id. What the description leaves out stays empty. */
int64_t town_new(struct tx *tx, const struct json_in *json);

/* Does it in the name of each town, in a transaction for each; the first that fails ends it. */
MUST_CHECK enum err demo_each_town(struct app *app, struct arena *a,
                                   void (*tell)(struct rq *rq, struct tx *tx));

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Short addresses of offers, for posters and paper: /k/ and the id in twelve letters and digits
 * that are not mixed up when they are typed (Crockford's base 32: no i, l, o, u), in groups of
 * four: "9mxp-3kf9-81qa".
 */
#ifndef FEATURE_OPPORTUNITY_SHORT_H
#define FEATURE_OPPORTUNITY_SHORT_H

#include "web/rq.h"

str short_fmt(struct arena *a, int64_t id);
/* Reads it as people type it: any case, with or without dashes, o for 0, i and l for 1. */
bool short_parse(str code, int64_t *id);
/* The offer's address on paper: absolute. */
url short_link(const struct rq *rq, int64_t id);
/* The same as people type it: without "https://". */
str short_typed(const struct rq *rq, int64_t id);

/* GET /k/{code}: leads to the offer. */
void short_follow(struct rq *rq);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scope of a query: the offers that it is about before any filter that has a facet. Cities
 * and radius become ranges of rows; what the ranges let through by a little is checked row by row.
 */
#ifndef MATCH_SCOPE_H
#define MATCH_SCOPE_H

#include "match/postings.h"

struct scope {
    const uint16_t *cities;
    size_t n_cities;
    struct geo_point near;
    uint32_t radius; /* metres; 0: none */
    uint16_t open_on;
    bool keep_nowhere; /* with a radius: keep what has no place, too */
};

struct scope scope_new(const struct match_query *q);
/* The rows of a part that may be in the scope; all that are in it are among them. */
struct ranges scope_ranges(struct arena *a, const struct part *p, const struct scope *s);
/* Whether a row of such a range is in the scope; *distance is set when near is known. */
bool scope_has(const struct scope *s, const struct layer *l, uint32_t row, uint32_t *distance);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scope of a query: the offers that it is about before any filter that has a facet. Cities
 * and radius become ranges of rows; what the ranges let through by a little is checked row by row.
 */
#ifndef MATCH_SCOPE_H
#define MATCH_SCOPE_H

#include "match/block.h"
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
/* Marks the rows of a block that are not in the scope; sets `least` and `most` with near. */
void scope_block(const struct scope *s, struct block *b);
/* Metres from near to one of its rows; MATCH_NOWHERE: not asked, or it has no place. */
uint32_t scope_distance(const struct scope *s, const struct block *b, uint32_t i);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The best few of many: scores in whole numbers, order by key, then by id. */
#ifndef MATCH_RANK_H
#define MATCH_RANK_H

#include "match/columns.h"

struct arena;

struct ranked {
    uint64_t key; /* smaller is better */
    int64_t id;   /* decides ties */
    uint32_t score, distance;
    uint32_t row;
    uint8_t layer, words;
};

struct top {
    struct ranked *v; /* a heap, the worst of the kept on top */
    size_t n, most;
};

struct top top_new(struct arena *a, size_t most);
void top_put(struct top *t, struct ranked r);
/* Sorts what was kept, best first. */
void top_sort(struct top *t);

/* 1 000 000 today … 0 after 90 days or when never confirmed. Days are packed (columns.h). */
uint32_t rank_fresh(uint16_t confirmed, uint16_t today);
/* 1 000 000 at the place … 0 at `radius` metres. */
uint32_t rank_near(uint32_t distance, uint32_t radius);

#define RANK_RADIUS 20000 /* metres that matter when no radius is given */

/* An offer leaves the public list this many days after it was last confirmed. */
#define FRESH_DAYS 90

struct rank_input {
    bool has_text;
    uint32_t text; /* 0…1 000 000 */
    uint32_t distance;
    uint16_t confirmed, today;
};

/* What counts how much in the score of a query: shares of 1. */
struct rank_weights {
    float text, fresh, near;
    uint32_t radius; /* metres over which nearness counts */
};
struct rank_weights rank_weights(const struct match_query *q, bool has_text, uint16_t today);

/* The weighted mean of text, freshness and nearness, as far as the query asks for them. */
uint32_t rank_score(const struct match_query *q, const struct rank_input *in);

#endif

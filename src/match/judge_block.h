/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sixty-four offers against one profile: what excludes each of them (reason.h says what that
 * means), and the best score that each may have, so that only few have to be judged one by one.
 */
#ifndef MATCH_JUDGE_BLOCK_H
#define MATCH_JUDGE_BLOCK_H

#include "match/block.h"
#include "match/reason.h"

/* A judge with its profile laid over the words of the columns. */
struct block_judge {
    const struct judge *judge;
    struct geo_point near;
    uint32_t never[COLUMN_WORDS];
};

struct block_judge block_judge_new(const struct judge *j);
/* Sets in b->fails one bit for each enum match_hard that keeps a row out. After scope_block(). */
void block_exclude(const struct block_judge *j, struct block *b);
/* Not less than the score of each row. */
void block_best_scores(const struct block_judge *j, const struct block *b, float best[BLOCK]);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Offers without a place against one profile, 512 at a time (slices.h): what excludes each of them,
 * and which may be among the best, so that only few have to be looked at in blocks.
 */
#ifndef MATCH_JUDGE_SLICES_H
#define MATCH_JUDGE_SLICES_H

#include "match/judge_block.h"
#include "match/pattern.h"
#include "match/slices.h"

/* The offers of a block that each hard criterion keeps out; distance keeps nobody out. */
void slices_exclude(const struct block_judge *j, const struct slices *s, uint32_t block,
                    slice_bits hard[MATCH_HARDS]);
/* For each trait that is asked for the offers that have it; others stay as they are. */
void slices_traits(const struct judge *j, const struct slices *s, uint32_t block,
                   slice_bits has[TRAITS]);

/* Slices of `confirmed` with at least this number may lack so little. */
uint16_t slices_fresh_least(const struct judge *j, uint32_t lack);
/* Leaves of `among` those with at least this number. */
void slices_keep_fresh(const struct slices *s, uint32_t block, uint16_t least, slice_bits *among);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* How many of many words have each of their 32 bits set, without looking at single bits. */
#ifndef MATCH_BITCOUNT_H
#define MATCH_BITCOUNT_H

#include "match/block.h"

/*
 * Thirty-two counters in one: bit b of the planes 0, 1, 2 … is the number, binary, of how often bit
 * b was seen, for each lane on its own. Adding costs a few operations on whole words, however
 * many bits are set.
 */
#define BITCOUNT_PLANES 12
#define BITCOUNT_BLOCKS \
    (((1 << BITCOUNT_PLANES) - 1) / (BLOCK / LANES)) /* until a lane may be full */

struct bitcount {
    lanes plane[BITCOUNT_PLANES];
    uint32_t blocks;
    uint32_t count[32];
};

/* Counts the bits of 64 words, of each those that are selected. */
void bitcount_add(struct bitcount *t, const uint32_t words[BLOCK], const uint32_t select[BLOCK]);
/* Afterwards t->count is the number for each bit. */
void bitcount_end(struct bitcount *t);

#endif

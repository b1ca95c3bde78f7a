/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Grades of single criteria, 0 … GRADE_MAX: the only place where they are defined. reason.c makes
 * reasons of them, batch.c scores, and both give the same.
 */
#ifndef MATCH_GRADE_H
#define MATCH_GRADE_H

#include "match/rank.h"

#define GRADE_MAX     1000u
#define GRADE_UNKNOWN 500u /* the offer does not say: neither for nor against */
#define GRID_ENOUGH   2u   /* this many cells of the week in common fit fully */

static inline unsigned grade_bits(uint64_t set)
{
    return (unsigned)__builtin_popcountll(set);
}

static inline uint32_t grade_grid(uint32_t mine, uint32_t theirs)
{
    unsigned common = grade_bits(mine & theirs), all = grade_bits(theirs);
    unsigned need = all < GRID_ENOUGH ? all : GRID_ENOUGH;
    return !all ? GRADE_UNKNOWN : common >= need ? GRADE_MAX : common * GRADE_MAX / need;
}

static inline uint32_t grade_near(uint32_t distance, uint32_t reach)
{
    return rank_near(distance, reach) / (MATCH_SCORE_MAX / GRADE_MAX);
}

static inline uint32_t grade_hours(uint32_t mine, uint32_t theirs)
{
    return theirs <= mine ? GRADE_MAX : mine * GRADE_MAX / theirs;
}

static inline uint32_t grade_skills(uint64_t mine, uint64_t needed)
{
    return grade_bits(mine & needed) * GRADE_MAX / grade_bits(needed);
}

static inline uint32_t grade_access(uint32_t asked, uint32_t yes)
{
    return GRADE_UNKNOWN + (GRADE_MAX - GRADE_UNKNOWN) * grade_bits(yes) / grade_bits(asked);
}

#endif

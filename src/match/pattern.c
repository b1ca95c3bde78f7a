/* SPDX-License-Identifier: EUPL-1.2 */
/* The ways to miss traits. */
#include "match/pattern.h"

#include "match/grade.h"

const struct liking pattern_liking[LIKINGS] = { { MATCH_C_FIELD, MATCH_FIELD },
                                                { MATCH_C_KIND, MATCH_KIND },
                                                { MATCH_C_TARGET, MATCH_TARGET },
                                                { MATCH_C_TIME, MATCH_TIME },
                                                { MATCH_C_PLACE, MATCH_PLACE } };

uint32_t pattern_asked(const struct match_profile *p)
{
    uint32_t asked = (uint32_t)((p->grid & MATCH_GRID_ALL) != 0) << TRAIT_GRID;
    for (size_t i = 0; i < LIKINGS; i++)
        asked |= (uint32_t)(p->like[pattern_liking[i].dim] != 0) << i;
    return asked;
}

static uint32_t lack_of_likings(const uint16_t weight[MATCH_CRITERIA], uint32_t missing)
{
    uint32_t lack = 0;
    for (size_t i = 0; i < LIKINGS; i++)
        if (missing >> i & 1)
            lack += weight[pattern_liking[i].criterion] * GRADE_MAX;
    return lack;
}

/* A grid without enough in common may be unknown, or have half of it. */
void patterns_lay(const uint16_t weight[MATCH_CRITERIA], uint32_t asked, struct patterns *p)
{
    uint32_t grid = weight[MATCH_C_GRID] * (GRADE_MAX - GRADE_UNKNOWN);
    p->n = 0;
    for (uint32_t missing = 0; missing < PATTERNS; missing++) {
        if (missing & ~asked)
            continue;
        uint32_t liked = lack_of_likings(weight, missing);
        struct pattern x = { missing, liked, liked + (missing >> TRAIT_GRID & 1 ? grid : 0) };
        size_t i = p->n++;
        for (; i > 0 && p->v[i - 1].lack > x.lack; i--)
            p->v[i] = p->v[i - 1];
        p->v[i] = x;
    }
}

uint32_t pattern_budget(uint32_t weight, uint32_t score)
{
    uint64_t all = (uint64_t)weight * GRADE_MAX;
    return (uint32_t)(all * (MATCH_SCORE_MAX - score) / MATCH_SCORE_MAX);
}

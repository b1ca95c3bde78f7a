/* SPDX-License-Identifier: EUPL-1.2 */
/* How one offer fits one profile: what excludes it, and a grade for every soft criterion. */
#ifndef MATCH_REASON_H
#define MATCH_REASON_H

#include "match/columns.h"

/* A profile prepared for many offers. */
struct judge {
    const struct match_profile *p;
    uint16_t weight[MATCH_CRITERIA];
    uint16_t from, to, today; /* packed days */
    uint32_t reach;           /* metres over which nearness counts */
};

/* One offer to be judged. */
struct judged {
    const struct columns *col;
    size_t row;
    uint32_t distance;
};

struct judge judge_new(const struct match_profile *p);
/* The same weights and day for another person. */
void judge_turn(struct judge *j, const struct match_profile *p);
/* Whether any language is needed at a higher level than it is spoken. */
bool judge_lacks(uint64_t needed, uint64_t spoken);
/* The hard criteria that keep the offer out, one bit each. */
uint32_t judge_excludes(const struct judge *j, const struct judged *o);
/* The soft criteria that can be judged; their number. */
size_t judge_reasons(const struct judge *j, const struct judged *o,
                     struct match_reason reason[MATCH_CRITERIA]);
/* The weight of all that can be judged of an offer at most; without nearness if it has no place. */
uint32_t judge_weight(const struct judge *j, bool placed);
/* The weighted mean of grades, 0 … MATCH_SCORE_MAX: of the reasons, and of those that there are. */
uint32_t judge_mean(const struct match_reason *reason, size_t n);
uint32_t judge_score(const struct judge *j, const struct judged *o);

#endif

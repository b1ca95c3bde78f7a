/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The path of a question through the index is compiled twice on x86-64: for every such processor,
 * and for those with AVX2, where blocks take a third of the time. match_new() chooses. Answers do
 * not depend on it: the test asks each variant.
 */
#ifndef MATCH_VARIANT_H
#define MATCH_VARIANT_H

#include "match/match.h"

struct variant {
    const char *name;
    const struct match_result *(*search)(struct match *m, struct arena *a,
                                         const struct match_query *q);
    const struct match_result *(*similar)(struct match *m, struct arena *a, int64_t id,
                                          const struct match_query *within);
    const struct match_fits *(*profile)(struct match *m, struct arena *a,
                                        const struct match_profile *p);
    const struct match_verdict *(*judge)(struct match *m, struct arena *a,
                                         const struct match_profile *p, const int64_t *ids,
                                         size_t n);
};

/* The i-th variant that this processor can run, the quickest first; NULL behind the last. */
const struct variant *variant_at(unsigned i);

/* What a variant is made of, see match.h for the contracts. */
const struct match_result *query_answer(struct match *m, struct arena *a,
                                        const struct match_query *q);
const struct match_result *similar_answer(struct match *m, struct arena *a, int64_t id,
                                          const struct match_query *within);
const struct match_fits *profile_answer(struct match *m, struct arena *a,
                                        const struct match_profile *p);
const struct match_verdict *judge_answer(struct match *m, struct arena *a,
                                         const struct match_profile *p, const int64_t *ids,
                                         size_t n);

#endif

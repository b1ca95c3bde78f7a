/* SPDX-License-Identifier: EUPL-1.2 */
/* Choosing a variant, and the questions that go through it. */
#include "match/variant.h"

#include "match/snapshot.h"

static const struct variant plain = { "plain", query_answer, similar_answer, profile_answer,
                                      judge_answer };

#ifdef MATCH_HAS_AVX2

const struct match_result *query_answer_avx2(struct match *m, struct arena *a,
                                             const struct match_query *q);
const struct match_result *similar_answer_avx2(struct match *m, struct arena *a, int64_t id,
                                               const struct match_query *within);
const struct match_fits *profile_answer_avx2(struct match *m, struct arena *a,
                                             const struct match_profile *p);
const struct match_verdict *judge_answer_avx2(struct match *m, struct arena *a,
                                              const struct match_profile *p, const int64_t *ids,
                                              size_t n);

static const struct variant avx2 = { "avx2", query_answer_avx2, similar_answer_avx2,
                                     profile_answer_avx2, judge_answer_avx2 };

const struct variant *variant_at(unsigned i)
{
    bool has = __builtin_cpu_supports("avx2");
    const struct variant *all[] = { has ? &avx2 : &plain, has ? &plain : NULL };
    return i < 2 ? all[i] : NULL;
}

#else

const struct variant *variant_at(unsigned i)
{
    return i ? NULL : &plain;
}

#endif

const struct match_result *match_search(struct match *m, struct arena *a,
                                        const struct match_query *q)
{
    return m->variant->search(m, a, q);
}

const struct match_result *match_similar(struct match *m, struct arena *a, int64_t id,
                                         const struct match_query *within)
{
    return m->variant->similar(m, a, id, within);
}

const struct match_fits *match_profile(struct match *m, struct arena *a,
                                       const struct match_profile *p)
{
    return m->variant->profile(m, a, p);
}

const struct match_verdict *match_judge(struct match *m, struct arena *a,
                                        const struct match_profile *p, const int64_t *ids, size_t n)
{
    return m->variant->judge(m, a, p, ids, n);
}

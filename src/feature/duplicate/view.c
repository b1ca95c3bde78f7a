/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of the desk. */
#include "feature/duplicate/view.h"

#include "duplicate.text.h"

str duplicate_level_words(const struct rq *rq, enum duplicate_level level)
{
    if (level == LEVEL_SURE)
        return t_dup_level_sure(rq);
    return level == LEVEL_LIKELY ? t_dup_level_likely(rq) : t_dup_level_possible(rq);
}

str duplicate_level_code(enum duplicate_level level)
{
    if (level == LEVEL_SURE)
        return S("sure");
    return level == LEVEL_LIKELY ? S("likely") : S("possible");
}

str duplicate_none(const struct rq *rq, str view)
{
    if (str_eq(view, S("merged")))
        return t_dup_none_merged(rq);
    return str_eq(view, S("different")) ? t_dup_none_different(rq) : t_dup_none(rq);
}

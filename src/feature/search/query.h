/* SPDX-License-Identifier: EUPL-1.2 */
/* From the parameters of a request to a question for the index. */
#ifndef FEATURE_SEARCH_QUERY_H
#define FEATURE_SEARCH_QUERY_H

#include "feature/search/index.h"
#include "feature/search/search.h"

/* A parameter whose values are the bits of one vocabulary. */
struct query_dim {
    const char *param;
    const char *not_param;
    const struct vocab *vocab;
    enum match_dim dim;
    enum msg label;
};

#define QUERY_DIMS 8
extern const struct query_dim query_dims[QUERY_DIMS];

/* Fills the index's question and the first part of the result; false: nothing can match. */
bool query_read(struct rq *rq, struct match_query *q, struct search_result *result);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages about the town's own words for searching. */
#ifndef FEATURE_SEARCH_WORDS_H
#define FEATURE_SEARCH_WORDS_H

#include "search.sql.h"
#include "web/form.h"

struct words_form {
    str says, means;
    int64_t same;
};
extern const struct field words_fields[];

/* A row of the list, and what the search finds for it now. */
struct words_row {
    const struct search_word_row *row;
    url search; /* the public page with these offers */
    int64_t offers;
};
struct words_rows {
    struct words_row *v;
    size_t n;
};

void words_list(struct rq *rq);
void words_add(struct rq *rq);
void words_create(struct rq *rq, struct tx *tx);
void words_edit(struct rq *rq);
void words_save(struct rq *rq, struct tx *tx);
void words_erase(struct rq *rq, struct tx *tx);

#endif

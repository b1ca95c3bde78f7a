/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the finder show. */
#ifndef FINDER_VIEW_H
#define FINDER_VIEW_H

#include "feature/finder/wish.h"
#include "feature/search/search.h"
#include "web/form.h"

struct finder_hit {
    const struct opp_card *card;
    struct search_hit hit;
    struct reasons reasons;
};

struct finder_result {
    const struct match_fits *fits;
    struct finder_hit *v;
    size_t n;
    struct search_result pages; /* only what the row of page numbers needs */
};

/* How many offers each choice of a question has; NULL for the questions without counts. */
const int64_t *finder_counts(struct rq *rq, size_t question);
/* Whether a parameter of this page is kept while that question is asked. */
bool finder_keeps(const struct rq *rq, size_t param, size_t question);
bool finder_ticked(const struct rq *rq, const struct question *q, size_t value);
/* "3", "result": the value of the button that goes on or back. */
str finder_step(const struct rq *rq, size_t question);
/* The same wishes as filters of the list. */
url finder_list(const struct rq *rq, const struct wish *w);
/* Mail to somebody (or oneself) with this page's address. */
url finder_mail(const struct rq *rq);
url finder_here(const struct rq *rq);
/* The form of the week, for form.html. */
extern const struct field finder_week[];
struct finder_week_form {
    int64_t grid;
};
struct finder_week_form finder_week_of(const struct wish *w);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Small answers for finder.html. */
#include "feature/finder/view.h"

#include "base/vec.h"
#include "finder.text.h"

#define DAYPARTS ((1u << DAYPART_COUNT) - 1)

const struct field finder_week[] = {
    FIELD(struct finder_week_form, grid, GRID, MSG_finder_grid_legend, .required = true,
          .vocab = &vocab_grid),
    { 0 },
};

struct finder_week_form finder_week_of(const struct wish *w)
{
    return (struct finder_week_form){ .grid = w->profile.grid };
}

const int64_t *finder_counts(struct rq *rq, size_t question)
{
    const struct question *q = &questions[question];
    if (q->dim == MATCH_DIMS)
        return NULL;
    int64_t *counts = NEW_ARRAY(rq->arena, q->vocab->n, int64_t);
    if (!search_counts(rq, q->param, counts)) /* then none of them is left out */
        for (size_t i = 0; i < q->vocab->n; i++)
            counts[i] = 1;
    return counts;
}

bool finder_keeps(const struct rq *rq, size_t param, size_t question)
{
    const struct http_field *f = &rq->http->params.v[param];
    bool known = false;
    for (size_t i = 0; i < QUESTIONS; i++)
        known = known || (i != question && question_owns(i, f->name));
    return known && f->value.n;
}

bool finder_ticked(const struct rq *rq, const struct question *q, size_t value)
{
    return rq_param_has(rq, q->param, q->vocab->codes[value]);
}

str finder_step(const struct rq *rq, size_t question)
{
    return question >= QUESTIONS ? S("result") : str_fmt(rq->arena, "%zu", question + 1);
}

struct filters {
    struct http_field *v;
    size_t n, cap;
};

static void add(const struct rq *rq, struct filters *all, str name, str value)
{
    *vec_add(rq->arena, all) = (struct http_field){ name, value };
}

/* The list asks for weekdays and parts of the day: all those in which there is any time. */
static void add_week(const struct rq *rq, struct filters *all, uint32_t grid)
{
    uint32_t parts = 0;
    for (int d = 0; d < DAY_COUNT; d++) {
        uint32_t day = grid >> (d * DAYPART_COUNT) & DAYPARTS;
        parts |= day;
        if (day)
            add(rq, all, S("day"), vocab_code(&vocab_day, d));
    }
    for (int p = 0; p < DAYPART_COUNT; p++)
        if (parts >> p & 1)
            add(rq, all, S("daypart"), vocab_code(&vocab_daypart, p));
}

url finder_list(const struct rq *rq, const struct wish *w)
{
    struct filters all = { 0 };
    for (size_t i = 0; i < rq->http->params.n; i++) {
        const struct http_field *f = &rq->http->params.v[i];
        if (finder_keeps(rq, i, QUESTIONS) && !str_eq(f->name, S("grid")))
            add(rq, &all, f->name, f->value);
    }
    add_week(rq, &all, w->profile.grid);
    return link_query(rq, S("/angebote"), all.v, all.n);
}

url finder_here(const struct rq *rq)
{
    return link_absolute(rq, link_with(rq, "step", S("result")));
}

url finder_mail(const struct rq *rq)
{
    return link_share(rq, t_finder_share_subject(rq, rq->city->name),
                      str_fmt(rq->arena, "%.*s\r\n\r\n%.*s", STR_FMT(t_finder_share_text(rq)),
                              STR_FMT(finder_here(rq).s)));
}

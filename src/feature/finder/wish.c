/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading wishes. Neighbours: parse.c (the same from JSON), search/query.c (parameters of the
 * list). */
#include "feature/finder/wish.h"

#include "base/utf8.h"
#include "feature/opportunity/opportunity.h"
#include "finder.text.h"
#include "web/locate.h"
#include "web/vocab_label.h"

#define PER_PAGE    10
#define PAGE_MOST   1000
#define WORDS_MOST  200
#define RADIUS_MOST 500

const struct question questions[QUESTIONS] = {
    { "field", &vocab_field, MATCH_FIELD, MSG_finder_field, MSG_finder_several },
    { "kind", &vocab_kind, MATCH_KIND, MSG_finder_kind, MSG_finder_several },
    { "target", &vocab_target, MATCH_TARGET, MSG_finder_target, MSG_finder_several },
    { "time", &vocab_time, MATCH_TIME, MSG_finder_time, MSG_finder_several },
    { "grid", &vocab_grid, MATCH_DIMS, MSG_finder_grid, MSG_finder_grid_hint },
    { WISH_NEAR, &vocab_accessible, MATCH_DIMS, MSG_finder_place, MSG_finder_place_hint },
};

static uint64_t chosen(struct rq *rq, const char *param, const struct vocab *v)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < v->n; i++)
        if (rq_param_has(rq, param, v->codes[i]))
            bits |= vocab_bit((int)i);
    return bits;
}

static void read_place(struct rq *rq, struct wish *w)
{
    int64_t radius = rq_param_int(rq, WISH_RADIUS, 0);
    w->radius = radius < 0 || radius > RADIUS_MOST ? 0 : radius;
    w->near = utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, WISH_NEAR))), WORDS_MOST);
    for (size_t i = 0; i < vocab_accessible.n; i++)
        if (rq_param_has(rq, str_to_c(rq->arena, vocab_accessible.codes[i]), S("1")))
            w->profile.access |= 1u << i;
    w->profile.like[MATCH_PLACE] = (uint32_t)chosen(rq, WISH_PLACE, &vocab_place_kind);
}

void wish_locate(struct rq *rq, struct wish *w)
{
    struct place place;
    if (!w->near.n)
        return;
    w->near_unknown = !locate_place(rq, w->near, &place);
    if (w->near_unknown)
        return;
    w->near_name = place.name;
    w->profile.near = (struct match_point){ true, place.lat, place.lon };
    w->profile.reach_m = (uint32_t)w->radius * 1000;
}

void wish_read(struct rq *rq, struct wish *w)
{
    *w = (struct wish){ .profile = { .certificate = -1 }, .per = PER_PAGE };
    for (size_t i = 0; i < QUESTIONS; i++)
        if (questions[i].dim != MATCH_DIMS)
            w->profile.like[questions[i].dim] =
                (uint32_t)chosen(rq, questions[i].param, questions[i].vocab);
    w->profile.grid = (uint32_t)chosen(rq, "grid", &vocab_grid);
    read_place(rq, w);
    wish_locate(rq, w);
    int64_t page = rq_param_int(rq, "page", 1);
    w->page = page < 1 || page > PAGE_MOST ? 1 : page;
}

bool wish_says(const struct wish *w)
{
    uint32_t liked = 0;
    for (int d = 0; d < MATCH_DIMS; d++)
        liked |= w->profile.like[d] | w->profile.never[d];
    return liked || w->profile.grid || w->profile.access || w->profile.near.known;
}

bool question_owns(size_t question, str param)
{
    if (str_eq(param, str_from_c(questions[question].param)))
        return true;
    return question == QUESTIONS - 1 &&
           (str_eq(param, S(WISH_RADIUS)) || str_eq(param, S(WISH_PLACE)) ||
            vocab_find(&vocab_accessible, param) >= 0);
}

static void add(struct out *o, str text)
{
    if (o->n && text.n)
        OUT(o, "; ");
    out_str(o, text);
}

static str place_answer(const struct rq *rq, const struct wish *w)
{
    struct out o = out_new(rq->arena, 4096);
    if (w->near_name.n && w->radius)
        add(&o, t_finder_answer_within(rq, w->radius, w->near_name));
    else if (w->near_name.n)
        add(&o, t_finder_answer_near(rq, w->near_name));
    if (w->profile.like[MATCH_PLACE])
        add(&o, vocab_labels(rq, &vocab_place_kind, w->profile.like[MATCH_PLACE]));
    add(&o, vocab_labels(rq, &vocab_accessible, w->profile.access));
    return out_text(&o);
}

str question_answer(const struct rq *rq, const struct wish *w, size_t question)
{
    const struct question *q = &questions[question];
    if (q->dim != MATCH_DIMS)
        return vocab_labels(rq, q->vocab, w->profile.like[q->dim]);
    return q->vocab == &vocab_grid ? opp_when(rq, w->profile.grid) : place_answer(rq, w);
}

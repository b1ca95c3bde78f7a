/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers as they are for a person: card, reasons in sentences, what each criterion adds. */
#include "base/vec.h"
#include "desk.text.h"
#include "feature/desk/pages.h"
#include "web/vocab_label.h"

/* With so many offers at most it is said where one would be without moved weights. */
#define RANKS_MOST 2000
#define FULL_GRADE 1000

static str label_of(const struct rq *rq, enum match_criterion c)
{
    for (size_t i = 0; i < DESK_CRITERIA; i++)
        if (desk_criteria[i].criterion == c)
            return text_of(rq, desk_criteria[i].label);
    return S("");
}

/* Points of 100 for the whole: the weights that could be judged share them. */
static void put_points(struct rq *rq, const struct match_fit *fit, struct desk_offer *o)
{
    struct desk_point *v = NEW_ARRAY(rq->arena, fit->n_reasons, struct desk_point);
    int64_t weights = 0;
    for (size_t i = 0; i < fit->n_reasons; i++)
        weights += fit->reasons[i].weight;
    for (size_t i = 0; i < fit->n_reasons; i++) {
        const struct match_reason *r = &fit->reasons[i];
        int64_t points = (int64_t)r->weight * r->grade * 100;
        v[i] = (struct desk_point){ .label = label_of(rq, r->criterion),
                                    .grade = (r->grade + 5) / 10,
                                    .weight = r->weight,
                                    .points = (points + weights * FULL_GRADE / 2) /
                                              (weights * FULL_GRADE) };
    }
    o->points = v;
    o->n_points = fit->n_reasons;
    o->score = (fit->score + MATCH_SCORE_MAX / 200) / (MATCH_SCORE_MAX / 100);
}

bool desk_offer_of(struct rq *rq, const struct desk_ask *ask, const struct match_fit *fit,
                   struct desk_offer *o)
{
    struct judged_offer judged = { .fit = fit,
                                   .card = opp_card_get(rq->db, rq->city->id, fit->id,
                                                        opportunity_fresh_since()),
                                   .needs = finder_needs(rq->db, rq->city->id, fit->id) };
    *o = (struct desk_offer){ .card = judged.card };
    if (!o->card)
        return false;
    o->full = opp_get(rq->db, rq->city->id, fit->id);
    o->hit = (struct search_hit){ .id = fit->id,
                                  .has_distance = fit->distance_m != MATCH_NOWHERE,
                                  .distance_km = (double)fit->distance_m / 1000 };
    o->reasons = finder_reasons(rq, &ask->who, &judged);
    put_points(rq, fit, o);
    return o->full != NULL;
}

struct desk_offers desk_basket_of(struct rq *rq, struct desk_ask *ask)
{
    struct desk_offers all = { 0 };
    const struct match_verdict *v = search_judge(rq, &ask->profile, ask->basket, ask->n_basket);
    for (size_t i = 0; i < ask->n_basket; i++) {
        struct desk_offer o;
        if (!v[i].known || !desk_offer_of(rq, ask, &v[i].fit, &o))
            continue;
        o.out = desk_out(rq, v[i].excluded);
        *vec_add(rq->arena, &all) = o;
    }
    return all;
}

/* The places of the page's offers with the usual weights. */
static void put_usual(struct rq *rq, const struct desk_ask *ask, struct desk_offers *all)
{
    struct match_profile usual = ask->profile;
    memset(usual.weight, 0, sizeof usual.weight);
    usual.offset = 0;
    usual.limit = RANKS_MOST;
    const struct match_fits *fits = search_fits(rq, &usual);
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < fits->n; k++)
            if (fits->v[k].id == all->v[i].card->id)
                all->v[i].usual = (int64_t)k + 1;
}

struct desk_offers desk_ranked(struct rq *rq, struct desk_ask *ask, const struct match_fits **fits)
{
    struct desk_offers all = { 0 };
    ask->profile.offset = (uint32_t)((ask->page - 1) * DESK_PER_PAGE);
    ask->profile.limit = DESK_PER_PAGE;
    *fits = search_fits(rq, &ask->profile);
    for (size_t i = 0; i < (*fits)->n; i++) {
        struct desk_offer o;
        if (!desk_offer_of(rq, ask, &(*fits)->v[i], &o))
            continue;
        o.rank = ask->profile.offset + (int64_t)i + 1;
        *vec_add(rq->arena, &all) = o;
    }
    if (ask->moved)
        put_usual(rq, ask, &all);
    return all;
}

str desk_access(const struct rq *rq, int64_t access)
{
    uint64_t yes = 0;
    for (int i = 0; i < ACCESSIBLE_COUNT; i++)
        if (accessible_answer((uint64_t)access, (enum vocab_accessible)i) == ANSWER_yes)
            yes |= vocab_bit(i);
    return vocab_labels(rq, &vocab_accessible, (int64_t)yes);
}

str desk_person_line(const struct rq *rq, const struct desk_fit *fit)
{
    struct out o = out_new(rq->arena, 1024);
    str home = desk_home(rq, fit->person);
    out_str(&o, t_desk_of_hundred(rq, fit->score));
    if (fit->has_distance)
        out_fmt(&o, " · %.*s", STR_FMT(opp_distance(rq, fit->km)));
    if (home.n)
        out_fmt(&o, " · %.*s", STR_FMT(home));
    return out_text(&o);
}

int64_t desk_excluded(const struct desk_match_page *page, size_t i)
{
    return page->fits->excluded[page->hards.v[i].hard];
}

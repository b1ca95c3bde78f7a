/* SPDX-License-Identifier: EUPL-1.2 */
/* A person's profile against all offers: hard criteria exclude, soft ones rank. */
#include "base/arena.h"
#include "match/rank.h"
#include "match/reason.h"
#include "match/scope.h"

struct matching {
    struct arena *a;
    const struct snapshot *snapshot;
    const struct match_profile *p;
    struct judge judge;
    struct scope scope;
    struct top top;
    struct match_fits *fits;
};

static void consider(struct matching *m, uint8_t layer, const struct judged *o)
{
    uint32_t excluded = judge_excludes(&m->judge, o);
    for (unsigned h = 0; h < MATCH_HARDS; h++)
        m->fits->excluded[h] += excluded >> h & 1;
    if (excluded)
        return;
    m->fits->total++;
    struct match_reason reason[MATCH_CRITERIA];
    uint32_t score = judge_score(reason, judge_reasons(&m->judge, o, reason));
    top_put(&m->top, (struct ranked){ .key = MATCH_SCORE_MAX - score,
                                      .id = columns_id(o->col, o->row),
                                      .score = score,
                                      .distance = o->distance,
                                      .row = (uint32_t)o->row,
                                      .layer = layer });
}

static void consider_layer(struct matching *m, uint8_t layer)
{
    const struct layer *l = &m->snapshot->layer[layer];
    struct ranges in = scope_ranges(m->a, l->part, &m->scope);
    for (size_t i = 0; i < in.n; i++)
        for (uint32_t row = in.v[i].from; row < in.v[i].to; row++) {
            struct judged o = { .col = &l->part->col, .row = row };
            if (scope_has(&m->scope, l, row, &o.distance))
                consider(m, layer, &o);
        }
}

static struct match_fit fit_of(const struct matching *m, const struct ranked *k)
{
    struct judged o = { &m->snapshot->layer[k->layer].part->col, k->row, k->distance };
    struct match_reason *reasons = NEW_ARRAY(m->a, MATCH_CRITERIA, struct match_reason);
    return (struct match_fit){ .id = k->id,
                               .score = k->score,
                               .distance_m = k->distance,
                               .reasons = reasons,
                               .n_reasons = judge_reasons(&m->judge, &o, reasons) };
}

static void put_fits(struct matching *m)
{
    top_sort(&m->top);
    size_t from = m->p->offset < m->top.n ? m->p->offset : m->top.n;
    struct match_fit *v = NEW_ARRAY(m->a, m->top.n - from, struct match_fit);
    for (size_t i = from; i < m->top.n; i++)
        v[i - from] = fit_of(m, &m->top.v[i]);
    m->fits->v = v;
    m->fits->n = m->top.n - from;
}

/* Within cities all offers are looked at, so that it can be said how many are too far away. */
static struct scope scope_of(const struct match_profile *p)
{
    return (struct scope){ .cities = p->cities,
                           .n_cities = p->n_cities,
                           .near = geo_point(p->near),
                           .radius = p->n_cities || !p->near.known ? 0 : p->reach_m,
                           .keep_nowhere = true };
}

const struct match_fits *match_profile(struct match *m, struct arena *a,
                                       const struct match_profile *p)
{
    struct hold hold;
    struct match_fits *fits = NEW(a, struct match_fits);
    struct matching x = { .a = a,
                          .snapshot = snapshot_hold(&m->shelf, a, &hold),
                          .p = p,
                          .judge = judge_new(p),
                          .scope = scope_of(p),
                          .fits = fits };
    size_t most = p->limit ? (size_t)p->offset + p->limit : 0;
    x.top = top_new(a, most < x.snapshot->n_live ? most : x.snapshot->n_live);
    for (uint32_t i = 0; i < x.snapshot->n_layers; i++)
        consider_layer(&x, (uint8_t)i);
    put_fits(&x);
    snapshot_release(&hold);
    return x.fits;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* A person's profile against all offers: hard criteria exclude, soft ones rank. */
#include "base/arena.h"
#include "match/bitcount.h"
#include "match/judge_block.h"
#include "match/rank.h"
#include "match/said.h"
#include "match/variant.h"

struct matching {
    struct arena *a;
    const struct snapshot *snapshot;
    const struct match_profile *p;
    struct judge judge;
    struct block_judge block;
    struct scope scope;
    const struct said *said; /* NULL: nothing is said in words */
    struct top top;
    struct bitcount *excluded; /* by enum match_hard */
    struct match_fits *fits;
    uint8_t layer;
};

struct whereabouts {
    uint8_t layer;
    uint32_t row;
};

/* The soft criteria of one row; their number. */
static size_t reasons_of(const struct matching *m, const struct judged *o, struct whereabouts at,
                         struct match_reason reason[MATCH_CRITERIA])
{
    size_t n = judge_reasons(&m->judge, o, reason);
    uint16_t weight = m->judge.weight[MATCH_C_SAID];
    if (!m->said || !weight || !said_reason(m->said, at.layer, at.row, &reason[n]))
        return n;
    reason[n].weight = weight;
    return n + 1;
}

static void judge_row(struct matching *m, const struct block *b, uint32_t i)
{
    struct judged o = { &b->col, i, scope_distance(&m->scope, b, i) };
    struct match_reason reason[MATCH_CRITERIA];
    struct whereabouts at = { m->layer, block_row(b, i) };
    uint32_t score = judge_score(reason, reasons_of(m, &o, at, reason));
    top_put(&m->top, (struct ranked){ .key = MATCH_SCORE_MAX - score,
                                      .id = columns_id(&b->col, i),
                                      .score = score,
                                      .distance = o.distance,
                                      .row = block_row(b, i),
                                      .layer = m->layer });
}

/* Which rows may come before the worst that is kept. */
static uint64_t hopeful(const struct matching *m, const struct block *b)
{
    float worst = (float)m->top.v[0].score, best[BLOCK];
    uint8_t may[BLOCK];
    block_best_scores(&m->block, b, best);
    for (uint32_t i = 0; i < BLOCK; i++)
        may[i] = best[i] >= worst;
    return block_bits(may);
}

static void count_excluded(struct matching *m, const struct block *b)
{
    uint32_t inside[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++)
        inside[i] = b->fails[i] == BLOCK_OUT ? 0 : UINT32_MAX;
    bitcount_add(m->excluded, b->fails, inside);
}

static void consider(struct matching *m, struct block *b)
{
    scope_block(&m->scope, b);
    block_exclude(&m->block, b);
    count_excluded(m, b);
    uint64_t rows = block_hits(b);
    m->fits->total += (uint32_t)__builtin_popcountll(rows);
    if (!rows || !m->top.most)
        return;
    if (m->top.n == m->top.most)
        rows &= hopeful(m, b);
    for (; rows; rows &= rows - 1)
        judge_row(m, b, (uint32_t)__builtin_ctzll(rows));
}

static void consider_layer(struct matching *m, uint8_t layer)
{
    const struct layer *l = &m->snapshot->layer[layer];
    struct ranges in = scope_ranges(m->a, l->part, &m->scope);
    struct block b;
    m->layer = layer;
    for (size_t i = 0; i < in.n; i++)
        for (uint32_t first = in.v[i].from, to = in.v[i].to; first < to; first += BLOCK) {
            block_slice(&b, l, first, to - first < BLOCK ? to - first : BLOCK);
            consider(m, &b);
        }
}

static struct match_fit fit_of(const struct matching *m, const struct whereabouts *at,
                               uint32_t distance)
{
    const struct columns *col = &m->snapshot->layer[at->layer].part->col;
    struct judged o = { col, at->row, distance };
    struct match_reason *reasons = NEW_ARRAY(m->a, MATCH_CRITERIA, struct match_reason);
    size_t n = reasons_of(m, &o, *at, reasons);
    return (struct match_fit){ .id = columns_id(col, at->row),
                               .score = judge_score(reasons, n),
                               .distance_m = distance,
                               .reasons = reasons,
                               .n_reasons = n };
}

static void put_fits(struct matching *m)
{
    top_sort(&m->top);
    size_t from = m->p->offset < m->top.n ? m->p->offset : m->top.n;
    struct match_fit *v = NEW_ARRAY(m->a, m->top.n - from, struct match_fit);
    for (size_t i = from; i < m->top.n; i++)
        v[i - from] = fit_of(m, &(struct whereabouts){ m->top.v[i].layer, m->top.v[i].row },
                             m->top.v[i].distance);
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

/* What a profile asks of a snapshot that is held. */
static struct matching matching_new(struct arena *a, const struct snapshot *snapshot,
                                    const struct match_profile *p)
{
    struct matching x = {
        .a = a, .snapshot = snapshot, .p = p, .judge = judge_new(p), .scope = scope_of(p)
    };
    if (p->n_said)
        x.said = said_find(a, snapshot, p, &x.scope);
    return x;
}

const struct match_fits *profile_answer(struct match *m, struct arena *a,
                                        const struct match_profile *p)
{
    struct hold hold;
    struct match_fits *fits = NEW(a, struct match_fits);
    struct matching x = matching_new(a, snapshot_hold(&m->shelf, a, &hold), p);
    x.fits = fits;
    size_t most = p->limit ? (size_t)p->offset + p->limit : 0;
    x.top = top_new(a, most < x.snapshot->n_live ? most : x.snapshot->n_live);
    x.block = block_judge_new(&x.judge);
    x.excluded = NEW(a, struct bitcount);
    for (uint32_t i = 0; i < x.snapshot->n_layers; i++)
        consider_layer(&x, (uint8_t)i);
    bitcount_end(x.excluded);
    for (unsigned h = 0; h < MATCH_HARDS; h++)
        fits->excluded[h] = x.excluded->count[h];
    put_fits(&x);
    snapshot_release(&hold);
    return x.fits;
}

static bool is_in_city(const struct match_profile *p, uint16_t city)
{
    for (size_t i = 0; i < p->n_cities; i++)
        if (p->cities[i] == city)
            return true;
    return p->n_cities == 0;
}

static struct match_verdict verdict_of(const struct matching *m, int64_t id)
{
    for (uint32_t i = 0; i < m->snapshot->n_layers; i++) {
        const struct layer *l = &m->snapshot->layer[i];
        struct whereabouts at = { (uint8_t)i, part_find(l->part, id) };
        if (at.row == PART_NONE || !layer_has(l, at.row))
            continue;
        const struct columns *col = &l->part->col;
        uint32_t distance = geo_metres(m->scope.near, columns_point(col, at.row));
        struct judged o = { col, at.row, distance };
        return (struct match_verdict){ .known = is_in_city(m->p, col->city[at.row]),
                                       .excluded = judge_excludes(&m->judge, &o),
                                       .fit = fit_of(m, &at, distance) };
    }
    return (struct match_verdict){ .fit.id = id };
}

const struct match_verdict *judge_answer(struct match *m, struct arena *a,
                                         const struct match_profile *p, const int64_t *ids,
                                         size_t n)
{
    struct hold hold;
    struct match_verdict *v = NEW_ARRAY(a, n, struct match_verdict);
    struct matching x = matching_new(a, snapshot_hold(&m->shelf, a, &hold), p);
    for (size_t i = 0; i < n; i++)
        v[i] = verdict_of(&x, ids[i]);
    snapshot_release(&hold);
    return v;
}

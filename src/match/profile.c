/* SPDX-License-Identifier: EUPL-1.2 */
/* A person's profile against all offers: hard criteria exclude, soft ones rank. */
#include "base/arena.h"
#include "match/bitcount.h"
#include "match/judge_slices.h"
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
    struct patterns patterns;  /* what offers without a place may miss … */
    uint32_t weight;           /* … of so much */
    uint32_t asked;            /* traits */
    struct segment *segment;
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

/* The score alone; nobody wants the reasons of an offer that is not among the best. */
static uint32_t score_of(const struct matching *m, const struct judged *o, struct whereabouts at)
{
    struct match_reason reason[MATCH_CRITERIA];
    return m->said ? judge_mean(reason, reasons_of(m, o, at, reason)) : judge_score(&m->judge, o);
}

static void judge_row(struct matching *m, const struct block *b, uint32_t i)
{
    struct judged o = { &b->col, i, scope_distance(&m->scope, b, i) };
    struct whereabouts at = { m->layer, block_row(b, i) };
    uint32_t score = score_of(m, &o, at);
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

/* Fewer are judged as quickly as found not to be hopeful. */
static bool is_many(uint64_t rows)
{
    return __builtin_popcountll(rows) > 4;
}

/* Rows of a block that nothing excludes: judges those that may be among the best. */
static void judge_rows(struct matching *m, const struct block *b, uint64_t rows)
{
    if (m->top.n == m->top.most && is_many(rows))
        rows &= hopeful(m, b);
    for (; rows; rows &= rows - 1)
        judge_row(m, b, (uint32_t)__builtin_ctzll(rows));
}

static void consider(struct matching *m, struct block *b)
{
    scope_block(&m->scope, b);
    if (!block_inside(b))
        return;
    block_exclude(&m->block, b);
    count_excluded(m, b);
    uint64_t rows = block_hits(b);
    m->fits->total += (uint32_t)__builtin_popcountll(rows);
    if (rows && m->top.most)
        judge_rows(m, b, rows);
}

static void consider_rows(struct matching *m, const struct layer *l, uint32_t from, uint32_t to)
{
    struct block b;
    for (; from < to; from += BLOCK) {
        if (from + BLOCK < to)
            block_fetch(l, from + BLOCK);
        block_slice(&b, l, from, to - from < BLOCK ? to - from : BLOCK);
        consider(m, &b);
    }
}

/* ---- offers without a place ---- */

#define SEGMENT 64 /* so many times 512 offers are looked at together */

struct segment {
    uint32_t n;
    slice_bits open[SEGMENT];        /* that nothing excludes */
    slice_bits has[SEGMENT][TRAITS]; /* those that are asked for */
};

static void put_live(const struct layer *l, uint32_t block, slice_bits *live)
{
    const struct slices *s = l->part->nowhere;
    for (uint32_t i = 0; i < SLICE_WORDS; i++) {
        uint32_t bit = block * SLICE_ROWS + i * 64;
        uint64_t some = bit < s->n ? ~layer_dead(l, s->first + bit) : 0;
        (*live)[i] = bit + 64 > s->n && some ? some & ((UINT64_C(1) << (s->n - bit)) - 1) : some;
    }
}

static uint32_t count_bits(const slice_bits *b)
{
    uint32_t n = 0;
    for (size_t i = 0; i < SLICE_WORDS; i++)
        n += (uint32_t)__builtin_popcountll((*b)[i]);
    return n;
}

/* Finds and counts what is excluded and what is not. */
static void open_slices(struct matching *m, const struct layer *l, uint32_t block)
{
    const struct slices *s = l->part->nowhere;
    slice_bits *open = &m->segment->open[m->segment->n], hard[MATCH_HARDS];
    put_live(l, block, open);
    slices_exclude(&m->block, s, block, hard);
    slice_bits live = *open;
    for (size_t h = 0; h < MATCH_HARDS; h++) {
        hard[h] &= live;
        m->fits->excluded[h] += count_bits(&hard[h]);
        *open &= ~hard[h];
    }
    m->fits->total += count_bits(open);
    slices_traits(&m->judge, s, block, m->segment->has[m->segment->n++]);
}

/* Offers that miss exactly these traits; whether there are any. */
static bool put_exactly(const struct matching *m, uint32_t missing, uint32_t k, slice_bits *set)
{
    uint64_t any = 0;
    *set = m->segment->open[k];
    for (uint32_t traits = m->asked; traits; traits &= traits - 1) {
        uint32_t trait = (uint32_t)__builtin_ctz(traits);
        slice_bits has = m->segment->has[k][trait];
        *set &= missing >> trait & 1 ? ~has : has;
    }
    for (size_t i = 0; i < SLICE_WORDS; i++)
        any |= (*set)[i];
    return any;
}

/* What an offer may lack to come among the best. */
static uint32_t budget(const struct matching *m)
{
    bool full = m->top.n == m->top.most;
    return pattern_budget(m->weight, full ? m->top.v[0].score : 0);
}

static void judge_set(struct matching *m, const struct layer *l, uint32_t first,
                      const slice_bits *set)
{
    struct block b;
    for (uint32_t i = 0; i < SLICE_WORDS; i++)
        for (uint64_t rows = (*set)[i]; rows; rows &= rows - 1)
            columns_fetch(&l->part->col, first + i * 64 + (uint32_t)__builtin_ctzll(rows));
    for (uint32_t i = 0; i < SLICE_WORDS; i++) {
        if (!(*set)[i])
            continue;
        block_masked(&b, l, first + i * 64, (*set)[i]);
        if (is_many((*set)[i]))
            scope_block(&m->scope, &b);
        judge_rows(m, &b, (*set)[i]);
    }
}

static void judge_pattern(struct matching *m, const struct layer *l, uint32_t first,
                          const struct pattern *x)
{
    const struct slices *s = l->part->nowhere;
    slice_bits set;
    for (uint32_t k = 0; k < m->segment->n; k++) {
        uint32_t most = budget(m);
        if (x->lack > most)
            return;
        if (!put_exactly(m, x->missing, k, &set))
            continue;
        slices_keep_fresh(s, first + k, slices_fresh_least(&m->judge, most - x->lack), &set);
        judge_set(m, l, s->first + (first + k) * SLICE_ROWS, &set);
    }
}

static void consider_slices(struct matching *m, const struct layer *l)
{
    uint32_t blocks = l->part->nowhere->blocks;
    for (uint32_t first = 0; first < blocks; first += SEGMENT) {
        m->segment->n = 0;
        for (uint32_t k = first; k < blocks && m->segment->n < SEGMENT; k++)
            open_slices(m, l, k);
        for (size_t i = 0; m->top.most && i < m->patterns.n; i++)
            judge_pattern(m, l, first, &m->patterns.v[i]);
    }
}

static void prepare_slices(struct matching *m)
{
    m->asked = pattern_asked(m->p);
    m->weight = judge_weight(&m->judge, false);
    patterns_lay(m->judge.weight, m->asked, &m->patterns);
    m->segment = NEW_ROOM(m->a, 1, struct segment);
}

/* ---- all offers ---- */

/* Those without a place come first: among so many are some that fit well, and then fewer of the
 * others are hopeful. */
static void consider_layer(struct matching *m, uint8_t layer)
{
    const struct layer *l = &m->snapshot->layer[layer];
    const struct slices *s = l->part->nowhere;
    struct ranges in = scope_ranges(m->a, l->part, &m->scope);
    struct city_rows *last = in.n ? &in.v[in.n - 1] : NULL;
    m->layer = layer;
    if (last && s && last->from <= s->first && last->to == s->first + s->n) {
        last->to = s->first;
        consider_slices(m, l);
    }
    for (size_t i = 0; i < in.n; i++)
        consider_rows(m, l, in.v[i].from, in.v[i].to);
}

static struct match_fit fit_of(const struct matching *m, const struct whereabouts *at,
                               uint32_t distance)
{
    const struct columns *col = &m->snapshot->layer[at->layer].part->col;
    struct judged o = { col, at->row, distance };
    struct match_reason *reasons = NEW_ARRAY(m->a, MATCH_CRITERIA, struct match_reason);
    size_t n = reasons_of(m, &o, *at, reasons);
    return (struct match_fit){ .id = columns_id(col, at->row),
                               .score = judge_mean(reasons, n),
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
    prepare_slices(&x);
    for (uint32_t i = 0; i < x.snapshot->n_layers; i++)
        consider_layer(&x, (uint8_t)i);
    bitcount_end(x.excluded);
    for (unsigned h = 0; h < MATCH_HARDS; h++)
        fits->excluded[h] += x.excluded->count[h];
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

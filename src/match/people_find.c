/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who fits an offer. In two phases: for 64 rows at a time it is computed, without a branch, from
 * a few columns who could be near enough and score enough to matter; only these are judged, by
 * the very functions that judge an offer for a profile (reason.h).
 */
#include "base/vec.h"
#include "match/crowd.h"
#include "match/grade.h"
#include "match/reason.h"

#define BLOCK CROWD_BLOCK

/* What decides before anybody is judged. Rounding up a little, so that nobody is lost. */
struct bound {
    float weight[MATCH_CRITERIA]; /* where the criterion depends on the person */
    float judged, have;           /* by what does not, and by what is taken as perfect */
    float least;                  /* score that is not enough any more, as a share */
};
#define SLACK 1.0001F

struct asking {
    struct arena *a;
    const struct snapshot *snapshot;
    const struct people_query *q;
    struct columns col; /* the offer, one row */
    struct row offer;
    struct geo_point at;
    struct judge judge;
    struct bound bound;
    uint32_t radius;
    uint16_t since;
    struct top top;
    uint32_t total;
};

/* Rows of a run that get as far as the offer, if the run is as near as that. */
struct reached {
    const struct run *run;
    uint32_t least;       /* metres */
    struct geo_flat flat; /* zero where there is no distance */
    uint32_t from, to;
    uint8_t layer;
};
struct reached_list {
    struct reached *v;
    size_t n, cap;
};

/* ---- which rows ---- */

/* Of a block. */
struct span {
    uint32_t from, to;
};

static bool asked_city(const struct people_query *q, uint16_t city)
{
    bool found = !q->n_cities;
    for (size_t i = 0; i < q->n_cities; i++)
        found = found || q->cities[i] == city;
    return found;
}

/* In a run those who get farthest come first. */
static uint32_t end_of_reach(const struct crowd *c, const struct run *r, uint32_t metres)
{
    uint32_t from = r->from, to = r[1].from;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (CROWD(c, reach, mid) >= metres)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static void add_run(const struct asking *k, uint8_t layer, const struct run *r,
                    struct reached_list *list)
{
    const struct crowd *c = k->snapshot->layer[layer].crowd;
    if (!r->agreed || !asked_city(k->q, r->city))
        return;
    bool placed = r->area.south != GEO_NONE && k->at.lat != GEO_NONE;
    uint32_t least = placed ? geo_least(k->at, &r->area) : 0;
    if (k->radius && least > k->radius)
        return;
    uint32_t to = placed ? end_of_reach(c, r, least) : r[1].from;
    if (to <= r->from)
        return;
    struct reached *x = vec_add(k->a, list);
    *x = (struct reached){ .run = r, .least = least, .from = r->from, .to = to, .layer = layer };
    if (placed)
        x->flat = geo_flat(k->at, &r->area);
}

/* The first run that is not before the cell. */
static uint32_t first_run(const struct crowd *c, uint32_t cell)
{
    uint32_t from = 0, to = c->n_runs;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (c->run[mid].cell < cell)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static void add_cells(const struct asking *k, uint8_t layer, struct geo_box row,
                      struct reached_list *list)
{
    const struct crowd *c = k->snapshot->layer[layer].crowd;
    uint32_t first = row.first_row * GEO_COLUMNS + row.first_column;
    uint32_t last = row.first_row * GEO_COLUMNS + row.last_column;
    for (uint32_t i = first_run(c, first); i < c->n_runs && c->run[i].cell <= last; i++)
        add_run(k, layer, &c->run[i], list);
}

static void add_layer(const struct asking *k, uint8_t layer, struct reached_list *list)
{
    struct geo_box all = { 0, GEO_ROWS, 0, GEO_COLUMNS - 1 }; /* the last row: nowhere */
    struct geo_box box = k->radius ? geo_box(k->at, k->radius) : all;
    for (uint32_t row = box.first_row; row <= box.last_row; row++)
        add_cells(k, layer, (struct geo_box){ row, row, box.first_column, box.last_column }, list);
    if (k->radius)
        add_cells(k, layer, (struct geo_box){ GEO_ROWS, GEO_ROWS, 0, 0 }, list);
}

static int compare_reached(const void *a, const void *b)
{
    const struct reached *x = a, *y = b;
    return (x->least > y->least) - (x->least < y->least);
}

/* ---- phase one ---- */

/* What is the same for everybody, and what is too dear to be known before, counts at once. */
static struct bound bound_of(const struct asking *k)
{
    struct bound b = { 0 };
    for (int c = 0; c < MATCH_CRITERIA; c++)
        b.weight[c] = k->judge.weight[c];
    float perfect = k->offer.needs.skills ? b.weight[MATCH_C_SKILLS] : 0;
    perfect += k->offer.word[GRID_WORD] & MATCH_GRID_ALL ? 0 : b.weight[MATCH_C_GRID];
    b.judged = b.have = perfect;
    struct judged o = { &k->col, 0, MATCH_NOWHERE };
    struct match_reason reason[MATCH_CRITERIA];
    size_t n = judge_reasons(&k->judge, &o, reason);
    for (size_t i = 0; i < n; i++) { /* of a profile that says nothing: fresh and waiting */
        b.judged += reason[i].weight;
        b.have += (float)reason[i].weight * (float)reason[i].grade / GRADE_MAX;
    }
    return b;
}

/* For each of a block of people: the weights of what is judged, and what they have of it. */
struct shares {
    float judged[BLOCK], have[BLOCK];
};

/* Sets of which the person likes some: any of `wanted` fits. The same for each width. */
#define ADD_SETS(type)                                                                           \
    static inline void add_##type(struct shares *s, const type *likes, type wanted, float worth) \
    {                                                                                            \
        for (size_t i = 0; i < BLOCK; i++) {                                                     \
            s->judged[i] += likes[i] ? worth : 0;                                                \
            s->have[i] += likes[i] & wanted ? worth : 0;                                         \
        }                                                                                        \
    }
ADD_SETS(uint32_t)
ADD_SETS(uint16_t)
ADD_SETS(uint8_t)

static inline void add_sets(const struct asking *k, const struct crowd_block *b, struct shares *s)
{
    const float *weight = k->bound.weight;
    const uint32_t *word = k->offer.word;
    uint32_t grid = word[GRID_WORD] & MATCH_GRID_ALL;
    add_uint32_t(s, b->field, word[0], weight[MATCH_C_FIELD]);
    add_uint32_t(s, b->kind, word[1], weight[MATCH_C_KIND]);
    add_uint16_t(s, b->target, (uint16_t)word[3], weight[MATCH_C_TARGET]);
    add_uint8_t(s, b->time, (uint8_t)word[4], weight[MATCH_C_TIME]);
    add_uint8_t(s, b->place, (uint8_t)(word[4] >> 8), weight[MATCH_C_PLACE]);
    add_uint8_t(s, b->access, UINT8_MAX, weight[MATCH_C_ACCESS]);
    if (grid)
        add_uint32_t(s, b->grid, grid, weight[MATCH_C_GRID]);
}

static inline void add_hours(const struct asking *k, const uint8_t *hours, struct shares *s)
{
    float theirs = 1 / (float)k->offer.hours, worth = k->bound.weight[MATCH_C_HOURS];
    for (size_t i = 0; i < BLOCK; i++) {
        float share = (float)hours[i] * theirs;
        s->judged[i] += hours[i] ? worth : 0;
        s->have[i] += worth * (share < 1 ? share : 1);
    }
}

/* How far away each of a block of people is at least: an octagon within the circle. */
static inline void put_distances(const struct asking *k, const struct crowd_block *b,
                                 const struct reached *r, float *metres)
{
    float lat = (float)k->at.lat, lon = (float)k->at.lon;
    for (size_t i = 0; i < BLOCK; i++) {
        float y = __builtin_fabsf(((float)b->lat[i] - lat) * r->flat.lat);
        float x = __builtin_fabsf(((float)b->lon[i] - lon) * r->flat.lon);
        float longer = x > y ? x : y, both = (x + y) * 0.7071F;
        metres[i] = (longer > both ? longer : both) / SLACK - 4;
    }
}

/* Begins the shares; also whether each of the block is near enough at all. */
static inline void add_nearness(const struct asking *k, const float *metres, const uint32_t *reach,
                                struct shares *s, uint32_t *near)
{
    float worth = k->bound.weight[MATCH_C_DISTANCE];
    float radius = k->radius ? (float)k->radius : (float)CROWD_ANYWHERE;
    float judged = k->bound.judged + worth, have = k->bound.have;
    for (size_t i = 0; i < BLOCK; i++) {
        float far = (float)(reach[i] >> 1) * 2 + 1;
        float limit = far < radius ? far : radius;
        float most = reach[i] == CROWD_ANYWHERE ? RANK_RADIUS : far;
        float share = 1 - metres[i] / most;
        share = share < 1 ? share : 1;
        near[i] = metres[i] <= limit;
        s->judged[i] = judged;
        s->have[i] = have + worth * (share > 0 ? share : 0);
    }
}

/* Which people of a block, from…to-1, could be near enough and good enough; how many. */
static size_t could_matter(const struct asking *k, const struct reached *r,
                           const struct crowd_block *b, struct span span, uint8_t matter[BLOCK])
{
    struct shares s;
    float metres[BLOCK];
    uint32_t near[BLOCK], any = 0;
    put_distances(k, b, r, metres);
    add_nearness(k, metres, b->reach, &s, near);
    for (size_t i = 0; i < BLOCK; i++)
        any |= near[i];
    if (!any)
        return 0;
    add_sets(k, b, &s);
    if (k->offer.hours)
        add_hours(k, b->hours, &s);
    for (size_t i = 0; i < BLOCK; i++)
        near[i] &= s.have[i] * SLACK >= s.judged[i] * k->bound.least;
    size_t n = 0;
    for (uint32_t i = span.from; i < span.to; i++) {
        matter[n] = (uint8_t)i;
        n += near[i];
    }
    return n;
}

/* ---- phase two ---- */

static void raise_bound(struct asking *k)
{
    if (!k->q->count && k->top.n == k->top.most && k->top.n)
        k->bound.least = (float)k->top.v[0].score / MATCH_SCORE_MAX;
}

/* Hard criteria that need no profile to be put together. */
static bool surely_excluded(const struct asking *k, const struct crowd *c, uint32_t row)
{
    const struct nevers *never = &c->nevers[CROWD(c, never, row)];
    uint32_t unwanted = 0;
    for (int w = 0; w < COLUMN_WORDS; w++)
        unwanted |= never->word[w] & k->offer.word[w];
    return unwanted || (CROWD(c, age, row) && CROWD(c, age, row) < k->offer.min_age);
}

static void consider(struct asking *k, uint8_t layer, uint32_t row)
{
    const struct crowd *c = k->snapshot->layer[layer].crowd;
    if (!layer_has(&k->snapshot->layer[layer], row) || CROWD(c, confirmed, row) < k->since ||
        surely_excluded(k, c, row))
        return;
    struct judged o = { &k->col, 0, geo_metres(crowd_point(c, row), k->at) };
    if (k->radius && o.distance != MATCH_NOWHERE && o.distance > k->radius)
        return;
    struct match_profile p = crowd_profile(c, row);
    judge_turn(&k->judge, &p);
    if (judge_excludes(&k->judge, &o))
        return;
    k->total++;
    uint32_t score = judge_score(&k->judge, &o);
    top_put(&k->top, (struct ranked){ .key = MATCH_SCORE_MAX - score,
                                      .id = crowd_id(c, row),
                                      .score = score,
                                      .distance = o.distance,
                                      .row = row,
                                      .layer = layer });
    raise_bound(k);
}

static void consider_run(struct asking *k, const struct reached *r)
{
    const struct crowd *c = k->snapshot->layer[r->layer].crowd;
    uint8_t matter[BLOCK];
    for (uint32_t first = r->from - r->from % BLOCK; first < r->to; first += BLOCK) {
        struct span span = { r->from > first ? r->from - first : 0,
                             r->to - first < BLOCK ? r->to - first : BLOCK };
        size_t n = could_matter(k, r, &c->block[first / BLOCK], span, matter);
        for (size_t i = 0; i < n; i++)
            consider(k, r->layer, first + matter[i]);
    }
}

/* ---- the answer ---- */

static struct match_fit fit_of(struct asking *k, const struct ranked *x)
{
    struct match_profile p = crowd_profile(k->snapshot->layer[x->layer].crowd, x->row);
    struct judged o = { &k->col, 0, x->distance };
    struct match_reason *reasons = NEW_ARRAY(k->a, MATCH_CRITERIA, struct match_reason);
    judge_turn(&k->judge, &p);
    return (struct match_fit){ .id = x->id,
                               .score = x->score,
                               .distance_m = x->distance,
                               .reasons = reasons,
                               .n_reasons = judge_reasons(&k->judge, &o, reasons) };
}

static const struct people_fits *put_fits(struct asking *k)
{
    struct people_fits *fits = NEW(k->a, struct people_fits);
    top_sort(&k->top);
    size_t from = k->q->offset < k->top.n ? k->q->offset : k->top.n;
    struct match_fit *v = NEW_ARRAY(k->a, k->top.n - from, struct match_fit);
    for (size_t i = from; i < k->top.n; i++)
        v[i - from] = fit_of(k, &k->top.v[i]);
    *fits = (struct people_fits){ k->q->count ? k->total : UINT32_MAX, v, k->top.n - from };
    return fits;
}

static void ask(struct asking *k)
{
    struct reached_list list = { 0 };
    for (uint32_t i = 0; i < k->snapshot->n_layers; i++)
        add_layer(k, (uint8_t)i, &list);
    if (list.n) /* who lives nearest often fits best, so that many others need not be judged */
        qsort(list.v, list.n, sizeof *list.v, compare_reached);
    for (size_t i = 0; i < list.n; i++)
        consider_run(k, &list.v[i]);
}

const struct people_fits *people_find(struct people *p, struct arena *a,
                                      const struct people_query *q)
{
    struct hold hold;
    struct match_profile nobody = { .today = q->today };
    memcpy(nobody.weight, q->weight, sizeof nobody.weight);
    struct asking k = { .a = a,
                        .q = q,
                        .offer = row_from_offer(q->offer),
                        .at = geo_point(q->offer->point),
                        .judge = judge_new(&nobody),
                        .since = day_pack(q->confirmed_since) };
    k.col = columns_new(a, &k.offer, &(uint32_t){ 0 }, 1);
    k.radius = k.at.lat == GEO_NONE ? 0 : q->radius_m;
    k.bound = bound_of(&k);
    k.snapshot = snapshot_hold(&p->shelf, a, &hold);
    size_t most = q->limit ? (size_t)q->offset + q->limit : 0;
    k.top = top_new(a, most < k.snapshot->n_live ? most : k.snapshot->n_live);
    if (k.offer.wanted && (k.top.most || q->count)) /* a full offer fits nobody */
        ask(&k);
    const struct people_fits *fits = put_fits(&k);
    snapshot_release(&hold);
    return fits;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Search. First the offers in scope are found (by their words, or all rows of the ranges), then
 * each is checked against the filters, counted for the facets and, if it is a hit, ranked.
 *
 * Of several words all should be there. When too few offers have them all, one word less is
 * enough (see `enough`): this is decided within the scope, before filters, so that choosing a
 * facet only ever narrows the result.
 */
#include "base/arena.h"
#include "match/expand.h"
#include "match/facet.h"
#include "match/highlight.h"
#include "match/rank.h"
#include "match/recall.h"
#include "match/scope.h"
#include "match/variant.h"

/* With this many offers (a page of them) a query of three or more words is not relaxed. */
#define ENOUGH 20

/* So many rows are kept while their words are counted; with more the text is scanned again. */
#define KEPT_MOST 4096

/* What a search reads, and where it answers. */
struct reading {
    struct arena *a;
    const struct snapshot *snapshot;
    struct cache *texts; /* those that are remembered; may be NULL */
};

struct search {
    struct arena *a;
    const struct snapshot *snapshot;
    struct cache *texts;
    const struct match_query *q;
    struct text_query text;      /* unless it was recalled */
    const struct recall *recall; /* what the text came to; NULL: it must be scanned for */
    struct scope scope;
    struct checks checks;
    struct facets *facets;
    struct top top;
    uint64_t text_most; /* the greatest sum that an offer could reach */
    uint8_t asked;      /* words that are not soft; 0: all offers are meant */
    uint16_t today;
    uint8_t layer;
    uint8_t required;
    uint32_t count[EXPAND_WORDS + 1]; /* offers in scope by the words that they answer */
    struct text_row *kept;            /* the first KEPT_MOST of n_kept */
    size_t n_kept;
};

static uint32_t text_of(const struct search *s, const struct block *b, uint32_t i)
{
    return s->text_most ? (uint32_t)(b->sum[i] * MATCH_SCORE_MAX / s->text_most) : 0;
}

static uint32_t score(const struct search *s, const struct block *b, uint32_t i, uint32_t distance)
{
    struct rank_input in = { .has_text = s->asked,
                             .text = text_of(s, b, i),
                             .distance = distance,
                             .confirmed = b->col.confirmed[i],
                             .today = s->today };
    return rank_score(s->q, &in);
}

static uint64_t sort_key(const struct search *s, const struct block *b, uint32_t i,
                         const struct ranked *r)
{
    switch (s->q->sort) {
    case MATCH_DISTANCE:
        return r->distance;
    case MATCH_NEW:
        return UINT32_MAX - b->col.published[i];
    case MATCH_FIT:
        break;
    }
    return MATCH_SCORE_MAX - r->score;
}

static void rank_row(struct search *s, const struct block *b, uint32_t i)
{
    struct ranked r = { .distance = scope_distance(&s->scope, b, i),
                        .row = block_row(b, i),
                        .layer = s->layer,
                        .words = b->words ? b->words[i] : 0 };
    r.score = score(s, b, i, r.distance);
    r.key = sort_key(s, b, i, &r);
    r.id = columns_id(&b->col, i);
    top_put(&s->top, r);
}

/* The best score that each row may have, by the least distance that it may have. */
static void bound_scores(const struct search *s, const struct block *b, float best[BLOCK])
{
    struct rank_weights w = rank_weights(s->q, s->asked, s->today);
    float text = s->text_most ? w.text * MATCH_SCORE_MAX / (float)(s->text_most >> 8) : 0;
    float fresh = w.fresh * ((float)MATCH_SCORE_MAX / FRESH_DAYS);
    float near = w.near * MATCH_SCORE_MAX, radius = (float)w.radius;
    for (uint32_t i = 0; i < BLOCK; i++) {
        int32_t confirmed = b->col.confirmed[i];
        int32_t left = confirmed + FRESH_DAYS - s->today;
        left = left > FRESH_DAYS ? FRESH_DAYS : left < 0 || !confirmed ? 0 : left;
        best[i] = 2 + fresh * (float)left;
    }
    for (uint32_t i = 0; b->sum && i < BLOCK; i++)
        best[i] += text * (float)(int32_t)((b->sum[i] >> 8) + 1);
    for (uint32_t i = 0; near > 0 && i < BLOCK; i++) {
        float share = 1 - b->least[i] / radius;
        best[i] += near * (share > 0 ? share : 0);
    }
}

/* Which rows may come before the worst that is kept. */
static uint64_t hopeful(const struct search *s, const struct block *b)
{
    uint64_t worst = s->top.v[0].key;
    uint8_t may[BLOCK];
    float best[BLOCK];
    switch (s->q->sort) {
    case MATCH_DISTANCE:
        for (uint32_t i = 0; i < BLOCK; i++)
            may[i] = s->scope.near.lat == GEO_NONE || b->least[i] <= (float)worst;
        break;
    case MATCH_NEW:
        for (uint32_t i = 0; i < BLOCK; i++)
            may[i] = UINT32_MAX - b->col.published[i] <= (uint32_t)worst;
        break;
    case MATCH_FIT:
        bound_scores(s, b, best);
        for (uint32_t i = 0; i < BLOCK; i++)
            may[i] = best[i] >= (float)(int32_t)(MATCH_SCORE_MAX - worst);
        break;
    }
    return block_bits(may);
}

static void rank_block(struct search *s, const struct block *b)
{
    uint64_t rows = block_hits(b);
    if (!rows || !s->top.most)
        return;
    if (s->top.n == s->top.most)
        rows &= hopeful(s, b);
    for (; rows; rows &= rows - 1)
        rank_row(s, b, (uint32_t)__builtin_ctzll(rows));
}

static void consider(struct search *s, struct block *b)
{
    checks_block(&s->checks, b);
    facets_block(s->facets, b);
    rank_block(s, b);
}

/* Every offer in scope, when there are no words. */
static void search_rows(struct search *s)
{
    const struct layer *l = &s->snapshot->layer[s->layer];
    struct ranges in = scope_ranges(s->a, l->part, &s->scope);
    struct block b;
    for (size_t i = 0; i < in.n; i++)
        for (uint32_t row = in.v[i].from, to = in.v[i].to; row < to; row += BLOCK) {
            block_slice(&b, l, row, to - row < BLOCK ? to - row : BLOCK);
            scope_block(&s->scope, &b);
            if (block_inside(&b))
                consider(s, &b);
        }
}

/* ---- offers that answer words ---- */

static void keep(struct search *s, const struct block *b)
{
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        if (s->n_kept++ < KEPT_MOST)
            s->kept[s->n_kept - 1] = (struct text_row){ .row = block_row(b, i),
                                                        .sum_low = (uint32_t)b->sum[i],
                                                        .sum_high = (uint16_t)(b->sum[i] >> 32),
                                                        .layer = s->layer,
                                                        .words = b->words[i] };
    }
}

static void take_all(void *ctx, struct block *b)
{
    keep(ctx, b);
}

/* The words that offers in scope answer are counted for all of them, before any filter. */
static void take_counted(void *ctx, struct block *b)
{
    struct search *s = ctx;
    scope_block(&s->scope, b);
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1)
        s->count[b->words[__builtin_ctzll(rows)]]++;
    keep(s, b);
}

static void take_considered(void *ctx, struct block *b)
{
    struct search *s = ctx;
    scope_block(&s->scope, b);
    consider(s, b);
}

/* The next rows of one layer with enough words, BLOCK at most, from number `at` on. */
static size_t gather(struct search *s, const struct text_rows *in, size_t at, struct block_text *t)
{
    s->layer = in->v[at].layer;
    for (; at < in->n && t->n < BLOCK && in->v[at].layer == s->layer; at++)
        if (in->v[at].words >= s->required)
            block_text_put(t, in->v[at].row, text_row_sum(&in->v[at]), in->v[at].words);
    return at;
}

/* Rows that are known, with as many words as are required. */
static void give_rows(struct search *s, const struct text_rows *in,
                      void (*take)(void *ctx, struct block *b))
{
    struct block_text *gathered = NEW(s->a, struct block_text);
    struct block *b = NEW(s->a, struct block);
    for (size_t at = 0; at < in->n;) {
        at = gather(s, in, at, gathered);
        block_text_end(b, &s->snapshot->layer[s->layer], gathered);
        take(s, b);
    }
}

/* The same of rows that are to be found first. */
static void scan_rows(struct search *s, void (*take)(void *ctx, struct block *b))
{
    struct text_scan t = text_scan_new(s->a, &s->text);
    t.least = s->required;
    t.take = take;
    t.ctx = s;
    for (uint32_t i = 0; i < s->snapshot->n_layers; i++) {
        const struct layer *l = &s->snapshot->layer[i];
        struct ranges in = scope_ranges(s->a, l->part, &s->scope);
        s->layer = (uint8_t)i;
        text_scan(&t, l, &in);
    }
}

static void take_words(struct search *s, uint8_t required, void (*take)(void *ctx, struct block *b))
{
    s->required = required;
    if (s->recall)
        give_rows(s, &s->recall->rows, take);
    else
        scan_rows(s, take);
}

/* How many words an offer must have, when count[k] offers have exactly k. */
static uint8_t enough(const uint32_t count[EXPAND_WORDS + 1], uint8_t asked)
{
    uint8_t least = asked < 3 ? asked : (uint8_t)((2 * asked + 2) / 3);
    uint64_t sum = count[asked];
    uint8_t k = asked;
    while (k > 1 && (!sum || (k > least && sum < ENOUGH)))
        sum += count[--k];
    return k;
}

static void search_words(struct search *s)
{
    uint8_t required = s->asked;
    if (required > 1) {
        s->kept = NEW_ROOM(s->a, KEPT_MOST, struct text_row);
        take_words(s, 1, take_counted);
        required = enough(s->count, s->asked);
    }
    if (s->kept && s->n_kept <= KEPT_MOST) {
        s->required = required;
        give_rows(s, &(struct text_rows){ s->kept, s->n_kept }, take_considered);
    } else if (required) {
        take_words(s, required, take_considered);
    }
}

static void run(struct search *s)
{
    if (s->asked) {
        search_words(s);
    } else {
        for (uint32_t i = 0; i < s->snapshot->n_layers; i++) {
            s->layer = (uint8_t)i;
            search_rows(s);
        }
    }
    facets_end(s->facets);
}

/*
 * All rows of the cities that answer the text, for now and for the next who asks for it. With a
 * radius they are few, and others will be asked for next.
 */
static void learn(struct search *s, str key)
{
    struct recall *r = NEW(s->a, struct recall);
    if (!s->asked || s->scope.radius || expand_postings(&s->text) > RECALL_POSTINGS)
        return;
    s->kept = NEW_ROOM(s->a, KEPT_MOST, struct text_row);
    take_words(s, 1, take_all);
    if (s->n_kept <= KEPT_MOST) {
        *r = (struct recall){ .most = s->text_most,
                              .required = s->asked,
                              .names = expand_names(s->a, &s->text),
                              .rows = { s->kept, s->n_kept } };
        recall_put(s->texts, key, r);
        s->recall = r;
    }
    s->kept = NULL;
    s->n_kept = 0;
}

static void read_text(struct search *s)
{
    str key = s->texts ? recall_key(s->a, s->snapshot, s->q) : S("");
    s->recall = recall_find(s->texts, s->a, key);
    if (s->recall) {
        s->asked = s->recall->required;
        s->text_most = s->recall->most;
        return;
    }
    s->text = expand(s->a, s->snapshot, s->q);
    s->asked = s->text.required;
    for (size_t i = 0; i < s->text.n; i++)
        s->text_most += (uint64_t)s->text.word[i].idf * RUN_VALUE_MAX;
    if (key.n)
        learn(s, key);
}

/* `facets` may be NULL, when only hits are to be counted. */
static struct search *search_new(const struct reading *in, const struct match_query *q,
                                 struct match_facets *facets)
{
    struct search *s = NEW(in->a, struct search);
    s->a = in->a;
    s->snapshot = in->snapshot;
    s->texts = in->texts;
    s->q = q;
    s->scope = scope_new(q);
    s->checks = checks_new(q);
    s->facets = NEW(s->a, struct facets);
    s->today = day_pack(q->today);
    facets_begin(s->facets, &s->checks, facets);
    read_text(s);
    return s;
}

/* How many hits a variation of the query would have. */
static uint32_t count_only(const struct search *from, const struct match_query *q)
{
    struct arena_mark mark = arena_mark(from->a);
    struct reading in = { from->a, from->snapshot, from->texts };
    struct search *s = search_new(&in, q, NULL);
    run(s);
    uint32_t hits = s->facets->hits;
    arena_rewind(from->a, mark);
    return hits;
}

static void loosen(const struct search *s, struct match_result *r)
{
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        if (s->checks.active >> f & 1)
            r->loosen[f] = s->facets->hits + s->facets->only[f];
    if (s->asked) {
        struct match_query q = *s->q;
        q.text = S("");
        r->loosen[MATCH_BY_TEXT] = count_only(s, &q);
    }
    if (s->scope.radius) {
        struct match_query q = *s->q;
        q.radius_m = 0;
        r->loosen[MATCH_BY_NEAR] = count_only(s, &q);
    }
}

static void put_hits(struct search *s, struct match_result *r)
{
    top_sort(&s->top);
    size_t from = s->q->offset < s->top.n ? s->q->offset : s->top.n;
    r->n = s->top.n - from;
    struct match_hit *hits = NEW_ARRAY(s->a, r->n, struct match_hit);
    for (size_t i = 0; i < r->n; i++) {
        const struct ranked *k = &s->top.v[from + i];
        hits[i] = (struct match_hit){ k->id, k->score, k->distance, k->words };
    }
    r->hits = hits;
}

static const struct match_result *search_snapshot(const struct reading *in,
                                                  const struct match_query *q)
{
    struct arena *a = in->a;
    struct match_result *r = NEW(a, struct match_result);
    struct match_facets *facets = NULL;
    if (q->want & MATCH_WANT_FACETS)
        r->facets = facets = NEW(a, struct match_facets);
    struct search *s = search_new(in, q, facets);
    size_t most = q->limit ? (size_t)q->offset + q->limit : 0;
    s->top = top_new(a, most < in->snapshot->n_live ? most : in->snapshot->n_live);
    run(s);
    r->total = s->facets->hits;
    r->words = s->asked;
    r->words_required = s->required;
    if (q->want & MATCH_WANT_TERMS && s->asked)
        r->terms = highlight_terms(a, s->recall ? s->recall->names : expand_names(a, &s->text));
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        r->loosen[f] = UINT32_MAX;
    put_hits(s, r);
    if (q->want & MATCH_WANT_LOOSEN)
        loosen(s, r);
    return r;
}

const struct match_result *query_answer(struct match *m, struct arena *a,
                                        const struct match_query *q)
{
    struct hold hold;
    struct reading in = { a, snapshot_hold(&m->shelf, a, &hold), m->texts };
    const struct match_result *r = search_snapshot(&in, q);
    snapshot_release(&hold);
    return r;
}

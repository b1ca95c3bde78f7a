/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Offers like this one: those that share some of its most telling words, ranked by words, by
 * what they have in common in fields, kinds and target groups, and by nearness.
 */
#include "base/arena.h"
#include "match/rank.h"
#include "match/scope.h"
#include "match/variant.h"
#include "match/vocabulary.h"

#define WEIGHT_WORDS 500u
#define WEIGHT_DIMS  400u
#define WEIGHT_NEAR  100u

struct telling {
    uint32_t term;
    uint32_t idf;
    uint64_t worth; /* idf * impact */
};

static uint32_t impact_of(const struct part *p, uint32_t term, uint32_t row)
{
    uint32_t from = p->post_at[term], to = p->post_at[term + 1];
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (p->post_row[mid] < row)
            from = mid + 1;
        else
            to = mid;
    }
    return p->post_impact[from];
}

/* Keeps the list sorted by worth, best first; ties by term. */
static size_t keep(struct telling *v, size_t n, struct telling t)
{
    size_t i = n;
    while (i > 0 && v[i - 1].worth < t.worth)
        i--;
    if (i == EXPAND_WORDS)
        return n;
    size_t last = n < EXPAND_WORDS ? n : EXPAND_WORDS - 1;
    memmove(&v[i + 1], &v[i], (last - i) * sizeof *v);
    v[i] = t;
    return last + 1;
}

/* The offer's most telling words as a query of which one is enough. */
static struct text_query query_of(struct arena *a, const struct snapshot *s, const struct part *p,
                                  uint32_t row)
{
    struct telling best[EXPAND_WORDS];
    struct text_query q = { 0 };
    for (uint32_t i = p->doc_at[row]; i < p->doc_at[row + 1]; i++) {
        uint32_t term = p->doc_term[i];
        uint32_t idf = expand_idf(s->n_live, vocabulary_count(s, names_get(&p->terms, term)));
        struct telling t = { term, idf, (uint64_t)idf * impact_of(p, term, row) };
        q.n = keep(best, q.n, t);
    }
    for (size_t i = 0; i < q.n; i++) {
        struct wanted_term *t = NEW(a, struct wanted_term);
        struct way *w = NEW(a, struct way);
        *t = (struct wanted_term){ names_get(&p->terms, best[i].term), LEXICON_ONE };
        *w = (struct way){ .slot = { { t, 1, 1 } }, .n = 1, .weight = LEXICON_ONE };
        q.word[i] = (struct query_word){ .v = w, .n = 1, .cap = 1, .idf = best[i].idf };
    }
    return q;
}

/* Shared values over all values, the mean of the dims that either offer says something about. */
static uint64_t alike(const struct row *x, const struct columns *col, size_t row)
{
    static const enum match_dim dims[] = { MATCH_FIELD, MATCH_KIND, MATCH_TARGET };
    uint64_t sum = 0, n = 0;
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
        uint32_t mask = dim_mask(dims[i]);
        uint32_t a = x->word[dim_place[dims[i]].word] & mask;
        uint32_t b = col->word[dim_place[dims[i]].word][row] & mask;
        if (!(a | b))
            continue;
        sum += (uint64_t)MATCH_SCORE_MAX * (unsigned)__builtin_popcount(a & b) /
               (unsigned)__builtin_popcount(a | b);
        n++;
    }
    return n ? sum / n : 0;
}

struct likeness {
    struct arena *a;
    const struct snapshot *snapshot;
    struct row offer;
    struct text_query words;
    uint64_t text_most;
    struct scope scope;
    struct top top;
    uint32_t total;
};

static void consider(struct likeness *k, const struct block *b, uint32_t i)
{
    struct geo_point here = { k->offer.lat, k->offer.lon };
    uint32_t distance = geo_metres(here, columns_point(&b->col, i));
    uint64_t sum = WEIGHT_WORDS * (b->sum[i] * MATCH_SCORE_MAX / k->text_most) +
                   WEIGHT_DIMS * alike(&k->offer, &b->col, i) +
                   WEIGHT_NEAR * (uint64_t)rank_near(distance, RANK_RADIUS);
    uint32_t score = (uint32_t)(sum / (WEIGHT_WORDS + WEIGHT_DIMS + WEIGHT_NEAR));
    k->total++;
    top_put(&k->top, (struct ranked){ .key = MATCH_SCORE_MAX - score,
                                      .id = columns_id(&b->col, i),
                                      .score = score,
                                      .distance = distance,
                                      .words = b->words[i] });
}

static void take(void *ctx, struct block *b)
{
    struct likeness *k = ctx;
    scope_block(&k->scope, b);
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        if (columns_id(&b->col, i) != k->offer.id)
            consider(k, b, i);
    }
}

static void consider_all(struct likeness *k)
{
    struct text_scan t = text_scan_new(k->a, &k->words);
    t.take = take;
    t.ctx = k;
    for (uint32_t i = 0; i < k->snapshot->n_layers; i++) {
        const struct layer *l = &k->snapshot->layer[i];
        struct ranges in = scope_ranges(k->a, l->part, &k->scope);
        text_scan(&t, l, &in);
    }
}

/* Finds the offer; false when it is not in the index. */
static bool find_offer(struct likeness *k, int64_t id)
{
    for (uint32_t i = 0; i < k->snapshot->n_layers; i++) {
        const struct layer *l = &k->snapshot->layer[i];
        uint32_t row = part_find(l->part, id);
        if (row == PART_NONE || !layer_has(l, row))
            continue;
        k->offer = columns_get(&l->part->col, row);
        k->words = query_of(k->a, k->snapshot, l->part, row);
        for (size_t w = 0; w < k->words.n; w++)
            k->text_most += (uint64_t)k->words.word[w].idf * RUN_VALUE_MAX;
        return true;
    }
    return false;
}

static void put_hits(struct likeness *k, const struct match_query *within, struct match_result *r)
{
    top_sort(&k->top);
    size_t from = within->offset < k->top.n ? within->offset : k->top.n;
    struct match_hit *hits = NEW_ARRAY(k->a, k->top.n - from, struct match_hit);
    for (size_t i = from; i < k->top.n; i++) {
        const struct ranked *x = &k->top.v[i];
        hits[i - from] = (struct match_hit){ x->id, x->score, x->distance, x->words };
    }
    r->hits = hits;
    r->n = k->top.n - from;
    r->total = k->total;
}

const struct match_result *similar_answer(struct match *m, struct arena *a, int64_t id,
                                          const struct match_query *within)
{
    struct hold hold;
    struct match_result *r = NEW(a, struct match_result);
    struct scope scope = scope_new(within);
    struct likeness k = { .a = a, .snapshot = snapshot_hold(&m->shelf, a, &hold), .scope = scope };
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        r->loosen[f] = UINT32_MAX;
    size_t most = within->limit ? (size_t)within->offset + within->limit : 0;
    k.top = top_new(a, most < k.snapshot->n_live ? most : k.snapshot->n_live);
    if (find_offer(&k, id))
        consider_all(&k);
    put_hits(&k, within, r);
    snapshot_release(&hold);
    return r;
}

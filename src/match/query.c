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
#include "base/vec.h"
#include "match/expand.h"
#include "match/facet.h"
#include "match/highlight.h"
#include "match/rank.h"
#include "match/scope.h"

/* With this many offers (a page of them) a query of three or more words is not relaxed. */
#define ENOUGH 20

struct found {
    uint64_t sum;
    uint32_t row, distance;
    uint8_t layer, words;
};

struct search {
    struct arena *a;
    const struct snapshot *snapshot;
    const struct match_query *q;
    struct text_query text;
    struct scope scope;
    struct checks checks;
    struct facets facets;
    struct top top;
    uint64_t text_most; /* the greatest sum that an offer could reach */
    uint16_t today;
    uint8_t required;
};

static uint32_t score(const struct search *s, const struct found *f)
{
    const struct columns *col = &s->snapshot->layer[f->layer].part->col;
    struct rank_input in = { .has_text = s->text.n > 0,
                             .distance = f->distance,
                             .confirmed = col->confirmed[f->row],
                             .today = s->today };
    if (s->text_most)
        in.text = (uint32_t)(f->sum * MATCH_SCORE_MAX / s->text_most);
    return rank_score(s->q, &in);
}

static uint64_t sort_key(const struct search *s, const struct columns *col, const struct ranked *r)
{
    switch (s->q->sort) {
    case MATCH_DISTANCE:
        return r->distance;
    case MATCH_NEW:
        return UINT32_MAX - col->published[r->row];
    case MATCH_FIT:
        break;
    }
    return MATCH_SCORE_MAX - r->score;
}

static void consider(struct search *s, const struct found *f)
{
    const struct columns *col = &s->snapshot->layer[f->layer].part->col;
    uint32_t fails = checks_fail(&s->checks, col, f->row);
    facets_count(&s->facets, col, f->row, fails);
    if (fails || !s->top.most)
        return;
    struct ranked r = { .id = columns_id(col, f->row),
                        .score = score(s, f),
                        .distance = f->distance,
                        .row = f->row,
                        .layer = f->layer,
                        .words = f->words };
    r.key = sort_key(s, col, &r);
    top_put(&s->top, r);
}

/* Every offer in scope, when there are no words. */
static void search_rows(struct search *s, uint8_t layer)
{
    const struct layer *l = &s->snapshot->layer[layer];
    struct ranges in = scope_ranges(s->a, l->part, &s->scope);
    for (size_t i = 0; i < in.n; i++)
        for (uint32_t row = in.v[i].from; row < in.v[i].to; row++) {
            struct found f = { .row = row, .layer = layer };
            if (scope_has(&s->scope, l, row, &f.distance))
                consider(s, &f);
        }
}

struct founds {
    struct found *v;
    size_t n, cap;
};

static void find_words(struct search *s, uint8_t layer, struct founds *all)
{
    const struct layer *l = &s->snapshot->layer[layer];
    struct ranges in = scope_ranges(s->a, l->part, &s->scope);
    struct text_hits hits = postings_query(s->a, l->part, &in, &s->text);
    for (size_t i = 0; i < hits.n; i++) {
        struct found f = { .sum = hits.v[i].sum,
                           .row = hits.v[i].row,
                           .layer = layer,
                           .words = (uint8_t)hits.v[i].words };
        if (scope_has(&s->scope, l, f.row, &f.distance))
            *vec_add(s->a, all) = f;
    }
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
    struct founds all = { 0 };
    uint32_t count[EXPAND_WORDS + 1] = { 0 };
    for (uint32_t i = 0; i < s->snapshot->n_layers; i++)
        find_words(s, (uint8_t)i, &all);
    for (size_t i = 0; i < all.n; i++)
        count[all.v[i].words]++;
    s->required = enough(count, s->text.required);
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].words >= s->required)
            consider(s, &all.v[i]);
}

static void run(struct search *s)
{
    if (s->text.n) {
        search_words(s);
        return;
    }
    for (uint32_t i = 0; i < s->snapshot->n_layers; i++)
        search_rows(s, (uint8_t)i);
}

static struct search search_new(struct arena *a, const struct snapshot *snapshot,
                                const struct match_query *q)
{
    struct search s = { .a = a,
                        .snapshot = snapshot,
                        .q = q,
                        .scope = scope_new(q),
                        .checks = checks_new(q),
                        .facets = facets_new(q, NULL),
                        .today = day_pack(q->today) };
    s.text = expand(a, snapshot, q);
    for (size_t i = 0; i < s.text.n; i++)
        s.text_most += (uint64_t)s.text.word[i].idf * RUN_VALUE_MAX;
    return s;
}

/* How many hits a variation of the query would have. */
static uint32_t count_only(const struct search *from, const struct match_query *q)
{
    struct arena_mark mark = arena_mark(from->a);
    struct search s = search_new(from->a, from->snapshot, q);
    run(&s);
    arena_rewind(from->a, mark);
    return s.facets.hits;
}

static void loosen(const struct search *s, struct match_result *r)
{
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        if (s->checks.active >> f & 1)
            r->loosen[f] = s->facets.hits + s->facets.only[f];
    if (s->text.n) {
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

static const struct match_result *search_snapshot(struct arena *a, const struct snapshot *snapshot,
                                                  const struct match_query *q)
{
    struct match_result *r = NEW(a, struct match_result);
    struct match_facets *facets = NULL;
    if (q->want & MATCH_WANT_FACETS)
        r->facets = facets = NEW(a, struct match_facets);
    struct search s = search_new(a, snapshot, q);
    s.facets.out = facets;
    size_t most = q->limit ? (size_t)q->offset + q->limit : 0;
    s.top = top_new(a, most < snapshot->n_live ? most : snapshot->n_live);
    run(&s);
    facets_end(&s.facets);
    r->total = s.facets.hits;
    r->words = s.text.required;
    r->words_required = s.required;
    if (q->want & MATCH_WANT_TERMS && s.text.n)
        r->terms = highlight_terms(a, &s.text);
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        r->loosen[f] = UINT32_MAX;
    put_hits(&s, r);
    if (q->want & MATCH_WANT_LOOSEN)
        loosen(&s, r);
    return r;
}

const struct match_result *match_search(struct match *m, struct arena *a,
                                        const struct match_query *q)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(&m->shelf, a, &hold);
    const struct match_result *r = search_snapshot(a, s, q);
    snapshot_release(&hold);
    return r;
}

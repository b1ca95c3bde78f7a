/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs: cutting postings to ranges of rows, taking the greatest, requiring all. */
#include "match/postings.h"

/* The first posting of from…to-1 whose row is not before `row`: doubling steps, then halving. */
static uint32_t seek(const uint32_t *rows, uint32_t from, uint32_t to, uint32_t row)
{
    uint32_t step = 1;
    while (from + step < to && rows[from + step] < row) {
        from += step;
        step *= 2;
    }
    uint32_t end = from + step < to ? from + step : to;
    while (from < end) {
        uint32_t mid = from + (end - from) / 2;
        if (rows[mid] < row)
            from = mid + 1;
        else
            end = mid;
    }
    return from;
}

/* Behind the last row of every run that is not empty: two runs are merged without counting. */
#define RUN_END UINT32_MAX

static struct run run_new(struct arena *a, size_t n)
{
    return (struct run){ NEW_ROOM(a, n + 1, uint32_t), NEW_ROOM(a, n + 1, uint16_t), NULL, 0 };
}

static void run_put(struct run *r, uint32_t row, uint32_t value)
{
    r->row[r->n] = row;
    r->value[r->n++] = (uint16_t)value;
}

static struct run run_end(struct run r)
{
    r.row[r.n] = RUN_END;
    r.value[r.n] = 0;
    return r;
}

/* Which postings to look in, and how many slots share the value. */
struct source {
    struct arena *a;
    const struct part *p;
    const struct ranges *in;
    uint32_t slots;
};

/* The postings of a term within the ranges; values are impact * weight / slots. */
static struct run run_term(const struct source *s, const struct wanted_term *t)
{
    const struct part *p = s->p;
    uint32_t term = part_find_term(p, t->name);
    if (term == PART_NONE)
        return (struct run){ 0 };
    uint32_t at = p->post_at[term], end = p->post_at[term + 1];
    struct run r = run_new(s->a, end - at);
    for (size_t i = 0; i < s->in->n && at < end; i++) {
        uint32_t to = s->in->v[i].to;
        at = seek(p->post_row, at, end, s->in->v[i].from);
        for (; at < end && p->post_row[at] < to; at++)
            run_put(&r, p->post_row[at], p->post_impact[at] * t->weight);
    }
    for (size_t i = 0; s->slots > 1 && i < r.n; i++)
        r.value[i] = (uint16_t)(r.value[i] / s->slots);
    return run_end(r);
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static struct run run_greatest(struct arena *a, struct run x, struct run y)
{
    if (!x.n || !y.n)
        return x.n ? x : y;
    struct run r = run_new(a, x.n + y.n);
    size_t i = 0, j = 0;
    for (;;) {
        uint32_t row_x = x.row[i], row_y = y.row[j];
        uint32_t row = row_x < row_y ? row_x : row_y;
        if (row == RUN_END)
            return run_end(r);
        bool in_x = row_x == row, in_y = row_y == row;
        run_put(&r, row, greater(in_x ? x.value[i] : 0, in_y ? y.value[j] : 0));
        i += in_x;
        j += in_y;
    }
}

static struct run run_all(struct arena *a, struct run x, struct run y)
{
    struct run r = run_new(a, x.n < y.n ? x.n : y.n);
    size_t i = 0, j = 0;
    while (i < x.n && j < y.n) {
        if (x.row[i] == y.row[j]) {
            run_put(&r, x.row[i], (uint32_t)(x.value[i] + y.value[j]));
            i++;
            j++;
        } else if (x.row[i] < y.row[j]) {
            i++;
        } else {
            j++;
        }
    }
    return run_end(r);
}

/* Terms from…to-1 of a slot, by halves: each posting is copied log2(terms) times at most. */
static struct run run_terms(const struct source *s, const struct slot *slot, size_t from, size_t to)
{
    if (to - from == 1)
        return run_term(s, &slot->v[from]);
    size_t mid = from + (to - from) / 2;
    struct run left = run_terms(s, slot, from, mid);
    return run_greatest(s->a, left, run_terms(s, slot, mid, to));
}

static struct run run_way(struct source *s, const struct way *w)
{
    s->slots = (uint32_t)w->n;
    struct run r = run_terms(s, &w->slot[0], 0, w->slot[0].n);
    for (size_t i = 1; i < w->n && r.n; i++)
        r = run_all(s->a, r, run_terms(s, &w->slot[i], 0, w->slot[i].n));
    for (size_t i = 0; i < r.n; i++)
        r.value[i] = (uint16_t)(r.value[i] * w->weight / LEXICON_ONE);
    return r;
}

static uint32_t more_of(const struct run *r, size_t i)
{
    return r->more ? r->more[i] : 0;
}

/* As run_greatest, and what is less is added up: in whatever order runs are put together. */
static struct run run_best(struct arena *a, struct run x, struct run y)
{
    if (!x.n || !y.n)
        return x.n ? x : y;
    struct run r = run_new(a, x.n + y.n);
    r.more = NEW_ROOM(a, x.n + y.n, uint32_t);
    size_t i = 0, j = 0;
    for (;;) {
        uint32_t row_x = x.row[i], row_y = y.row[j];
        uint32_t row = row_x < row_y ? row_x : row_y;
        if (row == RUN_END)
            return run_end(r);
        bool in_x = row_x == row, in_y = row_y == row;
        uint32_t value_x = in_x ? x.value[i] : 0, value_y = in_y ? y.value[j] : 0;
        uint32_t best = greater(value_x, value_y);
        r.more[r.n] =
            (in_x ? more_of(&x, i) : 0) + (in_y ? more_of(&y, j) : 0) + (value_x + value_y - best);
        run_put(&r, row, best);
        i += in_x;
        j += in_y;
    }
}

/* Ways from…to-1 of a word, by halves as well. */
static struct run run_ways(struct source *s, const struct query_word *w, size_t from, size_t to)
{
    if (to - from == 1)
        return run_way(s, &w->v[from]);
    size_t mid = from + (to - from) / 2;
    struct run left = run_ways(s, w, from, mid);
    return run_best(s->a, left, run_ways(s, w, mid, to));
}

struct run postings_word(struct arena *a, const struct part *p, const struct ranges *in,
                         const struct query_word *w)
{
    struct source s = { .a = a, .p = p, .in = in };
    struct run best = w->n ? run_ways(&s, w, 0, w->n) : (struct run){ 0 };
    for (size_t i = 0; i < best.n; i++)
        best.value[i] = (uint16_t)run_value(best.value[i], more_of(&best, i));
    return best;
}

static struct text_hits add_word(struct arena *a, struct text_hits h, struct run r,
                                 const struct query_word *w)
{
    struct text_hits all = { NEW_ROOM(a, h.n + r.n, struct text_hit), 0 };
    size_t i = 0, j = 0;
    while (i < h.n || j < r.n) {
        uint32_t row_h = i < h.n ? h.v[i].row : UINT32_MAX;
        uint32_t row_r = j < r.n ? r.row[j] : UINT32_MAX;
        struct text_hit hit = { .row = row_r };
        if (row_h <= row_r)
            hit = h.v[i++];
        if (row_r <= row_h) {
            hit.sum += (uint64_t)w->idf * r.value[j++];
            hit.words += !w->soft;
        }
        all.v[all.n++] = hit;
    }
    return all;
}

struct text_hits postings_query(struct arena *a, const struct part *p, const struct ranges *in,
                                const struct text_query *q)
{
    struct text_hits hits = { 0 };
    for (size_t i = 0; i < q->n; i++)
        hits = add_word(a, hits, postings_word(a, p, in, &q->word[i]), &q->word[i]);
    size_t kept = 0;
    for (size_t i = 0; i < hits.n; i++)
        if (hits.v[i].words)
            hits.v[kept++] = hits.v[i];
    hits.n = kept;
    return hits;
}

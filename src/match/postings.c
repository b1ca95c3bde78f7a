/* SPDX-License-Identifier: EUPL-1.2 */
/* Postings of a query, window by window. */
#include "match/postings.h"

#define WINDOW      2048 /* rows; all arrays together fit a cache of 64 KB */
#define WINDOW_BITS (WINDOW / 64)
#define DENSE       12 /* this many of 64 rows are looked at in place, fewer are gathered */

struct text_room {
    uint64_t sum[WINDOW]; /* of the words so far */
    uint8_t words[WINDOW];
    uint32_t total[WINDOW]; /* of the ways of a word */
    uint32_t best[WINDOW];
    uint32_t way[WINDOW];  /* of the slots of a way */
    uint32_t slot[WINDOW]; /* of the terms of a slot */
    uint64_t touched[WINDOW_BITS], found[WINDOW_BITS];
    uint64_t word_bits[WINDOW_BITS], way_bits[WINDOW_BITS], slot_bits[WINDOW_BITS];
    struct block block;
    struct block_room gathered;
    uint64_t gathered_sum[BLOCK];
    uint8_t gathered_words[BLOCK];
    uint32_t n_gathered;
};

/* Postings of a term, from `at` on. */
struct cursor {
    const uint32_t *row;
    const uint8_t *impact;
    uint32_t at, end;
    uint32_t weight;
};

/* A slot with the postings of its terms. */
struct slot_cursors {
    struct cursor *v;
    size_t n;
};

/* One layer being scanned. */
struct scan {
    const struct text_scan *t;
    struct text_room *room;
    const struct layer *layer;
    struct slot_cursors *slots; /* of all ways of all words, one after the other */
    size_t n_slots;
    uint32_t first, to; /* rows of the window; first is a multiple of 64 */
};

/* For each bit that is set in a set of the window: its number. */
#define FOR_BITS(i, bits)                                                        \
    for (uint32_t word_ = 0, i; word_ < WINDOW_BITS; word_++)                    \
        for (uint64_t left_ = (bits)[word_];                                     \
             left_ && (i = word_ * 64 + (uint32_t)__builtin_ctzll(left_), true); \
             left_ &= left_ - 1)

static void set_bit(uint64_t *bits, uint32_t i)
{
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

struct text_scan text_scan_new(struct arena *a, const struct text_query *q)
{
    return (struct text_scan){ .a = a, .query = q, .room = NEW(a, struct text_room), .least = 1 };
}

/* The first posting of at…end-1 whose row is not before `row`: doubling steps, then halving. */
static void seek(struct cursor *c, uint32_t row)
{
    uint32_t from = c->at, step = 1;
    while (from + step < c->end && c->row[from + step] < row) {
        from += step;
        step *= 2;
    }
    uint32_t end = from + step < c->end ? from + step : c->end;
    while (from < end) {
        uint32_t mid = from + (end - from) / 2;
        if (c->row[mid] < row)
            from = mid + 1;
        else
            end = mid;
    }
    c->at = from;
}

static void open_slot(struct scan *s, const struct slot *slot)
{
    const struct part *p = s->layer->part;
    struct slot_cursors *open = &s->slots[s->n_slots++];
    open->v = NEW_ROOM(s->t->a, slot->n, struct cursor);
    for (size_t i = 0; i < slot->n; i++) {
        uint32_t term = part_find_term(p, slot->v[i].name);
        if (term != PART_NONE)
            open->v[open->n++] = (struct cursor){ .row = p->post_row,
                                                  .impact = p->post_impact,
                                                  .at = p->post_at[term],
                                                  .end = p->post_at[term + 1],
                                                  .weight = slot->v[i].weight };
    }
}

static void open_all(struct scan *s)
{
    const struct text_query *q = s->t->query;
    size_t most = 0;
    for (size_t w = 0; w < q->n; w++)
        for (size_t i = 0; i < q->word[w].n; i++)
            most += q->word[w].v[i].n;
    s->slots = NEW_ARRAY(s->t->a, most, struct slot_cursors);
    for (size_t w = 0; w < q->n; w++)
        for (size_t i = 0; i < q->word[w].n; i++)
            for (size_t k = 0; k < q->word[w].v[i].n; k++)
                open_slot(s, &q->word[w].v[i].slot[k]);
}

/* Moves all cursors to `row`; the smallest row that any of them has then. */
static uint32_t seek_all(struct scan *s, uint32_t row)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < s->n_slots; i++)
        for (size_t k = 0; k < s->slots[i].n; k++) {
            struct cursor *c = &s->slots[i].v[k];
            if (c->at < c->end && c->row[c->at] < row)
                seek(c, row);
            if (c->at < c->end && c->row[c->at] < least)
                least = c->row[c->at];
        }
    return least;
}

static void put_way(struct text_room *r, uint32_t i, uint32_t value)
{
    r->total[i] += value;
    r->best[i] = value > r->best[i] ? value : r->best[i];
    set_bit(r->word_bits, i);
}

/* A way of one term: without a detour by the arrays of slots. */
static void scan_term(struct scan *s, struct cursor *c, uint32_t way_weight)
{
    for (; c->at < c->end && c->row[c->at] < s->to; c->at++)
        put_way(s->room, c->row[c->at] - s->first,
                c->impact[c->at] * c->weight * way_weight / LEXICON_ONE);
}

/* The greatest of the terms, divided by the number of slots. */
static void scan_slot(struct scan *s, const struct slot_cursors *slot, uint32_t slots)
{
    struct text_room *r = s->room;
    for (size_t k = 0; k < slot->n; k++) {
        struct cursor *c = &slot->v[k];
        for (; c->at < c->end && c->row[c->at] < s->to; c->at++) {
            uint32_t i = c->row[c->at] - s->first, value = c->impact[c->at] * c->weight / slots;
            r->slot[i] = value > r->slot[i] ? value : r->slot[i];
            set_bit(r->slot_bits, i);
        }
    }
}

/* Adds the slot to what the slots before it have; what it has not is no longer in the way. */
static void join_slot(struct text_room *r, bool is_first)
{
    FOR_BITS(i, r->slot_bits)
    {
        r->way[i] = (is_first ? 0 : r->way[i]) + r->slot[i];
        r->slot[i] = 0;
    }
    for (uint32_t w = 0; w < WINDOW_BITS; w++)
        r->way_bits[w] = is_first ? r->slot_bits[w] : r->way_bits[w] & r->slot_bits[w];
    memset(r->slot_bits, 0, sizeof r->slot_bits);
}

static void scan_way(struct scan *s, const struct way *w, const struct slot_cursors *slots)
{
    struct text_room *r = s->room;
    if (w->n == 1 && slots->n <= 1) {
        if (slots->n)
            scan_term(s, slots->v, w->weight);
        return;
    }
    for (size_t k = 0; k < w->n; k++) {
        scan_slot(s, &slots[k], (uint32_t)w->n);
        join_slot(r, k == 0);
    }
    FOR_BITS(i, r->way_bits)
    {
        put_way(r, i, r->way[i] * w->weight / LEXICON_ONE);
    }
}

static void end_word(struct text_room *r, const struct query_word *w)
{
    FOR_BITS(i, r->word_bits)
    {
        uint32_t value = r->best[i] + (r->total[i] - r->best[i]) / RUN_MORE_SHARE;
        r->sum[i] += (uint64_t)w->idf * (value < RUN_VALUE_MAX ? value : RUN_VALUE_MAX);
        r->words[i] = (uint8_t)(r->words[i] + !w->soft);
        r->best[i] = r->total[i] = 0;
    }
    for (uint32_t k = 0; k < WINDOW_BITS; k++) {
        r->touched[k] |= r->word_bits[k];
        r->found[k] |= w->soft ? 0 : r->word_bits[k];
        r->word_bits[k] = 0;
    }
}

static void take_gathered(struct scan *s)
{
    struct text_room *r = s->room;
    if (!r->n_gathered)
        return;
    block_gather(&r->block, s->layer, &r->gathered, r->n_gathered);
    r->block.sum = r->gathered_sum;
    r->block.words = r->gathered_words;
    s->t->take(s->t->ctx, &r->block);
    r->n_gathered = 0;
}

static void gather(struct scan *s, uint32_t at, uint64_t rows)
{
    struct text_room *r = s->room;
    for (; rows; rows &= rows - 1) {
        uint32_t i = at + (uint32_t)__builtin_ctzll(rows), n = r->n_gathered++;
        r->gathered.rows[n] = s->first + i;
        r->gathered_sum[n] = r->sum[i];
        r->gathered_words[n] = r->words[i];
        if (r->n_gathered == BLOCK)
            take_gathered(s);
    }
}

/* Of 64 rows those with enough words. */
static uint64_t with_least(const struct scan *s, uint32_t at, uint64_t rows)
{
    uint64_t kept = rows;
    for (; s->t->least > 1 && rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        if (s->room->words[at + i] < s->t->least)
            kept &= ~(UINT64_C(1) << i);
    }
    return kept;
}

static void end_window(struct scan *s)
{
    struct text_room *r = s->room;
    for (uint32_t at = 0; at < WINDOW; at += BLOCK) {
        uint64_t rows = r->found[at / 64] ? with_least(s, at, r->found[at / 64]) : 0;
        if (__builtin_popcountll(rows) < DENSE) {
            gather(s, at, rows);
            continue;
        }
        block_masked(&r->block, s->layer, s->first + at, rows);
        r->block.sum = r->sum + at;
        r->block.words = r->words + at;
        s->t->take(s->t->ctx, &r->block);
    }
    FOR_BITS(i, r->touched)
    {
        r->sum[i] = 0;
        r->words[i] = 0;
    }
    memset(r->touched, 0, sizeof r->touched);
    memset(r->found, 0, sizeof r->found);
}

static void scan_window(struct scan *s)
{
    const struct text_query *q = s->t->query;
    const struct slot_cursors *slots = s->slots;
    for (size_t w = 0; w < q->n; w++) {
        for (size_t i = 0; i < q->word[w].n; i++) {
            scan_way(s, &q->word[w].v[i], slots);
            slots += q->word[w].v[i].n;
        }
        end_word(s->room, &q->word[w]);
    }
    end_window(s);
}

void text_scan(const struct text_scan *t, const struct layer *l, const struct ranges *in)
{
    struct scan s = { .t = t, .room = t->room, .layer = l };
    open_all(&s);
    for (size_t i = 0; i < in->n; i++) {
        uint32_t row = seek_all(&s, in->v[i].from);
        while (row < in->v[i].to) {
            s.first = row / 64 * 64;
            s.to = in->v[i].to - s.first < WINDOW ? in->v[i].to : s.first + WINDOW;
            scan_window(&s);
            row = seek_all(&s, s.to);
        }
    }
    take_gathered(&s);
}

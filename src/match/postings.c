/* SPDX-License-Identifier: EUPL-1.2 */
/* Postings of a query, window by window. */
#include "match/postings.h"

#define WINDOW      2048 /* rows; all arrays together fit a cache of 64 KB */
#define WINDOW_BITS (WINDOW / 64)
#define DENSE       12 /* this many of 64 rows are looked at in place, fewer are gathered */

/* Rows of a window; `any` says which of its words are not zero: sets are mostly sparse. */
struct window_set {
    uint32_t any;
    uint64_t v[WINDOW_BITS];
};
_Static_assert(WINDOW_BITS == 32, "a bit of `any` for each word");

struct text_room {
    uint64_t sum[WINDOW]; /* of the words so far */
    uint8_t words[WINDOW];
    uint32_t total[WINDOW]; /* of the ways of a word */
    uint32_t best[WINDOW];
    uint32_t way[WINDOW];  /* of the slots of a way */
    uint32_t slot[WINDOW]; /* of the terms of a slot */
    struct window_set touched, found, in_word, in_way, in_slot;
    struct block block;
    struct block_text gathered;
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
    uint64_t postings;
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

/* For each word of a set that is not zero: its number. */
#define FOR_WORDS(w, set)                                                                  \
    for (uint32_t any_ = (set)->any, w; any_ && (w = (uint32_t)__builtin_ctz(any_), true); \
         any_ &= any_ - 1)

/* For each row of a set: its number. */
#define FOR_ROWS(i, set)                      \
    FOR_WORDS(word_, set)                     \
    for (uint64_t left_ = (set)->v[word_], i; \
         left_ && (i = word_ * 64 + (uint32_t)__builtin_ctzll(left_), true); left_ &= left_ - 1)

static void set_put(struct window_set *s, uint32_t i)
{
    s->v[i / 64] |= UINT64_C(1) << (i % 64);
}

/* Once all rows are in. */
static void set_end(struct window_set *s)
{
    uint32_t any = 0;
    for (uint32_t w = 0; w < WINDOW_BITS; w++)
        any |= (uint32_t)(s->v[w] != 0) << w;
    s->any = any;
}

static void set_add(struct window_set *s, const struct window_set *more)
{
    FOR_WORDS(w, more)
    s->v[w] |= more->v[w];
    s->any |= more->any;
}

/* Leaves what both have. */
static void set_keep(struct window_set *s, const struct window_set *both)
{
    uint32_t any = 0;
    FOR_WORDS(w, s)
    {
        s->v[w] &= both->any >> w & 1 ? both->v[w] : 0;
        any |= (uint32_t)(s->v[w] != 0) << w;
    }
    s->any = any;
}

static void set_clear(struct window_set *s)
{
    FOR_WORDS(w, s)
    s->v[w] = 0;
    s->any = 0;
}

static uint32_t set_count(const struct window_set *s)
{
    uint32_t n = 0;
    FOR_WORDS(w, s)
    n += (uint32_t)__builtin_popcountll(s->v[w]);
    return n;
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
        if (term == PART_NONE)
            continue;
        open->v[open->n++] = (struct cursor){ .row = p->post_row,
                                              .impact = p->post_impact,
                                              .at = p->post_at[term],
                                              .end = p->post_at[term + 1],
                                              .weight = slot->v[i].weight };
        open->postings += p->post_at[term + 1] - p->post_at[term];
    }
}

/* The slot with the fewest postings comes first: the others are looked at where it has some. */
static void open_way(struct scan *s, const struct way *w)
{
    struct slot_cursors *first = &s->slots[s->n_slots];
    for (size_t k = 0; k < w->n; k++)
        open_slot(s, &w->slot[k]);
    for (size_t k = 1; k < w->n; k++)
        if (first[k].postings < first->postings) {
            struct slot_cursors rarer = first[k];
            first[k] = *first;
            *first = rarer;
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
            open_way(s, &q->word[w].v[i]);
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
    set_put(&r->in_word, i);
}

/* A way of one term: without a detour by the arrays of slots. */
static void scan_term(struct scan *s, struct cursor *c, uint32_t way_weight)
{
    for (; c->at < c->end && c->row[c->at] < s->to; c->at++)
        put_way(s->room, c->row[c->at] - s->first,
                c->impact[c->at] * c->weight * way_weight / LEXICON_ONE);
}

static void put_slot(struct text_room *r, uint32_t i, const struct cursor *c)
{
    uint32_t value = c->impact[c->at] * c->weight;
    r->slot[i] = value > r->slot[i] ? value : r->slot[i];
    set_put(&r->in_slot, i);
}

/* The greatest of the terms, for all rows that have one. */
static void scan_slot(struct scan *s, const struct slot_cursors *slot)
{
    for (size_t k = 0; k < slot->n; k++)
        for (struct cursor *c = &slot->v[k]; c->at < c->end && c->row[c->at] < s->to; c->at++)
            put_slot(s->room, c->row[c->at] - s->first, c);
}

/* The same for the few rows that are in the way so far. */
static void probe_slot(struct scan *s, const struct slot_cursors *slot)
{
    struct text_room *r = s->room;
    for (size_t k = 0; k < slot->n; k++) {
        struct cursor *c = &slot->v[k];
        FOR_ROWS(i, &r->in_way)
        {
            uint32_t row = s->first + (uint32_t)i;
            if (c->at < c->end && c->row[c->at] < row)
                seek(c, row);
            if (c->at < c->end && c->row[c->at] == row)
                put_slot(r, (uint32_t)i, c);
        }
    }
}

/* Adds the slot to what the slots before it have; what it has not is no longer in the way. */
static void join_slot(struct text_room *r, bool is_first, uint32_t slots)
{
    set_end(&r->in_slot);
    FOR_ROWS(i, &r->in_slot)
    {
        r->way[i] = (is_first ? 0 : r->way[i]) + r->slot[i] / slots;
        r->slot[i] = 0;
    }
    if (is_first)
        set_add(&r->in_way, &r->in_slot);
    else
        set_keep(&r->in_way, &r->in_slot);
    set_clear(&r->in_slot);
}

/* A seek costs as much as passing over so many postings. */
#define SEEK_COST 8

static void scan_way(struct scan *s, const struct way *w, const struct slot_cursors *slots)
{
    struct text_room *r = s->room;
    if (w->n == 1 && slots->n <= 1) {
        if (slots->n)
            scan_term(s, slots->v, w->weight);
        return;
    }
    for (size_t k = 0; k < w->n && (!k || r->in_way.any); k++) {
        if (k && set_count(&r->in_way) * slots[k].n * SEEK_COST < slots[k].postings)
            probe_slot(s, &slots[k]);
        else
            scan_slot(s, &slots[k]);
        join_slot(r, !k, (uint32_t)w->n);
    }
    FOR_ROWS(i, &r->in_way)
    put_way(r, (uint32_t)i, r->way[i] * w->weight / LEXICON_ONE);
    set_clear(&r->in_way);
}

static void end_word(struct text_room *r, const struct query_word *w)
{
    set_end(&r->in_word);
    FOR_ROWS(i, &r->in_word)
    {
        uint32_t value = r->best[i] + (r->total[i] - r->best[i]) / RUN_MORE_SHARE;
        r->sum[i] += (uint64_t)w->idf * (value < RUN_VALUE_MAX ? value : RUN_VALUE_MAX);
        r->words[i] = (uint8_t)(r->words[i] + !w->soft);
        r->best[i] = r->total[i] = 0;
    }
    set_add(&r->touched, &r->in_word);
    if (!w->soft)
        set_add(&r->found, &r->in_word);
    set_clear(&r->in_word);
}

static void take_gathered(struct scan *s)
{
    struct text_room *r = s->room;
    if (!r->gathered.n)
        return;
    block_text_end(&r->block, s->layer, &r->gathered);
    s->t->take(s->t->ctx, &r->block);
}

static void gather(struct scan *s, uint32_t at, uint64_t rows)
{
    struct text_room *r = s->room;
    for (; rows; rows &= rows - 1) {
        uint32_t i = at + (uint32_t)__builtin_ctzll(rows);
        block_text_put(&r->gathered, s->first + i, r->sum[i], r->words[i]);
        if (r->gathered.n == BLOCK)
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
    FOR_WORDS(w, &r->found)
    {
        uint32_t at = w * BLOCK;
        uint64_t rows = with_least(s, at, r->found.v[w]);
        if (__builtin_popcountll(rows) < DENSE) {
            gather(s, at, rows);
            continue;
        }
        block_masked(&r->block, s->layer, s->first + at, rows);
        r->block.sum = r->sum + at;
        r->block.words = r->words + at;
        s->t->take(s->t->ctx, &r->block);
    }
    FOR_ROWS(i, &r->touched)
    {
        r->sum[i] = 0;
        r->words[i] = 0;
    }
    set_clear(&r->touched);
    set_clear(&r->found);
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

/* SPDX-License-Identifier: EUPL-1.2 */
/* Snapshots: changing a copy, swapping it in, giving old ones back. */
#include "match/snapshot.h"

#include <sched.h>

#include "base/err.h"
#include "match/merge.h"

/* A layer joins its predecessor when that is at most this many times larger. */
#define TIDY_FACTOR 4
/* Larger layers are left to match_compact, so that no change takes long. */
#define TIDY_MAX 50000

static uint32_t dead_count(const struct layer *l, uint32_t term)
{
    uint32_t from = 0, to = l->n_dead_terms;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (l->dead_terms[mid].term < term)
            from = mid + 1;
        else
            to = mid;
    }
    bool found = from < l->n_dead_terms && l->dead_terms[from].term == term;
    return found ? l->dead_terms[from].count : 0;
}

uint32_t layer_count(const struct layer *l, uint32_t term)
{
    return l->part->post_at[term + 1] - l->part->post_at[term] - dead_count(l, term);
}

static size_t dead_words(const struct layer *l)
{
    return ((size_t)l->part->n + 63) / 64;
}

static void copy_layer(struct snapshot *s, const struct layer *from, struct layer *to)
{
    *to = *from;
    to->part->users++;
    if (!from->dead)
        return;
    to->dead = NEW_ARRAY(&s->arena, dead_words(from), uint64_t);
    memcpy(to->dead, from->dead, dead_words(from) * sizeof *to->dead);
    to->dead_terms = NEW_ARRAY(&s->arena, from->n_dead_terms, struct term_count);
    if (from->n_dead_terms)
        memcpy(to->dead_terms, from->dead_terms, from->n_dead_terms * sizeof *to->dead_terms);
}

struct snapshot *snapshot_new(const struct snapshot *old, struct shared_lexicon *words)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct snapshot *s = NEW(&arena, struct snapshot);
    s->arena = arena;
    s->words = words;
    words->users++;
    if (!old)
        return s;
    s->n_layers = old->n_layers;
    s->n_live = old->n_live;
    for (uint32_t i = 0; i < old->n_layers; i++)
        copy_layer(s, &old->layer[i], &s->layer[i]);
    return s;
}

static void drop_layer(struct layer *l)
{
    if (--l->part->users == 0)
        part_free(l->part);
}

void snapshot_add(struct snapshot *s, struct part *p)
{
    must(s->n_layers < LAYERS_MAX);
    p->users++;
    s->layer[s->n_layers++] = (struct layer){ .part = p };
    s->n_live += p->n;
}

/* Merges the terms of a row into the counts of the dead. */
static void count_dead_terms(struct snapshot *s, struct layer *l, uint32_t row)
{
    const struct part *p = l->part;
    const uint32_t *term = p->doc_term + p->doc_at[row];
    uint32_t n = p->doc_at[row + 1] - p->doc_at[row];
    struct term_count *all = NEW_ARRAY(&s->arena, (size_t)l->n_dead_terms + n, struct term_count);
    uint32_t k = 0, i = 0, j = 0;
    while (i < l->n_dead_terms || j < n) {
        bool old = j == n || (i < l->n_dead_terms && l->dead_terms[i].term <= term[j]);
        all[k] = old ? l->dead_terms[i++] : (struct term_count){ term[j], 0 };
        if (j < n && term[j] == all[k].term) {
            all[k].count++;
            j++;
        }
        k++;
    }
    l->dead_terms = all;
    l->n_dead_terms = k;
}

void snapshot_erase(struct snapshot *s, int64_t id)
{
    for (uint32_t i = 0; i < s->n_layers; i++) {
        struct layer *l = &s->layer[i];
        uint32_t row = part_find(l->part, id);
        if (row == PART_NONE || !layer_has(l, row))
            continue;
        if (!l->dead)
            l->dead = NEW_ARRAY(&s->arena, dead_words(l), uint64_t);
        l->dead[row / 64] |= UINT64_C(1) << (row % 64);
        l->n_dead++;
        s->n_live--;
        count_dead_terms(s, l, row);
        return;
    }
}

void snapshot_merge(struct snapshot *s, uint32_t first)
{
    struct part *p = merge_layers(&s->layer[first], s->n_layers - first);
    for (uint32_t i = first; i < s->n_layers; i++)
        drop_layer(&s->layer[i]);
    s->n_layers = first;
    if (p->n) {
        p->users = 1;
        s->layer[s->n_layers++] = (struct layer){ .part = p };
    } else {
        part_free(p);
    }
}

static uint32_t live(const struct layer *l)
{
    return l->part->n - l->n_dead;
}

static bool is_hollow(const struct layer *l)
{
    return l->part->n <= TIDY_MAX && (uint64_t)l->n_dead * 2 > l->part->n;
}

void snapshot_tidy(struct snapshot *s)
{
    if (!s->n_layers)
        return;
    uint32_t first = s->n_layers - 1;
    uint64_t sum = live(&s->layer[first]);
    while (first > 0 && live(&s->layer[first - 1]) <= TIDY_MAX &&
           live(&s->layer[first - 1]) <= sum * TIDY_FACTOR)
        sum += live(&s->layer[--first]);
    for (uint32_t i = 0; i < first; i++)
        if (is_hollow(&s->layer[i]))
            first = i;
    if (s->n_layers == LAYERS_MAX)
        first = 0;
    if (first + 1 < s->n_layers || is_hollow(&s->layer[first]))
        snapshot_merge(s, first);
}

void snapshot_free(struct snapshot *s)
{
    for (uint32_t i = 0; i < s->n_layers; i++)
        drop_layer(&s->layer[i]);
    if (--s->words->users == 0)
        lexicon_free(s->words->lexicon); /* the holder lives in the lexicon's arena */
    struct arena arena = s->arena;
    arena_free(&arena);
}

static unsigned first_slot(void)
{
    static _Thread_local unsigned mine;
    static _Atomic unsigned threads;
    if (!mine)
        mine = 1 + atomic_fetch_add(&threads, 1) % READERS_MAX;
    return mine - 1;
}

/* Claims a free slot, beginning with the one that this thread had before. */
static unsigned claim(struct match *m, struct snapshot *s)
{
    for (unsigned i = first_slot();; i = (i + 1) % READERS_MAX) {
        struct snapshot *none = NULL;
        if (atomic_compare_exchange_strong(&m->reading[i], &none, s))
            return i;
        if (i == (first_slot() + READERS_MAX - 1) % READERS_MAX)
            sched_yield();
    }
}

/* In place of the arena's own hook, which does not come back. */
static void full_while_held(void *ctx)
{
    const struct hold *hold = ctx;
    snapshot_release(hold);
    hold->full(hold->full_ctx);
}

const struct snapshot *snapshot_hold(struct match *m, struct arena *a, struct hold *hold)
{
    struct snapshot *s = atomic_load(&m->current);
    *hold = (struct hold){ .m = m, .slot = claim(m, s) };
    if (a && a->full) {
        hold->arena = a;
        hold->full = a->full;
        hold->full_ctx = a->full_ctx;
        a->full = full_while_held;
        a->full_ctx = hold;
    }
    for (;;) {
        struct snapshot *now = atomic_load(&m->current);
        if (now == s)
            return s; /* announced before it could be swapped out and looked for */
        s = now;
        atomic_store(&m->reading[hold->slot], s);
    }
}

void snapshot_release(const struct hold *hold)
{
    if (hold->arena) {
        hold->arena->full = hold->full;
        hold->arena->full_ctx = hold->full_ctx;
    }
    atomic_store(&hold->m->reading[hold->slot], NULL);
}

static bool is_read(struct match *m, const struct snapshot *s)
{
    for (unsigned i = 0; i < READERS_MAX; i++)
        if (atomic_load(&m->reading[i]) == s)
            return true;
    return false;
}

void snapshot_swap(struct match *m, struct snapshot *s)
{
    struct snapshot *old = atomic_exchange(&m->current, s);
    if (old) {
        old->next_retired = m->retired;
        m->retired = old;
    }
    struct snapshot **at = &m->retired;
    while (*at) {
        struct snapshot *r = *at;
        if (is_read(m, r)) {
            at = &r->next_retired;
            continue;
        }
        *at = r->next_retired;
        snapshot_free(r);
    }
}

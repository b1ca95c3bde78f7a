/* SPDX-License-Identifier: EUPL-1.2 */
/* Snapshots: changing a copy, swapping it in, giving old ones back. */
#include "match/snapshot.h"

#include <sched.h>

#include "base/err.h"

/* A layer joins its predecessor when that is at most this many times larger. */
#define TIDY_FACTOR 4
/* Larger layers are left to match_compact, so that no change takes long. */
#define TIDY_MAX 50000

static uint32_t live(const struct layer *l)
{
    return l->n - l->n_dead;
}

static size_t dead_words(const struct layer *l)
{
    return ((size_t)l->n + 63) / 64;
}

static void copy_layer(struct snapshot *s, const struct layer *from, struct layer *to)
{
    *to = *from;
    s->kind->keep(to->rows);
    if (!from->dead)
        return;
    to->dead = NEW_ARRAY(&s->arena, dead_words(from), uint64_t);
    memcpy(to->dead, from->dead, dead_words(from) * sizeof *to->dead);
    if (!from->n_dead_terms)
        return;
    to->dead_terms = NEW_ARRAY(&s->arena, from->n_dead_terms, struct term_count);
    memcpy(to->dead_terms, from->dead_terms, from->n_dead_terms * sizeof *to->dead_terms);
}

struct snapshot *snapshot_new(const struct part_kind *kind, struct shared_lexicon *words)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct snapshot *s = NEW(&arena, struct snapshot);
    s->arena = arena;
    s->kind = kind;
    s->words = words;
    if (words)
        words->users++;
    return s;
}

static struct snapshot *copy_of(const struct snapshot *old)
{
    struct snapshot *s = snapshot_new(old->kind, old->words);
    s->n_layers = old->n_layers;
    s->n_live = old->n_live;
    for (uint32_t i = 0; i < old->n_layers; i++)
        copy_layer(s, &old->layer[i], &s->layer[i]);
    return s;
}

void snapshot_add(struct snapshot *s, void *rows, uint32_t n)
{
    must(s->n_layers < LAYERS_MAX);
    s->kind->keep(rows);
    s->layer[s->n_layers++] = (struct layer){ .rows = rows, .n = n };
    s->n_live += n;
}

void snapshot_erase(struct snapshot *s, int64_t id)
{
    for (uint32_t i = 0; i < s->n_layers; i++) {
        struct layer *l = &s->layer[i];
        uint32_t row = s->kind->find(l->rows, id);
        if (row == PART_NONE || !layer_has(l, row))
            continue;
        if (!l->dead)
            l->dead = NEW_ARRAY(&s->arena, dead_words(l), uint64_t);
        l->dead[row / 64] |= UINT64_C(1) << (row % 64);
        l->n_dead++;
        s->n_live--;
        if (s->kind->died)
            s->kind->died(s, l, row);
        return;
    }
}

void snapshot_merge(struct snapshot *s, uint32_t first)
{
    uint32_t n = 0;
    void *rows = s->kind->merge(&s->layer[first], s->n_layers - first, &n);
    for (uint32_t i = first; i < s->n_layers; i++) {
        s->n_live -= live(&s->layer[i]);
        s->kind->drop(s->layer[i].rows);
    }
    s->n_layers = first;
    if (rows)
        snapshot_add(s, rows, n);
}

static bool is_hollow(const struct layer *l)
{
    return l->n <= TIDY_MAX && (uint64_t)l->n_dead * 2 > l->n;
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

void snapshot_compact(struct snapshot *s)
{
    if (s->n_layers > 1 || (s->n_layers == 1 && s->layer[0].n_dead))
        snapshot_merge(s, 0);
}

void snapshot_free(struct snapshot *s)
{
    for (uint32_t i = 0; i < s->n_layers; i++)
        s->kind->drop(s->layer[i].rows);
    if (s->words && --s->words->users == 0)
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
static unsigned claim(struct shelf *shelf, struct snapshot *s)
{
    for (unsigned i = first_slot();; i = (i + 1) % READERS_MAX) {
        struct snapshot *none = NULL;
        if (atomic_compare_exchange_strong(&shelf->reading[i], &none, s))
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

const struct snapshot *snapshot_hold(struct shelf *shelf, struct arena *a, struct hold *hold)
{
    struct snapshot *s = atomic_load(&shelf->current);
    *hold = (struct hold){ .shelf = shelf, .slot = claim(shelf, s) };
    if (a && a->full) {
        hold->arena = a;
        hold->full = a->full;
        hold->full_ctx = a->full_ctx;
        a->full = full_while_held;
        a->full_ctx = hold;
    }
    for (;;) {
        struct snapshot *now = atomic_load(&shelf->current);
        if (now == s)
            return s; /* announced before it could be swapped out and looked for */
        s = now;
        atomic_store(&shelf->reading[hold->slot], s);
    }
}

void snapshot_release(const struct hold *hold)
{
    if (hold->arena) {
        hold->arena->full = hold->full;
        hold->arena->full_ctx = hold->full_ctx;
    }
    atomic_store(&hold->shelf->reading[hold->slot], NULL);
}

static bool is_read(struct shelf *shelf, const struct snapshot *s)
{
    for (unsigned i = 0; i < READERS_MAX; i++)
        if (atomic_load(&shelf->reading[i]) == s)
            return true;
    return false;
}

/* Makes s current, frees what nobody reads any more. */
static void swap(struct shelf *shelf, struct snapshot *s)
{
    if (s)
        s->number = ++shelf->shelved;
    struct snapshot *old = atomic_exchange(&shelf->current, s);
    if (old) {
        old->next_retired = shelf->retired;
        shelf->retired = old;
    }
    struct snapshot **at = &shelf->retired;
    while (*at) {
        struct snapshot *r = *at;
        if (is_read(shelf, r)) {
            at = &r->next_retired;
            continue;
        }
        *at = r->next_retired;
        snapshot_free(r);
    }
}

void shelf_init(struct shelf *shelf, struct snapshot *first)
{
    must(pthread_mutex_init(&shelf->writing, NULL) == 0);
    swap(shelf, first);
}

void shelf_free(struct shelf *shelf)
{
    swap(shelf, NULL);
    must(!shelf->retired);
    pthread_mutex_destroy(&shelf->writing);
}

struct snapshot *shelf_begin(struct shelf *shelf)
{
    must(pthread_mutex_lock(&shelf->writing) == 0);
    return copy_of(atomic_load(&shelf->current));
}

void shelf_end(struct shelf *shelf, struct snapshot *s)
{
    swap(shelf, s);
    must(pthread_mutex_unlock(&shelf->writing) == 0);
}

void shelf_replace(struct shelf *shelf, struct snapshot *s)
{
    must(pthread_mutex_lock(&shelf->writing) == 0);
    shelf_end(shelf, s);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Loading everything at once. The caller reads offers from somewhere, a second thread takes their
 * words: in batches, one of which is being filled while the other is being taken.
 */
#include <pthread.h>

#include "base/err.h"
#include "match/build.h"
#include "match/snapshot.h"

#define BATCH 64

struct batch {
    struct arena arena; /* of the texts */
    struct match_offer v[BATCH];
    size_t n;
};

struct match_load {
    struct match *match;
    struct build *build; /* of the thread, until it has ended */
    struct arena arena;
    struct batch batch[2];
    size_t filling; /* which of them */
    pthread_t thread;
    bool alone; /* there is no thread */
    pthread_mutex_t lock;
    pthread_cond_t turn;
    struct batch *given; /* to the thread, which makes it NULL when it has taken all */
    bool ends;
};

static void take(struct build *b, const struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        build_add(b, &batch->v[i]);
}

static void *run(void *ctx)
{
    struct match_load *l = ctx;
    pthread_mutex_lock(&l->lock);
    while (l->given || !l->ends) {
        if (!l->given) {
            pthread_cond_wait(&l->turn, &l->lock);
            continue;
        }
        pthread_mutex_unlock(&l->lock);
        take(l->build, l->given);
        pthread_mutex_lock(&l->lock);
        l->given = NULL;
        pthread_cond_signal(&l->turn);
    }
    pthread_mutex_unlock(&l->lock);
    arena_thread_end();
    return NULL;
}

/* Gives the filled batch to the thread, and has the other one empty. */
static void give(struct match_load *l, bool last)
{
    struct batch *full = &l->batch[l->filling];
    if (l->alone) {
        take(l->build, full);
    } else {
        pthread_mutex_lock(&l->lock);
        while (l->given)
            pthread_cond_wait(&l->turn, &l->lock);
        l->given = full;
        l->ends = last;
        pthread_cond_signal(&l->turn);
        pthread_mutex_unlock(&l->lock);
        l->filling ^= 1;
    }
    struct batch *next = &l->batch[l->filling];
    arena_free(&next->arena);
    next->n = 0;
}

struct match_load *match_load_new(struct match *m)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct match_load *l = NEW(&arena, struct match_load);
    l->arena = arena;
    l->match = m;
    l->build = build_new();
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->turn, NULL);
    l->alone = pthread_create(&l->thread, NULL, run, l) != 0;
    return l;
}

void match_load_add(struct match_load *l, const struct match_offer *offer)
{
    struct batch *b = &l->batch[l->filling];
    struct match_offer *kept = &b->v[b->n++];
    *kept = *offer;
    for (enum match_piece k = 0; k < MATCH_PIECES; k++)
        kept->text[k] = str_copy(&b->arena, offer->text[k]);
    if (b->n == BATCH)
        give(l, false);
}

static void end_thread(struct match_load *l)
{
    give(l, true);
    if (!l->alone)
        pthread_join(l->thread, NULL);
    pthread_cond_destroy(&l->turn);
    pthread_mutex_destroy(&l->lock);
    arena_free(&l->batch[0].arena);
    arena_free(&l->batch[1].arena);
}

void match_load_end(struct match_load *l)
{
    struct match *m = l->match;
    struct shared_lexicon *words = words_new(m);
    end_thread(l);
    build_teach(l->build, words->lexicon);
    struct part *p = build_end(l->build, words->lexicon);
    struct snapshot *s = snapshot_new(&offer_parts, words);
    snapshot_add(s, p, p->n);
    shelf_replace(&m->shelf, s);
    struct arena arena = l->arena;
    arena_free(&arena);
    arena_trim();
}

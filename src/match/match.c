/* SPDX-License-Identifier: EUPL-1.2 */
/* The index as a whole: changing, measuring. Loading is in load.c, searching in query.c and
 * profile.c. */
#include "match/match.h"

#include "base/err.h"
#include "match/build.h"
#include "match/snapshot.h"

struct shared_lexicon *words_new(const struct match *m)
{
    struct lexicon *l = lexicon_new(&m->tables);
    struct shared_lexicon *words = NEW(&l->arena, struct shared_lexicon);
    words->lexicon = l;
    return words;
}

struct match *match_new(const struct match_words *words)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct match *m = NEW(&arena, struct match);
    m->arena = arena;
    m->tables = (struct match_words){ .synonyms = str_copy(&m->arena, words->synonyms),
                                      .parts = str_copy(&m->arena, words->parts),
                                      .stop = str_copy(&m->arena, words->stop) };
    must(pthread_mutex_init(&m->writing, NULL) == 0);
    snapshot_swap(m, snapshot_new(NULL, words_new(m)));
    return m;
}

void match_free(struct match *m)
{
    struct snapshot *last = atomic_load(&m->current);
    snapshot_swap(m, NULL);
    must(!m->retired && last);
    pthread_mutex_destroy(&m->writing);
    struct arena arena = m->arena;
    arena_free(&arena);
}

/* A copy of the current state to change; change_end makes it the current one. */
static struct snapshot *change_begin(struct match *m)
{
    must(pthread_mutex_lock(&m->writing) == 0);
    const struct snapshot *now = atomic_load(&m->current);
    return snapshot_new(now, now->words);
}

static void change_end(struct match *m, struct snapshot *s)
{
    snapshot_swap(m, s);
    must(pthread_mutex_unlock(&m->writing) == 0);
}

void match_put(struct match *m, const struct match_offer *offers, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = change_begin(m);
    struct build *b = build_new();
    for (size_t i = 0; i < n; i++) {
        snapshot_erase(s, offers[i].id);
        build_add(b, &offers[i]);
    }
    snapshot_add(s, build_end(b, s->words->lexicon));
    snapshot_tidy(s);
    change_end(m, s);
}

void match_erase(struct match *m, const int64_t *ids, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = change_begin(m);
    for (size_t i = 0; i < n; i++)
        snapshot_erase(s, ids[i]);
    snapshot_tidy(s);
    change_end(m, s);
}

void match_compact(struct match *m)
{
    struct snapshot *s = change_begin(m);
    if (s->n_layers > 1 || (s->n_layers == 1 && s->layer[0].n_dead))
        snapshot_merge(s, 0);
    change_end(m, s);
}

struct match_stats match_stats(struct match *m)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(m, NULL, &hold);
    struct match_stats r = { .offers = s->n_live, .parts = s->n_layers };
    r.bytes = s->arena.used + s->words->lexicon->arena.used;
    for (uint32_t i = 0; i < s->n_layers; i++) {
        const struct part *p = s->layer[i].part;
        r.dead += s->layer[i].n_dead;
        r.terms += p->terms.n;
        r.postings += p->doc_at[p->n];
        r.bytes += p->arena.used;
    }
    snapshot_release(&hold);
    return r;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* The index as a whole: changing, measuring. Loading is in load.c, searching in query.c and
 * profile.c. */
#include "match/match.h"

#include "base/cache.h"
#include "base/err.h"
#include "match/build.h"
#include "match/snapshot.h"
#include "match/variant.h"

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
    m->variant = variant_at(0);
    m->tables = (struct match_words){ .synonyms = str_copy(&m->arena, words->synonyms),
                                      .parts = str_copy(&m->arena, words->parts),
                                      .stop = str_copy(&m->arena, words->stop) };
    shelf_init(&m->shelf, snapshot_new(&offer_parts, words_new(m)));
    return m;
}

void match_remember(struct match *m, size_t bytes)
{
    must(!m->texts);
    m->texts = cache_new(bytes);
}

void match_free(struct match *m)
{
    if (m->texts)
        cache_free(m->texts);
    shelf_free(&m->shelf);
    struct arena arena = m->arena;
    arena_free(&arena);
}

void match_put(struct match *m, const struct match_offer *offers, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = shelf_begin(&m->shelf);
    struct build *b = build_new();
    for (size_t i = 0; i < n; i++) {
        snapshot_erase(s, offers[i].id);
        build_add(b, &offers[i]);
    }
    struct part *p = build_end(b, s->words->lexicon);
    snapshot_add(s, p, p->n);
    snapshot_tidy(s);
    shelf_end(&m->shelf, s);
}

void match_erase(struct match *m, const int64_t *ids, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = shelf_begin(&m->shelf);
    for (size_t i = 0; i < n; i++)
        snapshot_erase(s, ids[i]);
    snapshot_tidy(s);
    shelf_end(&m->shelf, s);
}

void match_compact(struct match *m)
{
    struct snapshot *s = shelf_begin(&m->shelf);
    snapshot_compact(s);
    shelf_end(&m->shelf, s);
}

struct match_stats match_stats(struct match *m)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(&m->shelf, NULL, &hold);
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

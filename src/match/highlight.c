/* SPDX-License-Identifier: EUPL-1.2 */
/* Marking: which words of a text answer a query. */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/expand.h"
#include "match/text.h"

static void put_way(struct map *terms, const struct way *w)
{
    for (size_t k = 0; k < w->n; k++)
        for (size_t t = 0; t < w->slot[k].n; t++)
            *map_put(terms, w->slot[k].v[t].name) = 1;
}

static struct map terms_of(struct arena *a, const struct text_query *q)
{
    struct map terms = map_new(a);
    for (size_t i = 0; i < q->n; i++)
        for (size_t w = 0; w < q->word[i].n; w++)
            put_way(&terms, &q->word[i].v[w]);
    return terms;
}

/* A word may fold to several (a soft hyphen does not, an odd sign may); one of them is enough. */
static bool answers(struct arena *a, const struct lexicon *l, const struct map *terms, str word)
{
    str folded = utf8_fold(a, word);
    for (str part; text_next(&folded, &part);) {
        struct analysis r;
        analyse(l, part, &r);
        for (size_t i = 0; i < r.n; i++)
            if (map_find(terms, r.term[i]))
                return true;
    }
    return false;
}

struct match_spans match_highlight(struct match *m, struct arena *a, str query, str text)
{
    struct {
        struct match_span *v;
        size_t n, cap;
    } spans = { 0 };
    unsigned slot;
    const struct snapshot *s = snapshot_hold(m, &slot);
    struct text_query q = expand(a, s, query, false);
    struct map terms = terms_of(a, &q);
    size_t at = 0, from = 0, to = 0;
    while (text_next_span(text, &at, &from, &to))
        if (answers(a, s->words->lexicon, &terms, str_slice(text, from, to)))
            *vec_add(a, &spans) = (struct match_span){ from, to };
    snapshot_release(m, slot);
    return (struct match_spans){ spans.v, spans.n };
}

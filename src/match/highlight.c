/* SPDX-License-Identifier: EUPL-1.2 */
/* Marking: which words of a text answer a query. */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/expand.h"
#include "match/text.h"

/* Stemming and inflection leave the first letters of a word alone. */
#define BEGINNING 3

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

/*
 * Words that can answer have a part that begins like one of the terms. One pass over a word
 * tells whether it may: cheap, and never wrong about a word that does answer, while
 * analysing each word is dear. A bit for each hashed beginning.
 */
struct beginnings {
    uint64_t bits[64];
    bool all; /* a term is too short to tell */
};

static unsigned beginning(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (u[0] * 961u + u[1] * 31u + u[2]) % 4096;
}

static struct beginnings beginnings_of(const struct map *terms)
{
    struct beginnings b = { 0 };
    for (size_t i = 0; i < terms->cap; i++) {
        str term = terms->slots[i].key;
        if (terms->slots[i].used && term.n < BEGINNING)
            b.all = true;
        else if (terms->slots[i].used)
            b.bits[beginning(term.p) / 64] |= (uint64_t)1 << beginning(term.p) % 64;
    }
    return b;
}

static bool may_answer(const struct beginnings *b, str folded)
{
    for (size_t i = 0; i + BEGINNING <= folded.n; i++) {
        unsigned bit = beginning(folded.p + i);
        if (b->bits[bit / 64] >> bit % 64 & 1)
            return true;
    }
    return b->all;
}

struct marking {
    struct arena *arena;
    const struct lexicon *lexicon;
    struct map terms;
    struct map known; /* words already judged: 1 no, 2 yes */
    struct beginnings beginnings;
};

static bool judge(const struct marking *m, str part)
{
    struct analysis r;
    analyse(m->lexicon, part, &r);
    for (size_t i = 0; i < r.n; i++)
        if (map_find(&m->terms, r.term[i]))
            return true;
    return false;
}

/* A word may fold to several (a soft hyphen does not, an odd sign may); one of them is enough. */
static bool answers(struct marking *m, str word)
{
    str folded = utf8_fold(m->arena, word);
    for (str part; text_next(&folded, &part);) {
        if (!may_answer(&m->beginnings, part))
            continue;
        uint64_t *known = map_put(&m->known, part);
        if (!*known)
            *known = judge(m, part) ? 2 : 1;
        if (*known == 2)
            return true;
    }
    return false;
}

static struct match_spans spans_of(struct marking *m, str text)
{
    struct {
        struct match_span *v;
        size_t n, cap;
    } spans = { 0 };
    size_t at = 0, from = 0, to = 0;
    while (text_next_span(text, &at, &from, &to))
        if (answers(m, str_slice(text, from, to)))
            *vec_add(m->arena, &spans) = (struct match_span){ from, to };
    return (struct match_spans){ spans.v, spans.n };
}

const struct match_spans *match_highlight(struct match *m, struct arena *a, str query,
                                          const str *texts, size_t n)
{
    struct hold hold;
    struct match_spans *spans = NEW_ARRAY(a, n, struct match_spans);
    const struct snapshot *s = snapshot_hold(m, a, &hold);
    struct text_query q = expand(a, s, query, false);
    struct marking marking = { .arena = a, .lexicon = s->words->lexicon };
    marking.terms = terms_of(a, &q);
    marking.known = map_new(a);
    marking.beginnings = beginnings_of(&marking.terms);
    for (size_t i = 0; i < n; i++)
        spans[i] = spans_of(&marking, texts[i]);
    snapshot_release(&hold);
    return spans;
}

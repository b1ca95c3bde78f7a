/* SPDX-License-Identifier: EUPL-1.2 */
/* Words for the peers, as the index sees them. */
#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "bench/peer.h"
#include "match/compound.h"
#include "match/expand.h"
#include "match/text.h"

#define TERMS_MOST ((size_t)256 << 10)

static void put_terms(struct out *o, struct arena *a, const struct lexicon *l, str text)
{
    str folded = utf8_fold(a, text);
    for (str word; text_next(&folded, &word);) {
        char buf[STEM_MAX];
        struct analysis parts;
        analyse(l, word, stem(word, buf), &parts);
        for (size_t i = 0; i < parts.n; i++) {
            out_str(o, parts.term[i]);
            out_char(o, ' ');
        }
    }
}

str peer_terms(struct match *m, struct arena *a, const struct match_offer *o)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(&m->shelf, a, &hold);
    struct out out = out_new(a, TERMS_MOST);
    out_reserve(&out, 4096);
    for (int k = 0; k < MATCH_PIECES; k++)
        put_terms(&out, a, s->words->lexicon, o->text[k]);
    snapshot_release(&hold);
    must(!out.full);
    return out_text(&out);
}

/* ---- what to look for, as AND and OR ---- */

struct writing {
    struct out out;
    const char *both, *either; /* how the dialect writes AND and OR */
    char quote;
};

/* Begins an element of a list: nothing before the first. */
static void put_between(struct writing *w, size_t i, const char *word)
{
    if (i)
        out_fmt(&w->out, " %s ", word);
}

static void put_slot(struct writing *w, const struct slot *slot)
{
    out_char(&w->out, '(');
    for (size_t i = 0; i < slot->n; i++) {
        put_between(w, i, w->either);
        out_fmt(&w->out, "%c%.*s%c", w->quote, STR_FMT(slot->v[i].name), w->quote);
    }
    out_char(&w->out, ')');
}

static void put_word(struct writing *w, const struct query_word *word)
{
    out_char(&w->out, '(');
    for (size_t i = 0; i < word->n; i++) {
        put_between(w, i, w->either);
        out_char(&w->out, '(');
        for (size_t k = 0; k < word->v[i].n; k++) {
            put_between(w, k, w->both);
            put_slot(w, &word->v[i].slot[k]);
        }
        out_char(&w->out, ')');
    }
    out_char(&w->out, ')');
}

static bool is_plain(const struct query_word *word)
{
    return word->n == 1 && word->v[0].n == 1 && word->v[0].slot[0].n == 1 && !word->soft;
}

static str put_query(struct writing *w, const struct text_query *q, bool *plain)
{
    size_t n = 0;
    *plain = q->n > 0;
    for (size_t i = 0; i < q->n; i++) {
        *plain = *plain && is_plain(&q->word[i]);
        if (q->word[i].soft)
            continue;
        if (!q->word[i].n)
            return S("");
        put_between(w, n++, w->both);
        put_word(w, &q->word[i]);
    }
    must(!w->out.full);
    return out_text(&w->out);
}

str peer_expression(struct match *m, struct arena *a, str text, enum peer_dialect dialect,
                    bool *plain)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(&m->shelf, a, &hold);
    struct text_query q = expand(a, s, &(struct match_query){ .text = text });
    struct writing w = {
        .out = out_new(a, TERMS_MOST), .both = "AND", .either = "OR", .quote = '"'
    };
    if (dialect == PEER_TSQUERY)
        w = (struct writing){ .out = w.out, .both = "&", .either = "|", .quote = '\'' };
    str expression = put_query(&w, &q, plain);
    snapshot_release(&hold);
    return expression;
}

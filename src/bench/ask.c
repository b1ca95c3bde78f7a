/* SPDX-License-Identifier: EUPL-1.2 */
/* Making questions, comparing answers. */
#include "bench/ask.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "match/text.h"
#include "web/vocab.h"

#define MAKE_QUESTION 9
#define TRIES         60
#define RADIUS        10000
#define RIM           2 /* metres */
#define LETTERS_LEAST 4
#define WORKDAYS      31

/* ---- words ---- */

/* A word at random of a text; empty when there is none. */
static str word_of(struct arena *a, str text, struct dice *d)
{
    str folded = utf8_fold(a, text), chosen = S("");
    uint32_t n = 0;
    for (str word; text_next(&folded, &word);)
        if (dice_below(d, ++n) == 0)
            chosen = word;
    return chosen;
}

static str offer_words(const struct asking *x, struct arena *a, struct dice *d, uint32_t words)
{
    struct made_offer o;
    int64_t number = 1 + (int64_t)(dice_next(d) % (uint64_t)x->offers);
    maker_offer(x->maker, a, number, &o);
    str text = S("");
    for (uint32_t i = 0; i < words; i++) {
        str from = dice_below(d, 3) ? o.m.text[MATCH_BODY] : o.m.text[MATCH_TITLE];
        str word = word_of(a, from, d);
        if (utf8_count(word) < LETTERS_LEAST)
            return S("");
        text = i ? str_fmt(a, "%.*s %.*s", STR_FMT(text), STR_FMT(word)) : word;
    }
    return text;
}

/* Two words of one offer are not answered by fewer words: that offer has both. */
str ask_words(const struct asking *x, struct arena *a, struct dice *d, uint32_t words)
{
    for (int i = 0; i < TRIES; i++) {
        str text = offer_words(x, a, d, words);
        bool plain = false;
        if (text.n && peer_expression(x->match, a, text, PEER_FTS5, &plain).n &&
            (plain || !x->plain_words))
            return text;
    }
    return S("");
}

/* ---- places ---- */

static uint32_t count_near(const struct asking *x, struct arena *a, struct match_point near,
                           uint32_t radius)
{
    struct match_query q = { .near = near, .radius_m = radius };
    return match_search(x->match, a, &q)->total;
}

/* The radius, or a few metres less, so that nothing lies on the rim. */
static uint32_t clear_radius(const struct asking *x, struct arena *a, struct match_point near)
{
    uint32_t radius = RADIUS;
    while (radius > 2 * RIM &&
           count_near(x, a, near, radius - RIM) != count_near(x, a, near, radius + RIM))
        radius -= RIM + 1;
    return radius;
}

static uint32_t some_fields(const struct asking *x, struct arena *a, struct dice *d)
{
    struct made_offer o;
    int64_t number = 1 + (int64_t)(dice_next(d) % (uint64_t)x->offers);
    maker_offer(x->maker, a, number, &o);
    return o.m.dim[MATCH_FIELD] | 1u << dice_below(d, FIELD_COUNT);
}

bool ask_make(const struct asking *x, struct arena *a, enum peer_question kind, int64_t number,
              struct match_query *q)
{
    struct dice d = dice_new(MAKE_QUESTION, (uint32_t)kind, (uint64_t)number);
    bool near = kind == PEER_TEXT_NEAR || kind == PEER_NEAR;
    bool ranked = kind == PEER_RANKED;
    *q = (struct match_query){ .open_on = ranked ? 0 : MAKER_TODAY,
                               .today = MAKER_TODAY,
                               .sort = ranked ? MATCH_FIT : MATCH_NEW,
                               .limit = PEER_PAGE };
    if (kind != PEER_WORDS && !ranked)
        q->want = MATCH_WANT_FACETS;
    if (kind != PEER_NEAR)
        q->text = ask_words(x, a, &d, kind == PEER_TEXT_NEAR ? 1 : 1 + (number & 1));
    if (near) {
        struct person p;
        maker_person(x->maker, 1 + dice_below(&d, 1u << 30), &p, NULL);
        q->near = p.profile.near;
        q->radius_m = clear_radius(x, a, q->near);
        q->dim[MATCH_FIELD].any = some_fields(x, a, &d);
        q->days = WORKDAYS;
    }
    if (kind == PEER_NEAR)
        return true;
    /* What no open offer has all words of is answered by fewer words, which the peers cannot do. */
    const struct match_result *r = q->text.n ? match_search(x->match, a, q) : NULL;
    return r && r->words_required == r->words;
}

/* ---- answers ---- */

static str differs(struct arena *a, const char *what, uint64_t got, uint64_t want)
{
    return str_fmt(a, "%s: the peer has %llu, the index %llu", what, (unsigned long long)got,
                   (unsigned long long)want);
}

str ask_difference(struct arena *a, enum peer_question kind, const struct match_result *ours,
                   const struct peer_answer *theirs)
{
    if (theirs->total != ours->total)
        return differs(a, "total", theirs->total, ours->total);
    if (theirs->n != ours->n)
        return differs(a, "ids", theirs->n, ours->n);
    for (size_t i = 0; kind != PEER_RANKED && i < ours->n; i++)
        if (theirs->ids[i] != ours->hits[i].id)
            return differs(a, "id", (uint64_t)theirs->ids[i], (uint64_t)ours->hits[i].id);
    uint32_t facets[PEER_FACETS];
    if (ours->facets)
        peer_facets_of(ours->facets, facets);
    for (size_t i = 0; ours->facets && i < PEER_FACETS; i++)
        if (!theirs->has_facets || theirs->facets[i] != facets[i])
            return differs(a, str_to_c(a, str_fmt(a, "facet %zu", i)), theirs->facets[i],
                           facets[i]);
    return S("");
}

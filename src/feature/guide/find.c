/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finding articles. There are tens of them, not thousands, so each search looks at all: the
 * stems of a question are looked for in the stems of title and text, also inside of compounds
 * ("haftpflicht" in "vereinshaftpflicht"). How much a word counts comes from how few articles
 * have it, so that no list of empty words is needed.
 */
#include "feature/guide/find.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "match/stem.h"
#include "match/text.h"

#define WORDS_MAX    24 /* of a question; what comes behind is not looked at */
#define PART_MIN     5  /* letters that a word must have to be looked for inside of others */
#define TITLE_WEIGHT 4

struct needle {
    str stem;
    uint32_t cards; /* how many have it */
};

struct needles {
    struct needle v[WORDS_MAX];
    size_t n;
};

static bool has_word(str stems, str word)
{
    size_t at = 0;
    for (ptrdiff_t i; (i = str_find(str_slice(stems, at, stems.n), word)) >= 0;) {
        size_t from = at + (size_t)i;
        size_t to = from + word.n;
        if (stems.p[from - 1] == ' ' && to < stems.n && stems.p[to] == ' ')
            return true;
        at = to;
    }
    return false;
}

static bool has(str stems, str word)
{
    if (stems.n < 2)
        return false;
    str inner = str_slice(stems, 1, stems.n);
    return word.n >= PART_MIN ? str_find(inner, word) >= 0 : has_word(stems, word);
}

str guide_stems(struct arena *a, str text)
{
    str folded = utf8_fold(a, text);
    struct out o = out_new(a, folded.n * 2 + 16);
    char buf[STEM_MAX];
    out_char(&o, ' ');
    for (str word; text_next(&folded, &word);) {
        str s = stem(word, buf);
        if (s.n < 2 || (o.n > 1 && has_word(out_text(&o), s)))
            continue;
        out_str(&o, s);
        out_char(&o, ' ');
    }
    return out_text(&o);
}

static void read_needles(struct arena *a, str words, struct needles *needles)
{
    str stems = guide_stems(a, words);
    for (str s; needles->n < WORDS_MAX && str_next(&stems, ' ', &s);)
        if (s.n)
            needles->v[needles->n++].stem = s;
}

static void count_needles(struct guide_card_rows cards, struct needles *needles)
{
    for (size_t n = 0; n < needles->n; n++)
        for (size_t i = 0; i < cards.n; i++)
            if (has(cards.v[i].words, needles->v[n].stem) ||
                has(cards.v[i].title_words, needles->v[n].stem))
                needles->v[n].cards++;
}

struct scored {
    const struct guide_card *card;
    size_t place; /* in the list, for ties */
    uint32_t score;
};

/* Zero when no word speaks for the card that does not speak for most others as well. */
static uint32_t score_of(const struct guide_card *card, size_t all, const struct needles *needles)
{
    uint32_t score = 0;
    size_t found = 0;
    bool tells = false;
    for (size_t n = 0; n < needles->n; n++) {
        const struct needle *needle = &needles->v[n];
        bool in_title = has(card->title_words, needle->stem);
        if (!in_title && !has(card->words, needle->stem))
            continue;
        uint32_t weight = (uint32_t)((all - needle->cards) * 100 / all) + 1;
        score += in_title ? weight * TITLE_WEIGHT : weight;
        tells = tells || in_title || needle->cards * 2 <= all;
        found++;
    }
    return tells || found == needles->n ? score : 0;
}

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a;
    const struct scored *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* With `close` only those that fit at least half as well as the best. */
static struct guide_hits rank(struct arena *a, struct guide_card_rows cards, str topic, str words,
                              bool close)
{
    struct needles needles = { .n = 0 };
    struct scored *scored = NEW_ARRAY(a, cards.n + 1, struct scored);
    struct guide_hits hits = { NEW_ARRAY(a, cards.n + 1, const struct guide_card *), 0 };
    size_t n = 0;
    read_needles(a, words, &needles);
    count_needles(cards, &needles);
    for (size_t i = 0; i < cards.n; i++) {
        uint32_t score = needles.n ? score_of(&cards.v[i], cards.n, &needles) : 1;
        if (score && (!topic.n || str_eq(cards.v[i].topic, topic)))
            scored[n++] = (struct scored){ &cards.v[i], i, score };
    }
    if (n)
        qsort(scored, n, sizeof *scored, by_score);
    for (size_t i = 0; i < n; i++)
        if (!close || scored[i].score * 2 >= scored[0].score)
            hits.v[hits.n++] = scored[i].card;
    return hits;
}

struct guide_hits guide_rank(struct arena *a, struct guide_card_rows cards, str topic, str words)
{
    return rank(a, cards, topic, words, false);
}

static void add(struct guide_hits *to, struct guide_hits from, size_t max)
{
    for (size_t i = 0; i < from.n && to->n < max; i++) {
        bool there = false;
        for (size_t k = 0; k < to->n; k++)
            there = there || to->v[k] == from.v[i];
        if (!there)
            to->v[to->n++] = from.v[i];
    }
}

struct guide_hits guide_fitting(struct rq *rq, str topic, str question, size_t max)
{
    struct guide_card_rows cards = guide_cards(rq->db, lang_info(rq->lang)->code, rq->city->id);
    struct guide_hits hits = { NEW_ARRAY(rq->arena, cards.n + 1, const struct guide_card *), 0 };
    if (question.n) {
        add(&hits, rank(rq->arena, cards, topic, question, true), max);
        add(&hits, rank(rq->arena, cards, S(""), question, true), max);
    }
    if (topic.n || !question.n)
        add(&hits, guide_rank(rq->arena, cards, topic, S("")), max);
    return hits;
}

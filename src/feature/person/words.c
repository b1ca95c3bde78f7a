/* SPDX-License-Identifier: EUPL-1.2 */
/* From typed words to vocabularies. The better a label is met, the fewer others count. */
#include "feature/person/words.h"

#include "base/utf8.h"
#include "feature/exchange/exchange.h"
#include "person.text.h"
#include "web/vocab_label.h"

#define LETTERS_LEAST 3

/* ---- likings ---- */

enum met { NOT, INSIDE, A_WORD, BEGINS, ALL };

/* How a folded word meets a folded label. */
static enum met meets(str label, str word)
{
    ptrdiff_t at = str_find(label, word);
    if (at < 0)
        return NOT;
    if (at == 0)
        return label.n == word.n ? ALL : BEGINS;
    return label.p[at - 1] == ' ' ? A_WORD : INSIDE;
}

static uint64_t best_of(const struct rq *rq, const struct vocab *v, str word, enum met *best)
{
    struct rq german = *rq;
    uint64_t bits = 0;
    german.lang = LANG_DE;
    *best = INSIDE; /* the middle of a word is not enough, unless nothing else has it */
    for (int i = 0; i < (int)v->n; i++) {
        enum met here = meets(utf8_fold(rq->arena, vocab_label(rq, v, i)), word);
        enum met there = meets(utf8_fold(rq->arena, vocab_label(&german, v, i)), word);
        enum met met = here > there ? here : there;
        if (met > *best)
            bits = 0;
        if (met >= *best && met != NOT)
            bits |= vocab_bit(i);
        *best = met > *best ? met : *best;
    }
    return bits;
}

static bool read_liking(const struct rq *rq, str word, struct likings *l)
{
    const struct vocab *const vocabs[] = { &vocab_field, &vocab_kind, &vocab_target };
    int64_t *const to[] = { &l->fields, &l->kinds, &l->targets };
    uint64_t bits[3];
    enum met met[3];
    enum met most = NOT;
    for (int i = 0; i < 3; i++) {
        bits[i] = best_of(rq, vocabs[i], word, &met[i]);
        most = bits[i] && met[i] > most ? met[i] : most;
    }
    for (int i = 0; i < 3; i++)
        if (met[i] > INSIDE || most == INSIDE)
            *to[i] |= (int64_t)bits[i];
    /* "Garten", "Hausaufgaben": words of offers, which no label has. */
    return most != NOT ||
           exchange_guess(rq->arena, word, (int64_t *const[]){ to[0], to[1], to[2] });
}

bool likings_read(const struct rq *rq, str typed, struct likings *likings, str *unknown)
{
    str part;
    *likings = (struct likings){ 0 };
    while (str_next(&typed, ',', &part)) {
        str word = str_trim(utf8_fold(rq->arena, part));
        if (!word.n)
            continue;
        if (word.n < LETTERS_LEAST || !read_liking(rq, word, likings)) {
            *unknown = str_trim(part);
            return false;
        }
    }
    return true;
}

/* ---- when ---- */

/* "nachm", "nachmittags" for "Nachmittag": one begins with the other. */
static bool names(str label, str word, size_t least)
{
    return word.n >= least && (str_starts(label, word) || str_starts(word, label));
}

static int number_of(const struct rq *rq, const struct vocab *v, str word, size_t least)
{
    struct rq german = *rq;
    german.lang = LANG_DE;
    for (int i = 0; i < (int)v->n; i++)
        if (names(utf8_fold(rq->arena, vocab_label(rq, v, i)), word, least) ||
            names(utf8_fold(rq->arena, vocab_label(&german, v, i)), word, least))
            return i;
    return -1;
}

static bool is_word(const struct rq *rq, enum msg msg, str word)
{
    struct rq german = *rq;
    german.lang = LANG_DE;
    return names(utf8_fold(rq->arena, text_of(rq, msg)), word, 4) ||
           names(utf8_fold(rq->arena, text_of(&german, msg)), word, 4);
}

/* From the first day to the last, also across Sunday. */
static unsigned days_between(int first, int last)
{
    unsigned days = 1u << last;
    for (int d = first; d != last; d = (d + 1) % DAY_COUNT)
        days |= 1u << d;
    return days;
}

/* "mo", "mo-fr", "wochenende"; 0: no days. */
static unsigned days_of(const struct rq *rq, str word)
{
    str rest = word;
    str from;
    str_next(&rest, '-', &from);
    int first = number_of(rq, &vocab_day, utf8_fold(rq->arena, from), 2);
    int last = rest.n ? number_of(rq, &vocab_day, utf8_fold(rq->arena, rest), 2) : first;
    if (first >= 0 && last >= 0)
        return days_between(first, last);
    if (is_word(rq, MSG_person_when_weekend, utf8_fold(rq->arena, word)))
        return days_between(DAY_sa, DAY_su);
    if (is_word(rq, MSG_person_when_weekdays, utf8_fold(rq->arena, word)))
        return days_between(DAY_mo, DAY_fr);
    return 0;
}

static bool read_when(const struct rq *rq, str part, int64_t *grid)
{
    unsigned days = 0;
    unsigned parts = 0;
    str word;
    while (str_next(&part, ' ', &word)) {
        int daypart = number_of(rq, &vocab_daypart, utf8_fold(rq->arena, word), 4);
        unsigned more = word.n && daypart < 0 ? days_of(rq, word) : 0;
        if (word.n && daypart < 0 && !more)
            return false;
        parts |= daypart >= 0 ? 1u << daypart : 0;
        days |= more;
    }
    days = days ? days : (1u << DAY_COUNT) - 1;
    parts = parts ? parts : (1u << DAYPART_COUNT) - 1;
    for (int d = 0; d < DAY_COUNT; d++)
        if (days >> d & 1)
            *grid |= (int64_t)parts << (d * DAYPART_COUNT);
    return true;
}

bool when_read(const struct rq *rq, str typed, int64_t *grid, str *unknown)
{
    str part;
    *grid = 0;
    while (str_next(&typed, ',', &part)) {
        part = str_trim(part);
        if (part.n && !read_when(rq, part, grid)) {
            *unknown = part;
            return false;
        }
    }
    return true;
}

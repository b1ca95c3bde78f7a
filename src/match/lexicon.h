/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known about words: parts of compounds, synonyms, words that carry no meaning here.
 *
 * Made from three tables (data/lexicon/, format in its README) and, when an index is loaded,
 * from the words of the offers themselves. Afterwards it is constant: the words of an offer and
 * of a query are taken apart the same way until the next load.
 */
#ifndef MATCH_LEXICON_H
#define MATCH_LEXICON_H

#include "base/arena.h"
#include "base/map.h"
#include "match/match.h"

struct synonym {
    str phrase;      /* stems, parted by blanks */
    uint32_t weight; /* of LEXICON_ONE */
};

#define LEXICON_ONE    256u
#define LEXICON_STRONG 235u /* from here on it is the same thing */
#define LEXICON_ALIKE  165u

struct synonyms {
    str of;
    struct synonym *v;
    size_t n, cap;
};

/* Words that differ in their first letters are told apart by one look at a small table. */
#define LEXICON_BEGINNING  3
#define LEXICON_BEGINNINGS 4096

static inline unsigned lexicon_beginning(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (u[0] * 961u + u[1] * 31u + u[2]) % LEXICON_BEGINNINGS;
}

/* Lengths of parts, one bit each; the last bit is for all that are longer. */
static inline uint32_t lexicon_length(size_t n)
{
    return 1u << (n < 31 ? n : 31);
}

struct lexicon {
    struct arena arena;
    uint64_t id;      /* no two lexicons of a process have the same; what is learned changes it */
    struct map parts; /* folded word or stem -> number of its stem */
    uint32_t lengths[LEXICON_BEGINNINGS]; /* of the parts with this hashed beginning */
    struct map whole;                     /* folded words that are never taken apart */
    struct map stop;                      /* folded word -> enum word_class */
    struct map empty;                     /* stems that say little as the end of a compound */
    struct map synonyms;                  /* phrase -> number of its list */
    struct map begins;                    /* first stems of phrases of several words */
    struct {
        str *v;
        size_t n, cap;
    } stems;
    struct {
        struct synonyms *v;
        size_t n, cap;
    } lists;
};

enum word_class {
    WORD_PLAIN,
    WORD_STOP, /* neither indexed nor looked for */
    WORD_SOFT, /* counts when it is there, but nobody has to have it */
    WORD_MUTE, /* not indexed by itself, because it mostly is another word: "sucht" of suchen */
};

struct lexicon *lexicon_new(const struct match_words *words);
void lexicon_free(struct lexicon *l);
enum word_class lexicon_class(const struct lexicon *l, str folded);
/* Whether a word of an offer counts by itself. */
static inline bool lexicon_speaks(const struct lexicon *l, str folded)
{
    enum word_class class = lexicon_class(l, folded);
    return class != WORD_STOP && class != WORD_MUTE;
}
/* A word that may be part of a compound. Only before the lexicon is in use. */
void lexicon_learn(struct lexicon *l, str folded, str stem);
/* Whether a compound that ends with this stem is as well answered by what stands before it. */
bool lexicon_is_empty(const struct lexicon *l, str stem);
/* Whether a phrase of several words begins with this stem. */
bool lexicon_begins(const struct lexicon *l, str stem);
/* What else a phrase may be called; NULL when nothing is known. */
const struct synonyms *lexicon_synonyms(const struct lexicon *l, str phrase);
/*
 * The stems of a text, parted by blanks: of the words that are not stop words, if these are two or
 * more ("auf Kinder aufpassen": kind aufpass), else of all ("auf der Straße").
 */
str lexicon_phrase(struct arena *a, const struct lexicon *l, str text);

#endif

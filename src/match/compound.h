/* SPDX-License-Identifier: EUPL-1.2 */
/* German compounds: Kinderbetreuung is kind + betreu. */
#ifndef MATCH_COMPOUND_H
#define MATCH_COMPOUND_H

#include "match/lexicon.h"
#include "match/stem.h"

#define COMPOUND_MAX 4

struct compound {
    str part[COMPOUND_MAX]; /* stems, in order; they live as long as the lexicon */
    size_t n;               /* 0: not a compound, as far as is known */
};

struct compound compound_split(const struct lexicon *l, str folded);

#define PAIR_MAX (2 * STEM_MAX + 1)

/*
 * The name of two stems that belong together, in whatever order: "betreu+kind" for
 * Kinderbetreuung and Kinderbetreuerin, and for "Betreuung von Kindern" in a query.
 */
str compound_pair(str a, str b, char buf[PAIR_MAX]);
static inline bool compound_is_pair(str term)
{
    return str_find_byte(term, '+') >= 0;
}

/*
 * What a word of an offer stands for: its stem, the stems of its parts, of the parts of its
 * parts (Sprachkurs-leiter, Sprach-kurs), and the pairs of neighbouring parts, each with a share
 * of the word's weight.
 */
#define ANALYSIS_MAX  (1 + COMPOUND_MAX + COMPOUND_MAX * COMPOUND_MAX + COMPOUND_MAX - 1)
#define SHARE_WORD    8u /* eighths */
#define SHARE_PART    4u /* all parts but the last, which says what the thing is */
#define SHARE_HEAD    5u
#define SHARE_SUBPART 2u
#define SHARE_PAIR    8u

struct analysis {
    str term[ANALYSIS_MAX];
    uint8_t share[ANALYSIS_MAX];
    size_t n; /* 0 for words without meaning */
    char buf[STEM_MAX];
    char pair[COMPOUND_MAX - 1][PAIR_MAX];
};

/* `r` holds the pairs, therefore it must outlive the terms. */
void analyse(const struct lexicon *l, str folded, str stem, struct analysis *r);
/* The same without the word's own stem: only what a compound is made of. */
void analyse_parts(const struct lexicon *l, str folded, struct analysis *r);

#endif

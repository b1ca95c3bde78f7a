/* SPDX-License-Identifier: EUPL-1.2 */
/* German compounds: Kinderbetreuung is kind + betreu. */
#ifndef MATCH_COMPOUND_H
#define MATCH_COMPOUND_H

#include "match/lexicon.h"

#define COMPOUND_MAX 4

struct compound {
    str part[COMPOUND_MAX]; /* stems, in order; they live as long as the lexicon */
    size_t n;               /* 0: not a compound, as far as is known */
};

struct compound compound_split(const struct lexicon *l, str folded);

/* What a word of an offer stands for: its stem, and the stems of its parts with less weight. */
#define ANALYSIS_MAX (1 + COMPOUND_MAX)
#define SHARE_WORD   8u /* eighths */
#define SHARE_PART   4u /* all parts but the last, which says what the thing is */
#define SHARE_HEAD   5u

struct analysis {
    str term[ANALYSIS_MAX];
    uint8_t share[ANALYSIS_MAX];
    size_t n; /* 0 for words without meaning */
    char buf[64];
};

/* `r` holds the word's own stem, therefore it must outlive the terms. */
void analyse(const struct lexicon *l, str folded, struct analysis *r);

#endif

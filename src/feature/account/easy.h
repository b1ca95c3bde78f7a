/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Passwords that are tried first (ASVS 5.0, 6.2.4): one or two common words with digits, rows
 * of the keyboard and other spellings around them. A list of words and a few rules stand
 * for many millions of passwords; three words that do not belong together are fine.
 */
#ifndef FEATURE_ACCOUNT_EASY_H
#define FEATURE_ACCOUNT_EASY_H

#include "base/arena.h"
#include "base/str.h"

/* Folded, in order, with blanks between them. */
extern const str easy_common_words;

/* Words that are tried for this one person: mail address, name, town. */
struct easy_words {
    const str *v;
    size_t n;
};

/* Whether somebody who guesses has it soon. Computed in the arena, some milliseconds at most. */
bool easy_to_guess(struct arena *a, str password, struct easy_words own);
/* "qwertz", "4567", "fedcba": squeezed. */
bool easy_is_row(str squeezed);
/* Whether it is a short piece over and over: "Tq9!Tq9!Tq9!". */
bool easy_repeats(str squeezed);
/* Letters and digits only, folded: "Petra Muster" is "petramuster". */
str easy_squeezed(struct arena *a, str s);

#endif

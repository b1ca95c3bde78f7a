/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of a text. */
#ifndef MATCH_TEXT_H
#define MATCH_TEXT_H

#include "base/str.h"

/* Longer words are cut for the index. */
#define TEXT_WORD_MAX 48

/* Takes the next word off the front of a folded text (utf8_fold: words parted by blanks). */
bool text_next(str *folded, str *word);

/*
 * In an original text words are cut where utf8_fold cuts them: letters and digits, and of what is
 * beyond ASCII everything but the general punctuation block (dashes, quotation marks), the no-break
 * space and the Latin-1 signs.
 */
static inline bool text_ascii_letter(unsigned char c)
{
    unsigned char small = c | 32;
    return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z');
}

/* The first byte from i on that belongs to a word; text.n when there is none. */
size_t text_word_begin(str text, size_t i);
/* Where the code point at i, which is none of ASCII, ends when it belongs to words; or else i. */
size_t text_wide_letter(str text, size_t i);
/* The first byte from i on that does not belong to a word. */
size_t text_word_end(str text, size_t i);

#endif

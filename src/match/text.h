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
    /* A bit each: '0' to '9' are 48 to 57, 'A' to 'Z' 65 to 90, 'a' to 'z' 97 to 122. */
    static const uint64_t letters[4] = { 0x03FF000000000000, 0x07FFFFFE07FFFFFE };
    return letters[c / 64] >> c % 64 & 1;
}

/* The first byte from i on that belongs to a word; text.n when there is none. */
size_t text_word_begin(str text, size_t i);
/* Where the code point at i, which is none of ASCII, ends when it belongs to words; or else i. */
size_t text_wide_letter(str text, size_t i);
/* The first byte from i on that does not belong to a word. */
size_t text_word_end(str text, size_t i);

#endif

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
 * The next word of an original text, as the bytes *from…*to of `text`; *at is where to go on,
 * zero at first. Words are cut where utf8_fold cuts them.
 */
bool text_next_span(str text, size_t *at, size_t *from, size_t *to);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How values stand in a text: "{name}" is text, "{count#}" a number, "{{" a brace.
 * Read by web/text.c when a page is made and by tool/msgc when it is built.
 */
#ifndef WEB_TEXT_PIECE_H
#define WEB_TEXT_PIECE_H

#include "base/str.h"

struct text_piece {
    str s;       /* literal text, or the name of a value */
    bool value;  /* s is a name */
    bool number; /* … of a number */
};

/* Takes the next piece off the front of *rest; false at the end or where the text is broken. */
bool text_piece_next(str *rest, struct text_piece *piece);
/* Whether every piece can be read. */
bool text_pieces_good(str s);
/*
 * Whether `s` asks for exactly the values of `model`, in any order and number. The value
 * named `may_omit` need not appear: "one offer" in a plural form has no number.
 */
bool text_pieces_fit(str s, str model, str may_omit);

#endif

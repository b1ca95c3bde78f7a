/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * C source as tokens with line numbers, for checks that look at its shape. Comments and
 * preprocessor lines are left out; of an #if with #else branches only the first is kept,
 * so that braces balance. Neighbours: lengths.c.
 */
#ifndef TOOL_CHECK_TOKENS_H
#define TOOL_CHECK_TOKENS_H

#include "base/str.h"

enum token_kind {
    TOKEN_WORD, /* identifier, keyword or number */
    TOKEN_TEXT, /* string or character literal */
    TOKEN_MARK, /* one character of punctuation */
    TOKEN_END
};

struct token {
    enum token_kind kind;
    str text;
    int line;
};

struct tokens {
    struct token *v; /* the last one is TOKEN_END */
    size_t n, cap;
};

struct tokens tokens_read(struct arena *a, str source);
/* Is the token this word or mark? */
bool token_is(const struct token *t, str text);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The second half of md.h: finished lines into a document. Used by md.c only. */
#ifndef WEB_MD_LINES_H
#define WEB_MD_LINES_H

#include "base/str.h"

enum md_line_kind { MD_TEXT, MD_HEADING, MD_ITEM };

struct md_line {
    enum md_line_kind kind;
    int depth;      /* of lists around it; a text in an item continues the item */
    int level;      /* of a heading */
    int number;     /* of an ordered item; 0: a bullet */
    bool paragraph; /* a new one begins, not just a new line */
    str text;       /* inline Markdown, escaped but for the beginning of a line */
};

/* Makes lists of lines with hand-made bullets and numbers, and puts all together. */
str md_lines_put(struct arena *a, struct md_line *lines, size_t n);

/* Unicode white space, and punctuation as CommonMark understands it. */
bool md_is_space(uint32_t c);
bool md_is_punctuation(uint32_t c);

#endif

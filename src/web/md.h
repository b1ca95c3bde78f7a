/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing Markdown from marked-up text: the caller says what begins and ends, in any order
 * that real documents have, and gets clean Markdown of the subset that markdown.h shows:
 * paragraphs, line breaks, headings, nested lists, emphasis, strong, links.
 *
 * Empty elements leave nothing behind, white space collapses, characters that would mean
 * something are escaped, emphasis is moved to where Markdown sees it, and lines that begin
 * with a bullet or with 1. 2. 3. become lists. Neighbours: unhtml.c feeds it.
 */
#ifndef WEB_MD_H
#define WEB_MD_H

#include "base/str.h"

struct md;

struct md *md_new(struct arena *a);

/* Text in valid UTF-8. */
void md_text(struct md *w, str s);
/* Whether line feeds in the text are line breaks, not just white space. */
void md_keep_lines(struct md *w, bool keep);

/* Ends the line; or the paragraph. */
void md_line(struct md *w);
void md_paragraph(struct md *w);
/* A forced line break; two of them make a paragraph. */
void md_break(struct md *w);

/* May be nested; each `true` needs its `false`. */
void md_strong(struct md *w, bool on);
void md_em(struct md *w, bool on);
/* A link; an address that url_parse refuses leaves just the text. */
void md_link(struct md *w, str href);
void md_link_end(struct md *w);

/* 1…6 */
void md_heading(struct md *w, int level);
void md_heading_end(struct md *w);
void md_list(struct md *w, bool ordered);
void md_list_end(struct md *w);
/* An item outside of any list makes its own. */
void md_item(struct md *w);
void md_item_end(struct md *w);

/* The whole text, without a line feed at its end. Lives in the arena. */
str md_done(struct md *w);

#endif

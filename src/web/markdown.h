/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Markdown into safe markup, and into plain text. Wraps md4c. Writing Markdown is md.h.
 *
 * What people may write is a fixed subset of CommonMark: paragraphs, lists, emphasis,
 * strong, links (web/url.h), headings. HTML is shown as the text that it is; images, code
 * and quotations show their text only. Two rules differ, because office staff write as in a
 * mail: a line break is a line break, and a single star between letters is a letter
 * ("Helfer*innen"). Addresses and mail addresses in the text become links.
 */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "base/str.h"

#define MARKDOWN_MAX ((size_t)64 << 10)

/*
 * Safe markup. The topmost headings get the level `heading` (2 is <h2>), those below follow
 * without a jump, whatever the author chose. Text beyond MARKDOWN_MAX bytes is cut.
 */
html markdown(struct arena *a, str text, int heading);

/* Plain text: blocks as paragraphs, items with "- ", links with their address behind. */
str markdown_plain(struct arena *a, str text);

/*
 * The beginning as one line of at most n code points, without headings and addresses, cut
 * at the end of a sentence or else of a word with "…": for lists and previews.
 */
str markdown_summary(struct arena *a, str text, size_t n);

#endif

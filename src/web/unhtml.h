/* SPDX-License-Identifier: EUPL-1.2 */
/* HTML as it comes out of other people's systems, into clean Markdown. Wraps libxml2. */
#ifndef WEB_UNHTML_H
#define WEB_UNHTML_H

#include "base/str.h"

/*
 * Markdown of the subset that markdown() shows. Understands broken nesting, HTML that was
 * escaped once too often, plain text without any element (its line feeds then are line
 * breaks), tables (a line for each row), and drops style, script, comments, images and
 * Word's private elements. Nothing is loaded, no entity of the document's own is expanded.
 * The result lives in the arena. Thread-safe.
 */
str html_to_markdown(struct arena *a, str dirty);

/* The code point of a named character of HTML 4 ("auml"), or 0. */
uint32_t html_entity(str name);

#endif

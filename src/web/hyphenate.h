/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where words may be divided: soft hyphens for a text, by the patterns of Debian's packages
 * hyphen-de and hyphen-en-us. Wraps libhyphen. Where the patterns are not installed, or for
 * other languages, a text stays as it is. Not thread-safe: for the PDF helper.
 *
 * The library takes seconds to learn all 77 000 German patterns, and a page has use for a few
 * hundred of them: it is given those whose letters occur in the text.
 */
#ifndef WEB_HYPHENATE_H
#define WEB_HYPHENATE_H

#include "base/str.h"

struct hyphens;

/* Reads the files of patterns, while files may be read. */
struct hyphens *hyphens_open(struct arena *a);
/* Learns to divide the words of a text in "de" or "en"; before, nothing is divided. */
void hyphens_learn(struct hyphens *h, str lang, str text);
/* The text with a soft hyphen (U+00AD) wherever a word may be divided. */
str hyphens_put(struct arena *a, const struct hyphens *h, str text);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses in running text: "https://…", "www.…", "name@example.org". */
#ifndef WEB_AUTOLINK_H
#define WEB_AUTOLINK_H

#include "base/str.h"

struct autolink {
    size_t from; /* the address within the text */
    size_t to;
    bool mail;
};

/*
 * The first address at or behind `start`. Punctuation that ends a sentence and a closing
 * parenthesis that was not opened within it do not belong to it. What is found looks like an
 * address; url_parse decides whether it may be linked.
 */
bool autolink_find(str text, size_t start, struct autolink *found);

#endif

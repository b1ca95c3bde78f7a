/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses that people write into texts and forms: which of them may become a link. */
#ifndef WEB_HREF_H
#define WEB_HREF_H

#include "base/str.h"

#define HREF_MAX 2000

/*
 * Checks an address from outside. Allowed are http, https, mailto and tel, and "www.…",
 * which gets http:// in front; anything else (javascript, data, relative, too long) gives
 * false. Bytes that have no place in an address are percent-encoded, so that the result
 * may stand in an attribute and in Markdown's parentheses.
 */
bool href_parse(struct arena *a, str s, url *link);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Parameters of query and urlencoded form, and cookies. Pure functions.
 *
 * The parsers of this folder answer with the HTTP status that refuses the input, 0 when it
 * is accepted. Their results are slices of the input where nothing had to be decoded, else
 * they are in the arena.
 */
#ifndef HTTP_PARAM_H
#define HTTP_PARAM_H

#include "http/http.h"

#define PARAM_MAX      500 /* fields of one query or form */
#define PARAM_NAME_MAX 100 /* bytes of a field's name */

/*
 * Percent-decodes; with `plus` a '+' is a blank. False for a '%' without two hex digits.
 */
bool param_unescape(struct arena *a, str s, bool plus, str *decoded);
/*
 * application/x-www-form-urlencoded (WHATWG URL, section 5.1), strictly: 400 for bad escapes,
 * bytes that are no UTF-8 and NUL; 413 for too many fields or too long a name.
 */
int param_parse(struct arena *a, str s, struct http_fields *fields);
/* One cookie's value out of a Cookie header; empty when absent (RFC 6265, section 4.2.1). */
str param_cookie(str header, str name);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Unicode text: checking, folding for search, ordering. Wraps libutf8proc. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Valid UTF-8 without surrogates, overlong forms and NUL. */
bool utf8_valid(str s);
/* Next code point off the front of *s; U+FFFD and one byte forward where it is broken. */
uint32_t utf8_next(str *s);
/* Number of code points. */
size_t utf8_count(str s);
/* The first n code points. */
str utf8_cut(str s, size_t n);
/* NFC; broken bytes become U+FFFD; control characters but tab and line feed are dropped. */
str utf8_clean(struct arena *a, str s);
/* A byte string in Windows-1252 (or Latin-1) as UTF-8. */
str utf8_from_windows1252(struct arena *a, str s);
/*
 * Folded for search and comparison: lower case, German ae/oe/ue/ss for ä/ö/ü/ß, other
 * accents removed, everything that is no letter or digit becomes one blank.
 */
str utf8_fold(struct arena *a, str s);
/* A sort key after DIN 5007-1: bytewise order of keys is the order of a German list. */
str utf8_sort_key(struct arena *a, str s);
/* ASCII for addresses: folded, blanks as '-', at most n bytes. */
str utf8_slug(struct arena *a, str s, size_t n);

#endif

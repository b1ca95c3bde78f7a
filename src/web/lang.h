/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The languages of the pages: names, direction, fallback, numbers, plural forms. One table;
 * tool/msgc checks the texts against the same one. Thread-safe: everything is constant.
 */
#ifndef WEB_LANG_H
#define WEB_LANG_H

#include "base/str.h"

enum lang { LANG_DE, LANG_DE_SIMPLE, LANG_EN, LANG_TR, LANG_UK, LANG_AR, LANG_COUNT };

/* The most plural forms that any of the languages has (Arabic). */
#define LANG_FORMS_MAX 6

struct lang_info {
    str code;  /* in ?lang=, cookies, file names; also a BCP 47 tag for lang="" */
    str name;  /* in the language itself */
    bool rtl;  /* written from right to left */
    int forms; /* plural forms, in the order of CLDR and of gettext's PO files */
    enum lang fallback;
    str group; /* between thousands */
};

const struct lang_info *lang_info(enum lang l);
/* The language of a code; false, and *l untouched, for any other text. */
bool lang_parse(str code, enum lang *l);
/* "ltr" or "rtl", for dir="". */
str lang_dir(enum lang l);
/* Which plural form a number takes: 0 … forms-1 (CLDR 42, cardinal rules for integers). */
int lang_form(enum lang l, int64_t n);
/* A whole number as people write it in that language: 1.815 in German. */
str lang_number(struct arena *a, enum lang l, int64_t n);
/*
 * The best language for an Accept-Language header (RFC 9110, section 12.5.4) among those
 * whose bit is set in `offered`; false when none is wanted. "de-simple" is never chosen
 * for "de".
 */
bool lang_accepted(str header, uint32_t offered, enum lang *l);

#endif

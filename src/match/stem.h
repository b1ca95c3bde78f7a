/* SPDX-License-Identifier: EUPL-1.2 */
/* German word stems. Wraps libstemmer; each thread has a stemmer of its own. */
#ifndef MATCH_STEM_H
#define MATCH_STEM_H

#include "base/str.h"

#define STEM_MAX 64

/*
 * The stem of a folded word (base/utf8.h: lower case, ae oe ue ss), written to buf. Women's
 * forms and umlauts are levelled: haeuser and haus, seniorinnen and senior have one stem.
 * Words longer than STEM_MAX are cut.
 */
str stem(str folded, char buf[STEM_MAX]);
/*
 * The beginning of a folded word that may go on, as it begins the stem: no ending is taken off,
 * umlauts are levelled (fluechtl: fluchtl).
 */
str stem_beginning(str folded, char buf[STEM_MAX]);

#endif

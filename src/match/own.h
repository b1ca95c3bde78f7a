/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of one town, for expand. */
#ifndef MATCH_OWN_H
#define MATCH_OWN_H

#include "match/lexicon.h"

/* Only its synonyms and classes of words are meant; compounds are taken apart by the index. */
const struct lexicon *own_lexicon(const struct match_own *own);
/* Never 0, never that of another one. */
uint64_t own_number(const struct match_own *own);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The offers of Hamburg and Essen in ../shared, as the index takes them. Test input only: nothing
 * of their text may be printed or kept.
 */
#ifndef SEARCH_OFFERS_H
#define SEARCH_OFFERS_H

#include "match/match.h"

struct offers {
    struct match_offer *v;
    size_t n, cap;
};

/* All of them, their text in `a`; false when they are not on this machine. */
bool offers_read(struct arena *a, struct offers *offers);

#endif

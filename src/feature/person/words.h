/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a counsellor types while listening, in the words of the page: "Kinder, Garten" as bits of
 * the vocabularies, "Mo-Fr abends, Samstag" as cells of the week. No list of words of its own: it
 * goes by the labels.
 */
#ifndef PERSON_WORDS_H
#define PERSON_WORDS_H

#include "web/rq.h"

struct likings {
    int64_t fields, kinds, targets;
};

/*
 * Words between commas. One may name a field, a kind and a target at once ("Kinder"), and several
 * of each ("Begleit"). False with the first part that none of them has.
 */
bool likings_read(const struct rq *rq, str typed, struct likings *likings, str *unknown);
/* Days and parts of the day; a day alone is all of it, a part alone is on every day. */
bool when_read(const struct rq *rq, str typed, int64_t *grid, str *unknown);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index again, plain, slow and obviously right; only for tests. Offers are a list, every
 * question is answered by looking at each of them, every definition is written out. Of the real
 * index it uses how words are taken apart (compound.c), what a query means (expand.c) and the
 * distance of two points (geo.c), which have tests of their own.
 */
#ifndef MATCH_REFERENCE_H
#define MATCH_REFERENCE_H

#include "base/map.h"
#include "match/expand.h"
#include "match/lexicon.h"
#include "match/match.h"
#include "match/people.h"
#include "match/snapshot.h"

struct reference_offer {
    struct match_offer o;
    struct map weight; /* term -> weighted count in eighths */
    uint32_t length;   /* words */
};

struct reference {
    struct arena *arena;
    struct reference_offer *v;
    size_t n, cap;
};

void reference_put(struct reference *r, const struct lexicon *l, const struct match_offer *o);
void reference_erase(struct reference *r, int64_t id);
/* Takes all words apart again, after a load has taught the index new parts. */
void reference_relearn(struct reference *r, const struct lexicon *l);
/* What a text is worth for an offer (rarity by value), and how many of its words it answers. */
struct reference_text {
    uint64_t sum;
    uint32_t words;
};
struct reference_text reference_text(const struct reference_offer *o, const struct text_query *q);
/* How many offers have a term. */
uint64_t reference_count(const struct reference *r, str term);

const struct match_result *reference_search(const struct reference *r, const struct snapshot *s,
                                            const struct match_query *q);
const struct match_result *reference_similar(const struct reference *r, int64_t id,
                                             const struct match_query *within);
/* The snapshot may be NULL where nothing is said in words. */
const struct match_fits *reference_profile(const struct reference *r, const struct snapshot *s,
                                           const struct match_profile *p);

/* One offer for one profile; the grade of every criterion, UINT16_MAX where it is not judged. */
struct reference_fit {
    bool out[MATCH_HARDS];
    struct match_fit fit;
};
/* False when something excludes it. */
bool reference_fit(struct arena *a, const struct match_profile *p, const struct match_offer *o,
                   struct reference_fit *f);
/* Best first, ties by id. */
int reference_compare_fit(const void *a, const void *b);

/* ---- people ---- */

struct reference_people {
    struct arena *arena;
    struct person *v;
    size_t n, cap;
};

void reference_people_put(struct reference_people *r, const struct person *p);
void reference_people_erase(struct reference_people *r, int64_t id);
const struct people_fits *reference_people_find(const struct reference_people *r,
                                                const struct people_query *q);
const struct pairs *reference_pairs(struct arena *a, const struct pairs_query *q);
/* One person's row of a batch. */
struct batch_row reference_batch(const struct reference *offers, const struct person *p,
                                 const struct batch_query *q);

#endif

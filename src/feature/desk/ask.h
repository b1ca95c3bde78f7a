/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is asked at the desk: a person's wishes as they are recorded, and what the counsellor adds
 * in the address for this search alone (weights, words, needs, the basket). Nothing is stored.
 */
#ifndef DESK_ASK_H
#define DESK_ASK_H

#include "feature/finder/finder.h"
#include "feature/person/person.h"
#include "feature/search/search.h"

#define DESK_PER_PAGE 10
#define DESK_BASKET   20 /* offers that the basket holds */
#define DESK_COMPARE  4  /* of which so many stand side by side */

/* A criterion that can be moved. */
struct desk_criterion {
    enum match_criterion criterion;
    const char *param; /* of the address: "w_field" */
    enum msg label;
};
#define DESK_CRITERIA 13
extern const struct desk_criterion desk_criteria[DESK_CRITERIA];

/* How much a criterion counts, in hundredths of what is usual. */
struct desk_share {
    int64_t percent;
    enum msg label;
};
#define DESK_SHARES 5
#define DESK_USUAL  100
extern const struct desk_share desk_shares[DESK_SHARES];

struct desk_ask {
    const struct person_row *person;
    struct match_profile profile;
    struct finder_asker who; /* points at the profile */
    str words;               /* as typed for this search */
    int64_t percent[DESK_CRITERIA];
    bool moved; /* some weight is not as usual */
    int64_t basket[DESK_BASKET];
    size_t n_basket;
    int64_t page; /* counts from 1 */
};

/* The wishes of a person alone, with the usual weights. */
void desk_ask_of(struct rq *rq, const struct person_row *person, struct desk_ask *ask);
/* … and what the parameters of the request add. */
void desk_ask_read(struct rq *rq, const struct person_row *person, struct desk_ask *ask);
/* Whether anything is said by which this criterion could judge an offer. */
bool desk_ask_says(const struct desk_ask *ask, enum match_criterion c);
/* "23552 St. Jürgen": where the person lives, as far as it is said. */
str desk_home(const struct rq *rq, const struct person_row *p);
bool desk_in_basket(const struct desk_ask *ask, int64_t offer);

/* Why something is kept out: what is set for the person, and how many offers that excludes. */
struct desk_hard {
    enum match_hard hard;
    str label; /* "Höchstens so weit weg" */
    str set;   /* "15 km um 23552 Lübeck" */
};
struct desk_hards {
    struct desk_hard v[MATCH_HARDS];
    size_t n;
};
/* The hard criteria that are set for this person. */
struct desk_hards desk_hards_of(const struct rq *rq, const struct desk_ask *ask);
/* Of one offer: what keeps it out, in words: "Alter; Führungszeugnis". */
struct sentences desk_out(const struct rq *rq, uint32_t excluded);

#endif

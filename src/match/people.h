/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The people's side of the matching index: profiles in memory, asked from the offers' side. Who
 * fits this offer, everyone's best offers, pairs for mentoring. README.md beside this file shows
 * the layout; match.h is the offers' side, whose criteria, weights and reasons these are.
 *
 * As with offers, any number of threads may read while one changes; readers take no lock. Every
 * answer is exact and deterministic: scores are whole numbers, ties are decided by the id. The
 * score of a person and an offer is the same from both sides (reason.h).
 */
#ifndef MATCH_PEOPLE_H
#define MATCH_PEOPLE_H

#include "match/match.h"

struct people;
struct people_load;

struct person {
    int64_t id;        /* the identity; putting the same id again replaces the person */
    uint16_t city;     /* whose office looks after this person */
    bool agreed;       /* to be proposed; without, no offer is shown who they are */
    int64_t confirmed; /* day number when the profile was last confirmed, 0: never */
    /* What the person wants. Of it cities, today, weight, offset and limit belong to a question
     * and are not kept. */
    struct match_profile profile;
};

/* ---- the index ---- */

/* An empty index. Never fails; stops the process when there is no memory. */
struct people *people_new(void);
/* Only when no thread reads any more. */
void people_free(struct people *p);

/* Replaces everything at once: begin, add each person, end. Ids must differ. Readers see the old
 * state until `end`. */
struct people_load *people_load_new(struct people *p);
void people_load_add(struct people_load *l, const struct person *person);
void people_load_end(struct people_load *l);

/* Adds or replaces n people in one step; a question asked afterwards sees all of them. */
void people_put(struct people *p, const struct person *person, size_t n);
/* Takes people out in one step; unknown ids are ignored. */
void people_erase(struct people *p, const int64_t *ids, size_t n);
/* Puts all parts together again; for a job at night. Answers do not change. */
void people_compact(struct people *p);

struct people_stats {
    size_t people, parts, dead, bytes;
};
struct people_stats people_stats(struct people *p);

/* ---- who fits this offer ---- */

struct people_query {
    const struct match_offer *offer; /* its texts do not count */
    const uint16_t *cities;          /* people of any of these; none: of all */
    size_t n_cities;
    uint32_t radius_m; /* not farther from the offer than this; 0: as far as each of them gets */
    int64_t today;     /* day number, for freshness and waiting; 0: these do not count */
    uint16_t weight[MATCH_CRITERIA]; /* all zero: match_weights_default */
    int64_t confirmed_since;         /* day number: only profiles confirmed since; 0: all */
    bool count;                      /* whether `total` is wanted, which takes longer */
    uint32_t offset, limit;
};

struct people_fits {
    uint32_t total;            /* all who fit; UINT32_MAX unless counted */
    const struct match_fit *v; /* best first; the id is the person's */
    size_t n;
};

/*
 * People who agreed to be proposed and whom no hard criterion of match_profile() keeps out. Who has
 * said how far they get must live within that (or the offer has no point); with a radius, who has
 * no point stays.
 */
const struct people_fits *people_find(struct people *p, struct arena *a,
                                      const struct people_query *q);

/* ---- everyone's best offers ---- */

#define BATCH_MOST 32

struct batch_hit {
    int64_t id; /* of the offer */
    uint32_t score;
    uint32_t distance_m; /* MATCH_NOWHERE: one of the two has no point */
};

/* One person's best offers, best first. */
struct batch_row {
    int64_t person;
    uint16_t city;
    uint16_t n;
    struct batch_hit hit[BATCH_MOST];
};

struct batch_query {
    uint32_t limit;    /* offers for each, 1 … BATCH_MOST */
    uint32_t radius_m; /* no offer farther away for who has not said how far they get; 0: any */
    bool own_city;     /* only offers of the person's own town; else of all towns */
    bool agreed_only;  /* only people who agreed to be proposed */
    int64_t today;     /* day number, for freshness and waiting; 0: these do not count */
    uint16_t weight[MATCH_CRITERIA]; /* all zero: match_weights_default */
    unsigned threads;                /* 0: 1 */
    /*
     * Takes results, some people at a time, each person once, in no particular order; called by one
     * thread at a time. The rows are the callee's only until it returns.
     */
    void (*take)(void *ctx, const struct batch_row *rows, size_t n);
    /* After each call of `take`; may be NULL. false ends the batch. */
    bool (*progress)(void *ctx, uint64_t done, uint64_t of);
    void *ctx;
};

/*
 * What match_profile() would answer for each person, with the offers and people of the moment when
 * it began. False when it was ended by `progress`. Memory is taken once, none for each person.
 */
bool batch_run(struct people *p, struct match *m, const struct batch_query *q);

/* ---- pairs for mentoring ---- */

/* One who takes part, on either side. */
struct pair_side {
    int64_t id;
    /* What they want of the other one. Of it cities, today, weight, offset, limit do not count. */
    struct match_profile wants;
    /* What the other one gets: as if it were an offer. Its id, texts, wanted do not count. */
    struct match_offer gives;
    uint16_t room; /* for how many of the other side; 0: for none any more */
};

struct pair {
    int64_t mentor, mentee;
    uint32_t score;      /* the mean of the two below */
    uint32_t for_mentor; /* how the mentee's `gives` fits the mentor's `wants` */
    uint32_t for_mentee; /* and the other way round */
    uint32_t distance_m; /* from home to home */
    const struct match_reason *mentor_reasons, *mentee_reasons;
    size_t n_mentor_reasons, n_mentee_reasons;
};

struct pairs_query {
    const struct pair_side *mentors, *mentees;
    size_t n_mentors, n_mentees;
    int64_t today;
    uint16_t weight[MATCH_CRITERIA]; /* all zero: match_weights_default */
    uint32_t least;                  /* no pair with a lower score than this */
};

struct pairs {
    const struct pair *v; /* best first */
    size_t n;
};

/*
 * The stable pairs: the best possible pair of all, then the best of what is left, as long as both
 * have room, nobody twice with the same. No hard criterion may keep either from the other. So no
 * mentor and mentee are left who would both fare better with each other than with whom they got.
 * Ties by the mentor's id, then the mentee's. Ids differ within each side.
 */
const struct pairs *pairs_find(struct arena *a, const struct pairs_query *q);

#endif

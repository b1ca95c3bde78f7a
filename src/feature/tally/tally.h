/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How often an offer is looked at and asked for, without knowing anything of anybody: counters of
 * a day, by how people came. What a view is, and what is not counted, is in README.md.
 */
#ifndef FEATURE_TALLY_H
#define FEATURE_TALLY_H

#include "tally.sql.h"
#include "web/feature.h"

extern const struct feature tally_feature;

/* code, how people came. The last one is no view. */
#define TALLY_WAYS(X)                                      \
    X(search, "our own lists: offers, map, six questions") \
    X(site, "other pages of this site")                    \
    X(embed, "a frame on another site")                    \
    X(feed, "a feed reader")                               \
    X(paper, "the short address of a poster")              \
    X(elsewhere, "another site")                           \
    X(direct, "nobody knows: typed, kept, from a mail")    \
    X(interest, "asked for: \"I am interested\", confirmed")

enum tally_way {
#define TALLY_ENUM(code, doc) TALLY_##code,
    TALLY_WAYS(TALLY_ENUM)
#undef TALLY_ENUM
        TALLY_WAY_COUNT
};
str tally_way_code(enum tally_way way);

/* ---- count.c ---- */

/*
 * The page of an offer is being answered, from the page cache or anew (route.seen). In memory and
 * without waiting for anybody; written within a minute.
 */
void tally_seen(const struct rq *rq);
/* One interest in an offer was confirmed: written with the transaction. */
void tally_interest(struct tx *tx, int64_t city_id, int64_t offer_id);
/* Writes what was counted, now. False: could not be written and is kept for the next time. */
bool tally_write(struct app *app);
/* Whether a browser that calls itself so is a person's, as far as it says. */
bool tally_is_person(str user_agent);

/* ---- show.c ---- */

/* A page with the figures of an offer; the caller says who may see it, and where back leads. */
void tally_page(struct rq *rq, int64_t offer_id, url back);
/* The page of an offer, with a mark of the way that somebody takes by this link. */
url tally_link(const struct rq *rq, int64_t offer_id, enum tally_way way);

#endif

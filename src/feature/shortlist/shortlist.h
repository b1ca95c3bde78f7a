/* SPDX-License-Identifier: EUPL-1.2 */
/* The remembered list: offers that somebody keeps in this browser, without account. */
#ifndef FEATURE_SHORTLIST_H
#define FEATURE_SHORTLIST_H

#include "feature/opportunity/opportunity.h"
#include "shortlist.sql.h"
#include "web/feature.h"
#include "web/remember.h"

extern const struct feature shortlist_feature;

/* An entry: an offer that is still public, or one that has gone. */
struct shortlist_entry {
    const struct opp_card *card;
    const struct shortlist_needs *needs; /* beside a card */
    const struct shortlist_gone *gone;   /* NULL beside a card */
};

struct shortlist {
    struct shortlist_entry *v;
    size_t n;
    size_t open; /* those that are still public */
    bool shared; /* somebody else's, from an address */
    struct remembered ids;
};

/* ---- for shortlist.html ---- */

/* "„Vorlesen“ ist vergeben." */
str shortlist_gone_text(const struct rq *rq, const struct shortlist_gone *gone);
/* This list as an address for others; and a mail that holds it. */
url shortlist_link(const struct rq *rq, const struct shortlist *list);
url shortlist_mail(const struct rq *rq, const struct shortlist *list);
/* "bis 2 Stunden pro Woche, mindestens ein Jahr" */
str shortlist_time(const struct rq *rq, const struct shortlist_entry *e);
/* What is known to be there: "stufenlos erreichbar". */
str shortlist_access(const struct rq *rq, int64_t access);
/* What it asks of people: "ab 16 Jahren; Deutsch – im Alltag (B1)". */
str shortlist_asks(const struct rq *rq, const struct shortlist_needs *n);
/* "12.7": as the address of a shared list has them. */
str shortlist_ids(const struct rq *rq, const struct shortlist *list);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the desk show, and the handlers behind them. */
#ifndef DESK_PAGES_H
#define DESK_PAGES_H

#include "feature/desk/ask.h"

/* What one criterion adds to an offer's score. */
struct desk_point {
    str label;
    int64_t grade;  /* 0 … 100 */
    int64_t weight; /* as it counts now */
    int64_t points; /* of 100 for the whole */
};

/* One offer as it is for the person. */
struct desk_offer {
    const struct opp_card *card;
    const struct opp_full *full;
    struct search_hit hit;
    struct reasons reasons;
    struct sentences out; /* why it is excluded; none: it is not */
    const struct desk_point *points;
    size_t n_points;
    int64_t score; /* 0 … 100 */
    int64_t rank;  /* counts from 1; 0: not among the ranked */
    int64_t usual; /* the rank with the usual weights; 0: the same list */
};

struct desk_offers {
    struct desk_offer *v;
    size_t n, cap;
};

struct desk_match_page {
    struct desk_ask *ask;
    const struct match_fits *fits;
    struct desk_offers offers;
    struct desk_offers basket;
    struct desk_hards hards;
    struct search_result pages; /* only what the row of page numbers needs */
};

/* offers.c: an offer as the index judged it; false where it is not public any more. */
bool desk_offer_of(struct rq *rq, const struct desk_ask *ask, const struct match_fit *fit,
                   struct desk_offer *o);
/* The basket's offers, whether or not something excludes them, in its order. */
struct desk_offers desk_basket_of(struct rq *rq, struct desk_ask *ask);
/* The ranked offers of the page. */
struct desk_offers desk_ranked(struct rq *rq, struct desk_ask *ask, const struct match_fits **fits);

/* sheet.c: what the person takes home. */
struct desk_sheet {
    const struct desk_ask *ask;
    struct desk_offers offers; /* of the basket */
    struct rq *in;             /* a request in the sheet's language */
    bool large;
};
/* In the language that the parameters ask for, else the person's. */
struct desk_sheet desk_sheet_of(struct rq *rq, struct desk_ask *ask);
void desk_sheet_pdf(struct rq *rq);
void desk_sheet_send(struct rq *rq, struct tx *tx);
void desk_propose(struct rq *rq, struct tx *tx);
/* The page, also after something was refused. */
void desk_sheet_page(struct rq *rq, const struct desk_sheet *s);

/* people.c: who fits an offer. */
struct desk_fit {
    const struct person_row *person;
    struct reasons reasons;
    int64_t score;
    bool has_distance;
    double km;
};
struct desk_people_page {
    const struct opp_full *offer;
    struct desk_fit *v;
    size_t n, cap;
    int64_t total; /* who fits, of all who agreed to be proposed */
    bool open;     /* the offer is public; else nobody is proposed for it */
};
void desk_people(struct rq *rq);

/* For the templates. */
str desk_percent(const struct rq *rq, int64_t percent);
/* What has been answered with yes. */
str desk_access(const struct rq *rq, int64_t access);
/* "72 von 100 · 2,1 km · 23552 St. Jürgen" */
str desk_person_line(const struct rq *rq, const struct desk_fit *fit);
/* How many offers the i-th hard criterion keeps out. */
int64_t desk_excluded(const struct desk_match_page *page, size_t i);
/* The ranking that a view or a form of it was reached from. */
url desk_back(const struct rq *rq, const struct desk_ask *ask);

#endif

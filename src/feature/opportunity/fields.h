/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of an offer: its table of fields, reading it, filling it from what is stored. */
#ifndef FEATURE_OPPORTUNITY_FIELDS_H
#define FEATURE_OPPORTUNITY_FIELDS_H

#include "feature/opportunity/opportunity.h"
#include "web/form.h"

/* In the order of the page. */
extern const struct field opp_fields[];

/* A section of the form: the fields from first to last. */
struct opp_group {
    str id;
    enum msg heading;
    enum msg lead;
    const char *first;
    const char *last;
};
extern const struct opp_group opp_groups[];

/* Reads and checks a POST; false with errors in rq, and everything typed kept. */
bool opp_form_read(struct rq *rq, struct opp_form *f);
/* The same by a mailed link: whoever holds it chooses among these organisations and no others. */
bool opp_form_read_among(struct rq *rq, struct opp_form *f,
                         const struct opp_organisation_rows *among);
/*
 * Gives the offer back the point that it had, unless its place was changed: words find the
 * middle of a district at best, and a source may have known the house.
 */
void opp_form_keep_point(struct opp_form *f, const struct opp_full *o);
/* The chosen organisation of a form that was read without error. */
int64_t opp_form_organisation(const struct opp_form *f);
struct opp_form opp_form_of(struct rq *rq, const struct opp_full *o);

str opp_full_title(const struct rq *rq, const struct opp_full *o);

/* Lists of offers that are not rows of one statement. */
struct opp_cards {
    const struct opp_card **v;
    size_t n;
};

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two versions of an offer, field by field of the form (fields.c): what differs, as text that can
 * be kept, put back into a form, and said in words.
 */
#ifndef FEATURE_OPPORTUNITY_COMPARE_H
#define FEATURE_OPPORTUNITY_COMPARE_H

#include "feature/opportunity/fields.h"

struct difference {
    const struct field *field;
    str was;
    str said;
};
struct differences {
    struct difference *v;
    size_t n, cap;
};

/* In the order of the form. Points on the map follow from the place and are not compared. */
struct differences compare_forms(struct arena *a, const struct opp_form *was,
                                 const struct opp_form *said);
/* A stored offer with all that the form has, also its organisation; languages as codes. */
struct opp_form compare_form_of(struct arena *a, const struct opp_full *o);

/* NULL when the form has no such field (any more). */
const struct field *compare_field(str name);
/* What stands in a field, as it is kept. */
str compare_value(struct arena *a, const struct field *field, const struct opp_form *form);
void compare_set(const struct field *field, struct opp_form *form, str value);
/* The same in words of the page. Empty where nothing is said. */
str compare_words(struct rq *rq, const struct field *field, str value);
/* Whether it tells who somebody is. */
bool compare_is_personal(const struct field *field);

#endif

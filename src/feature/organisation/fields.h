/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of an organisation, and what its list shows. */
#ifndef FEATURE_ORGANISATION_FIELDS_H
#define FEATURE_ORGANISATION_FIELDS_H

#include "feature/organisation/organisation.h"
#include "web/follow_up.h"
#include "web/form.h"

extern const struct field org_fields[];

bool org_form_read(struct rq *rq, struct org_form *f);
/* Gives the organisation back the point that it had, unless its place was changed. */
void org_form_keep_point(struct org_form *f, const struct org_full *g);

/* What the office's page of an organisation shows beside its form. */
struct org_office_page {
    const struct org_full *stored; /* NULL: a new one */
    struct record record;
    struct follow_up_row_rows follow_ups;
    const struct org_standing_row *standing;
};

/* A page of the public list. */
struct org_page {
    str q;
    int field; /* position in vocab_field; -1: all */
    int64_t total, page, pages;
    struct org_card_rows rows;
};

#endif

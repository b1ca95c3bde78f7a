/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From records to cells, the inverse of offer_cells.h: what the columns of Tandem's own CSV hold
 * for a stored offer or organisation. Reading the cells again gives the same record.
 */
#ifndef FEATURE_EXCHANGE_PUT_CELLS_H
#define FEATURE_EXCHANGE_PUT_CELLS_H

#include "feature/exchange/cells.h"
#include "feature/exchange/exchange.h"

/* Under which keys organisations are known, sorted by id (org_keys). */
struct stored_keys {
    const struct org_key *v;
    size_t n;
};

struct stored_offer {
    struct arena *arena;
    const struct opp_full *o;
    struct opp_form form;
    struct stored_keys keys; /* may be empty: then the organisation has no key */
};

struct stored_organisation {
    struct arena *arena;
    const struct org_full *g;
    struct org_form form;
    struct stored_keys keys;
};

struct stored_offer stored_offer(struct arena *a, const struct opp_full *o);
struct stored_organisation stored_organisation(struct arena *a, const struct org_full *g);
/* The record as a row of cells; lives as long as the record. */
struct cells offer_cells(struct stored_offer *stored);
struct cells organisation_cells(struct stored_organisation *stored);

/* The names of all columns in their order. */
struct cell_names {
    const str *v;
    size_t n;
};
struct cell_names offer_cell_names(struct arena *a);
struct cell_names organisation_cell_names(struct arena *a);

const struct org_key *stored_key(struct stored_keys keys, int64_t id);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations, as other features may use them. */
#ifndef FEATURE_ORGANISATION_H
#define FEATURE_ORGANISATION_H

#include "organisation.sql.h"
#include "web/feature.h"

extern const struct feature organisation_feature;

/* Everything that somebody says about an organisation, in a form or a file. */
struct org_form {
    str name, kind, purpose_md, purpose_simple;
    int64_t fields;
    str street, postcode, place, district;
    opt_real lat, lon;
    str geo_from;
    str web, mail, phone;
    opt_int umbrella;
    int64_t access;
};

struct org_arrival {
    int64_t city_id;
    str source;
    str ref;
    int64_t verified_at;
    int64_t archived_at;
    int64_t account_id;
};

/* What a stored organisation says about itself. */
struct org_form organisation_said(const struct org_full *g);
/* What every member of the form says, as one hash: the same hash means that nothing changed. */
str organisation_hash(struct arena *a, const struct org_form *form);

/* "%words%" for LIKE in the office's list, what was typed taken literally. */
str organisation_pattern(struct arena *a, str typed);

int64_t organisation_new(struct tx *tx, const struct org_arrival *arrival,
                         const struct org_form *form);
/* With a source it is that source which speaks, else somebody here; see opportunity_save. */
void organisation_save(struct tx *tx, int64_t id, const struct org_arrival *arrival,
                       const struct org_form *form);
/* The organisation with this key at its source; NULL: unknown. */
const struct org_ref_row *organisation_known(struct tx *tx, int64_t city_id, str source, str ref);
/* The organisation that an import names, by key at its source, else by name; 0: unknown. */
int64_t organisation_find(struct tx *tx, int64_t city_id, str source, str ref, str name);

#endif

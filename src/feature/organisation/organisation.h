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
    bool awaited; /* came with an offer by mailed link: hidden until organisation_admit */
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

/* The organisation into which this one was merged, else itself. */
int64_t organisation_now(struct db *db, int64_t city_id, int64_t id);

/* The office has released something of it: from now on it is public. */
void organisation_admit(struct tx *tx, int64_t city_id, int64_t id);
/* One that is awaited and has no offer any more is gone. */
void organisation_forget_awaited(struct tx *tx, int64_t city_id, int64_t id);

/* Whether the office has said that its people publish at once; false as well where it has not. */
bool organisation_trusted(struct rq *rq, int64_t id);
/* Whether the address is known as one of the organisation: anybody can claim a name. */
bool organisation_knows(struct rq *rq, int64_t id, str mail);

/* Why two are probably the same: the bits of a pair's reasons. */
enum organisation_twin {
    TWIN_NAME = 1, /* the same but for signs, capitals and legal form */
    TWIN_NAME_NEAR = 2,
    TWIN_MAIL = 4,
    TWIN_DOMAIN = 8, /* of the mail address, where few have it and it is no provider's */
    TWIN_WEB = 16,   /* the same site, where few have it */
    TWIN_PHONE = 32,
    TWIN_ADDRESS = 64,
    TWIN_FREINET = 128 /* the same number there */
};
/* Organisations of the town that are called nearly so, the likeliest first. */
struct organisation_like {
    int64_t id;
    str name;
    int share; /* in hundredths */
    bool same; /* but for signs, capitals and legal form */
};
#define ORGANISATION_LIKES 5
struct organisation_likes {
    struct organisation_like v[ORGANISATION_LIKES];
    size_t n;
};
void organisation_alike(struct rq *rq, str name, struct organisation_likes *likes);
/* What is left of a name without signs, capitals and legal form: "leseinsel". */
str organisation_core(struct arena *a, str name);

#endif

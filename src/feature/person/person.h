/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Person records (Engagierte): who wants to help, as the office knows them. Other features look at
 * them through the statements of person.sql (person_find, person_list, person_changed) and through
 * these functions, and hang their own rows on person.id. A record that was erased keeps its row
 * (state "erased", name empty), so that what hangs on it still counts; one that was merged names
 * the other (`merged_into`).
 */
#ifndef FEATURE_PERSON_H
#define FEATURE_PERSON_H

#include "base/clock.h"
#include "match/match.h"
#include "person.sql.h"
#include "web/feature.h"
#include "web/procedure.h"
#include "web/text.h"

extern const struct feature person_feature;

extern const struct record_kind person_record;
/* waiting (entered by link, not confirmed), active, resting, erased. */
extern const struct procedure person_procedure;

/* ---- finding ---- */

/*
 * The record that handlers work on: followed to the one it was merged into. NULL, and 404 is
 * answered, when the town has none of that id or it was erased.
 */
const struct person_row *person_get(struct rq *rq, int64_t id);
/* Whether something new may begin with this person: known, not erased, not waiting, not merged. */
bool person_open(const struct person_row *p);
/* The name, or "(gelöscht)". */
str person_name(const struct rq *rq, const struct person_row *p);

/* ---- consents, in the ledger of feature/consent with the person's id as subject ---- */

#define PERSON_AGREES_KEEP     "person"          /* to be known and advised */
#define PERSON_AGREES_PROPOSE  "person.propose"  /* to be proposed for offers */
#define PERSON_AGREES_PASS_ON  "person.pass_on"  /* name and contact go to organisations */
#define PERSON_AGREES_GUARDIAN "person.guardian" /* somebody responsible agrees, under 16 */

/* the office named in the words takes the record over from the one that had it */
#define PERSON_AGREES_HAND_OVER "person.hand_over"

/*
 * Whether that consent holds now. For "propose" and "pass_on" of somebody who may be under 16, the
 * guardian's as well. Look in the transaction that acts on it.
 */
bool person_agrees(struct db *db, const struct person_row *p, str purpose);
/* Whether the matching may show this person from an offer's side: active, and agrees. */
bool person_proposable(const struct person_row *p, struct day today);
/* The words of a purpose in the page's language, as they are shown and kept. */
str person_consent_words(const struct rq *rq, str purpose);

/*
 * Somebody agrees: here in a talk ("office") or on paper ("paper"), or has agreed as a list says
 * ("import"), which holds at once; by the web ("web"), which holds when the mailed link confirms
 * it.
 */
struct person_consent_given {
    int64_t person_id;
    str mail;
    str purpose;
    str channel;
    str words;        /* empty: those of person_consent_words */
    int64_t given_at; /* of one that was given before, and a list knows; 0: now */
};
void person_agree(struct rq *rq, struct tx *tx, const struct person_consent_given *given);
void person_withdraw(struct rq *rq, struct tx *tx, int64_t person_id, str purpose);

/* ---- age ---- */

/* Years on that day at least, from the year of birth or the band; 0: not known. */
int person_age(const struct person_row *p, struct day today);
/* A guardian must agree: certainly or possibly under 16. */
bool person_is_child(const struct person_row *p, struct day today);
/* The code of the band, also where the year is known; empty: not known. */
str person_age_band(const struct person_row *p, struct day today);

/* ---- matching ---- */

/*
 * What the person wants as a profile of the index (match/match.h), without cities, weights and
 * page. "Rather not" is in no profile: see person_rather_not. Support needs are not in it
 * either; they are sealed.
 */
struct match_profile person_profile(const struct person_row *p, struct day today);
/* Bits of a dimension (field, kind, target) that the person would rather not do; 0 for others. */
uint32_t person_rather_not(const struct person_row *p, enum match_dim dim);

/* ---- what others do with a record ---- */

/* There was contact: the time until erasure begins anew. */
void person_touch(struct tx *tx, int64_t city_id, int64_t id);
/* Something runs that needs the record (+1), or has ended (-1): it is not erased by time before. */
void person_hold(struct tx *tx, int64_t city_id, int64_t id, int by);

/* ---- storing ---- */

/* Everything that somebody says about a person, in a form or a file. */
struct person_form {
    str name, pronoun, gender;
    int64_t birth_year;
    str age_band, employment, lang, guardian;
    str mail, phone, channel;
    str street, postcode, place, district;
    opt_real lat, lon;
    str geo_from;
    int64_t like_fields, like_kinds, like_targets;
    int64_t rather_not_fields, rather_not_kinds, rather_not_targets;
    int64_t never_fields, never_kinds, never_targets;
    int64_t times, place_kinds;
    str team;
    int64_t training;
    str languages, skills, experience, motivation, certificate;
    int64_t hours_week, grid;
    str starts_on, ends_on;
    int64_t mobility, reach_km;
    str heard_from;
};
struct person_arrival {
    int64_t city_id;
    str source; /* empty: the office, in person_save; "self", or an import */
    str ref;
    str state;          /* of a new one; empty: active */
    opt_int office_id;  /* of a new one */
    int64_t account_id; /* who enters it; 0: the person by link, or an import */
};
/* What a stored record says about the person. */
struct person_form person_said(const struct person_row *p);
/* With history and audit line; the id. */
int64_t person_new(struct tx *tx, const struct person_arrival *a, const struct person_form *f);
/*
 * tandem import persons FILE --list NAME: takes a list of people in, given as CSV, and says what
 * came of it; a status of web/cli.h.
 */
struct cli;
int person_import(struct cli *cli, int64_t city_id, str csv);
/* False: erased or merged meanwhile. */
bool person_save(struct tx *tx, int64_t id, const struct person_arrival *a,
                 const struct person_form *f);

/* ---- known already? ---- */

/* Why two may be the same: words of the bits of `reasons`, for merge_reasons; ended by 0. */
extern const enum msg person_twin_words[];
#define PERSON_LIKES 5
struct person_likes {
    struct person_like {
        const struct person_compare_row *row;
        int64_t reasons;
        int score;
    } v[PERSON_LIKES];
    size_t n;
};
/* Whom the town knows already who may be this one, the likeliest first; `but` is not among them. */
void person_alike(struct rq *rq, const struct person_form *f, int64_t but,
                  struct person_likes *likes);
#endif

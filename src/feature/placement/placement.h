/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Placements (Vermittlungen): a person and an offer, from the proposal to the end. Other features
 * begin one (the desk, a person's page), look at those of a person, and show a list of them.
 */
#ifndef FEATURE_PLACEMENT_H
#define FEATURE_PLACEMENT_H

#include "placement.sql.h"
#include "web/feature.h"
#include "web/procedure.h"

extern const struct feature placement_feature;
extern const struct record_kind placement_record;
/* states.c */
extern const struct procedure placement_procedure;

/* Everything that a step may say: also what effects and guards get as `data`. */
struct placement_form {
    str note;
    str told;
    str given; /* how somebody agreed: office paper web */
    str writes;
    str answer; /* of the organisation, a sentence */
    str meets_on, meets_at, meets_place, meets_with;
    str commissioned_on, commissioned_by, supervisor, scope;
    str trial_from, trial_to;
    str starts_on;
    int64_t hours_week;
    str ends_on, expenses, checked, checked_why;
    int64_t person_agrees, organisation_agrees;
    int64_t rating_person, rating_organisation;
    str said_person, said_organisation, issue, next_on;
    str ended_on, end_reason, exit_reason;
};

struct placement_wish {
    int64_t person_id;
    int64_t opportunity_id;
    str why;  /* why it fits, as the person may read it; may be empty */
    str told; /* a code of vocab_told: how it was handed over; empty: not yet */
};

/*
 * Begins one: proposed, or on the waiting list where the offer is full. The id; 0 with *why_not
 * where it cannot begin: the person is not open, the offer is not public, or one is running.
 */
int64_t placement_new(struct rq *rq, struct tx *tx, const struct placement_wish *wish,
                      enum msg *why_not);

/* Those of a person, or for an offer (the other one 0), for placement_aside of placement.html. */
struct placement_card_rows placement_cards(struct rq *rq, int64_t person_id, int64_t offer_id);

/* The one that a mailed link is about; NULL, and 404, where what was said in it has been erased. */
struct token;
const struct placement_full *placement_behind(struct rq *rq, const struct token *token);

/* Where one is begun for a person, or for an offer. */
url placement_start_link(const struct rq *rq, bool of_person, int64_t id);

/* Whether an offer is work with children or youth, by what it says: section 72a SGB VIII. */
bool placement_near_children(int64_t fields, int64_t targets, str certificate);

#endif

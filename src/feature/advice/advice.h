/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice cases (Beratungsfälle): one person, one reason to come. Other features look at them
 * through the statements of advice.sql; a talk that was booked or held elsewhere is entered by
 * advice_note_talk.
 */
#ifndef FEATURE_ADVICE_H
#define FEATURE_ADVICE_H

#include "advice.sql.h"
#include "web/feature.h"
#include "web/procedure.h"

extern const struct feature advice_feature;

extern const struct record_kind advice_record;
/*
 * new → appointment → advised → ready | waiting | information | passed_on | resting → closed.
 * `data` of "hand_over" is a struct advice_hand.
 */
extern const struct procedure advice_procedure;

/* Whom a case goes to, and whether the person agreed that the other office reads all of it. */
struct advice_hand {
    int64_t office_id;
    bool agreed;
};
#define ADVICE_AGREES_HAND_OVER "advice.hand_over" /* purpose in the ledger of feature/consent */

/* A new case, in state "new"; its id. The person must be open (person.h). */
struct advice_begin {
    int64_t person_id;
    opt_int office_id;
    str channel; /* vocab_advice_channel */
    str reason;
};
int64_t advice_new(struct rq *rq, struct tx *tx, const struct advice_begin *begin);

/* A talk that was held, with whatever is confidential about it; by whoever asks. */
struct advice_held {
    str on;      /* day */
    str channel; /* vocab_advice_channel */
    int64_t minutes;
    str protocol; /* is sealed; may be empty */
};
/* The step is taken and the talk kept, or neither. */
enum procedure_result advice_note_talk(struct rq *rq, struct tx *tx, int64_t id,
                                       const struct advice_held *held);

#endif

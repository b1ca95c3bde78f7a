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
/* new → appointment → advised → ready | waiting | information | passed_on | resting → closed. */
extern const struct procedure advice_procedure;

/* A new case, in state "new"; its id. The person must be open (person.h). */
struct advice_begin {
    int64_t person_id;
    opt_int office_id;
    str channel; /* vocab_advice_channel */
    str reason;
};
int64_t advice_new(struct rq *rq, struct tx *tx, const struct advice_begin *begin);

#endif

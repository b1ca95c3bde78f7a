/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of a concern (web/procedure.h), and the mails that come of its steps. */
#ifndef FEATURE_CONCERN_STATES_H
#define FEATURE_CONCERN_STATES_H

#include "concern.sql.h"
#include "web/procedure.h"
#include "web/token.h"

extern const struct procedure concern_procedure;
extern const struct record_kind concern_record;

/* Purpose of the link by which somebody follows their concern; how long it lasts. */
#define CONCERN_LINK      "concern"
#define CONCERN_LINK_DAYS 400

/* What a step needs beside its verb. */
struct concern_act {
    str text;       /* message, question, answer */
    int64_t office; /* of hand_over */
};

/* How many working days we have for an answer. */
#define CONCERN_WORKING_DAYS 5
/* After an answer nobody has objected to for so long, a concern is closed. */
#define CONCERN_SETTLED_DAYS 14

/* The mail that asks to confirm a new concern, with its link. */
void concern_mail_confirm(struct rq *rq, struct tx *tx, const struct concern_full *c);
void concern_message_add(struct rq *rq, struct tx *tx, int64_t concern_id, str kind, str body);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* "I am interested": from the form on an offer to the answer of its contact. */
#ifndef FEATURE_INTEREST_H
#define FEATURE_INTEREST_H

#include "interest.sql.h"
#include "web/erasure.h"
#include "web/form.h"
#include "web/procedure.h"

extern const struct feature interest_feature;

struct interest_form {
    str name, mail, phone, message;
    int64_t consent;
};
extern const struct field interest_fields[];

extern const struct record_kind interest_record;
/* steps.c: unconfirmed, sent, then an answer; `data` of an answer is a str, what it says. */
extern const struct procedure interest_procedure;

/* Who is to hear of an interest: the offer's contact, else the organisation, else the office. */
str interest_addressee(const struct rq *rq, const struct interest_offer_row *offer);
/* The words to which the form asks consent. */
str interest_consent_words(const struct rq *rq, str organisation);
/* "Weitergegeben, noch ohne Antwort" */
str interest_state_label(const struct rq *rq, str state);

/* Deletes an interest with its events and links; its consent ends, or goes if never confirmed. */
void interest_erase(struct tx *tx, const struct erasure *e);

/* ---- mails ---- */

/* To the citizen: "please confirm"; gives the link that lasts. */
void interest_mail_confirm(struct rq *rq, struct tx *tx, const struct interest_row *i,
                           const struct interest_offer_row *offer);
/* To the contact: who writes, and a link to answer. */
void interest_mail_contact(struct rq *rq, struct tx *tx, const struct interest_row *i,
                           const struct interest_offer_row *offer);
/* To the citizen: what the contact says. */
void interest_mail_answer(struct rq *rq, struct tx *tx, const struct interest_row *i,
                          const struct interest_offer_row *offer);
/* To the contact, after a week; to the citizen, after two. */
void interest_mail_remind(struct rq *rq, struct tx *tx, const struct interest_row *i,
                          const struct interest_offer_row *offer);
void interest_mail_sorry(struct rq *rq, struct tx *tx, const struct interest_row *i,
                         const struct interest_offer_row *offer);

/* ---- links and jobs ---- */

void interest_link_show(struct rq *rq, const struct token *token);
void interest_link_confirm(struct rq *rq, struct tx *tx, const struct token *token);
void interest_link_withdraw(struct rq *rq, struct tx *tx, const struct token *token);
void interest_answer_show(struct rq *rq, const struct token *token);
void interest_answer_talk(struct rq *rq, struct tx *tx, const struct token *token);
void interest_answer_full(struct rq *rq, struct tx *tx, const struct token *token);
void interest_answer_no(struct rq *rq, struct tx *tx, const struct token *token);
/* Daily: reminds, comforts, erases. */
void interest_care(struct job_run *job);

#define INTEREST_LINK_SECONDS (180 * (int64_t)86400)

#endif

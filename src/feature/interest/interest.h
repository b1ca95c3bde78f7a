/* SPDX-License-Identifier: EUPL-1.2 */
/* "I am interested": from the form on an offer to the answer of its contact. */
#ifndef FEATURE_INTEREST_H
#define FEATURE_INTEREST_H

#include "interest.sql.h"
#include "web/erasure.h"
#include "web/form.h"

extern const struct feature interest_feature;

struct interest_form {
    str name, mail, phone, message;
    int64_t consent;
};
extern const struct field interest_fields[];

/* What somebody may do with an interest, and what then is. */
struct interest_step {
    const char *verb;
    const char *from;
    const char *to;
    const char *by;
};

/* Who is to hear of an interest: the offer's contact, else the organisation, else the office. */
str interest_addressee(const struct rq *rq, const struct interest_offer_row *offer);
/* The words to which the form asks consent. */
str interest_consent_words(const struct rq *rq, str organisation);
/* "Weitergegeben, noch ohne Antwort" */
str interest_state_label(const struct rq *rq, str state);

/*
 * One step of the table in steps.c, with its event. False when the interest is in another state
 * by now.
 */
bool interest_step(struct rq *rq, struct tx *tx, const struct interest_row *i, str verb,
                   str answer);
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

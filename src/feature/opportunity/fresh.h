/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Freshness: nothing rots. An offer is true because somebody said so on a day; 75 German
 * calendar days later its contact is asked, again after 82 and 88, and after 90 it leaves the
 * public list, until somebody says that it holds. The job `opportunity.fresh` does it; what
 * is read for the public asks for opportunity_fresh_since besides, so that nothing older is
 * shown when the job has not run.
 */
#ifndef FEATURE_OPPORTUNITY_FRESH_H
#define FEATURE_OPPORTUNITY_FRESH_H

#include "feature/opportunity/opportunity.h"

struct job_run;
struct procedure_at;
struct token;

/* What the age of an offer asks for. */
enum fresh_stage {
    FRESH_GOOD = 0,
    FRESH_ASKED = 75,
    FRESH_AGAIN = 82,
    FRESH_LAST = 88,
    FRESH_OVER = 90
};

/* German calendar days between confirmation and `now`, whatever the clock was set to. */
enum fresh_stage fresh_stage(int64_t confirmed_at, int64_t now);
/* The last day on which an offer confirmed then is public, as ISO text. */
str fresh_until(struct arena *a, int64_t confirmed_at);

/* Effects of the steps that the job takes (states.c); their data is the enum fresh_stage. */
void fresh_remind(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void fresh_ask(struct rq *rq, struct tx *tx, const struct procedure_at *at);
/* Writes where the clock did it; the office knows what it does. */
void fresh_expired(struct rq *rq, struct tx *tx, const struct procedure_at *at);
/* A link for the contact of an offer, absolute, for a mail to this address. */
url fresh_link(struct rq *rq, struct tx *tx, int64_t id, str mail);
/* A new link to somebody whose old one has ended; the contact's address must be the same. */
void fresh_link_again(struct rq *rq, struct tx *tx, const struct opp_full *o,
                      const struct token *token);

/* The job: every offer that is due gets its step, each in a transaction of its own. */
void fresh_run(struct job_run *job);

#endif

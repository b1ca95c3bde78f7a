/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The second step of an account: codes of an app, and recovery codes on paper. Secrets are
 * sealed, recovery codes are kept as HMAC, both under keys of this installation.
 */
#ifndef FEATURE_ACCOUNT_FACTOR_H
#define FEATURE_ACCOUNT_FACTOR_H

#include "web/rq.h"

#define FACTOR_RECOVERY_CODES 10

enum factor_answer {
    FACTOR_GOOD,
    FACTOR_RECOVERY, /* good, and a recovery code has been used up */
    FACTOR_WRONG,
    FACTOR_WAIT, /* too many wrong ones: nothing was looked at */
};

/* Whether the account signs in with a second step. */
bool factor_is_on(struct db *db, int64_t account_id);
/* A code as it was typed, of the app or from paper; what is good is used up by it. */
enum factor_answer factor_take(struct rq *rq, struct tx *tx, int64_t account_id, str typed);
/* What to say at the field about an answer that is not good. */
str factor_problem(const struct rq *rq, enum factor_answer answer);

/* A secret that waits for its first code, sealed for a page of this account (20 minutes). */
str factor_offer(struct rq *rq, str secret);
/* The secret of an offer; empty when it is forged, too old or somebody else's. */
str factor_offered(struct rq *rq, str offer);
/* Turns the step on with an offered secret, when this is a code of it. */
bool factor_start(struct rq *rq, struct tx *tx, str secret, str typed);
/* Off again, recovery codes included. */
void factor_stop(struct tx *tx, int64_t account_id);

struct factor_codes {
    str v[FACTOR_RECOVERY_CODES]; /* "abcd-efgh-jkmn", for people to write down */
};
/* New recovery codes in place of all older ones: shown this one time. */
struct factor_codes factor_codes_new(struct rq *rq, struct tx *tx, int64_t account_id);
/* Seals anew what was stored before keys had numbers; at each start. */
MUST_CHECK enum err factor_seal_old(struct app *app);

#endif

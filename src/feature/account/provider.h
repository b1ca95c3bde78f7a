/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages about the provider show. */
#ifndef FEATURE_ACCOUNT_PROVIDER_H
#define FEATURE_ACCOUNT_PROVIDER_H

#include "web/rq.h"

/* Why nobody came in. */
enum provider_problem {
    PROVIDER_GOOD,
    PROVIDER_STOPPED,  /* the person, or the provider, said no */
    PROVIDER_LATE,     /* another browser, too long ago, or used already */
    PROVIDER_AWAY,     /* not reachable */
    PROVIDER_REFUSED,  /* an answer that we do not trust */
    PROVIDER_UNPROVEN, /* it did not ask again who this is */
    PROVIDER_OTHER,    /* it was another person than who is signed in here */
};
str provider_problem_text(const struct rq *rq, enum provider_problem problem);

#endif

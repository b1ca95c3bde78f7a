/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles, towns and times in words, for pages and mails. */
#ifndef FEATURE_ACCOUNT_WORDS_H
#define FEATURE_ACCOUNT_WORDS_H

#include "web/access.h"
#include "web/rq.h"

str role_name(const struct rq *rq, enum role role);
/* One sentence about what somebody with the role does. */
str role_does(const struct rq *rq, enum role role);
/* The same by code; the code itself when it is unknown (a role of an older release). */
str role_name_of(const struct rq *rq, str code);
str role_does_of(const struct rq *rq, str code);
/* Name of a town by id; empty when there is none. */
str city_name_of(const struct rq *rq, int64_t city_id);

#endif

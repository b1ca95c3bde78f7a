/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Cookies that only this installation can read and write: what somebody is in the middle of,
 * so that nothing needs to be stored for who stops halfway. Each name has a key of its own.
 */
#ifndef FEATURE_ACCOUNT_SEALED_H
#define FEATURE_ACCOUNT_SEALED_H

#include "web/rq.h"

void sealed_set(struct rq *rq, str name, str plain, int64_t seconds);
/* What it holds; empty when there is none, or it is forged. How old it is, it must say itself. */
str sealed_get(struct rq *rq, str name);
void sealed_end(struct rq *rq, str name);

#endif

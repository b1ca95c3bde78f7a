/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Browsers in which somebody has signed in before, told by a cookie that only this
 * installation can make. Whoever tries passwords from elsewhere uses up the tries of elsewhere;
 * the person at a known browser has tries of their own, so nobody can be locked out
 * (OWASP, "device cookies").
 */
#ifndef FEATURE_ACCOUNT_BROWSER_H
#define FEATURE_ACCOUNT_BROWSER_H

#include "web/rq.h"

/* Waits in seconds before a password may be tried for this address; 0: now, and it counts. */
int browser_wait(struct rq *rq, str mail);
/* The password was right: the tries of this browser are given back. */
void browser_forgive(struct rq *rq, str mail);
/* Whether one more link may be mailed to this address; it counts. */
bool browser_may_mail(struct rq *rq, str mail);
/* After a sign-in: this browser is known for the address from now on. */
void browser_remember(struct rq *rq, str mail);

#endif

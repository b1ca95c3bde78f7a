/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keeping programs out of forms that everybody may send, without puzzles for people: a field
 * that nobody sees, and a signed time before which nobody can have typed. In a template:
 * @call trap_fields() inside the form (trap.html); the page must not be kept (rq->no_cache).
 */
#ifndef WEB_TRAP_H
#define WEB_TRAP_H

#include "web/rq.h"

#define TRAP_FIELD "website" /* what programs like to fill in */

/* The value of the hidden time: now, signed. */
str trap_time(const struct rq *rq);
/* Looks at a POST: false, with an error at the form as a whole, when no person typed it. */
bool trap_passed(struct rq *rq);

#endif

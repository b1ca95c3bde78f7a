/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How somebody wants to read: language, size of the text, light or dark. Kept in one
 * cookie, which is set only when a person has asked for something (§ 25 TDDDG).
 */
#ifndef WEB_PREFER_H
#define WEB_PREFER_H

#include "web/rq.h"

/* From ?lang=, the cookie, Accept-Language, the town's default: the first that says so. */
void prefer_load(struct rq *rq);
/* Sets the cookie when this request asked for a language. */
void prefer_remember(struct rq *rq);
/* Sets the cookie to what rq says now. */
void prefer_save(struct rq *rq);
/* Takes the message that an earlier request left (rq_note) and clears it. */
void prefer_note(struct rq *rq);

/* For the html element: "size-l scheme-dark kern-dark". */
str prefer_class(const struct rq *rq);

#endif

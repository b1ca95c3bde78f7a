/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The page to go back to, as a form or an address carries it (`next`, `back`). Anybody can
 * write such an address, so it is only followed when it is a page of this site that our own
 * router knows (ASVS 5.0, 3.7.2: no open redirect).
 */
#ifndef WEB_RETURN_TO_H
#define WEB_RETURN_TO_H

#include "web/rq.h"

/*
 * An address as the browser shows it behind the host: "/luebeck/angebote?q=lesen". False,
 * and *page untouched, when it is not plainly a page of ours.
 */
bool return_to_parse(const struct rq *rq, str address, url *page);
/* The same for the address that a form is sent to. */
bool return_to_parse_form(const struct rq *rq, str address, url *page);
/* The address of this request in that form, for a `next` or `back`; "/" for a POST. */
str return_to_here(const struct rq *rq);

#endif

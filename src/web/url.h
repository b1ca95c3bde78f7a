/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses that are safe to link. Outside of the request (link_to, web/rq.h) and of the
 * assets, a `url` is made here and nowhere else.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "base/str.h"

#define URL_MAX 2000

/*
 * Checks an address that people wrote into a text or form. Allowed are http, https, mailto
 * and tel, and "www.…", which gets http:// in front; anything else (javascript, data,
 * relative, a user name before the host, too long) gives false and leaves *u empty. Bytes
 * that have no place in an address are percent-encoded, so that the result may stand in an
 * attribute and in Markdown's parentheses.
 */
bool url_parse(struct arena *a, str s, url *u);
/* The same; a refused address becomes the empty url, which `href?={…}` leaves out. */
url url_of(struct arena *a, str s);
/*
 * Checks an address that must lead to this site: where to go after signing in. It begins
 * with one '/', and nothing in it makes a browser read it as another site.
 */
bool url_parse_local(struct arena *a, str s, url *u);
/* mailto: and tel: from what people typed; empty when it is no address, no number. */
url url_mail(struct arena *a, str address);
url url_phone(struct arena *a, str number);

static inline bool url_empty(url u)
{
    return u.s.n == 0;
}

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses that are safe to link. A `url` is made here and nowhere else: it leads to this
 * site (/path, ?query, #part) or has the scheme http, https, mailto or tel. Everything a
 * browser could read differently than we do (control characters, backslashes, a user name
 * before the host) is refused. Addresses of this town come from link_to (web/rq.h).
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "base/str.h"

/*
 * An address that a person typed or a file held. Blanks and other characters that do not
 * belong into an address are percent-encoded. False, and *u empty, when it is refused.
 */
bool url_parse(struct arena *a, str s, url *u);
/* The same; a refused address becomes the empty url, which `href?={…}` leaves out. */
url url_of(struct arena *a, str s);
/* An address of this site from parts that are ours: begins with one '/'. Else a mistake. */
url url_path(struct arena *a, str path);
/* mailto: and tel: from what people typed; empty when it is no address, no number. */
url url_mail(struct arena *a, str address);
url url_phone(struct arena *a, str number);

static inline bool url_empty(url u)
{
    return u.s.n == 0;
}

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* str, html and url are three types: none becomes another without a function that checks. */
#include "web/html.h"
#include "web/url.h"

void markup(struct out *o, str s, html h, url u);

void markup(struct out *o, str s, html h, url u)
{
    html_put(o, s);
    html_put(o, h);
    html_put_url(o, u);
#ifdef REFUSED
    /* refuse: incompatible type */
    html_put_html(o, s);
    /* refuse: incompatible type */
    html_put_url(o, s);
    /* refuse: incompatible type */
    html_put_str(o, h);
    /* refuse: incompatible type */
    h = s;
    /* refuse: incompatible type */
    u = s;
    /* refuse: type */
    u = (url)s;
#endif
}

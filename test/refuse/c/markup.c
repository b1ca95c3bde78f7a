/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * str, html, url and sealed are types of their own: none becomes another without a function that
 * checks, or opens.
 */
#include "db/stmt.h"
#include "web/html.h"
#include "web/url.h"

void markup(struct out *o, str s, html h, url u, sealed box);

void markup(struct out *o, str s, html h, url u, sealed box)
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
    /* refuse: compatible */
    html_put(o, box);
    /* refuse: incompatible type */
    html_put_str(o, box);
    /* refuse: incompatible type */
    s = box;
    /* refuse: incompatible type */
    h = s;
    /* refuse: incompatible type */
    u = s;
    /* refuse: type */
    u = (url)s;
#endif
}

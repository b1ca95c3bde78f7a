/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The town's colours as a style sheet. Pages link it with a fingerprint of the two colours
 * (?v=, see page_theme), so that browsers may keep it for good.
 */
#include "web/colour.h"
#include "feature/city/pages.h"

void theme_css(struct rq *rq)
{
    struct colour primary;
    struct colour accent;
    struct theme theme;
    rq_type(rq, S("text/css; charset=utf-8"));
    /* Colours were checked when they were saved; without them the program's own stay. */
    OUT(rq->out, "/* CC0-1.0 */\n");
    if (colour_parse(rq->city->colour, &primary) && colour_parse(rq->city->accent, &accent) &&
        theme_of(primary, accent, &theme))
        theme_put(rq->out, &theme);
}

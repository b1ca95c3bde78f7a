/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How the pages look to this reader: size of the text, light or dark. Works without script
 * and without account; the choice is one cookie (web/prefer.h).
 */
#include "feature/account/pages.h"
#include "web/prefer.h"
#include "web/return_to.h"

static enum text_size size_after(enum text_size now, str wish)
{
    if (str_eq(wish, S("smaller")))
        return now > SIZE_S ? now - 1 : SIZE_S;
    if (str_eq(wish, S("larger")))
        return now < SIZE_XL ? now + 1 : SIZE_XL;
    if (str_eq(wish, S("normal")) || str_eq(wish, S("reset")))
        return SIZE_M;
    return now;
}

static enum scheme scheme_after(enum scheme now, str wish)
{
    if (str_eq(wish, S("light")))
        return SCHEME_LIGHT;
    if (str_eq(wish, S("dark")))
        return SCHEME_DARK;
    return str_eq(wish, S("auto")) ? SCHEME_AUTO : now;
}

/* POST /darstellung, on the same host for all towns. */
void reading_save(struct rq *rq, struct tx *tx)
{
    (void)tx;
    url page = link_net(rq, S("/"));
    rq->size = size_after(rq->size, rq_param(rq, "size"));
    if (str_eq(rq_param(rq, "size"), S("reset"))) /* of everything */
        rq->scheme = SCHEME_AUTO;
    rq->scheme = scheme_after(rq->scheme, rq_param(rq, "scheme"));
    prefer_save(rq);
    return_to_parse(rq, rq_param(rq, "back"), &page);
    rq_see_url(rq, page);
}

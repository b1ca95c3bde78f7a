/* SPDX-License-Identifier: EUPL-1.2 */
/* Small answers for home.html. */
#include "feature/home/view.h"

#include "web/page.h"

url home_quick(const struct rq *rq, const char *param, str value)
{
    struct http_field field = { str_from_c(param), value };
    return link_query(rq, S("/angebote"), &field, 1);
}

url home_logo(const struct rq *rq, const struct city *city)
{
    struct rq as_there = *rq;
    as_there.city = city;
    return page_logo(&as_there);
}

str home_about(const struct rq *rq, const struct home_office *office)
{
    if (rq->lang == LANG_DE_SIMPLE && office->about_simple.n)
        return office->about_simple;
    return rq->lang == LANG_EN && office->about_en.n ? office->about_en : office->about;
}

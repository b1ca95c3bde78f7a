/* SPDX-License-Identifier: EUPL-1.2 */
/* Searches as they are kept: a query string of the parameters that filter, and back. */
#include "feature/search/search.h"

#include "http/param.h"
#include "search.text.h"

#define QUERY_MOST 800 /* bytes */

/* Whether a parameter filters: page and order say how a list is shown. */
static bool filters(str name)
{
    static const str shown[] = { STR_INIT("sort"), STR_INIT("page"), STR_INIT("per") };
    str plain = str_starts(name, S("not.")) ? str_slice(name, 4, name.n) : name;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (str_eq(plain, shown[i]))
            return false;
    for (const struct param *p = search_params; p->name; p++)
        if (str_eq(str_from_c(p->name), plain))
            return true;
    /* step_free stands in the table for all six questions. */
    return vocab_find(&vocab_accessible, plain) >= 0;
}

static bool comes_before(const struct http_field *a, const struct http_field *b)
{
    int c = str_cmp(a->name, b->name);
    return c < 0 || (c == 0 && str_cmp(a->value, b->value) < 0);
}

bool search_kept(struct rq *rq, str given, str *query)
{
    struct http_fields fields = { 0 };
    if (given.n > QUERY_MOST || param_parse(rq->arena, given, &fields) != 0)
        return false;
    struct http_field *kept = NEW_ARRAY(rq->arena, fields.n, struct http_field);
    size_t n = 0;
    for (size_t i = 0; i < fields.n; i++) {
        size_t at = n;
        if (!fields.v[i].value.n || !filters(fields.v[i].name))
            continue;
        for (; at > 0 && comes_before(&fields.v[i], &kept[at - 1]); at--)
            kept[at] = kept[at - 1];
        kept[at] = fields.v[i];
        n++;
    }
    str link = link_query(rq, S("/angebote"), kept, n).s;
    ptrdiff_t from = str_find_byte(link, '?');
    *query = from < 0 ? S("") : str_slice(link, (size_t)from + 1, link.n);
    return true;
}

struct rq search_asking(const struct rq *rq, str query)
{
    struct rq asking = *rq;
    struct http_request *http = NEW(rq->arena, struct http_request);
    http->method = HTTP_GET;
    http->path = S("/angebote");
    http->query = query;
    http->arena = rq->arena;
    if (param_parse(rq->arena, query, &http->params) != 0)
        http->params = (struct http_fields){ 0 };
    asking.http = http;
    asking.path = http->path;
    return asking;
}

str search_words(struct rq *rq, str query)
{
    struct rq asking = search_asking(rq, query);
    struct search_result found = { 0 };
    struct out o = out_new(rq->arena, 4096);
    search_run(&asking, &found);
    for (size_t i = 0; i < found.chip_count; i++) {
        if (i)
            OUT(&o, " · ");
        out_str(&o, found.chips[i].label);
    }
    rq->index_version = asking.index_version;
    return o.n ? out_text(&o) : t_search_all(rq, rq->city->name);
}

url search_link(const struct rq *rq, str query)
{
    str path = query.n ? str_fmt(rq->arena, "/angebote?%.*s", STR_FMT(query)) : S("/angebote");
    return link_to(rq, path);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Which addresses may be gone back to: plain characters, and the router knows the page. */
#include "web/return_to.h"

#include "web/app.h"
#include "web/router.h"

#define LONGEST 1500

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Letters, digits, and no segment that is empty or begins with a dot. */
static bool plain_path(str path)
{
    if (!path.n || path.p[0] != '/')
        return false;
    for (size_t i = 1; i < path.n; i++) {
        char c = path.p[i];
        bool first = path.p[i - 1] == '/';
        if (!is_alnum(c) && (first || str_find_byte(S("-_./"), c) < 0))
            return false;
    }
    return true;
}

/* What a form sends: no control characters, neither plainly nor as %0D. */
static bool plain_query(str query)
{
    for (size_t i = 0; i < query.n; i++) {
        char c = query.p[i];
        if (c == '%') {
            int high = i + 2 < query.n ? hex_value(query.p[i + 1]) : -1;
            int low = high >= 0 ? hex_value(query.p[i + 2]) : -1;
            if (high < 2 || low < 0 || (high == 7 && low == 15))
                return false;
            i += 2;
        } else if (!is_alnum(c) && str_find_byte(S("-_.~+=&,:"), c) < 0) {
            return false;
        }
    }
    return true;
}

/* "/konto/daten.json" is a page and its format. */
static str without_format(str path)
{
    if (str_ends(path, S(".json")))
        return str_slice(path, 0, path.n - 5);
    return str_ends(path, S(".csv")) ? str_slice(path, 0, path.n - 4) : path;
}

struct wanted {
    const struct rq *rq;
    enum http_method method;
};

static bool answers(const struct wanted *w, str path, bool in_city)
{
    const struct router *router = w->rq->app->router;
    str asked = path.n ? path : S("/");
    return router_find(router, w->method, asked, in_city, false).route ||
           router_find(router, w->method, without_format(asked), in_city, false).route;
}

/* The same order as the dispatcher's: town by host, town by first segment, network. */
static bool router_knows(const struct wanted *w, str path)
{
    if (city_by_host(w->rq->cities, w->rq->http->host))
        return answers(w, path, true) || answers(w, path, false);
    str tail = str_slice(path, 1, path.n);
    str slug = S("");
    str_next(&tail, '/', &slug);
    if (city_by_slug(w->rq->cities, slug))
        return answers(w, str_slice(path, 1 + slug.n, path.n), true);
    return answers(w, path, false);
}

static bool parse(const struct wanted *w, str address, url *page)
{
    if (!address.n || address.n > LONGEST)
        return false;
    ptrdiff_t mark = str_find_byte(address, '?');
    str path = mark < 0 ? address : str_slice(address, 0, (size_t)mark);
    str query = mark < 0 ? S("") : str_slice(address, (size_t)mark + 1, address.n);
    if (!plain_path(path) || !plain_query(query) || !router_knows(w, path))
        return false;
    *page = (url){ address };
    return true;
}

bool return_to_parse(const struct rq *rq, str address, url *page)
{
    return parse(&(struct wanted){ rq, HTTP_GET }, address, page);
}

bool return_to_parse_form(const struct rq *rq, str address, url *page)
{
    return parse(&(struct wanted){ rq, HTTP_POST }, address, page);
}

str return_to_here(const struct rq *rq)
{
    return rq->http->method == HTTP_POST ? S("/") : rq->http->target;
}

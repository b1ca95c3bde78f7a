/* SPDX-License-Identifier: EUPL-1.2 */
/* Looking into a request and writing the head of a reply: the plain parts of http.h. */
#include "http/http.h"

#include "base/vec.h"
#include "http/param.h"

str http_header(const struct http_request *rq, str name)
{
    for (size_t i = 0; i < rq->headers.n; i++)
        if (str_ieq(rq->headers.v[i].name, name))
            return rq->headers.v[i].value;
    return (str){ NULL, 0 };
}

str http_param(struct http_fields fields, str name, bool *found)
{
    for (size_t i = 0; i < fields.n; i++) {
        if (!str_eq(fields.v[i].name, name))
            continue;
        if (found)
            *found = true;
        return fields.v[i].value;
    }
    if (found)
        *found = false;
    return (str){ NULL, 0 };
}

str http_cookie(const struct http_request *rq, str name)
{
    return param_cookie(http_header(rq, S("Cookie")), name);
}

static bool one_line(str s)
{
    return str_find_byte(s, '\r') < 0 && str_find_byte(s, '\n') < 0 && str_find_byte(s, '\0') < 0;
}

void http_reply_header(const struct http_request *rq, struct http_reply *reply, str name, str value)
{
    must(name.n && one_line(name) && one_line(value));
    struct {
        struct http_field *v;
        size_t n, cap;
    } headers = { reply->headers, reply->header_count, reply->header_cap };

    *vec_add(rq->arena, &headers) = (struct http_field){ name, value };
    reply->headers = headers.v;
    reply->header_count = headers.n;
    reply->header_cap = headers.cap;
}

void http_resume(struct http_reply *reply)
{
    reply->resume(reply);
}

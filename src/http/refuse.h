/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a strict server must not pass on, although the library lets it through. Pure
 * functions: a head in, the status that refuses it out, 0 when it is accepted.
 * Sources: RFC 9110 (semantics), RFC 9112 (HTTP/1.1), RFC 3986 (addresses).
 */
#ifndef HTTP_REFUSE_H
#define HTTP_REFUSE_H

#include "http/http.h"

/* A request's head as it came, before any decoding. */
struct head {
    str method;
    str target;
    str version;
    struct http_fields headers;
    size_t bytes; /* request line and headers */
};

/* What the headers say of the body. */
struct body_plan {
    bool chunked;
    uint64_t length; /* 0 when chunked or absent */
};

/*
 * Checks the head and fills in rq: method, target, path, query, host, params, headers; and
 * the plan of the body. On refusal rq holds what has been understood until then.
 */
int refuse_head(const struct head *head, const struct http_limits *limits, struct http_request *rq,
                struct body_plan *plan);

/*
 * A target (RFC 9112, section 3.2) in origin-form, or in absolute-form of http or https, which
 * then sets *authority. Path and params are decoded into rq->arena.
 */
int target_parse(str target, struct http_request *rq, str *authority);

/* Checks a Host (RFC 3986, 3.2.2 and 3.2.3) and gives it in lower case without its port. */
bool host_parse(struct arena *a, str value, str *host);

/* "Bad Request" for 400 and so on; for replies without a page. */
str refuse_reason(int status);

#endif

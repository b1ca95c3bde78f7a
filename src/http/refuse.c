/* SPDX-License-Identifier: EUPL-1.2 */
/* Strict refusal of heads; see refuse.h. The target's part is target.c. */
#include "http/refuse.h"

static bool token_byte(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c && str_find_byte(S("!#$%&'*+-.^_`|~"), c) >= 0;
}

/* RFC 9110, section 5.6.2 */
static bool token(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!token_byte(s.p[i]))
            return false;
    return s.n > 0;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static int check_method(str s, enum http_method *method)
{
    static const str known[] = {
        [HTTP_GET] = STR_INIT("GET"),       [HTTP_HEAD] = STR_INIT("HEAD"),
        [HTTP_POST] = STR_INIT("POST"),     [HTTP_PUT] = STR_INIT("PUT"),
        [HTTP_DELETE] = STR_INIT("DELETE"), [HTTP_OPTIONS] = STR_INIT("OPTIONS"),
    };
    static const str forbidden[] = { STR_INIT("CONNECT"), STR_INIT("TRACE"), STR_INIT("PATCH") };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_eq(s, known[i])) {
            *method = (enum http_method)i;
            return 0;
        }
    }
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_eq(s, forbidden[i]))
            return 405;
    return token(s) ? 501 : 400;
}

static int check_version(str s)
{
    if (str_eq(s, S("HTTP/1.1")) || str_eq(s, S("HTTP/1.0")))
        return 0;
    return str_starts(s, S("HTTP/")) ? 505 : 400;
}

static bool host_byte(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c == '-' || c == '.' || c == '_';
}

/* "[::1]" at the front of a Host; {NULL, 0} when it is none. */
static str host_literal(str value)
{
    size_t end = 1;

    while (end < value.n && value.p[end] != ']') {
        char c = value.p[end++];
        if (c != ':' && c != '.' && !(host_byte(c) && c != '-' && c != '_'))
            return (str){ NULL, 0 };
    }
    if (end == value.n || end < 3)
        return (str){ NULL, 0 };
    return str_slice(value, 0, end + 1);
}

/* The part of a Host before its port; {NULL, 0} when it is none. */
static str host_name(str value)
{
    size_t end = 0;

    if (str_starts(value, S("[")))
        return host_literal(value);
    while (end < value.n && host_byte(value.p[end]))
        end++;
    return str_slice(value, 0, end);
}

bool host_parse(struct arena *a, str value, str *host)
{
    str name = host_name(value);
    str port = str_slice(value, name.n, value.n);

    *host = (str){ NULL, 0 };
    if (!name.n || name.n > 255 || name.p[0] == '.')
        return false;
    bool numbered = port.n < 2 || all_digits(str_slice(port, 1, port.n));
    if (port.n && (port.p[0] != ':' || port.n > 6 || !numbered))
        return false;
    char *lower = arena_bytes(a, name.n);
    for (size_t i = 0; i < name.n; i++)
        lower[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    *host = (str){ lower, name.n };
    return true;
}

/* A name is a token, a value has no control byte but the tab (RFC 9110, section 5.5). */
static bool good_field(const struct http_field *f)
{
    for (size_t i = 0; i < f->value.n; i++) {
        unsigned char c = (unsigned char)f->value.p[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return token(f->name);
}

/* The headers that decide where a request ends and whom it is for. */
struct framing {
    const str *host;
    const str *length;
    const str *encoding;
    const str *expect;
};

static int collect(struct http_fields headers, struct framing *f)
{
    const struct {
        str name;
        const str **value;
    } wanted[] = {
        { STR_INIT("Host"), &f->host },
        { STR_INIT("Content-Length"), &f->length },
        { STR_INIT("Transfer-Encoding"), &f->encoding },
        { STR_INIT("Expect"), &f->expect },
    };

    for (size_t i = 0; i < headers.n; i++) {
        if (!good_field(&headers.v[i]))
            return 400;
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
            if (!str_ieq(headers.v[i].name, wanted[k].name))
                continue;
            if (*wanted[k].value)
                return 400;
            *wanted[k].value = &headers.v[i].value;
        }
    }
    return 0;
}

static int check_framing(const struct framing *f, bool http_1_0, struct body_plan *plan)
{
    int64_t length = 0;

    if (f->encoding) {
        if (f->length || http_1_0)
            return 400;
        plan->chunked = true;
        return str_ieq(str_trim(*f->encoding), S("chunked")) ? 0 : 501;
    }
    if (f->length) {
        str digits = str_trim(*f->length);
        if (!all_digits(digits))
            return 400;
        if (!str_to_i64(digits, &length))
            return 413;
        plan->length = (uint64_t)length;
    }
    if (f->expect && !str_ieq(str_trim(*f->expect), S("100-continue")))
        return 417;
    return 0;
}

static int check_host(const struct framing *f, bool http_1_0, str authority,
                      struct http_request *rq)
{
    str from_target;

    rq->host = S("");
    if (!f->host)
        return http_1_0 && !authority.n ? 0 : 400;
    str value = str_trim(*f->host);
    if (!host_parse(rq->arena, value, &rq->host))
        return 400;
    if (!authority.n)
        return 0;
    /* RFC 9112 prefers the target's; two different ones are an attack or a mistake. */
    return host_parse(rq->arena, authority, &from_target) && str_ieq(authority, value) ? 0 : 400;
}

int refuse_head(const struct head *head, const struct http_limits *limits, struct http_request *rq,
                struct body_plan *plan)
{
    struct framing framing = { 0 };
    bool http_1_0 = str_eq(head->version, S("HTTP/1.0"));
    str authority;

    *plan = (struct body_plan){ 0 };
    rq->target = head->target;
    rq->headers = head->headers;
    int status = check_version(head->version);
    if (!status && head->target.n > limits->target)
        status = 414;
    if (!status && (head->bytes > limits->head || head->headers.n > limits->headers))
        status = 431;
    if (!status)
        status = collect(head->headers, &framing);
    if (!status)
        status = check_method(head->method, &rq->method);
    if (!status)
        status = target_parse(head->target, rq, &authority);
    if (!status)
        status = check_host(&framing, http_1_0, authority, rq);
    return status ? status : check_framing(&framing, http_1_0, plan);
}

str refuse_reason(int status)
{
    static const struct {
        int status;
        str reason;
    } reasons[] = {
        { 400, STR_INIT("Bad Request") },
        { 405, STR_INIT("Method Not Allowed") },
        { 413, STR_INIT("Content Too Large") },
        { 414, STR_INIT("URI Too Long") },
        { 417, STR_INIT("Expectation Failed") },
        { 431, STR_INIT("Request Header Fields Too Large") },
        { 501, STR_INIT("Not Implemented") },
        { 503, STR_INIT("Service Unavailable") },
        { 505, STR_INIT("HTTP Version Not Supported") },
    };

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return S("Refused");
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* The pure functions of this folder: parameters, cookies, targets, hosts, heads, multipart. */
#include "base/out.h"
#include "base/test.h"
#include "http/form.h"
#include "http/param.h"
#include "http/refuse.h"

static const struct http_limits limits = { .target = 4096, .head = 8192, .headers = 100 };

static str unescaped(const char *s, bool plus)
{
    str decoded;
    return param_unescape(&t_arena, str_from_c(s), plus, &decoded) ? decoded : S("(refused)");
}

static void unescapes(void)
{
    eq_str(unescaped("a%20b", false), S("a b"));
    eq_str(unescaped("a+b", false), S("a+b"));
    eq_str(unescaped("a+b%2B", true), S("a b+"));
    eq_str(unescaped("%c3%BC", true), S("ü"));
    eq_str(unescaped("%2525", true), S("%25"));
    eq_str(unescaped("", true), S(""));
    eq_str(unescaped("%", true), S("(refused)"));
    eq_str(unescaped("a%2", true), S("(refused)"));
    eq_str(unescaped("%g0", true), S("(refused)"));
    eq_str(unescaped("%-1", true), S("(refused)"));
    eq_str(unescaped("%%41", true), S("(refused)"));
}

/* "name=value|" for each field, or the status. */
static str params(str s)
{
    struct http_fields fields;
    struct out o = out_new(&t_arena, 0);
    int status = param_parse(&t_arena, s, &fields);

    if (status)
        return str_fmt(&t_arena, "%d", status);
    for (size_t i = 0; i < fields.n; i++)
        out_fmt(&o, "%.*s=%.*s|", STR_FMT(fields.v[i].name), STR_FMT(fields.v[i].value));
    return out_text(&o);
}

static str repeat(const char *what, size_t times)
{
    struct out o = out_new(&t_arena, 0);
    for (size_t i = 0; i < times; i++)
        out_str(&o, str_from_c(what));
    return out_text(&o);
}

static void parses_parameters(void)
{
    eq_str(params(S("")), S(""));
    eq_str(params(S("a=1&b=2&a=3")), S("a=1|b=2|a=3|"));
    eq_str(params(S("a&b=&=c&&d=e=f")), S("a=|b=|=c|d=e=f|"));
    eq_str(params(S("n%C3%A4me=L%C3%BCbeck+St.%20J")), S("näme=Lübeck St. J|"));
    eq_str(params(S("a=1;b=2")), S("a=1;b=2|"));
    eq_str(params(S("a=%FF")), S("400"));
    eq_str(params(S("%FF=a")), S("400"));
    eq_str(params(S("a=%00")), S("400"));
    eq_str(params(S("a=%")), S("400"));
    ok(params(repeat("a=1&", PARAM_MAX)).n == 4 * PARAM_MAX);
    eq_str(params(repeat("a=1&", PARAM_MAX + 1)), S("413"));
    ok(params(repeat("a", PARAM_NAME_MAX)).n == PARAM_NAME_MAX + 2);
    eq_str(params(repeat("a", PARAM_NAME_MAX + 1)), S("413"));
}

static void finds_cookies(void)
{
    str header = S("a=1; __Host-s=tok=en;b=\"q\" ; empty=; a=2; bare");

    eq_str(param_cookie(header, S("a")), S("1"));
    eq_str(param_cookie(header, S("__Host-s")), S("tok=en"));
    eq_str(param_cookie(header, S("b")), S("q"));
    eq_str(param_cookie(header, S("empty")), S(""));
    eq_str(param_cookie(header, S("bare")), S(""));
    eq_str(param_cookie(header, S("s")), S(""));
    eq_str(param_cookie(header, S("A")), S(""));
    eq_str(param_cookie((str){ NULL, 0 }, S("a")), S(""));
}

static void finds_headers_and_parameters(void)
{
    static const struct http_field fields[] = {
        { STR_INIT("Accept"), STR_INIT("text/html") },
        { STR_INIT("q"), STR_INIT("first") },
        { STR_INIT("q"), STR_INIT("second") },
        { STR_INIT("leer"), STR_INIT("") },
    };
    struct http_request rq = { .headers = { fields, 4 }, .arena = &t_arena };
    struct http_reply reply = { 0 };
    bool found = false;

    eq_str(http_header(&rq, S("ACCEPT")), S("text/html"));
    eq_str(http_header(&rq, S("Accept-Language")), S(""));
    eq_str(http_param(rq.headers, S("q"), &found), S("first"));
    ok(found);
    eq_str(http_param(rq.headers, S("leer"), &found), S(""));
    ok(found);
    eq_str(http_param(rq.headers, S("Q"), &found), S(""));
    ok(!found);
    for (int i = 0; i < 20; i++)
        http_reply_header(&rq, &reply, S("X-N"), str_fmt(&t_arena, "%d", i));
    eq_int(reply.header_count, 20);
    eq_str(reply.headers[19].value, S("19"));
}

/* The decoded path, or the status. */
static str path_of(str target)
{
    struct http_request rq = { .arena = &t_arena };
    str authority;
    int status = target_parse(target, &rq, &authority);

    return status ? str_fmt(&t_arena, "%d", status) : rq.path;
}

static void parses_targets(void)
{
    struct http_request rq = { .arena = &t_arena };
    str authority;

    eq_int(target_parse(S("/a/b?c=d&e"), &rq, &authority), 0);
    eq_str(rq.path, S("/a/b"));
    eq_str(rq.query, S("c=d&e"));
    eq_int(rq.params.n, 2);
    eq_str(authority, S(""));
    eq_int(target_parse(S("HTTPS://A.example:8/x?y"), &rq, &authority), 0);
    eq_str(authority, S("A.example:8"));
    eq_str(rq.path, S("/x"));
    eq_str(path_of(S("http://a?b")), S("/"));
    eq_str(path_of(S("/")), S("/"));
    eq_str(path_of(S("/?")), S("/"));
    eq_str(path_of(S("/%41%c3%bc")), S("/Aü"));
    eq_str(path_of(S("/a//b/")), S("/a//b/"));
    eq_str(path_of(S("/..a/b../...")), S("/..a/b../..."));
    eq_str(path_of(S("/a%3Fb%23")), S("/a?b#"));
    static const char *const bad[] = { "",         "a",       "*",       "//a",     "/..",
                                       "/.",       "/a/../b", "/%2e%2E", "/%2E",    "/a%2fb",
                                       "/a%5cb",   "/a\\b",   "/%00",    "/%0a",    "/%7f",
                                       "/a#b",     "/a b",    "/%",      "/%ff",    "http://",
                                       "http:///", "ftp://a", "/%2f..",  "http:/a", "/?a=%zz" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        test_check(str_eq(path_of(str_from_c(bad[i])), S("400")), bad[i], __FILE__, __LINE__);
}

static str host_of(const char *value)
{
    str host;
    return host_parse(&t_arena, str_from_c(value), &host) ? host : S("(refused)");
}

static void parses_hosts(void)
{
    eq_str(host_of("Ehrenamt.Example"), S("ehrenamt.example"));
    eq_str(host_of("a:8080"), S("a"));
    eq_str(host_of("a:"), S("a"));
    eq_str(host_of("127.0.0.1:80"), S("127.0.0.1"));
    eq_str(host_of("[2001:DB8::1]:80"), S("[2001:db8::1]"));
    eq_str(host_of("[::ffff:1.2.3.4]"), S("[::ffff:1.2.3.4]"));
    static const char *const bad[] = { "",       ":80", ".a",    "a b",  "a/b",     "a,b",
                                       "a@b",    "a:b", "a:1:2", "[::1", "[]",      "[g!]",
                                       "[::1]x", "ä",   "a%41",  "a:-1", "a:123456" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        test_check(str_eq(host_of(bad[i]), S("(refused)")), bad[i], __FILE__, __LINE__);
}

/* The status of a POST with Host and this header. */
static int status_with(const char *name, const char *value)
{
    struct http_field fields[] = { { S("Host"), S("a") }, { str_from_c(name), str_from_c(value) } };
    struct head head = { S("POST"), S("/"), S("HTTP/1.1"), { fields, 2 }, 100 };
    struct http_request rq = { .arena = &t_arena };
    struct body_plan plan;

    return refuse_head(&head, &limits, &rq, &plan);
}

static void refuses_heads(void)
{
    eq_int(status_with("X-A", "b"), 0);
    eq_int(status_with("X-A", "b\tc \xc3\xbc"), 0);
    eq_int(status_with("X-A", "b\x01"), 400);
    eq_int(status_with("X-A", "b\rc"), 400);
    eq_int(status_with("X-A ", "b"), 400);
    eq_int(status_with("", "b"), 400);
    eq_int(status_with("HOST", "a"), 400);
    eq_int(status_with("content-length", "12"), 0);
    eq_int(status_with("content-length", "1 2"), 400);
    eq_int(status_with("content-length", "99999999999999999999"), 413);
    eq_int(status_with("transfer-encoding", "Chunked"), 0);
    eq_int(status_with("transfer-encoding", "chunked, chunked"), 501);
    eq_int(status_with("expect", "100-Continue"), 0);
    eq_int(status_with("expect", "200-ok"), 417);
}

/* What the form holds, as text, or the status. */
static str multipart(str type, str body)
{
    struct form form;
    struct out o = out_new(&t_arena, 0);
    int status = form_parse_multipart(&t_arena, type, body, &form);

    if (status)
        return str_fmt(&t_arena, "%d", status);
    for (size_t i = 0; i < form.fields.n; i++)
        out_fmt(&o, "%.*s=%.*s|", STR_FMT(form.fields.v[i].name), STR_FMT(form.fields.v[i].value));
    for (size_t i = 0; i < form.upload_count; i++)
        out_fmt(&o, "%.*s:%.*s(%.*s)=%.*s|", STR_FMT(form.uploads[i].field),
                STR_FMT(form.uploads[i].filename), STR_FMT(form.uploads[i].type),
                STR_FMT(form.uploads[i].bytes));
    return out_text(&o);
}

#define TYPE        S("multipart/form-data; boundary=B")
#define DISPOSITION "--B\r\nContent-Disposition: form-data; "
#define FIELD       DISPOSITION "name=\"a\"\r\n\r\n"

static void parses_multipart(void)
{
    eq_str(multipart(TYPE, S("--B--\r\n")), S(""));
    eq_str(multipart(TYPE, S("--B--")), S(""));
    eq_str(multipart(TYPE, S(FIELD "1\r\n" FIELD "\r\n--B--\r\n")), S("a=1|a=|"));
    eq_str(multipart(TYPE, S(FIELD "x\r\n--b\r\n--C\r\ny\r\n--B--")), S("a=x\r\n--b\r\n--C\r\ny|"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"f\"; filename=\"b;ü.png\"\r\ncontent-type: "
                                         "image/png\r\n\r\n\x01\r\n\x02\r\n--B--\r\n")),
           S("f:b;ü.png(image/png)=\x01\r\n\x02|"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"f\"; filename=\"\"\r\nContent-Type: "
                                         "application/octet-stream\r\n\r\n\r\n--B--\r\n")),
           S(""));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"a%22b\\\"\r\n\r\n1\r\n--B--")), S("a\"b\\=1|"));
    eq_str(multipart(S("Multipart/Form-Data;charset=utf-8; Boundary=\"B C\""),
                     S("--B C\r\nContent-Disposition:form-data;name=a\r\n\r\n1\r\n--B C--")),
           S("a=1|"));
}

static void refuses_bad_multipart(void)
{
    eq_str(multipart(TYPE, S("")), S("400"));
    eq_str(multipart(TYPE, S("--B")), S("400"));
    eq_str(multipart(TYPE, S("preamble\r\n--B--\r\n")), S("400"));
    eq_str(multipart(TYPE, S(FIELD "1\r\n--B--\r\nepilogue")), S("400"));
    eq_str(multipart(TYPE, S(FIELD "1\n--B--\r\n")), S("400"));
    eq_str(multipart(TYPE, S(FIELD "1\r\n--BB--\r\n")), S("400"));
    eq_str(multipart(TYPE, S(FIELD "\xff\r\n--B--\r\n")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "x=y\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=a; name=b\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"a\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"a\"b\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=\"%0D%0A\"\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S("--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(TYPE, S(DISPOSITION "name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                         "MQ==\r\n--B--")),
           S("400"));
    eq_str(multipart(TYPE, S("--B\r\nno colon\r\n\r\n1\r\n--B--")), S("400"));
    eq_str(multipart(S("multipart/form-data"), S("--B--")), S("400"));
    eq_str(multipart(S("multipart/form-data; boundary="), S("----")), S("400"));
    eq_str(multipart(S("multipart/form-data; boundary=B; boundary=B"), S("--B--")), S("400"));
    str long_boundary = str_join(&t_arena, S("multipart/form-data; boundary="), repeat("B", 71));
    eq_str(multipart(long_boundary, str_fmt(&t_arena, "--%.*s--", STR_FMT(repeat("B", 71)))),
           S("400"));
}

static void bounds_multipart(void)
{
    str file = S(DISPOSITION "name=f; filename=x\r\n\r\n1\r\n");
    str field = S(FIELD "1\r\n");
    str end = S("--B--");

    str most = str_join(&t_arena, repeat(str_to_c(&t_arena, file), FORM_UPLOADS_MAX), end);
    ok(multipart(TYPE, most).n > 3);
    eq_str(multipart(TYPE, str_join(&t_arena, file, most)), S("413"));
    most = str_join(&t_arena, repeat(str_to_c(&t_arena, field), PARAM_MAX), end);
    ok(multipart(TYPE, most).n > 3);
    eq_str(multipart(TYPE, str_join(&t_arena, field, most)), S("413"));
    str name = repeat("n", PARAM_NAME_MAX + 1);
    eq_str(multipart(TYPE,
                     str_fmt(&t_arena, DISPOSITION "name=%.*s\r\n\r\n1\r\n--B--", STR_FMT(name))),
           S("413"));
}

static void decodes_by_content_type(void)
{
    struct http_field type = { S("Content-Type"), S("Application/X-WWW-Form-Urlencoded; x=y") };
    struct http_request rq = { .arena = &t_arena, .headers = { &type, 1 }, .body = S("a=b") };

    eq_int(form_decode(&rq), 0);
    eq_str(http_param(rq.form, S("a"), NULL), S("b"));
    eq_int(rq.body.n, 0);
    type.value = S("text/csv");
    rq = (struct http_request){ .arena = &t_arena, .headers = { &type, 1 }, .body = S("a=b") };
    eq_int(form_decode(&rq), 0);
    eq_int(rq.form.n, 0);
    eq_str(rq.body, S("a=b"));
}

static const struct test tests[] = {
    TEST(unescapes),
    TEST(parses_parameters),
    TEST(finds_cookies),
    TEST(finds_headers_and_parameters),
    TEST(parses_targets),
    TEST(parses_hosts),
    TEST(refuses_heads),
    TEST(parses_multipart),
    TEST(refuses_bad_multipart),
    TEST(bounds_multipart),
    TEST(decodes_by_content_type),
};

TEST_MAIN(tests)

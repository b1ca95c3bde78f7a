/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Malformed and borderline requests over a real socket, and what the server must answer.
 *
 * A line of the table: name, the status expected (0: closed without an answer), the bytes.
 * "@@" in the bytes stands for as many letters as the fourth member says. After a refusal the
 * connection must be closed, with one answer on it and no second request served; after each
 * probe the server must still serve a good request. Accepted requests stand between the
 * refused ones, so that a server that refuses everything fails too.
 */
#include <poll.h>
#include <sys/socket.h>

#include "base/out.h"
#include "base/test.h"
#include "client.h"
#include "http/http.h"

#define LINE      "GET / HTTP/1.1\r\n"
#define HOST      "Host: a.example\r\n"
#define GET       LINE HOST
#define POST      "POST / HTTP/1.1\r\n" HOST
#define END       "Connection: close\r\n\r\n"
#define URLENC    "Content-Type: application/x-www-form-urlencoded\r\n"
#define MULTI     "Content-Type: multipart/form-data; boundary=b\r\n"
#define SMUGGLED  "GET /smuggled HTTP/1.1\r\n" HOST "\r\n"
#define TARGET(t) "GET " t " HTTP/1.1\r\n" HOST END
#define HEADER(h) GET h END
#define CHUNKED   POST "Transfer-Encoding: chunked\r\n" END

/*
 * The library sends its own refusal of a malformed Content-Length twice before it
 * closes, and asks nobody. Added to the status where that is so.
 */
#define TWICE 1000

struct probe {
    const char *name;
    int status;
    str bytes;
    size_t letters;
};

static const struct probe probes[] = {
    /* Request line */
    { "plain", 200, STR_INIT(GET END) },
    { "HTTP/1.0 without Host", 200, STR_INIT("GET / HTTP/1.0\r\n\r\n") },
    { "HTTP/1.0 with keep-alive is closed", 200,
      STR_INIT("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") },
    { "empty line in front (RFC 9112, 2.2)", 200, STR_INIT("\r\n" GET END) },
    { "HTTP/0.9", 400, STR_INIT("GET /\r\n") },
    { "HTTP/0.9 with blank", 400, STR_INIT("GET / \r\n") },
    { "HTTP/1.2", 505, STR_INIT("GET / HTTP/1.2\r\n" HOST "\r\n") },
    { "HTTP/1.9", 505, STR_INIT("GET / HTTP/1.9\r\n" HOST "\r\n") },
    { "HTTP/2.0", 505, STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n") },
    { "HTTP/3.0", 505, STR_INIT("GET / HTTP/3.0\r\n" HOST "\r\n") },
    { "HTTP/0.9 spelled out", 505, STR_INIT("GET / HTTP/0.9\r\n" HOST "\r\n") },
    { "HTTP/1.10", 400, STR_INIT("GET / HTTP/1.10\r\n" HOST "\r\n") },
    { "HTTP/1", 400, STR_INIT("GET / HTTP/1\r\n" HOST "\r\n") },
    { "HTTP/1,1", 400, STR_INIT("GET / HTTP/1,1\r\n" HOST "\r\n") },
    { "lower-case version", 400, STR_INIT("GET / http/1.1\r\n" HOST "\r\n") },
    { "other protocol", 400, STR_INIT("GET / ICAP/1.0\r\n" HOST "\r\n") },
    { "HTTP/2 preface", 505, STR_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") },
    { "TLS hello", 0, STR_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n") },
    { "two blanks before target", 400, STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n") },
    { "two blanks behind target", 400, STR_INIT("GET /  HTTP/1.1\r\n" HOST "\r\n") },
    { "blank behind version", 400, STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n") },
    { "blank in front of method", 0, STR_INIT(" GET / HTTP/1.1\r\n" HOST "\r\n") },
    { "tab instead of blank", 0, STR_INIT("GET\t/\tHTTP/1.1\r\n" HOST "\r\n") },
    { "request line ends with LF", 400, STR_INIT("GET / HTTP/1.1\n" HOST "\r\n") },
    { "request line ends with CR", 400, STR_INIT("GET / HTTP/1.1\r" HOST "\r\n") },
    { "CR CR LF behind version", 400, STR_INIT("GET / HTTP/1.1\r\r\n" HOST "\r\n") },
    { "NUL in method", 400, STR_INIT("GE\0T / HTTP/1.1\r\n" HOST "\r\n") },
    { "NUL behind method", 400, STR_INIT("GET\0 / HTTP/1.1\r\n" HOST "\r\n") },
    { "NUL in version", 400, STR_INIT("GET / HTTP/1.\0001\r\n" HOST "\r\n") },
    { "only a line break", 0, STR_INIT("\r\n\r\n") },
    { "only a method", 0, STR_INIT("GET\r\n" HOST "\r\n") },

    /* Method */
    { "HEAD", 200, STR_INIT("HEAD / HTTP/1.1\r\n" HOST END) },
    { "OPTIONS", 200, STR_INIT("OPTIONS / HTTP/1.1\r\n" HOST END) },
    { "DELETE", 200, STR_INIT("DELETE / HTTP/1.1\r\n" HOST END) },
    { "TRACE", 405, STR_INIT("TRACE / HTTP/1.1\r\n" HOST "\r\n") },
    { "CONNECT", 405, STR_INIT("CONNECT / HTTP/1.1\r\n" HOST "\r\n") },
    { "PATCH", 405, STR_INIT("PATCH / HTTP/1.1\r\n" HOST "\r\n") },
    { "unknown method", 501, STR_INIT("BREW / HTTP/1.1\r\n" HOST "\r\n") },
    { "lower-case method", 501, STR_INIT("get / HTTP/1.1\r\n" HOST "\r\n") },
    { "method with a colon", 400, STR_INIT("GET: / HTTP/1.1\r\n" HOST "\r\n") },
    { "method with control byte", 400, STR_INIT("G\x01T / HTTP/1.1\r\n" HOST "\r\n") },
    { "method with byte above ASCII", 400, STR_INIT("G\xc3\x84T / HTTP/1.1\r\n" HOST "\r\n") },
    { "long method", 501, STR_INIT("@@ / HTTP/1.1\r\n" HOST "\r\n"), 500 },

    /* Target */
    { "encoded umlaut", 200, STR_INIT(TARGET("/L%C3%BCbeck")) },
    { "raw umlaut", 200,
      STR_INIT(TARGET("/L\xc3\xbc"
                      "beck?q=L\xc3\xbc"
                      "beck")) },
    { "dot in a segment", 200, STR_INIT(TARGET("/a.b/.c/...")) },
    { "question mark in query", 200, STR_INIT(TARGET("/a?b=c?d/../e")) },
    { "target up to the limit", 200, STR_INIT(TARGET("/@@")), 4095 },
    { "target over the limit", 414, STR_INIT(TARGET("/@@")), 4096 },
    { "query over the limit", 414, STR_INIT(TARGET("/?@@")), 4096 },
    { "target of 20 000 bytes", 414, STR_INIT(TARGET("/@@")), 20000 },
    { "target of 200 000 bytes", 414, STR_INIT(TARGET("/@@")), 200000 },
    { "absolute form", 200, STR_INIT(TARGET("http://a.example/x")) },
    { "absolute form, https, no path", 200, STR_INIT(TARGET("https://a.example")) },
    { "absolute form, query only", 200, STR_INIT(TARGET("http://a.example?q=1")) },
    { "absolute form of another host", 400, STR_INIT(TARGET("http://b.example/x")) },
    { "absolute form, other port", 400, STR_INIT(TARGET("http://a.example:81/x")) },
    { "absolute form with user", 400, STR_INIT(TARGET("http://u@a.example/x")) },
    { "absolute form without host", 400, STR_INIT(TARGET("http:///x")) },
    { "absolute form, other scheme", 400, STR_INIT(TARGET("ftp://a.example/x")) },
    { "authority form", 400, STR_INIT(TARGET("a.example:80")) },
    { "asterisk form", 400, STR_INIT("OPTIONS * HTTP/1.1\r\n" HOST "\r\n") },
    { "no slash in front", 400, STR_INIT(TARGET("index.html")) },
    { "two slashes in front", 400, STR_INIT(TARGET("//b.example/x")) },
    { "backslash", 400, STR_INIT(TARGET("/a\\b")) },
    { "encoded backslash", 400, STR_INIT(TARGET("/a%5Cb")) },
    { "fragment", 400, STR_INIT(TARGET("/a#b")) },
    { "blank in target", 400, STR_INIT(TARGET("/a b")) },
    { "NUL in target", 400, STR_INIT(TARGET("/a\0b")) },
    { "control byte in target", 400,
      STR_INIT(TARGET("/a\x01"
                      "b")) },
    { "DEL in target", 400, STR_INIT(TARGET("/a\x7f")) },
    { "tab in target", 400, STR_INIT(TARGET("/a\tb")) },
    { "CR in target", 400, STR_INIT(TARGET("/a\rb")) },
    { "encoded NUL", 400, STR_INIT(TARGET("/a%00b")) },
    { "encoded line break in path", 400, STR_INIT(TARGET("/a%0d%0ab")) },
    { "encoded slash", 400, STR_INIT(TARGET("/a%2Fb")) },
    { "encoded slash, small", 400, STR_INIT(TARGET("/a%2fb")) },
    { "bare percent", 400, STR_INIT(TARGET("/a%")) },
    { "one hex digit", 400, STR_INIT(TARGET("/a%4")) },
    { "no hex digits", 400, STR_INIT(TARGET("/a%zz")) },
    { "IIS escape", 400, STR_INIT(TARGET("/a%u0041")) },
    { "invalid UTF-8", 400, STR_INIT(TARGET("/a%FF")) },
    { "overlong UTF-8", 400, STR_INIT(TARGET("/a%C0%AF")) },
    { "encoded surrogate", 400, STR_INIT(TARGET("/a%ED%A0%80")) },
    { "cut UTF-8", 400, STR_INIT(TARGET("/a%C3")) },
    { "raw invalid UTF-8", 400, STR_INIT(TARGET("/a\xff")) },
    { "dot segment", 400, STR_INIT(TARGET("/a/./b")) },
    { "dot-dot segment", 400, STR_INIT(TARGET("/a/../b")) },
    { "dot-dot at the end", 400, STR_INIT(TARGET("/a/..")) },
    { "encoded dot-dot", 400, STR_INIT(TARGET("/a/%2e%2e/b")) },
    { "half-encoded dot-dot", 400, STR_INIT(TARGET("/a/.%2E/b")) },
    { "bad escape in query", 400, STR_INIT(TARGET("/?a=%G0")) },
    { "invalid UTF-8 in query", 400, STR_INIT(TARGET("/?a=%C3%28")) },
    { "NUL in query", 400, STR_INIT(TARGET("/?a=%00")) },
    { "long parameter name", 414, STR_INIT(TARGET("/?@@=1")), 101 },

    /* Header fields */
    { "empty value", 200, STR_INIT(HEADER("X-A:\r\n")) },
    { "blanks around value", 200, STR_INIT(HEADER("X-A: \t b \t\r\n")) },
    { "byte above ASCII in value", 200, STR_INIT(HEADER("X-A: L\xc3\xbc\r\n")) },
    { "head of 8 KiB", 200, STR_INIT(HEADER("X-A: @@\r\n")), 8000 },
    { "head over the limit", 431, STR_INIT(HEADER("X-A: @@\r\n")), 8200 },
    { "head of 100 000 bytes", 431, STR_INIT(HEADER("X-A: @@\r\n")), 100000 },
    { "name of 10 000 bytes", 431, STR_INIT(HEADER("@@: a\r\n")), 10000 },
    { "blank before colon", 400, STR_INIT(HEADER("X-A : b\r\n")) },
    { "tab before colon", 400, STR_INIT(HEADER("X-A\t: b\r\n")) },
    { "no colon", 400, STR_INIT(HEADER("X-A b\r\n")) },
    { "no name", 400, STR_INIT(HEADER(": b\r\n")) },
    { "blank in name", 400, STR_INIT(HEADER("X A: b\r\n")) },
    { "bracket in name", 400, STR_INIT(HEADER("X(A): b\r\n")) },
    { "NUL in name", 400, STR_INIT(HEADER("X\0A: b\r\n")) },
    { "byte above ASCII in name", 400, STR_INIT(HEADER("X\xc3\xa4: b\r\n")) },
    { "folded line", 400, STR_INIT(HEADER("X-A: b\r\n c\r\n")) },
    { "folded line with tab", 400, STR_INIT(HEADER("X-A: b\r\n\tc\r\n")) },
    { "folded empty line", 400, STR_INIT(HEADER("X-A: b\r\n \r\n")) },
    { "folding behind the request line", 400, STR_INIT(LINE " X-A: b\r\n" HOST END) },
    { "folded Content-Length", 400, STR_INIT(POST "Content-Length: 1\r\n 0\r\n" END SMUGGLED) },
    { "NUL in value", 400, STR_INIT(HEADER("X-A: b\0c\r\n")) },
    { "NUL at the end of a value", 400, STR_INIT(HEADER("X-A: b\0\r\n")) },
    { "NUL alone as value", 400, STR_INIT(HEADER("X-A: \0\r\n")) },
    { "NUL in the last value", 400, STR_INIT(GET "X-A: b\0c\r\n\r\n") },
    { "CR in value", 400, STR_INIT(HEADER("X-A: b\rc\r\n")) },
    { "CR before CR LF", 400, STR_INIT(HEADER("X-A: b\r\r\n")) },
    { "LF ends a field", 400, STR_INIT(GET "X-A: b\n" END) },
    { "LF ends the last field", 400, STR_INIT(GET "X-A: b\n\r\n") },
    { "LF ends the head", 400, STR_INIT(GET "X-A: b\r\n\n") },
    { "LF everywhere", 400, STR_INIT("GET / HTTP/1.1\nHost: a\n\n") },
    { "LF hides a field", 400, STR_INIT(GET "X-A: b\nContent-Length: 5\r\n\r\n") },
    { "escape byte in value", 400, STR_INIT(HEADER("X-A: \x1b[0m\r\n")) },
    { "DEL in value", 400, STR_INIT(HEADER("X-A: \x7f\r\n")) },
    { "other expectation", 417, STR_INIT(POST "Expect: a-miracle\r\nContent-Length: 1\r\n\r\n") },
    { "cut off in the head", 0, STR_INIT(GET "X-A: b") },

    /* Host */
    { "Host with port", 200, STR_INIT(LINE "Host: a.example:8080\r\n" END) },
    { "Host in capitals", 200, STR_INIT(LINE "Host: A.Example\r\n" END) },
    { "IPv6 Host", 200, STR_INIT(LINE "Host: [::1]:8080\r\n" END) },
    { "no Host", 400, STR_INIT(LINE END) },
    { "empty Host", 400, STR_INIT(LINE "Host:\r\n" END) },
    { "two Hosts", 400, STR_INIT(GET "Host: b.example\r\n" END) },
    { "two equal Hosts", 400, STR_INIT(GET HOST END) },
    { "two Hosts, other case", 400, STR_INIT(GET "hOST: b.example\r\n" END) },
    { "Host list", 400, STR_INIT(LINE "Host: a, b\r\n" END) },
    { "Host with path", 400, STR_INIT(LINE "Host: a/b\r\n" END) },
    { "Host with user", 400, STR_INIT(LINE "Host: u@a\r\n" END) },
    { "Host with blank", 400, STR_INIT(LINE "Host: a b\r\n" END) },
    { "Host with markup", 400, STR_INIT(LINE "Host: <a>\r\n" END) },
    { "Host with bad port", 400, STR_INIT(LINE "Host: a:b\r\n" END) },
    { "Host with long port", 400, STR_INIT(LINE "Host: a:123456\r\n" END) },
    { "Host of a port only", 400, STR_INIT(LINE "Host: :80\r\n" END) },
    { "Host with open bracket", 400, STR_INIT(LINE "Host: [::1\r\n" END) },
    { "long Host", 400, STR_INIT(LINE "Host: @@\r\n" END), 256 },

    /* Content-Length and Transfer-Encoding */
    { "body", 200, STR_INIT(POST "Content-Length: 3\r\n" END "abc") },
    { "empty body", 200, STR_INIT(POST "Content-Length: 0\r\n" END) },
    { "GET with a body", 200, STR_INIT(GET "Content-Length: 3\r\n" END "abc") },
    { "leading zeros", 200, STR_INIT(POST "Content-Length: 0003\r\n" END "abc") },
    { "two lengths", 400, STR_INIT(POST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd") },
    { "two equal lengths", 400,
      STR_INIT(POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc") },
    { "length list", TWICE + 400, STR_INIT(POST "Content-Length: 3, 3\r\n\r\nabc") },
    { "signed length", TWICE + 400, STR_INIT(POST "Content-Length: +3\r\n\r\nabc") },
    { "negative length", TWICE + 400, STR_INIT(POST "Content-Length: -3\r\n\r\nabc") },
    { "hex length", TWICE + 400, STR_INIT(POST "Content-Length: 0x3\r\n\r\nabc") },
    { "fraction as length", TWICE + 400, STR_INIT(POST "Content-Length: 3.0\r\n\r\nabc") },
    { "length with text", TWICE + 400, STR_INIT(POST "Content-Length: 3abc\r\n\r\nabc") },
    { "empty length", TWICE + 400, STR_INIT(POST "Content-Length:\r\n\r\nabc") },
    { "length with vertical tab", TWICE + 400, STR_INIT(POST "Content-Length: \v3\r\n\r\nabc") },
    { "length beyond 64 bits", TWICE + 413,
      STR_INIT(POST "Content-Length: 18446744073709551617\r\n\r\n") },
    { "length of 2^63", 413, STR_INIT(POST "Content-Length: 9223372036854775808\r\n\r\n") },
    { "length of 1 TiB", 413, STR_INIT(POST "Content-Length: 1099511627776\r\n\r\n") },
    { "length over the limit, asked first", 413,
      STR_INIT(POST "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n") },
    { "body over the limit", 413, STR_INIT(POST "Content-Length: 70000\r\n\r\n@@"), 70000 },
    { "cut off in the body", 0, STR_INIT(POST "Content-Length: 10\r\n\r\nabc") },
    { "length and chunked", 400,
      STR_INIT(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "chunked and length", 400,
      STR_INIT(POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "chunked in HTTP/1.0", 400,
      STR_INIT("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "chunked twice", 400,
      STR_INIT(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
    { "chunked, identity", 501,
      STR_INIT(POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "gzip, chunked", 501,
      STR_INIT(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "identity", 501, STR_INIT(POST "Transfer-Encoding: identity\r\n\r\n" SMUGGLED) },
    { "unknown coding", 501, STR_INIT(POST "Transfer-Encoding: xchunked\r\n\r\n" SMUGGLED) },
    { "empty coding", 501, STR_INIT(POST "Transfer-Encoding:\r\n\r\n" SMUGGLED) },
    { "coding with blank before colon", 400,
      STR_INIT(POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "coding with vertical tab", 400,
      STR_INIT(POST "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "coding with NUL", 400,
      STR_INIT(POST "Transfer-Encoding: chunked\0x\r\n\r\n0\r\n\r\n" SMUGGLED) },
    { "coding in quotes", 501, STR_INIT(POST "Transfer-Encoding: \"chunked\"\r\n\r\n" SMUGGLED) },

    /* Chunks */
    { "chunks", 200, STR_INIT(CHUNKED "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n") },
    { "no chunk", 200, STR_INIT(CHUNKED "0\r\n\r\n") },
    { "chunk extension", 200, STR_INIT(CHUNKED "3;a=b\r\nabc\r\n0\r\n\r\n") },
    { "trailer", 200, STR_INIT(CHUNKED "3\r\nabc\r\n0\r\nX-T: a\r\n\r\n") },
    { "nothing behind chunks is served", 200, STR_INIT(CHUNKED "0\r\n\r\n" SMUGGLED) },
    { "chunk size is no number", 400, STR_INIT(CHUNKED "xyz\r\nabc\r\n0\r\n\r\n") },
    { "chunk size signed", 400, STR_INIT(CHUNKED "+3\r\nabc\r\n0\r\n\r\n") },
    { "chunk size with 0x", 400, STR_INIT(CHUNKED "0x3\r\nabc\r\n0\r\n\r\n") },
    { "chunk size empty", 400, STR_INIT(CHUNKED "\r\nabc\r\n0\r\n\r\n") },
    { "chunk size with blank", 400, STR_INIT(CHUNKED "3 \r\nabc\r\n0\r\n\r\n") },
    { "chunk size beyond 64 bits", 413, STR_INIT(CHUNKED "10000000000000000\r\nabc\r\n") },
    { "chunk longer than it says", 400, STR_INIT(CHUNKED "3\r\nabcd\r\n0\r\n\r\n") },
    { "chunks over the limit", 413, STR_INIT(CHUNKED "11170\r\n@@\r\n0\r\n\r\n"), 70000 },
    { "chunks cut off", 0, STR_INIT(CHUNKED "3\r\nab") },
    { "trailer without colon", 400, STR_INIT(CHUNKED "0\r\nnonsense\r\n\r\n") },

    /* Forms */
    { "form", 200, STR_INIT(POST URLENC "Content-Length: 11\r\n" END "a=b+c&d=%20") },
    { "form with bad escape", 400, STR_INIT(POST URLENC "Content-Length: 4\r\n" END "a=%2") },
    { "form with invalid UTF-8", 400, STR_INIT(POST URLENC "Content-Length: 5\r\n" END "a=%FF") },
    { "form with NUL", 400, STR_INIT(POST URLENC "Content-Length: 5\r\n" END "a=%00") },
    { "form with long name", 413, STR_INIT(POST URLENC "Content-Length: 103\r\n" END "@@=1"), 101 },
    { "multipart", 200,
      STR_INIT(POST MULTI
               "Content-Length: 59\r\n" END
               "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n") },
    { "multipart without end", 400,
      STR_INIT(POST MULTI "Content-Length: 55\r\n" END
                          "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b") },
    { "multipart without boundary", 400,
      STR_INIT(POST "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n" END "--b") },
    { "multipart of nothing", 400, STR_INIT(POST MULTI "Content-Length: 0\r\n" END) },
};

#define FIELDS_LIMIT 100

static _Atomic int smuggled;

static void handle(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    static const char policy[2000] = { [0 ... 1999] = 'p' };

    /* As long as the head of a reply may become: it shares the pool with the request's. */
    http_reply_header(rq, reply, S("X-Policy"), (str){ policy, sizeof policy });
    smuggled += str_eq(rq->path, S("/smuggled"));
    reply->body = S("good\n");
}

/* The probe's bytes with "@@" replaced. */
static str expand(const struct probe *p)
{
    ptrdiff_t at = str_find(p->bytes, S("@@"));
    struct out o = out_new(&t_arena, 0);

    if (at < 0)
        return p->bytes;
    out_str(&o, str_slice(p->bytes, 0, (size_t)at));
    for (size_t i = 0; i < p->letters; i++)
        OUT(&o, "a");
    out_str(&o, str_slice(p->bytes, (size_t)at + 2, p->bytes.n));
    return out_text(&o);
}

/* All that the server says until it closes; a reset counts as the end. */
static bool read_to_end(struct client *c, struct out *o)
{
    char buffer[4096];
    struct pollfd wait = { .fd = c->fd, .events = POLLIN };

    while (poll(&wait, 1, 3000) > 0) {
        ssize_t n = recv(c->fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            return true;
        out_bytes(o, buffer, (size_t)n);
    }
    return false;
}

static int count_answers(str text)
{
    int n = 0;
    ptrdiff_t at = 0;

    while ((at = str_find(text, S("HTTP/1.1 "))) >= 0) {
        text = str_slice(text, (size_t)at + 9, text.n);
        n += !str_starts(text, S("100 "));
    }
    return n;
}

static int first_status(str text)
{
    int64_t status = 0;
    return str_to_i64(str_slice(text, 9, 12), &status) ? (int)status : 0;
}

static void probe(const struct probe *p, int port)
{
    struct client c;
    struct out o = out_new(&t_arena, 0);

    smuggled = 0;
    must(client_open(&c, &t_arena, port));
    client_send(&c, expand(p));
    bool closed = read_to_end(&c, &o);
    client_close(&c);
    str said = out_text(&o);
    int status = first_status(said);
    int answers = !status ? 0 : p->status > TWICE ? 2 : 1;
    bool good =
        closed && !smuggled && status == p->status % TWICE && count_answers(said) == answers;
    struct http_answer after = client_request(&t_arena, port, S("GET"), S("/"), S(""), S(""));
    test_check(good && after.status == 200, p->name, __FILE__, __LINE__);
    if (!good)
        printf("# expected %d, got %d, %d answers, %s%s\n", p->status % TWICE, status,
               count_answers(said), closed ? "closed" : "left open",
               smuggled ? ", served what was smuggled" : "");
}

static struct http_server *start(void)
{
    struct http_options o = { .listen = "127.0.0.1:0", .threads = 2, .handler = handle };
    struct http_server *server = NULL;

    o.limits = (struct http_limits){
        .body = 65536, .headers = FIELDS_LIMIT, .head_ms = 200, .body_ms = 200, .idle_ms = 200
    };
    must(http_start(&o, &server) == ERR_OK);
    return server;
}

static void refuses_what_it_must(void)
{
    struct http_server *server = start();

    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        probe(&probes[i], http_port(server));
    http_stop(server, 2);
}

/* A request with so many fields, parameters or pieces: written by a loop. */
static void counts_fields_and_parameters(void)
{
    static const struct {
        const char *name;
        str before, each, after;
        int times;
        int status;
    } repeated[] = {
        { "as many fields as allowed", STR_INIT(GET), STR_INIT("X-A: b\r\n"), STR_INIT(END), 98,
          200 },
        { "too many fields", STR_INIT(GET), STR_INIT("X-A: b\r\n"), STR_INIT(END), 99, 431 },
        { "far too many fields", STR_INIT(GET), STR_INIT("A:\r\n"), STR_INIT(END), 1900, 431 },
        { "500 parameters", STR_INIT("GET /?"), STR_INIT("a=1&"),
          STR_INIT(" HTTP/1.1\r\n" HOST END), 500, 200 },
        { "501 parameters", STR_INIT("GET /?"), STR_INIT("a=1&"),
          STR_INIT(" HTTP/1.1\r\n" HOST END), 501, 414 },
        { "100 fields that fill the head", STR_INIT(GET),
          STR_INIT(
              "X-A: 0123456789012345678901234567890123456789012345678901234567890123456789\r\n"),
          STR_INIT(END), 98, 200 },
        { "many line breaks in front", STR_INIT(""), STR_INIT("\r\n"), STR_INIT(GET END), 100,
          200 },
        { "100 cookies", STR_INIT(GET "Cookie: "), STR_INIT("a=1; "), STR_INIT("\r\n" END), 100,
          200 },
        { "1000 cookies", STR_INIT(GET "Cookie: "), STR_INIT("a=1; "), STR_INIT("\r\n" END), 1000,
          200 },
    };

    struct http_server *server = start();
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        struct out o = out_new(&t_arena, 0);
        out_str(&o, repeated[i].before);
        for (int k = 0; k < repeated[i].times; k++)
            out_str(&o, repeated[i].each);
        out_str(&o, repeated[i].after);
        struct probe p = { repeated[i].name, repeated[i].status, out_text(&o), 0 };
        probe(&p, http_port(server));
    }
    http_stop(server, 2);
}

static const struct test tests[] = {
    TEST(refuses_what_it_must),
    TEST(counts_fields_and_parameters),
};

TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* The tests' HTTP client; see client.h. */
#include "client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/out.h"
#include "base/vec.h"

bool client_open(struct client *c, struct arena *a, int port)
{
    static const int on = 1;
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    *c = (struct client){ .arena = a, .timeout_ms = 5000, .in = out_new(a, 0) };
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        return false;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!connect(c->fd, (struct sockaddr *)&to, sizeof to))
        return true;
    client_close(c);
    return false;
}

void client_close(struct client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
}

bool client_send(struct client *c, str bytes)
{
    while (bytes.n) {
        ssize_t n = send(c->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* What came behind the last answer. */
static str unread(const struct client *c)
{
    return str_slice(out_text(&c->in), c->read, c->in.n);
}

/* Takes n bytes of it. */
static str take(struct client *c, size_t n)
{
    str taken = str_copy(c->arena, str_slice(unread(c), 0, n));
    c->read += n;
    return taken;
}

/* Waits for more bytes; false at the end, on error and after the time-out. */
static bool receive(struct client *c)
{
    struct pollfd wait = { .fd = c->fd, .events = POLLIN };
    char buffer[16384];

    if (c->fd < 0 || poll(&wait, 1, c->timeout_ms) <= 0)
        return false;
    ssize_t n = recv(c->fd, buffer, sizeof buffer, 0);
    if (n <= 0)
        return false;
    out_bytes(&c->in, buffer, (size_t)n);
    return !c->in.full;
}

static struct http_fields read_headers(struct arena *a, str head)
{
    struct {
        struct http_field *v;
        size_t n, cap;
    } fields = { 0 };
    str line;

    str_next(&head, '\n', &line);
    while (str_next(&head, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':');
        if (colon > 0)
            *vec_add(a, &fields) = (struct http_field){
                str_slice(line, 0, (size_t)colon),
                str_trim(str_slice(line, (size_t)colon + 1, line.n)),
            };
    }
    return (struct http_fields){ fields.v, fields.n };
}

str answer_header(const struct http_answer *answer, str name)
{
    struct http_request rq = { .headers = answer->headers };
    return http_header(&rq, name);
}

static int read_status(str head)
{
    int64_t status = 0;

    if (!str_starts(head, S("HTTP/1.1 ")) || !str_to_i64(str_slice(head, 9, 12), &status))
        return 0;
    return (int)status;
}

static bool read_body(struct client *c, bool head, struct http_answer *answer)
{
    int64_t length = 0;
    str text = answer_header(answer, S("Content-Length"));

    if (head || answer->status == 204 || answer->status == 304 || answer->status < 200)
        return true;
    if (text.n && !str_to_i64(text, &length))
        return false;
    if (!text.n) {
        while (receive(c))
            ;
        length = (int64_t)unread(c).n;
    }
    while (unread(c).n < (size_t)length)
        if (!receive(c))
            return false;
    answer->body = take(c, (size_t)length);
    return true;
}

struct http_answer client_read(struct client *c, bool head)
{
    struct http_answer answer = { 0 };
    ptrdiff_t end = str_find(unread(c), S("\r\n\r\n"));

    while (end < 0) {
        if (!receive(c))
            return (struct http_answer){ .closed = true };
        end = str_find(unread(c), S("\r\n\r\n"));
    }
    str text = take(c, (size_t)end + 4);
    answer.status = read_status(text);
    answer.headers = read_headers(c->arena, text);
    answer.closed = str_ieq(answer_header(&answer, S("Connection")), S("close"));
    if (answer.status == 100)
        return client_read(c, head);
    if (!read_body(c, head, &answer))
        return (struct http_answer){ .closed = true };
    return answer;
}

bool client_sees_end(struct client *c)
{
    struct pollfd wait = { .fd = c->fd, .events = POLLIN };
    char byte;

    if (unread(c).n || poll(&wait, 1, c->timeout_ms) <= 0)
        return false;
    return recv(c->fd, &byte, 1, 0) <= 0;
}

struct http_answer client_ask(struct arena *a, int port, struct client_ask ask)
{
    struct client c;
    struct out o = out_new(a, 0);

    if (!client_open(&c, a, port))
        return (struct http_answer){ .closed = true };
    out_str(&o, ask.method);
    OUT(&o, " ");
    out_str(&o, ask.target);
    OUT(&o, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    out_str(&o, ask.extra);
    if (ask.body.n)
        out_fmt(&o, "Content-Length: %zu\r\n", ask.body.n);
    OUT(&o, "\r\n");
    out_str(&o, ask.body);
    client_send(&c, out_text(&o));
    struct http_answer answer = client_read(&c, str_eq(ask.method, S("HEAD")));
    client_close(&c);
    return answer;
}

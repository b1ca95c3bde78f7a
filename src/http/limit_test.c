/* SPDX-License-Identifier: EUPL-1.2 */
/* Slow clients, too many clients, large bodies: with short deadlines, so that it takes seconds. */
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/out.h"
#include "base/test.h"
#include "client.h"
#include "http/http.h"

#define LARGE (8 << 20)

static struct http_server *server;
static int port;
static size_t last_body;

static void handle(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    last_body = rq->body.n;
    if (str_eq(rq->path, S("/large")))
        reply->body = (str){ arena_alloc(rq->arena, LARGE), LARGE };
    else
        reply->body = S("good\n");
}

static void handle_refused(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    reply->body = str_fmt(rq->arena, "page of %d for %.*s\n", reply->status, STR_FMT(rq->host));
    reply->status = 200; /* does not matter */
}

static void start(struct http_limits limits)
{
    struct http_options o = { .listen = "127.0.0.1:0",
                              .threads = 2,
                              .limits = limits,
                              .handler = handle,
                              .refused = handle_refused };
    must(http_start(&o, &server) == ERR_OK);
    port = http_port(server);
}

static int64_t ms_since(int64_t start_ticks)
{
    return (clock_ticks() - start_ticks) / 1000;
}

/* Says one byte each 20 ms until the server has enough; gives the time that took. */
static int64_t drip(str begin, char byte)
{
    struct client c;
    int64_t begun = clock_ticks();

    must(client_open(&c, &t_arena, port));
    c.timeout_ms = 20;
    client_send(&c, begin);
    while (ms_since(begun) < 3000 && !client_sees_end(&c))
        client_send(&c, (str){ &byte, 1 });
    client_close(&c);
    return ms_since(begun);
}

static void cuts_off_a_dripping_head(void)
{
    start((struct http_limits){ .head_ms = 300 });
    int64_t ms = drip(S("GET / HTTP/1.1\r\nHost: a\r\nX-A: "), 'a');
    ok(ms >= 250 && ms < 800);
    ms = drip(S("GET /"), 'a');
    ok(ms >= 250 && ms < 800);
    ms = drip(S(""), '\n');
    ok(ms >= 250 && ms < 800);
    http_stop(server, 1);
}

static void cuts_off_a_dripping_body(void)
{
    start((struct http_limits){ .body_ms = 300 });
    int64_t ms = drip(S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n"), 'a');
    ok(ms >= 250 && ms < 800);
    ms = drip(S("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n270f\r\n"), 'a');
    ok(ms >= 250 && ms < 800);
    http_stop(server, 1);
}

static void cuts_off_a_dripping_second_head(void)
{
    start((struct http_limits){ .head_ms = 300, .idle_ms = 300 });
    int64_t ms = drip(S("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nX: "), 'a');
    ok(ms < 1000);
    http_stop(server, 1);
}

static void cuts_off_a_slow_reader(void)
{
    static const int small = 4096;
    static char buffer[65536];
    struct client c;
    size_t got = 0;
    ssize_t n = 0;

    start((struct http_limits){ .reply_ms = 300, .reply_rate = LARGE * 2 });
    must(client_open(&c, &t_arena, port));
    setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    client_send(&c, S("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
    usleep(600000);
    while ((n = recv(c.fd, buffer, sizeof buffer, 0)) > 0)
        got += (size_t)n;
    ok(got > 0 && got < LARGE);
    client_close(&c);
    ok(client_request(&t_arena, port, S("GET"), S("/large"), S(""), S("")).body.n == LARGE);
    http_stop(server, 1);
}

static void closes_idle_connections(void)
{
    struct client c;

    start((struct http_limits){ .idle_ms = 200 });
    must(client_open(&c, &t_arena, port));
    client_send(&c, S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    eq_int(client_read(&c, false).status, 200);
    int64_t begun = clock_ticks();
    ok(client_sees_end(&c));
    ok(ms_since(begun) > 100 && ms_since(begun) < 800);
    client_close(&c);
    http_stop(server, 1);
}

static void makes_room_by_closing_the_longest_idle(void)
{
    struct client c[4];

    start((struct http_limits){ .connections = 3 });
    for (int i = 0; i < 4; i++) {
        must(client_open(&c[i], &t_arena, port));
        client_send(&c[i], S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        eq_int(client_read(&c[i], false).status, 200);
        usleep(20000); /* idle only after the server knows that all is sent */
    }
    ok(client_sees_end(&c[0]));
    client_send(&c[1], S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    eq_int(client_read(&c[1], false).status, 200);
    for (int i = 0; i < 4; i++)
        client_close(&c[i]);
    http_stop(server, 1);
}

static void refuses_connections_when_all_are_busy(void)
{
    struct client c[3];

    start((struct http_limits){ .connections = 2 });
    for (int i = 0; i < 3; i++) {
        must(client_open(&c[i], &t_arena, port));
        client_send(&c[i], S("GET / HTTP/1.1\r\n"));
        usleep(20000);
    }
    ok(client_sees_end(&c[2]));
    client_send(&c[0], S("Host: a\r\n\r\n"));
    eq_int(client_read(&c[0], false).status, 200);
    for (int i = 0; i < 3; i++)
        client_close(&c[i]);
    http_stop(server, 1);
}

static void caps_connections_of_one_address(void)
{
    struct client c[3];

    start((struct http_limits){ .per_address = 2 });
    for (int i = 0; i < 3; i++) {
        must(client_open(&c[i], &t_arena, port));
        client_send(&c[i], S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        eq_int(client_read(&c[i], false).status, i < 2 ? 200 : 0);
    }
    client_close(&c[0]);
    usleep(50000);
    must(client_open(&c[0], &t_arena, port));
    client_send(&c[0], S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    eq_int(client_read(&c[0], false).status, 200);
    for (int i = 0; i < 3; i++)
        client_close(&c[i]);
    http_stop(server, 1);
}

static str zeros(size_t n)
{
    return (str){ arena_alloc(&t_arena, n), n };
}

static void takes_a_body_up_to_the_limit(void)
{
    start((struct http_limits){ .body = 2000000 });
    struct http_answer a = client_request(&t_arena, port, S("POST"), S("/"), S(""), zeros(2000000));
    eq_int(a.status, 200);
    eq_int(last_body, 2000000);
    a = client_request(&t_arena, port, S("POST"), S("/"), S(""), zeros(2000001));
    eq_int(a.status, 413);
    eq_str(a.body, S("page of 413 for localhost\n"));
    http_stop(server, 1);
}

static void hears_a_page_behind_a_body_that_is_too_large(void)
{
    start((struct http_limits){ .body = 1000000 });
    struct http_answer a = client_request(&t_arena, port, S("POST"), S("/"), S(""), zeros(3900000));
    eq_int(a.status, 413);
    a = client_request(&t_arena, port, S("GET"), S("/%2f"), S(""), S(""));
    eq_int(a.status, 400);
    ok(str_starts(a.body, S("page of 400 for ")));
    http_stop(server, 1);
}

static void bounds_all_bodies_together(void)
{
    struct client c[2];

    start((struct http_limits){ .bodies = 1500000 });
    str body = zeros(1000000);
    for (int i = 0; i < 2; i++) {
        must(client_open(&c[i], &t_arena, port));
        client_send(&c[i], S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"));
        client_send(&c[i], str_slice(body, 0, 999999));
        usleep(50000);
    }
    client_send(&c[1], S("a"));
    eq_int(client_read(&c[1], false).status, 503);
    client_send(&c[0], S("a"));
    eq_int(client_read(&c[0], false).status, 200);
    for (int i = 0; i < 2; i++)
        client_close(&c[i]);
    usleep(50000); /* a body is given back after its answer has been sent */
    eq_int(client_request(&t_arena, port, S("POST"), S("/"), S(""), body).status, 200);
    http_stop(server, 1);
}

static const struct test tests[] = {
    TEST(cuts_off_a_dripping_head),
    TEST(cuts_off_a_dripping_body),
    TEST(cuts_off_a_dripping_second_head),
    TEST(cuts_off_a_slow_reader),
    TEST(closes_idle_connections),
    TEST(makes_room_by_closing_the_longest_idle),
    TEST(refuses_connections_when_all_are_busy),
    TEST(caps_connections_of_one_address),
    TEST(takes_a_body_up_to_the_limit),
    TEST(hears_a_page_behind_a_body_that_is_too_large),
    TEST(bounds_all_bodies_together),
};

TEST_MAIN(tests)

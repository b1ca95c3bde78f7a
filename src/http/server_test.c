/* SPDX-License-Identifier: EUPL-1.2 */
/* The server over a real socket: what it serves. What it refuses is probe_test.c. */
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/out.h"
#include "base/test.h"
#include "client.h"
#include "http/http.h"

#define LARGE 8000000

static struct http_server *server;
static int port;

static void echo_fields(struct out *o, const char *kind, struct http_fields fields)
{
    for (size_t i = 0; i < fields.n; i++)
        out_fmt(o, "%s %.*s=%.*s\n", kind, STR_FMT(fields.v[i].name), STR_FMT(fields.v[i].value));
}

/* Says what it has understood. */
static void echo(const struct http_request *rq, struct http_reply *reply)
{
    struct out o = out_new(rq->arena, 0);

    out_fmt(&o, "method %d\npath %.*s\nhost %.*s\nscheme %.*s\npeer %.*s\n", (int)rq->method,
            STR_FMT(rq->path), STR_FMT(rq->host), STR_FMT(rq->scheme), STR_FMT(rq->peer));
    echo_fields(&o, "param", rq->params);
    echo_fields(&o, "form", rq->form);
    for (size_t i = 0; i < rq->upload_count; i++)
        out_fmt(&o, "upload %.*s %.*s %.*s %zu\n", STR_FMT(rq->uploads[i].field),
                STR_FMT(rq->uploads[i].filename), STR_FMT(rq->uploads[i].type),
                rq->uploads[i].bytes.n);
    if (rq->body.n < 200)
        out_fmt(&o, "body %.*s\n", STR_FMT(rq->body));
    out_fmt(&o, "bytes %zu\n", rq->body.n);
    reply->body = out_text(&o);
    http_reply_header(rq, reply, S("Content-Type"), S("text/plain; charset=utf-8"));
}

static void *resume_later(void *ctx)
{
    struct http_reply *reply = ctx;

    usleep(reply->status == 202 ? 300000 : 50000);
    http_resume(reply);
    return NULL;
}

static void defer(const struct http_request *rq, struct http_reply *reply)
{
    pthread_t thread;

    reply->body = S("deferred\n");
    reply->deferred = true;
    if (str_eq(rq->path, S("/at-once"))) {
        http_resume(reply);
    } else if (!pthread_create(&thread, NULL, resume_later, reply)) {
        pthread_detach(thread);
    }
}

static _Atomic int done_count;

static void count_done(void *ctx)
{
    done_count++;
}

static void handle(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    if (str_eq(rq->path, S("/much-later")))
        reply->status = 202;
    if (str_eq(rq->path, S("/later")) || str_eq(rq->path, S("/at-once")) || reply->status == 202) {
        defer(rq, reply);
    } else if (str_eq(rq->path, S("/slow"))) {
        usleep(300000);
        reply->body = S("slow\n");
    } else if (str_eq(rq->path, S("/not-modified"))) {
        reply->status = 304;
        reply->body = S("this must not be sent");
    } else if (str_eq(rq->path, S("/large"))) {
        reply->body = (str){ arena_alloc(rq->arena, LARGE), LARGE };
    } else {
        echo(rq, reply);
    }
    reply->done = count_done;
}

static void start(struct http_options o)
{
    o.listen = "127.0.0.1:0";
    o.threads = 2;
    o.handler = handle;
    must(http_start(&o, &server) == ERR_OK);
    port = http_port(server);
}

static bool says(const struct http_answer *answer, const char *line)
{
    return str_find(answer->body, str_from_c(line)) >= 0;
}

static struct http_answer get(const char *target)
{
    return client_request(&t_arena, port, S("GET"), str_from_c(target), S(""), S(""));
}

static void understands_a_get(void)
{
    start((struct http_options){ 0 });
    struct http_answer a = get("/suche/L%C3%BCbeck?q=Garten+%26%20mehr&feld=a&feld=b&leer");
    eq_int(a.status, 200);
    ok(says(&a, "path /suche/Lübeck\n"));
    ok(says(&a, "host localhost\n"));
    ok(says(&a, "scheme http\npeer 127.0.0.1\n"));
    ok(says(&a, "param q=Garten & mehr\nparam feld=a\nparam feld=b\nparam leer=\n"));
    eq_str(answer_header(&a, S("Content-Type")), S("text/plain; charset=utf-8"));
    http_stop(server, 2);
}

static void understands_forms(void)
{
    static const char multipart[] =
        "--xyz\r\nContent-Disposition: form-data; name=\"titel\"\r\n\r\nGrün\r\n"
        "--xyz\r\nContent-Disposition: form-data; name=\"bild\"; filename=\"a.png\"\r\n"
        "Content-Type: image/png\r\n\r\n12345\r\n--xyz--\r\n";

    start((struct http_options){ 0 });
    struct http_answer a = client_request(&t_arena, port, S("POST"), S("/neu"),
                                          S("Content-Type: application/x-www-form-urlencoded\r\n"),
                                          S("titel=Gr%C3%BCn+und+gut&titel=2"));
    ok(says(&a, "form titel=Grün und gut\nform titel=2\n"));
    ok(says(&a, "bytes 0\n"));
    a = client_request(&t_arena, port, S("POST"), S("/neu"),
                       S("Content-Type: multipart/form-data; boundary=xyz\r\n"),
                       str_from_c(multipart));
    ok(says(&a, "form titel=Grün\nupload bild a.png image/png 5\n"));
    a = client_request(&t_arena, port, S("POST"), S("/api"),
                       S("Content-Type: application/json\r\n"), S("{\"a\":1}"));
    ok(says(&a, "body {\"a\":1}\n"));
    http_stop(server, 2);
}

static void answers_head_and_304_without_body(void)
{
    struct client c;

    start((struct http_options){ 0 });
    must(client_open(&c, &t_arena, port));
    client_send(&c, S("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct http_answer a = client_read(&c, true);
    eq_int(a.status, 200);
    ok(answer_header(&a, S("Content-Length")).n > 0);
    client_send(&c, S("GET /not-modified HTTP/1.1\r\nHost: a\r\n\r\n"));
    a = client_read(&c, false);
    eq_int(a.status, 304);
    eq_str(answer_header(&a, S("Content-Length")), S("0"));
    client_send(&c, S("GET /b HTTP/1.1\r\nHost: a\r\n\r\n"));
    a = client_read(&c, false);
    ok(says(&a, "path /b\n"));
    client_close(&c);
    http_stop(server, 2);
}

static void answers_a_pipeline_in_order(void)
{
    struct client c;

    start((struct http_options){ 0 });
    must(client_open(&c, &t_arena, port));
    client_send(&c, S("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
                      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                      "GET /later HTTP/1.1\r\nHost: a\r\n\r\n"
                      "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct http_answer a = client_read(&c, false);
    ok(says(&a, "path /1\n"));
    a = client_read(&c, false);
    ok(says(&a, "path /2\n") && says(&a, "body abc\n"));
    a = client_read(&c, false);
    ok(says(&a, "deferred\n"));
    a = client_read(&c, false);
    ok(says(&a, "path /4\n"));
    client_close(&c);
    http_stop(server, 2);
}

static void reads_chunks_and_then_closes(void)
{
    struct client c;

    start((struct http_options){ 0 });
    must(client_open(&c, &t_arena, port));
    client_send(&c, S("POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n"
                      "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct http_answer a = client_read(&c, false);
    ok(says(&a, "body abcdefg\n"));
    ok(a.closed);
    ok(client_sees_end(&c));
    client_close(&c);
    http_stop(server, 2);
}

static void resumes_deferred_replies(void)
{
    int good = 0;

    start((struct http_options){ 0 });
    for (int i = 0; i < 50; i++) {
        struct http_answer a = get(i % 10 ? "/at-once" : "/later");
        good += a.status == 200 && says(&a, "deferred\n");
    }
    eq_int(good, 50);
    http_stop(server, 2);
}

static void calls_done_once_per_request(void)
{
    start((struct http_options){ 0 });
    done_count = 0;
    for (int i = 0; i < 5; i++)
        get("/");
    struct http_answer a = get("/large");
    eq_int(a.body.n, LARGE);
    http_stop(server, 2);
    eq_int(done_count, 6);
}

static void believes_trusted_proxies_only(void)
{
    str extra = S("X-Forwarded-For: 10.9.9.9, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n");

    start((struct http_options){ 0 });
    struct http_answer a = client_request(&t_arena, port, S("GET"), S("/"), extra, S(""));
    ok(says(&a, "scheme http\npeer 127.0.0.1\n"));
    http_stop(server, 2);
    start((struct http_options){ .trusted_proxy = S("10.0.0.1,127.0.0.11") });
    a = client_request(&t_arena, port, S("GET"), S("/"), extra, S(""));
    ok(says(&a, "scheme http\npeer 127.0.0.1\n"));
    http_stop(server, 2);
    start((struct http_options){ .trusted_proxy = S("10.0.0.1, 127.0.0.1") });
    a = client_request(&t_arena, port, S("GET"), S("/"), extra, S(""));
    ok(says(&a, "scheme https\npeer 192.0.2.7\n"));
    a = client_request(&t_arena, port, S("GET"), S("/"), S("X-Forwarded-For: nobody\r\n"), S(""));
    ok(says(&a, "peer 127.0.0.1\n"));
    a = get("/"); /* asks for itself: whether we are alive */
    ok(says(&a, "scheme http\npeer 127.0.0.1\n"));
    http_stop(server, 2);
}

/* A request that is under way while the server is told to stop. */
struct late {
    const char *path;
    int wait_ms; /* before the answer is read */
    struct http_answer answer;
    size_t body_n;
};

static void *get_late(void *ctx)
{
    static const int small = 65536; /* with the sending side less than LARGE */
    struct late *late = ctx;
    struct arena a;
    struct client c;

    arena_init(&a, 0);
    must(client_open(&c, &a, port));
    setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    client_send(&c, str_fmt(&a, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", late->path));
    usleep((unsigned)late->wait_ms * 1000);
    late->answer = client_read(&c, false);
    late->body_n = late->answer.body.n;
    client_close(&c);
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

static void stop_with(struct late *late, int seconds)
{
    pthread_t thread;

    start((struct http_options){ 0 });
    must(!pthread_create(&thread, NULL, get_late, late));
    usleep(100000);
    http_stop(server, seconds);
    pthread_join(thread, NULL);
}

static void stop_waits_for_running_requests(void)
{
    struct late late = { .path = "/slow" };
    struct client c;

    stop_with(&late, 5);
    eq_int(late.answer.status, 200);
    ok(late.answer.closed);
    ok(!client_open(&c, &t_arena, port));
}

static void stop_waits_for_replies_being_sent(void)
{
    struct late late = { .path = "/large", .wait_ms = 400 };

    stop_with(&late, 5);
    eq_int(late.answer.status, 200);
    eq_int(late.body_n, LARGE);
}

/* They have been promised, so that they are waited for beyond the time given. */
static void stop_waits_for_deferred_replies(void)
{
    struct late late = { .path = "/much-later" };
    int64_t begun = clock_ticks();

    stop_with(&late, 0);
    ok(clock_ticks() - begun >= 300000);
}

static void listens_on_both_families(void)
{
    struct http_options o = { .listen = "[::1]:0", .threads = 1, .handler = handle };
    struct http_server *second = NULL;

    if (http_start(&o, &second) != ERR_OK) {
        test_skip("this machine has no IPv6");
    } else {
        ok(http_port(second) > 0);
        http_stop(second, 1);
    }
    static const char *const bad[] = { "",           "8080",         "localhost:8080",
                                       "127.0.0.1:", "1.2.3.4.5:80", "127.0.0.1:99999",
                                       "::1" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        o.listen = bad[i];
        ok(http_start(&o, &second) == ERR_IO);
    }
}

static const struct test tests[] = {
    TEST(understands_a_get),
    TEST(understands_forms),
    TEST(answers_head_and_304_without_body),
    TEST(answers_a_pipeline_in_order),
    TEST(reads_chunks_and_then_closes),
    TEST(resumes_deferred_replies),
    TEST(calls_done_once_per_request),
    TEST(believes_trusted_proxies_only),
    TEST(stop_waits_for_running_requests),
    TEST(stop_waits_for_replies_being_sent),
    TEST(stop_waits_for_deferred_replies),
    TEST(listens_on_both_families),
};

TEST_MAIN(tests)

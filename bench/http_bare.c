/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The HTTP seam without a product behind it: what its requests cost, measured by http.sh.
 *   /fixed   "ok"           /page   12 KB with an ETag, 304 to If-None-Match
 * Arguments: address to listen on, threads.
 */
#include <signal.h>

#include "http/http.h"

#define PAGE_BYTES 12288
#define ETAG       "\"bare-1\""

static char page[PAGE_BYTES];

static void handle(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    if (str_eq(rq->path, S("/fixed"))) {
        http_reply_header(rq, reply, S("Content-Type"), S("text/plain"));
        reply->body = S("ok");
        return;
    }
    reply->body = (str){ page, sizeof page };
    http_reply_header(rq, reply, S("ETag"), S(ETAG));
    if (str_eq(http_header(rq, S("If-None-Match")), S(ETAG))) {
        reply->status = 304;
        return;
    }
    http_reply_header(rq, reply, S("Content-Type"), S("text/html; charset=utf-8"));
    http_reply_header(rq, reply, S("Cache-Control"), S("no-cache"));
}

int main(int argc, char **argv)
{
    struct http_options o = { .listen = argc > 1 ? argv[1] : "127.0.0.1:0", .handler = handle };
    struct http_server *server = NULL;
    sigset_t set;
    int64_t threads = 0;
    int signal = 0;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (argc > 2 && str_to_i64(str_from_c(argv[2]), &threads))
        o.threads = (int)threads;
    memset(page, 'x', sizeof page);
    if (http_start(&o, &server) != ERR_OK)
        return 1;
    printf("http://127.0.0.1:%d/\n", http_port(server));
    fflush(stdout);
    sigwait(&set, &signal);
    http_stop(server, 1);
    return 0;
}

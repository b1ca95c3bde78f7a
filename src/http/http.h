/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HTTP/1.1 as the product sees it: a parsed request in, a reply out.
 *
 * This is a seam: server.c is the only file that knows libmicrohttpd, and it could be
 * exchanged for another library behind these dozen functions. Requests that a strict
 * server must not pass on are refused before the handler is called (refuse.h).
 * Nothing here knows the product.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OPTIONS };

struct http_field {
    str name;
    str value;
};

struct http_fields {
    const struct http_field *v;
    size_t n;
};

/* One uploaded file of a multipart form; the bytes live as long as the request. */
struct http_upload {
    str field;
    str filename; /* as sent: a hint, never a path */
    str type;
    str bytes;
};

struct http_request {
    enum http_method method;
    str target; /* as sent */
    str path;   /* percent-decoded, valid UTF-8, starts with '/', no "." or ".." segment */
    str query;  /* raw, without '?' */
    str host;   /* lower case, without port; empty only for HTTP/1.0 */
    str scheme; /* "http" or "https"; forwarded only from a trusted proxy */
    str peer;   /* address of the client; forwarded only from a trusted proxy */
    struct http_fields headers;
    struct http_fields params; /* decoded query, in order; repeated names stay repeated */
    struct http_fields form;   /* decoded urlencoded or multipart fields of a POST */
    const struct http_upload *uploads;
    size_t upload_count;
    str body;            /* raw body when it is not a form */
    struct arena *arena; /* of this request; freed after the reply has been sent */
};

struct http_reply {
    int status;
    struct http_field *headers;
    size_t header_count;
    size_t header_cap;
    str body; /* must live until the reply is sent: request arena, or static; not sent with 304 */
    /* Called once when the last byte is sent or the connection is lost; may be NULL. */
    void (*done)(void *ctx);
    void *done_ctx;
    /*
     * Set by the handler when the reply must wait (group commit): it is kept back until
     * http_resume. The handler has then promised to call http_resume exactly once.
     */
    bool deferred;
    void (*resume)(struct http_reply *reply); /* of whoever called the handler */
    void *connection;                         /* of whoever called the handler */
};

/*
 * Runs on a serving thread. rq->arena has ARENA_REQUEST_LIMIT left and no `full` hook: the
 * dispatcher sets rq->arena->full before it allocates, else a full arena stops the process.
 */
typedef void http_handler(void *ctx, const struct http_request *rq, struct http_reply *reply);

/* Zeroed fields take the defaults in the comments. */
struct http_limits {
    size_t target;     /* bytes of the request line's target: 4 KiB */
    size_t head;       /* bytes of request line and headers: 8 KiB */
    size_t headers;    /* number of header fields: 100 */
    size_t body;       /* bytes of a body: 12 MiB */
    size_t bodies;     /* bytes of all bodies held at once: 256 MiB */
    int head_ms;       /* overall deadline for the head: 10 s */
    int body_ms;       /* overall deadline for the body: 60 s */
    int idle_ms;       /* keep-alive: 30 s */
    int reply_ms;      /* for a reply, besides what its size allows: 30 s */
    size_t reply_rate; /* bytes a second that a reader must take: 16 KiB */
    int connections;   /* at once: 4096 */
    int per_address;   /* at once from one address, trusted proxies excepted: no limit */
};

struct http_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:8080"; port 0 picks a free one */
    int threads;        /* 0: one per core */
    struct http_limits limits;
    str trusted_proxy; /* addresses, separated by commas, whose X-Forwarded-* are believed */
    http_handler *handler;
    /*
     * Writes the page of a refusal; may be NULL, then it is a line of plain text. Called
     * with reply->status set (it stays), and a request of which only what could be
     * understood is filled in: any of its strings may be empty. It must not defer.
     */
    http_handler *refused;
    void *ctx;
};

struct http_server;

/* Starts listening and serving; *server is set only on ERR_OK. Reasons go to the log. */
MUST_CHECK enum err http_start(const struct http_options *options, struct http_server **server);
int http_port(const struct http_server *server);
/*
 * Stops accepting, waits for running requests (at most `seconds`, but for deferred replies
 * as long as it takes: they have been promised), frees everything.
 */
void http_stop(struct http_server *server, int seconds);
/* Releases a deferred reply. Any thread, also before the handler has returned. */
void http_resume(struct http_reply *reply);

/* First header of that name, ignoring case; empty when absent. */
str http_header(const struct http_request *rq, str name);
/* First value of a query or form parameter; *found may be NULL. */
str http_param(struct http_fields fields, str name, bool *found);
/* The value of one cookie; empty when absent. */
str http_cookie(const struct http_request *rq, str name);
/* Appends a header to the reply. Line breaks in the value are a programmer's mistake. */
void http_reply_header(const struct http_request *rq, struct http_reply *reply, str name,
                       str value);

#endif

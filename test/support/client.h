/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small blocking HTTP/1.1 client over a socket, for tests only: it says exactly what it is
 * told to say, well-formed or not. What the product fetches from others goes through libcurl.
 */
#ifndef TEST_SUPPORT_CLIENT_H
#define TEST_SUPPORT_CLIENT_H

#include "base/out.h"
#include "http/http.h"

struct http_answer {
    int status; /* 0: closed without a complete answer, or nothing within the time-out */
    struct http_fields headers;
    str body;
    bool closed; /* the server has closed the connection, or announced that it will */
};

struct client {
    struct arena *arena;
    int fd;
    int timeout_ms; /* for each wait; client_open sets 5000 */
    struct out in;  /* all that came */
    size_t read;    /* so much of it has been given out */
};

/* Connects to 127.0.0.1; false when that fails. Answers are allocated in the arena. */
bool client_open(struct client *c, struct arena *a, int port);
void client_close(struct client *c);
/* All the bytes; false when the server no longer takes them. */
bool client_send(struct client *c, str bytes);
/* Reads one answer; head: it belongs to a HEAD request and has no body. */
struct http_answer client_read(struct client *c, bool head);
/* True when the server closes within the time-out without saying more. */
bool client_sees_end(struct client *c);

struct client_ask {
    str method;
    str target;
    str extra; /* further header lines, each ended by CR LF */
    str body;
};

/*
 * One request on a connection of its own; Host, Connection: close and, for a body,
 * Content-Length are added. client_request(arena, port, S("GET"), S("/")) is the short form.
 */
struct http_answer client_ask(struct arena *a, int port, struct client_ask ask);
#define client_request(arena, port, ...) \
    client_ask((arena), (port), (struct client_ask){ __VA_ARGS__ })
/* First header of that name; empty when absent. */
str answer_header(const struct http_answer *answer, str name);

#endif

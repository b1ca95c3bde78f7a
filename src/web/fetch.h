/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One request to another server, by HTTPS. Wraps libcurl. It goes only to addresses that stand in
 * the settings, or that a server named there has named in turn; no redirect is followed.
 */
#ifndef WEB_FETCH_H
#define WEB_FETCH_H

#include "base/err.h"
#include "base/str.h"

/* An answer beyond that, or a server that takes longer, is an error. */
#define FETCH_BYTES   ((size_t)256 << 10)
#define FETCH_SECONDS 8

struct fetch_ask {
    str address;
    str form; /* a POST of these fields, encoded already; empty: a GET */
    str user; /* HTTP Basic; empty: nobody */
    str password;
    const char *proxy; /* "http://host:port"; empty: none */
};

struct fetch_answer {
    int status;
    str body; /* in the arena */
};

/* https://…; for tests also http:// to a numeric address of this machine. No user name in it. */
bool fetch_may(str address);
/* Blocks: never on a serving thread. *why is a short English reason without the address. */
MUST_CHECK enum err fetch(struct arena *a, const struct fetch_ask *ask, struct fetch_answer *answer,
                          str *why);

#endif

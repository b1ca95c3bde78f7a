/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A person's browser as far as scenarios need one: cookies, the last answer, where it came
 * from. Requests go over a real socket (test/support/client.h).
 */
#ifndef SCENARIO_BROWSER_H
#define SCENARIO_BROWSER_H

#include "client.h"
#include "page.h"

struct pair {
    str name;
    str value;
};

struct pairs {
    struct pair *v;
    size_t n, cap;
};

struct browser {
    str name; /* of the person */
    struct pairs cookies;
    str path; /* of the last request, with its query */
    struct http_answer answer;
    page *page; /* of the last answer; NULL when it is no HTML */
};

struct ask {
    str method;
    str target; /* path with query, or any address of a link on the last page */
    str host;   /* empty: localhost */
    struct pairs headers;
    struct pairs fields; /* the query of a GET, the form of a POST; unused when there is a body */
    str body;
};

/* Sends it and reads the answer; cookies are sent, set and deleted. */
void browser_ask(struct browser *b, struct arena *a, int port, const struct ask *ask);
void browser_close(struct browser *b);
/* Sets the first pair of that name, or adds one. */
void pairs_set(struct arena *a, struct pairs *pairs, str name, str value);
/* {NULL, 0} when there is none. */
str pairs_find(const struct pairs *pairs, str name);
void pairs_erase(struct pairs *pairs, str name);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pages that say what went wrong and what helps: 400, 403, 404, 405, 409, 413, 422, 429,
 * 500, 503, 507. As JSON where JSON was asked for (doc/api: {"error":{"code","message"}}).
 */
#ifndef WEB_ERROR_H
#define WEB_ERROR_H

#include "web/rq.h"

/* What a page of an error says. */
struct error_said {
    int status;
    enum msg title;
    enum msg help;
};

/* A form that could not be stored: where it goes again, and what was typed. */
struct error_typed {
    url where;
    struct http_fields all;
    struct http_fields texts; /* those that are worth to be seen, and copied */
};

/*
 * Replaces whatever has been written by the page (or JSON) for this status. When it was our
 * fault that a form could not be stored, the page has what was typed and sends it again.
 */
void error_page(struct rq *rq, int status);
/* 422 with the form's errors as JSON: {"error":{…,"fields":{…}}}. */
void error_fields(struct rq *rq);
/* The last resort, when nothing may be allocated or read: a static page. */
void error_last_resort(struct http_reply *reply);

#endif

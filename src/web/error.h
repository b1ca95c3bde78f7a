/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pages that say what went wrong and what helps: 400, 403, 404, 405, 409, 413, 422, 429,
 * 500, 503. As JSON where JSON was asked for (doc/api: {"error":{"code","message"}}).
 */
#ifndef WEB_ERROR_H
#define WEB_ERROR_H

#include "web/rq.h"

/* Replaces whatever has been written by the page (or JSON) for this status. */
void error_page(struct rq *rq, int status);
/* 422 with the form's errors as JSON: {"error":{…,"fields":{…}}}. */
void error_fields(struct rq *rq);
/* The last resort, when nothing may be allocated or read: a static page. */
void error_last_resort(struct http_reply *reply);

#endif

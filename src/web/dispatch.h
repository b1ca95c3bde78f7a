/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From an HTTP request to its handler and back: town, language, session, route, access
 * rule, transaction, page cache, headers, errors.
 */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "http/http.h"

/* The http_handler of the product; ctx is the struct app. */
void dispatch(void *ctx, const struct http_request *http, struct http_reply *reply);
/*
 * The page for what the server refuses before it gets here (http_options.refused): of the
 * request only what could be understood is known. Reads nothing from the database.
 */
void dispatch_refused(void *ctx, const struct http_request *http, struct http_reply *reply);

#endif

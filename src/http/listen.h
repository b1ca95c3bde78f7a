/* SPDX-License-Identifier: EUPL-1.2 */
/* Opens the socket that the server listens on. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

/*
 * A socket that listens on "address:port" or "[address]:port", numbers only, and
 * the port that it got (port 0 picks a free one). -1 when that fails; the reason is in the log.
 */
int listen_open(const char *listen_on, int *port);

#endif

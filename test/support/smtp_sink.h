/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A mail server that keeps what it is given, on a port of this machine, one connection at a
 * time. It speaks as much of RFC 5321 as a sender needs. A recipient that begins with
 * "refused" gets a 550, one that begins with "hangup" ends the connection.
 */
#ifndef TEST_SMTP_SINK_H
#define TEST_SMTP_SINK_H

#include "base/str.h"

struct smtp_sink;

struct smtp_sink *smtp_sink_start(void);
void smtp_sink_stop(struct smtp_sink *s);
/* "smtp://127.0.0.1:PORT" */
const char *smtp_sink_url(const struct smtp_sink *s);

struct smtp_taken {
    str from; /* as in MAIL FROM, without brackets */
    str to;   /* of all RCPT TO, separated by blanks */
    str data; /* with CR LF, dots no longer doubled */
};

/* How many messages it holds, and the n-th of them; texts live until it is stopped. */
size_t smtp_sink_count(struct smtp_sink *s);
struct smtp_taken smtp_sink_get(struct smtp_sink *s, size_t n);

#endif

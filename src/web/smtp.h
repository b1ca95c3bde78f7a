/* SPDX-License-Identifier: EUPL-1.2 */
/* Sending one mail by SMTP. */
#ifndef WEB_SMTP_H
#define WEB_SMTP_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct config;

struct smtp_mail {
    str from;
    str to;
    str subject;
    str reply_to; /* an address; may be empty */
    str leave;    /* where one POST leaves the list (RFC 8058); may be empty */
    str text;
    str html;
    int64_t id; /* for the Message-ID */
    int64_t at; /* instant for the Date header */
};

/* The message as it goes over the wire (RFC 5322, MIME, quoted-printable). */
str smtp_message(struct arena *a, const struct smtp_mail *mail);
/* Blocks; *why is a short English reason without personal data. */
MUST_CHECK enum err smtp_send(struct arena *a, const struct config *config,
                              const struct smtp_mail *mail, str *why);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mail goes through an outbox: queued in the transaction that causes it, sent by a job,
 * retried with growing pauses, never twice for the same reason.
 */
#ifndef WEB_MAIL_H
#define WEB_MAIL_H

#include "web/rq.h"

struct job_run;

struct notice {
    str to; /* one address, checked by mail_valid */
    str subject;
    str text;     /* plain, UTF-8 */
    str html;     /* its twin; empty: made from the text */
    str reply_to; /* whom an answer reaches, checked by mail_valid; empty: the sender */
    /*
     * Of a mail that comes again and again: where one POST leaves the list (RFC 8058), an absolute
     * address that takes it without cookie and form token; empty: no such mail.
     */
    url leave;
    str dedupe; /* names the occasion: the same one is queued once */
};

void mail_queue(struct tx *tx, int64_t city_id, const struct notice *n);
/* Plain text as simple markup: paragraphs at blank lines, addresses as links. */
html mail_markup(struct arena *a, str text);
/* The job that sends what is due. */
void mail_send_due(struct job_run *job);

#endif

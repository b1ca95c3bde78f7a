/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people do about their own record, without account: they enter it, a mailed link confirms
 * it, and the same link shows, changes, rests, takes consents back and erases.
 */
#ifndef PERSON_SELF_H
#define PERSON_SELF_H

#include "feature/person/fields.h"
#include "web/token.h"

#define PERSON_LINK      "person"
#define PERSON_LINK_DAYS 400 /* longer than a record is kept without contact */

/* In the order of the page; those of struct person_form. The first is the address. */
extern const struct field self_fields[];

struct self_page {
    const struct person_row *person;
    struct event_row_rows events;
    bool agrees[4]; /* in the order of person_purposes */
};

/* ---- handlers ---- */
void self_new(struct rq *rq);
void self_send(struct rq *rq, struct tx *tx);
void self_sent(struct rq *rq);

void self_show(struct rq *rq, const struct token *token);
extern const struct link_part self_parts[];

/* ---- self_mail.c ---- */

/* "Please confirm", with the link that lasts. */
void self_mail_confirm(struct rq *rq, struct tx *tx, const struct person_row *p);
/* The office sends the link to somebody whom it entered. */
void self_mail_link(struct rq *rq, struct tx *tx, const struct person_row *p);
/* Nightly: a month before somebody is erased, "shall we keep it?". */
void self_ask(struct job_run *job);

#endif

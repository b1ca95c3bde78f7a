/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Saved searches: somebody without account is written to, daily or weekly, when there are new
 * offers that fit. Nothing is sent before the mailed link has been used (double opt-in).
 */
#ifndef FEATURE_ALERT_H
#define FEATURE_ALERT_H

#include "alert.sql.h"
#include "web/feature.h"
#include "web/form.h"

extern const struct feature alert_feature;

struct token;

#define ALERT_LINK_SECONDS (120 * (int64_t)86400)

struct alert_form {
    str query;
    str mail;
    str every;
    int64_t consent;
};
extern const struct field alert_fields[];

/* ---- links.c: what the mailed link shows and does ---- */

void alert_link_show(struct rq *rq, const struct token *token);
extern const struct link_part alert_parts[];
/* GET and POST /suche-merken/ende/{token}: the one click of mail programs (RFC 8058). */
void alert_leave_show(struct rq *rq);
void alert_leave(struct rq *rq, struct tx *tx);
/* The link of a saved search for a mail, and the address of RFC 8058 made of it. */
url alert_link_new(struct rq *rq, struct tx *tx, const struct alert_row *w);
url alert_leave_link(const struct rq *rq, url link);
/* Ends it, with its consent. */
void alert_stop(struct rq *rq, struct tx *tx, int64_t id);

/* ---- digest.c ---- */

struct job_run;
void alert_digest(struct job_run *job);
/* The German day on which an interval is over that begins today: ISO. */
str alert_next(struct arena *a, int64_t now, str every);

#endif

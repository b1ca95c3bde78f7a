/* SPDX-License-Identifier: EUPL-1.2 */
/* The read log: who opened what is sealed (web/seal.h), for the office's auditors. */
#ifndef FEATURE_PRIVACY_READING_H
#define FEATURE_PRIVACY_READING_H

#include "web.sql.h"
#include "web/rq.h"

/* "Interne Notiz eines Anliegens"; the place itself where there is no word for it. */
str reading_place(const struct rq *rq, str place);
/* By which way: "Knopf am Anliegen"; the route where there is no word for it. */
str reading_why(const struct rq *rq, const struct read_log_row *r);
/* The record that was read. */
url reading_record(const struct rq *rq, const struct read_log_row *r);

/* GET /buero/leseprotokoll */
void reading_page(struct rq *rq);

#endif

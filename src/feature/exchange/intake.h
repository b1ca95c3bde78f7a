/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files that the office takes in by its browser: /buero/einlesen. They go the way of the command
 * `tandem import`: import_alone, once as a trial, once for good.
 */
#ifndef FEATURE_EXCHANGE_INTAKE_H
#define FEATURE_EXCHANGE_INTAKE_H

#include "exchange.sql.h"
#include "feature/exchange/assign.h"
#include "feature/exchange/exchange.h"
#include "web/form.h"

/* How long a file stays that nobody applies. */
#define INTAKE_SECONDS 86400
/* So many refusals stand on the page; all of them in the report. */
#define INTAKE_LINES 40

/* ---- files: intake_file.c ---- */

/* What was sent, and what a trial of it told. */
struct intake {
    str name;
    str bytes;
    str kind;
    str format; /* of the reader */
    str list;   /* name of the list, and its mapping */
    str mapping;
    bool overwrite;
    struct import_report report;
    bool columns; /* a table whose columns somebody must assign */
    str refused;  /* why it cannot be taken, in the language of the page; else empty */
};

/* Understands what was sent, and tries it where that is possible. */
void intake_look(struct rq *rq, struct intake *in);
/* Tries a file that is kept, with in's list, mapping and overwrite. */
void intake_try(struct rq *rq, const struct import_file_row *f, struct intake *in);
/* Takes it for good, in one transaction with the audit line and what is kept about it. */
void intake_apply(struct rq *rq, const struct import_file_row *f, struct intake *in);
/* The id under which it is kept. */
int64_t intake_keep(struct rq *rq, struct tx *tx, const struct intake *in);
/* Writes down what a trial told. */
void intake_checked(struct rq *rq, struct tx *tx, int64_t id, const struct intake *in);
void intake_erase(struct tx *tx, int64_t city_id, int64_t id);

struct job_run;
/* exchange.tidy */
void intake_tidy(struct job_run *job);

/* ---- pages: intake.c, columns.html and intake.html ---- */

struct intake_form {
    str file;
    str name;
    str organisation;
    int64_t derive;
};
extern const struct field intake_fields[];

void intake_start(struct rq *rq);
void intake_take_prepare(struct rq *rq);
void intake_take(struct rq *rq, struct tx *tx);
void intake_show(struct rq *rq);
void intake_report(struct rq *rq);
void intake_columns(struct rq *rq);
void intake_assign_prepare(struct rq *rq);
void intake_assign(struct rq *rq, struct tx *tx);
void intake_again_prepare(struct rq *rq);
void intake_again(struct rq *rq, struct tx *tx);
void intake_accept_prepare(struct rq *rq);
void intake_accept(struct rq *rq, struct tx *tx);
void intake_discard(struct rq *rq, struct tx *tx);
void intake_forget_list(struct rq *rq, struct tx *tx);

/* Words of the pages. */
str intake_state(const struct rq *rq, str state);
str intake_outcome(const struct rq *rq, str outcome);

#endif

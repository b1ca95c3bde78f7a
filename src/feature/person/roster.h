/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists of people that the office brings along, from FREINET or a spreadsheet of its own: columns
 * are assigned, a trial tells what would happen, people decide about those who may be known
 * already, and then all of it is taken in one transaction. What is a table at all is exchange's.
 * Neighbours: roster_row.c (a row becomes a person), roster_take.c (known or new?), roster.c
 * (pages), roster_command.c.
 */
#ifndef PERSON_ROSTER_H
#define PERSON_ROSTER_H

#include "feature/exchange/exchange.h"
#include "feature/person/person.h"
#include "web/cli.h"
#include "web/form.h"

/* How long a file stays that nobody takes. */
#define ROSTER_SECONDS 86400

/* ---- a row: roster_row.c ---- */

/* What a column can be; ended by a target without name. */
extern const struct assign_target roster_targets[];

struct roster_columns {
    const struct sample *sample;
    const struct assign_target **targets; /* as many as the sample has columns */
};
bool roster_has(const struct roster_columns *columns, const char *target);

#define ROSTER_CONSENTS 4

/* What a row says. Strings live as long as the row's cells, or in the arena of rq. */
struct roster_row {
    int64_t line;
    str ref; /* its key: a column, else made of name, birth and address */
    struct person_form form;
    /* The instants of the consents, in the order of person_purposes; 0: the list has none. */
    int64_t agreed[ROSTER_CONSENTS];
    struct out notes; /* sentences: what was left out, what to know */
    str refused;      /* why it cannot be taken; else empty */
};
void roster_read(struct rq *rq, const struct roster_columns *columns, const struct cells *cells,
                 struct roster_row *row);

/* ---- a whole list: roster_take.c ---- */

/* Under which keys a list of that name is kept: "liste-kartei"; empty: it has no letters. */
str roster_source(struct arena *a, str name);

enum roster_outcome {
    ROSTER_NEW,
    ROSTER_CHANGED,
    ROSTER_SAME,
    ROSTER_KEPT,  /* edited here since; stays as it is */
    ROSTER_ALIKE, /* perhaps somebody who is known: a person decides; left out until then */
    ROSTER_LEFT,  /* left out, as somebody chose */
    ROSTER_FAILED,
    ROSTER_OUTCOMES
};
/* As they are stored, and back. */
str roster_outcome_code(enum roster_outcome outcome);
enum roster_outcome roster_outcome_of(str code);

/* A line that pages show: all of which somebody should know something, and the first others. */
struct roster_line {
    int64_t line;
    enum roster_outcome outcome;
    str name;
    str text;
    str others; /* "ID REASONS ID REASONS …": who it may be, the likeliest first */
};

/* What somebody decided about a line: "new", "take" into that person, "leave". */
struct roster_choice {
    int64_t line;
    str choice;
    int64_t person_id;
};

struct roster {
    /* what to take */
    struct rq *rq; /* the request, or rq_outside of a command; only its words and who it is */
    str name;      /* of the file */
    str bytes;     /* CSV */
    str source;    /* under which keys are kept: "liste-ehrenamtskartei" */
    struct roster_columns columns;
    bool assured; /* the office has everybody's consent to be kept */
    const struct roster_choice *choices;
    size_t choice_count;
    bool all_new; /* who may be known already is taken as new, where nothing was chosen */
    /* In the transaction, before its commit; may be NULL. */
    void (*kept)(const struct roster *r, struct tx *tx);
    void *ctx;
    /* what came of it */
    int64_t counts[ROSTER_OUTCOMES];
    struct {
        struct roster_line *v;
        size_t n, cap;
    } lines;
    str problem; /* of the whole file, in English (import_said) */
};

/*
 * Takes the list in a transaction of its own, or (not `keep`) only tells what would happen. ERR_OK,
 * ERR_INVALID with a problem, or what the database said; then nothing has changed.
 */
MUST_CHECK enum err roster_take(struct roster *r, bool keep);

/* ---- pages: roster.c ---- */

void roster_start(struct rq *rq);
void roster_upload_prepare(struct rq *rq);
void roster_upload(struct rq *rq, struct tx *tx);
void roster_columns_show(struct rq *rq);
void roster_assign_prepare(struct rq *rq);
void roster_assign(struct rq *rq, struct tx *tx);
void roster_show(struct rq *rq);
void roster_decide(struct rq *rq, struct tx *tx);
void roster_accept_prepare(struct rq *rq);
void roster_accept(struct rq *rq, struct tx *tx);
void roster_discard(struct rq *rq, struct tx *tx);

void roster_tidy(struct job_run *job);
void roster_erase_account(struct tx *tx, int64_t account_id);
void roster_erase_file(struct tx *tx, const struct erasure *e);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share: states, sums, links, pages. */
#ifndef FEATURE_HOURS_PAGES_H
#define FEATURE_HOURS_PAGES_H

#include "feature/hours/hours.h"
#include "feature/placement/placement.h"
#include "web/erasure.h"
#include "web/form.h"
#include "web/procedure.h"
#include "web/token.h"

/* ---- states.c ---- */

extern const struct record_kind hours_record;
/* `data` of the step "submit" of hours_procedure is a struct hours_paid. */

/* What was paid for a month, by which rule: a ref of guide_amount; empty: nothing. */
struct hours_paid {
    str allowance;
    int64_t cents;
};

#define HOURS_LINK         "hours"         /* the person's: of a placement */
#define HOURS_LINK_CONFIRM "hours-confirm" /* the organisation's: of a sheet */
#define HOURS_LINK_SECONDS (400 * (int64_t)86400)

/* Whether entries may be added or taken back. */
bool hours_is_open(const struct hours_sheet_row *s);
/* Whom a sheet goes to: the offer's contact, else the organisation; empty: nobody. */
str hours_addressee(const struct hours_sheet_row *s);
/* To the person of a placement: a link to write hours down. False: there is no address. */
bool hours_mail_link(struct rq *rq, struct tx *tx, const struct placement_full *p);
void hours_erase(struct tx *tx, const struct erasure *e);

/* ---- sums.c ---- */

/* The rules by which money is free of tax, as refs of guide_amount. */
#define HOURS_ALLOWANCES 3
str hours_allowance(size_t n);
/* Its name; empty: nothing was paid. */
str hours_allowance_label(const struct rq *rq, str allowance);

struct hours_limit {
    const struct hours_limit_row *limit; /* NULL: the guide has no amount for that year */
    int64_t cents;                       /* paid in the year, by all organisations */
    bool near, over;                     /* nine tenths are reached; it is exceeded */
};
struct hours_sum {
    int64_t person_id;
    str name;
    int64_t confirmed, waiting; /* minutes */
    int64_t organisations;
    struct hours_limit limits[HOURS_ALLOWANCES];
    bool mixed; /* two rules for one activity (section 3 no. 26a sentence 2 EStG) */
    const struct hours_sheet_row *v;
    size_t n;
};
struct hours_sums {
    struct hours_sum *v;
    size_t n;
};
/* A calendar year; `person` 0: everybody. What is returned to somebody does not count. */
struct hours_sums hours_sums(struct rq *rq, int year, int64_t person);
bool hours_warns(const struct hours_sum *s);
/* The year of the request, else this one. */
int hours_year(const struct rq *rq);

/* "1:30" */
str hours_time(const struct rq *rq, int64_t minutes);
/* "1.200,50 €" */
str hours_money(const struct rq *rq, int64_t cents);
/* "November 2026" of "2026-11" */
str hours_month(const struct rq *rq, str month);

/* ---- link.c ---- */

struct entry_form {
    str day;
    int64_t time; /* hundredths of an hour */
    str activity;
};
extern const struct field hours_entry_fields[];
struct submit_form {
    str allowance;
    int64_t cents;
};
extern const struct field hours_submit_fields[];

struct hours_mine {
    const struct placement_full *placement;
    struct hours_sheet_row_rows sheets;
    const struct hours_entry_row_rows *entries; /* of each sheet */
    const struct hours_sum *year;               /* of this person; NULL: nothing yet */
    struct entry_form entry;
};

/* The months of a placement, without the entry that is being made. */
void hours_load(struct rq *rq, const struct placement_full *p, struct hours_mine *m);
/* An entry of this placement as it was sent; false, with the errors in rq: it cannot be one. */
bool hours_read_entry(struct rq *rq, const struct placement_full *p, struct entry_form *f);
/* Writes it down; the id of its sheet. */
int64_t hours_enter(struct tx *tx, int64_t city_id, const struct placement_full *p,
                    const struct entry_form *f);
/* Takes the entry of the request back; the id of its sheet. 0: not possible, and answered. */
int64_t hours_strike(struct rq *rq, struct tx *tx, int64_t placement_id);

extern const struct link_part hours_mine_parts[], hours_confirm_parts[];
void hours_link_mine(struct rq *rq, const struct token *token);
void hours_link_confirm(struct rq *rq, const struct token *token);

/* ---- paper.c ---- */

void hours_paper(struct rq *rq);
void hours_paper_enter(struct rq *rq, struct tx *tx);
void hours_paper_strike(struct rq *rq, struct tx *tx);

/* ---- care.c ---- */

/* An organisation has so long to answer, and is reminded so often. */
#define HOURS_ANSWER_DAYS 14
#define HOURS_REMINDERS   2

struct job_run;
/* hours.care */
void hours_care(struct job_run *job);

/* ---- desk.c ---- */

struct hours_desk {
    int year;
    struct hours_sums sums;
    struct hours_running_row_rows running;
};

void hours_desk(struct rq *rq);
void hours_export(struct rq *rq, struct tx *tx);
void hours_send(struct rq *rq, struct tx *tx);
void hours_sheet(struct rq *rq);
void hours_step(struct rq *rq, struct tx *tx);
void hours_person(struct rq *rq);
void hours_person_pdf(struct rq *rq);

/* ---- statement.c ---- */

/* What a person can show of a year, as page and as PDF. */
struct hours_statement {
    str name;
    int year;
    const struct hours_sum *sum; /* NULL: nothing was entered */
    url pdf;                     /* the same as PDF, for the page */
};
/* Of the year that the request asks for. */
struct hours_statement hours_statement_of(struct rq *rq, int64_t person_id, str name);
/* A path of this town in that year. */
url hours_statement_link(const struct rq *rq, str path, int year);
/* Answers with the PDF. */
void hours_statement_put(struct rq *rq, const struct hours_statement *s);

#endif

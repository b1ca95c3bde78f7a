/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of this feature, and what its pages show. */
#ifndef FEATURE_CONCERN_PAGES_H
#define FEATURE_CONCERN_PAGES_H

#include "concern.sql.h"
#include "feature/guide/guide.h"
#include "web/form.h"
#include "web/procedure.h"
#include "web/schema.h"
#include "web/token.h"

struct job_run;

/* ---- ask.c: the public form ---- */

struct ask_form {
    str asker; /* citizen, organisation */
    str topic;
    str subject;
    str question;
    str organisation;
    str name;
    str mail;
    int64_t consent;
};

extern const struct field ask_fields[];

void ask_show(struct rq *rq);
void ask_send(struct rq *rq, struct tx *tx);
void ask_sent(struct rq *rq);

/* ---- status.c: the page by link ---- */

struct concern_status {
    const struct concern_full *concern;
    struct concern_public_row_rows messages;
    struct event_row_rows events;
    bool can_confirm, can_add, can_close, can_withdraw;
    url action; /* of the link */
};

extern const struct link_part status_parts[];

void status_show(struct rq *rq, const struct token *token);
/* Whether an event belongs into the history that the person who asked sees. */
bool status_is_public(const struct event_row *e);
str status_event(const struct rq *rq, const struct event_row *e);
str message_heading(const struct rq *rq, str kind);

/* ---- desk.c: the office ---- */

struct desk_filter {
    str q, state, topic, sort;
    int64_t office;
    bool all; /* also what is at its end */
    bool mine;
};

struct desk_page {
    const struct concern_full *concern;
    struct concern_message_row_rows messages;
    struct procedure_view course;
    struct concern_canned_row_rows canned;
    struct concern_office_rows offices;
    struct concern_person_rows people;
    struct guide_hits guides;
    str draft;   /* of the answer */
    bool opened; /* notes are shown, and that was noted */
};

struct reply_form {
    str body;
};
extern const struct field reply_fields[];

void desk_list(struct rq *rq);
void desk_export(struct rq *rq, struct tx *tx);
void desk_concern(struct rq *rq);
void desk_take(struct rq *rq, struct tx *tx);
void desk_reply(struct rq *rq, struct tx *tx);
void desk_note(struct rq *rq, struct tx *tx);
void desk_notes(struct rq *rq, struct tx *tx);
void desk_assign(struct rq *rq, struct tx *tx);
void desk_hand_over(struct rq *rq, struct tx *tx);
/* The day by which we answer is over, and we have not. */
bool desk_late(const struct rq *rq, str state, str promised_on);

/* ---- canned.c ---- */

struct canned_form {
    str title;
    str topic;
    int64_t office;
    str body;
    str slug;
};
extern const struct field canned_fields[];

/*
 * A canned answer with its placeholders filled in: {nummer}, {name}, {stelle}, {stadt},
 * {ratgeber}. Other braces stay as they are.
 */
str canned_fill(struct rq *rq, const struct concern_canned_row *k, const struct concern_full *c);
/* The first {…} that is none of them; empty when all are known. */
str canned_unknown(str body);

void canned_list(struct rq *rq);
void canned_new(struct rq *rq);
void canned_create(struct rq *rq, struct tx *tx);
void canned_edit(struct rq *rq);
void canned_save(struct rq *rq, struct tx *tx);
void canned_erase(struct rq *rq, struct tx *tx);

/* ---- route.c: who answers what ---- */

/* The office for a topic: the town's rule, what the offices say, the first; 0: there is none. */
int64_t route_of(struct rq *rq, str topic);
void route_show(struct rq *rq);
void route_save(struct rq *rq, struct tx *tx);

struct route_line {
    str topic;
    int64_t office;
    bool ruled; /* by the town, not by what the offices say */
};
struct route_lines {
    const struct route_line *v;
    size_t n;
};

/* ---- report.c ---- */

struct report_page {
    int64_t year;
    struct concern_count_rows rows;
    int64_t total;
};
void report_show(struct rq *rq);
void report_export(struct rq *rq, struct tx *tx);
/* "2,5 Tage" */
str report_days(const struct rq *rq, const struct concern_count *row);

/* ---- tidy.c ---- */

void tidy_concerns(struct job_run *job);
/* What a concern is found by, folded; after a correction it is made anew. */
struct concern_words {
    str number, subject, organisation, name, question;
};
str concern_search(struct arena *a, const struct concern_words *w);
void concern_corrected(struct tx *tx, int64_t city_id, str mail);
/* Deletes a concern, or all of it that is personal (web/erasure.h). */
void concern_erase_row(struct tx *tx, const struct erasure *e);

/* "%words%" for LIKE, with its wildcards taken literally. */
str concern_pattern(struct rq *rq, str typed);

#endif

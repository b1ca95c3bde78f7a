/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share: forms, mails, links, pages. */
#ifndef FEATURE_PLACEMENT_PAGES_H
#define FEATURE_PLACEMENT_PAGES_H

#include "base/clock.h"
#include "feature/placement/placement.h"
#include "web/form.h"
#include "web/token.h"

struct job_run;
struct erasure;

/* ---- forms.c ---- */

/* The fields of a step's form; none: a table that is empty. */
const struct field *placement_fields(str verb);
/* What a form begins with. */
struct placement_form placement_said(struct rq *rq, const struct placement_full *p);
/* What no single field shows: days in the wrong order. Adds errors. */
void placement_form_check(struct rq *rq, str verb, const struct placement_form *f);

struct placement_start_form {
    str why, told;
};
extern const struct field placement_start_fields[];

/* ---- guards.c: 0, or why not ---- */

enum msg guard_tell(struct rq *rq, const struct procedure_at *at);
enum msg guard_consent(struct rq *rq, const struct procedure_at *at);
enum msg guard_withdraw(struct rq *rq, const struct procedure_at *at);
enum msg guard_contact(struct rq *rq, const struct procedure_at *at);
enum msg guard_remind(struct rq *rq, const struct procedure_at *at);
enum msg guard_silent(struct rq *rq, const struct procedure_at *at);
enum msg guard_silent_person(struct rq *rq, const struct procedure_at *at);
enum msg guard_agreed(struct rq *rq, const struct procedure_at *at);
enum msg guard_trial(struct rq *rq, const struct procedure_at *at);
enum msg guard_place(struct rq *rq, const struct procedure_at *at);
enum msg guard_wait(struct rq *rq, const struct procedure_at *at);
enum msg guard_move_up(struct rq *rq, const struct procedure_at *at);
enum msg guard_exit(struct rq *rq, const struct procedure_at *at);
enum msg guard_end(struct rq *rq, const struct procedure_at *at);
enum msg guard_rating(struct rq *rq, const struct procedure_at *at);

/* Whether the person agrees, now, that data go to the organisation. */
bool placement_agreed(struct rq *rq, int64_t person_id);
/* Whose contact is written to: the offer's, else the organisation; empty: nobody. */
str placement_addressee(const struct placement_full *p);
/* All empty where the database cannot be read: the transaction then ends as if nothing had been. */
const struct placement_full *placement_at(struct rq *rq, const struct procedure_at *at);

/* After so many days without answer one may say so, and the organisation is reminded. */
#define PLACEMENT_CONTACT_DAYS 7
/* Follow-ups: six weeks and six months after the start. */
#define PLACEMENT_SIX_WEEKS  42
#define PLACEMENT_SIX_MONTHS 182

/* ---- wait.c ---- */

/* Who is next moves up, while there are places; after whatever may have made one free. */
void placement_move_up(struct rq *rq, struct tx *tx, int64_t opportunity_id);

/* ---- mails.c ---- */

#define PLACEMENT_LINK_PERSON       "placement"
#define PLACEMENT_LINK_ORGANISATION "placement-answer"
#define PLACEMENT_LINK_SECONDS      (400 * (int64_t)86400)

void placement_mail_proposal(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void placement_mail_contact(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void placement_mail_remind(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void placement_mail_answer(struct rq *rq, struct tx *tx, const struct procedure_at *at);
/* To the organisation: what was passed on must be deleted. */
void placement_mail_withdrawn(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void placement_mail_moved_up(struct rq *rq, struct tx *tx, const struct procedure_at *at);
/* To both: how it goes; each with a link. */
void placement_mail_ask(struct rq *rq, struct tx *tx, const struct procedure_at *at);

/* ---- links.c ---- */

void placement_mine_show(struct rq *rq, const struct token *token);
void placement_mine_yes(struct rq *rq, struct tx *tx, const struct token *token);
void placement_mine_no(struct rq *rq, struct tx *tx, const struct token *token);
void placement_mine_withdraw(struct rq *rq, struct tx *tx, const struct token *token);
void placement_mine_rate(struct rq *rq, struct tx *tx, const struct token *token);
void placement_theirs_show(struct rq *rq, const struct token *token);
void placement_theirs_yes(struct rq *rq, struct tx *tx, const struct token *token);
void placement_theirs_full(struct rq *rq, struct tx *tx, const struct token *token);
void placement_theirs_no(struct rq *rq, struct tx *tx, const struct token *token);
void placement_theirs_commission(struct rq *rq, struct tx *tx, const struct token *token);
void placement_theirs_rate(struct rq *rq, struct tx *tx, const struct token *token);

/* What the people outside of the office read as state; what a rating from 1 to 5 means. */
enum msg placement_public_state(str state);
enum msg placement_rating_word(int64_t rating);

/* ---- care.c ---- */

void placement_care(struct job_run *job);
void placement_erase(struct tx *tx, const struct erasure *e);
/* The person goes: with all that was said in their placements. */
void placement_person_erased(struct tx *tx, const struct erasure *e);

/* ---- desk.c, answers.c ---- */

struct placement_desk {
    const struct placement_full *placement;
    struct procedure_view course;
    struct placement_feedback_row_rows feedback;
    struct placement_form form;
    str failed; /* the verb whose form has errors */
    bool agreed;
    int64_t ahead; /* on the waiting list */
};

/* A form of its own; the others are buttons of one, or ways out. */
bool placement_step_leads_on(str verb);
/* "meeting, on 3. Dezember 2026 …": what the states have recorded, as lines. */
struct placement_fact {
    str label, text;
};
struct placement_facts {
    struct placement_fact *v;
    size_t n, cap;
};
struct placement_facts placement_facts(struct rq *rq, const struct placement_full *p);

struct placement_filter {
    str list; /* unanswered trial follow_up; empty: none of them */
    str state;
};

void placement_desk_list(struct rq *rq);
void placement_desk_show(struct rq *rq);
void placement_desk_step(struct rq *rq, struct tx *tx);
void placement_desk_start(struct rq *rq);
void placement_desk_begin(struct rq *rq, struct tx *tx);
void placement_desk_answers(struct rq *rq);

struct placement_start {
    int64_t person_id, opportunity_id;
    str person, offer; /* what is chosen already; else empty */
    str q;
    struct placement_choice_rows choices; /* of the other one */
    struct placement_start_form form;
};

/* How an organisation answers. */
struct placement_pace {
    int64_t id;
    str name;
    int64_t asked, answered, open; /* open: waits for longer than a week */
    int64_t median_hours;          /* of those that were answered */
};
struct placement_paces {
    struct placement_pace *v;
    size_t n, cap;
};
/* From rows of placement_answers, at that instant. */
struct placement_paces placement_paces(struct arena *a, struct placement_answer_row_rows rows,
                                       int64_t now);

#endif

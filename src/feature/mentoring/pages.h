/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share: reasons, guards, mails, links, pages. */
#ifndef FEATURE_MENTORING_PAGES_H
#define FEATURE_MENTORING_PAGES_H

#include "base/clock.h"
#include "city.sql.h"
#include "feature/mentoring/mentoring.h"
#include "feature/person/person.h"
#include "web/erasure.h"
#include "web/form.h"
#include "web/merge.h"
#include "web/token.h"

struct job_run;

/* ---- fit.c: who fits whom, and why ---- */

struct mentoring_sentences {
    str *v;
    size_t n, cap;
};
/* Two people as the matching sees them, in words that are true of both profiles. */
struct mentoring_fit {
    const struct mentoring_profile_row *mentor, *mentee;
    int64_t score; /* of 100 */
    struct mentoring_sentences fits, misses;
    struct mentoring_sentences remarks; /* for the office alone */
    bool minor;                         /* the mentee is, or may be, under 18 */
};
struct mentoring_fits {
    struct mentoring_fit *v;
    size_t n;
};

/* Reasons and misses in sentences, from both profiles. */
void mentoring_reasons(struct rq *rq, struct mentoring_fit *fit);
/* The best pairs of all who have room and were not proposed to each other before. */
struct mentoring_fits mentoring_best(struct rq *rq, struct mentoring_profile_row_rows all,
                                     struct mentoring_id_pair_rows tried);
/* Everybody of the other side for one of them, best first; the last ones have no common language.
 */
struct mentoring_fits mentoring_for(struct rq *rq, struct mentoring_profile_row_rows all,
                                    int64_t profile_id);
/* "Montag Nachmittag, …": cells of the week in words. */
str mentoring_times(const struct rq *rq, int64_t grid);
/* A sentence a line, and back. */
str mentoring_lines(struct rq *rq, const struct mentoring_sentences *s);
struct mentoring_sentences mentoring_split(struct rq *rq, str lines);
/* Certainly or possibly under 18. */
bool mentoring_is_minor(int64_t birth_year, str age_band);
/* Takes part, and for fewer of the other side than they would. */
bool mentoring_has_room(const struct mentoring_profile_row *p);

/* ---- states.c ---- */

const struct mentoring_pair_row *mentoring_pair_at(struct rq *rq, const struct procedure_at *at);
/* The fields of a step's form in the office; none: a table that is empty. */
const struct field *mentoring_fields(str verb);

/* Both are asked again once after so many days. */
#define MENTORING_ANSWER_DAYS 7
/* Check-ins: two and eight weeks after the beginning, and how long an answer has. */
#define MENTORING_CHECKS   2
#define MENTORING_FIRST    14
#define MENTORING_SECOND   56
#define MENTORING_OCCASION 9 /* of mentoring_answer: the end */
int mentoring_check_days(int64_t n);

/* Which occasion this side may be asked about now; 0: none, or answered already. */
int64_t mentoring_occasion(struct rq *rq, const struct mentoring_pair_row *p, bool mentor);

/* ---- mails.c ---- */

#define MENTORING_LINK_MENTOR  "mentoring-mentor"
#define MENTORING_LINK_MENTEE  "mentoring-mentee"
#define MENTORING_LINK_SECONDS (400 * (int64_t)86400)

enum mentoring_mail {
    MENTORING_MAIL_ASK,    /* would you like to? */
    MENTORING_MAIL_REMIND, /* to who has not answered */
    MENTORING_MAIL_START,  /* with how to reach each other */
    MENTORING_MAIL_CHECK,
    MENTORING_MAIL_OVER, /* nothing came of it */
    MENTORING_MAIL_END   /* thanks, and how was it? */
};
void mentoring_mail_both(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                         enum mentoring_mail what);

/* ---- links.c ---- */

extern const struct link_part mentoring_parts[];
void mentoring_link_show(struct rq *rq, const struct token *token);

struct mentoring_mine {
    const struct mentoring_pair_row *pair;
    bool mentor;
    const struct mentoring_profile_row *other;
    bool answered;    /* this side has said yes */
    int64_t occasion; /* 0: nothing is asked */
    struct mentoring_meeting_row_rows meetings;
    struct mentoring_sentences fits, misses;
    struct mentoring_said form; /* of a meeting */
};

/* How somebody is called before both have said yes: by the first of their names. */
str mentoring_first_name(str name);
/* "16 bis 17 Jahre": never the year. */
str mentoring_age(const struct rq *rq, const struct mentoring_profile_row *p);

/* ---- care.c ---- */

void mentoring_care(struct job_run *job);
void mentoring_pair_erase(struct tx *tx, const struct erasure *e);
void mentoring_profile_erase(struct tx *tx, const struct erasure *e);
void mentoring_person_erased(struct tx *tx, const struct erasure *e);
void mentoring_consent_withdrawn(struct rq *rq, struct tx *tx, str purpose, int64_t person_id);

/* ---- merge.c ---- */

extern const struct merge_ref mentoring_merge_refs[];

/* ---- programme.c ---- */

extern const struct field mentoring_programme_fields[];

struct mentoring_programme_page {
    const struct mentoring_programme_row *programme; /* NULL: a new one */
    struct mentoring_programme_form form;
    struct office_row_rows offices;
};
struct mentoring_programme_view {
    const struct mentoring_programme_row *programme;
    struct mentoring_profile_row_rows profiles;
    struct mentoring_pair_card_rows pairs;
    struct procedure_view course;
};
void mentoring_crumbs(struct rq *rq);
void mentoring_programme_crumb(struct rq *rq, int64_t id, str title);
/* The programme of the address; NULL, and 404. */
const struct mentoring_programme_row *mentoring_programme_of(struct rq *rq, int64_t id);
void mentoring_programmes_list(struct rq *rq);
void mentoring_programme_fresh(struct rq *rq);
void mentoring_programme_create(struct rq *rq, struct tx *tx);
void mentoring_programme_show(struct rq *rq);
void mentoring_programme_edit(struct rq *rq);
void mentoring_programme_save(struct rq *rq, struct tx *tx);
void mentoring_programme_step(struct rq *rq, struct tx *tx);

/* ---- profile.c ---- */

#define MENTORING_NOTE      "mentoring_profile.note"
#define MENTORING_QUESTIONS 5

extern const struct field mentoring_profile_fields[];

struct mentoring_answer_line {
    str question, answer;
};
struct mentoring_answers {
    struct mentoring_answer_line v[MENTORING_QUESTIONS];
    size_t n;
};
/* The programme's questions with what was answered to them. */
struct mentoring_answers mentoring_answers_of(str questions, str answers);

struct mentoring_profile_page {
    const struct mentoring_programme_row *programme;
    const struct mentoring_profile_row *profile; /* NULL: a new one */
    const struct person_row *person;             /* NULL: to be looked for */
    bool mentor;
    str q;
    struct mentoring_person_rows people;
    struct mentoring_profile_form form;
    struct mentoring_answers answers;
};
struct mentoring_profile_view {
    const struct mentoring_profile_row *profile;
    struct mentoring_answers answers;
    struct mentoring_pair_of_rows pairs;
    struct procedure_view course;
    bool agreed, child, opened;
    str note;
};
void mentoring_profile_fresh(struct rq *rq);
void mentoring_profile_create(struct rq *rq, struct tx *tx);
void mentoring_profile_show(struct rq *rq);
void mentoring_profile_edit(struct rq *rq);
void mentoring_profile_save(struct rq *rq, struct tx *tx);
void mentoring_profile_step(struct rq *rq, struct tx *tx);
void mentoring_profile_note(struct rq *rq, struct tx *tx);
void mentoring_profile_note_save(struct rq *rq, struct tx *tx);
void mentoring_profile_agree(struct rq *rq, struct tx *tx);

/* ---- desk.c ---- */

struct mentoring_filter {
    str q, state;
    int64_t programme;
};
struct mentoring_pairs_view {
    struct mentoring_filter filter;
    struct mentoring_programme_card_rows programmes;
    struct mentoring_pair_card_rows rows;
};
struct mentoring_proposals {
    const struct mentoring_programme_row *programme;
    const struct mentoring_profile_row *one; /* for whom; NULL: the best pairs of all */
    struct mentoring_fits fits;
    int64_t mentors, mentees; /* who have room */
};
struct mentoring_pair_view {
    const struct mentoring_pair_row *pair;
    struct procedure_view course;
    struct mentoring_meeting_row_rows meetings;
    struct mentoring_answer_row_rows answers;
    struct mentoring_sentences fits, misses;
    struct mentoring_said form;
    str failed; /* the verb whose form has errors */
    bool minor, permitted;
};
void mentoring_proposals(struct rq *rq);
void mentoring_propose(struct rq *rq, struct tx *tx);
void mentoring_pairs_list(struct rq *rq);
void mentoring_pairs_export(struct rq *rq, struct tx *tx);
void mentoring_pair_show(struct rq *rq);
void mentoring_pair_step(struct rq *rq, struct tx *tx);

#endif

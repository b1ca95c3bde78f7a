/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of this feature, and what its pages show. */
#ifndef PERSON_PAGES_H
#define PERSON_PAGES_H

#include "feature/person/fields.h"
#include "feature/person/twin.h"
#include "web/token.h"

/* ---- desk.c: the office ---- */

struct person_filter {
    str q, state, field;
    bool mine;
    int64_t page;
};
struct person_listing {
    struct person_filter filter;
    struct person_card_rows rows;
    int64_t total;
    bool more;
};

/* Who looks after somebody (worker.c). */
struct worker_form {
    int64_t office, worker;
    int64_t handed; /* the person agrees to the other office */
};
extern const struct field worker_fields[];

/* The page of one person. */
struct person_page {
    const struct person_row *person;
    struct procedure_view course;
    struct person_consent_rows consents;
    struct person_likes likes;
    const struct person_support_row *support; /* NULL: nothing is noted */
    bool opened;                              /* the support needs have been opened … */
    str needs;                                /* … and say this */
    struct person_office_row_rows offices;
    struct person_worker_row_rows workers;
    struct worker_form worker;
};

/* The form of a new person, or of one. */
struct person_form_page {
    const struct person_input *input;
    const struct person_row *stored; /* NULL: a new one */
    struct person_likes likes;       /* known already, when somebody new is sent */
    int64_t appointment_id;          /* of the new one; 0: comes without */
};

void person_desk_list(struct rq *rq);
void person_desk_export(struct rq *rq, struct tx *tx);
void person_desk_new(struct rq *rq);
void person_desk_create(struct rq *rq, struct tx *tx);
void person_desk_show(struct rq *rq);
void person_desk_edit(struct rq *rq);
void person_desk_save(struct rq *rq, struct tx *tx);
void person_desk_step(struct rq *rq, struct tx *tx);
void person_desk_agree(struct rq *rq, struct tx *tx);
void person_desk_link(struct rq *rq, struct tx *tx);
void person_desk_erase_show(struct rq *rq);
void person_desk_erase(struct rq *rq, struct tx *tx);

/* The page of a person, after whatever was done; answers with 422 when there are errors. */
void person_desk_page(struct rq *rq, struct person_page *page);
void person_desk_crumbs(struct rq *rq);

/* ---- worker.c ---- */

void worker_load(struct rq *rq, struct person_page *page);
void worker_save(struct rq *rq, struct tx *tx);

/* ---- support.c: support needs ---- */

#define SUPPORT_COLUMN "person_support.needs"

void support_open(struct rq *rq, struct tx *tx);
void support_save(struct rq *rq, struct tx *tx);

/* ---- words for the templates ---- */

/* Whether anything is known of what somebody would like, and of what they bring along. */
bool person_has_wishes(const struct person_row *p);
bool person_has_gifts(const struct person_row *p);
/* "Kinder und Jugend · Sport" of the three dimensions together; empty: nothing. */
str person_likings(const struct rq *rq, int64_t fields, int64_t kinds, int64_t targets);
/* "geboren 1990", "30 bis 49"; empty: not known. */
str person_age_words(const struct rq *rq, int64_t birth_year, str age_band);
/* "2,5" hours. */
str person_hours(const struct rq *rq, int64_t tenths);
/* The consent of a purpose that holds now; NULL: none. */
const struct person_consent *person_holds(const struct person_page *page, str purpose);
/* The purposes of the ledger, in the order of the page; ended by an empty one. */
extern const str person_purposes[];
enum msg person_purpose_label(str purpose);

#endif

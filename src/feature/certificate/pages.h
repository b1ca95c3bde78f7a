/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share. */
#ifndef FEATURE_CERTIFICATE_PAGES_H
#define FEATURE_CERTIFICATE_PAGES_H

#include "feature/certificate/certificate.h"
#include "feature/person/person.h"
#include "web/form.h"
#include "web/seal.h"

#define CERTIFICATE_ENTRY "certificate.entry"

struct seal_place certificate_place(int64_t id);
/* One more letter, inspection or deletion in the figures of the year. */
void certificate_counted(struct tx *tx, int64_t city_id, str act);

/* Work with children or youth of a person. */
struct certificate_work {
    bool runs;        /* something is on its way, or is done */
    int64_t ended_at; /* what was done last ended then; 0: nothing was */
};
struct certificate_work certificate_work_of(struct rq *rq, int64_t person_id);

/* Takes the facts away, with the proof. */
void certificate_erase_now(struct rq *rq, struct tx *tx, int64_t id);

/* ---- desk.c, letter.c ---- */

struct certificate_form {
    str inspected_on, issued_on;
    str entry; /* yes no */
};
extern const struct field certificate_fields[];

struct certificate_page {
    const struct person_row *person;
    struct certificate_needed_row_rows needed;
    const struct certificate_row *kept; /* NULL: nothing is */
    struct certificate_form form;
    bool opened; /* the facts are shown, and that was noted */
    bool entry;
};

/* "liegt vor, erneut ab 3. Dezember 2030": never what it says. */
str certificate_standing(struct rq *rq, opt_str inspected_on);
struct certificate_needed_row_rows certificate_needed_by(struct rq *rq, int64_t person_id);

void certificate_list(struct rq *rq);
void certificate_show(struct rq *rq);
void certificate_inspect(struct rq *rq, struct tx *tx);
void certificate_open(struct rq *rq, struct tx *tx);
void certificate_take_away(struct rq *rq, struct tx *tx);
void certificate_letter_new(struct rq *rq, struct tx *tx);
void certificate_letter(struct rq *rq);

#endif

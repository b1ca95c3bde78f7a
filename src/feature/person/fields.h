/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a person: its table of fields, what is typed beside it, its sections. */
#ifndef PERSON_FIELDS_H
#define PERSON_FIELDS_H

#include "feature/person/person.h"
#include "web/form.h"

/* In the order of the page; those of struct person_form. */
extern const struct field person_fields[];

/* Everything that a form of a person sends. */
struct person_input {
    struct person_form f;
    /* Typed in words, in addition to what is ticked. */
    str like_words, rather_not_words, never_words, when_words;
    /* Consents, where the form asks for them. */
    int64_t agree_keep, agree_propose, agree_pass_on, agree_guardian;
};
/* What is typed in words, and the consents: fields of struct person_input. */
extern const struct field person_typed[];
extern const struct field person_agreeing[];

/* A section of the form: the fields from first to last; behind a line to open, unless `open`. */
struct person_group {
    str id;
    enum msg heading;
    const char *first;
    const char *last;
    bool open;
};
extern const struct person_group person_groups[];

/* Reads and checks a POST; false with errors in rq, and everything typed kept. */
bool person_form_read(struct rq *rq, struct person_input *in);
/* What fields say together; finds the point of the place. Errors are in rq. */
void person_form_check(struct rq *rq, struct person_form *f);
/* The consents that are ticked, given through that channel (person_agree). */
void person_agree_ticked(struct rq *rq, struct tx *tx, int64_t id, const struct person_input *in,
                         str channel);
/* Gives the person back the point that they had, unless the place was changed. */
void person_form_keep_point(struct person_form *f, const struct person_row *p);
/* Filled from what is stored, in words where the form has words. */
struct person_input person_form_of(struct rq *rq, const struct person_row *p);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of this feature, and what its pages show. */
#ifndef ADVICE_PAGES_H
#define ADVICE_PAGES_H

#include "feature/advice/advice.h"
#include "feature/person/person.h"
#include "web/form.h"

#define PROTOCOL_COLUMN "advice_talk.protocol"

/* ---- desk.c ---- */

struct advice_filter {
    str state;
    int64_t office, person;
    bool mine, all, handed;
};

struct advice_form {
    str channel, reason, office;
};
extern const struct field advice_fields[];

struct talk_form {
    str held_on, channel;
    int64_t minutes;
    str protocol;
};
extern const struct field talk_fields[];

/* Fields of the forms that hand a case over and that answer to it. */
struct hand_form {
    str reason;
    int64_t agreed;
};
extern const struct field hand_fields[];
extern const struct field decline_fields[];

struct advice_page {
    const struct advice_row *advice;
    struct procedure_view course;
    struct advice_talk_row_rows talks;
    struct advice_question_row_rows questions;
    struct advice_answer_row_rows answers;
    struct advice_office_rows offices;
    const struct talk_form *talk;
    const struct hand_form *hand;
    const struct field *sent; /* the form whose errors are shown; NULL: none was sent */
    bool opened;              /* the protocols */
};

void advice_desk_list(struct rq *rq);
void advice_desk_export(struct rq *rq, struct tx *tx);
void advice_desk_new(struct rq *rq);
void advice_desk_create(struct rq *rq, struct tx *tx);
void advice_desk_show(struct rq *rq);
void advice_desk_step(struct rq *rq, struct tx *tx);
void advice_desk_talk(struct rq *rq, struct tx *tx);
void advice_desk_open(struct rq *rq, struct tx *tx);
void advice_desk_hand_over(struct rq *rq, struct tx *tx);
void advice_desk_answer(struct rq *rq, struct tx *tx);
void advice_crumbs(struct rq *rq);
/* How many cases of a person are open. */
int64_t advice_open_cases(struct rq *rq, int64_t person_id);

/* What was typed or answered to a question; its parameter's name, "frage-7". */
str advice_answer_of(struct rq *rq, const struct advice_page *page, int64_t question);
str advice_question_name(const struct rq *rq, int64_t question);
/* A line of the choices of a question; false at their end. */
bool advice_choice(str *choices, str *choice);
/* The words of a protocol, or that it is sealed. */
str advice_protocol(struct rq *rq, const struct advice_talk_row *t, bool opened);
/* What a form has seen of a case: changes with each step and talk of it. */
str advice_mark(struct rq *rq, const struct advice_row *v);
/* Whether an offer is looked for: advised, ready or waiting, and at nobody's door. */
bool advice_seeks(const struct advice_row *v);
/* All minutes of a case. */
int64_t advice_minutes(const struct advice_page *page);

/* ---- talk.c ---- */

/* The step that a talk is: the first one makes the case "advised". */
struct procedure_ask advice_talk_asked(const struct advice_row *v);
/* After that step. */
void advice_talk_keep(struct rq *rq, struct tx *tx, const struct advice_row *v,
                      const struct advice_held *held);

/* ---- questions.c ---- */

struct question_form {
    str label, choices, office;
    int64_t position;
};
extern const struct field question_fields[];

void questions_show(struct rq *rq);
void questions_add(struct rq *rq, struct tx *tx);
void questions_close(struct rq *rq, struct tx *tx);

/* The office that a form chose, if the town has it. */
bool advice_office_known(struct rq *rq, str typed, opt_int *office);

#endif

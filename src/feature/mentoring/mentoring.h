/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mentoring (Patenschaften): programmes of the office, people who take part on either side, pairs
 * from the proposal to the end. Other features count them (the statements "figures" of
 * mentoring.sql) and begin them for the demo.
 */
#ifndef FEATURE_MENTORING_H
#define FEATURE_MENTORING_H

#include "mentoring.sql.h"
#include "web/feature.h"
#include "web/procedure.h"

extern const struct feature mentoring_feature;
extern const struct record_kind mentoring_programme_record, mentoring_profile_record,
    mentoring_pair_record;
extern const struct procedure mentoring_programme_procedure, mentoring_profile_procedure,
    mentoring_pair_procedure;

/* In the ledger of feature/consent, with the person's id as subject: to take part. */
#define MENTORING_AGREES "mentoring"
/* The words of it in the page's language, as they are shown and kept. */
str mentoring_consent_words(const struct rq *rq);
/* Whether the person agrees now; of somebody who may be under 16, the guardian as well. */
bool mentoring_agreed(struct rq *rq, int64_t person_id);

struct mentoring_programme_form {
    int64_t office_id;
    str title, aim, audience, mentor_word, mentee_word;
    int64_t minors, topics;
    str rhythm;
    int64_t months;
    str starts_on, ends_on;
    str questions; /* one a line */
};
/* The id. */
int64_t mentoring_programme_new(struct rq *rq, struct tx *tx,
                                const struct mentoring_programme_form *f);

struct mentoring_profile_form {
    int64_t topics, languages, grid;
    str wish_gender, wish;
    int64_t room;
    str agreed;  /* how: a code of vocab_given; empty: not yet */
    str answers; /* question, line break, answer, line break, … */
};
struct mentoring_place {
    int64_t programme_id;
    int64_t person_id;
    bool mentor;
};
/* The id; 0 with *why_not where the person cannot take part there. */
int64_t mentoring_profile_new(struct rq *rq, struct tx *tx, const struct mentoring_place *place,
                              const struct mentoring_profile_form *f, enum msg *why_not);

/* Everything that a step of a pair may say: `data` of mentoring_pair_procedure. */
struct mentoring_said {
    bool mentor; /* by link: whose link it is */
    str said;    /* a sentence */
    str day;     /* of a meeting, of the end */
    int64_t minutes;
    str going;
    int64_t call;
    str reason;
    str note;
};

/* Two profiles are proposed to each other. The id; 0 with *why_not. */
int64_t mentoring_pair_new(struct rq *rq, struct tx *tx, int64_t mentor_id, int64_t mentee_id,
                           enum msg *why_not);

#endif

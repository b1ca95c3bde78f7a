/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changes of offers: what was changed when by whom, and what waits for the office's release.
 * Somebody whom the office does not trust to publish at once proposes: the offer stays as it is
 * until the proposal is accepted. Each offer has at most one that waits; a newer one replaces it.
 */
#ifndef FEATURE_OPPORTUNITY_CHANGE_H
#define FEATURE_OPPORTUNITY_CHANGE_H

#include "feature/opportunity/compare.h"
#include "feature/opportunity/states.h"

/* Keeps what a save has changed, below its event. */
void change_keep(struct tx *tx, int64_t city_id, const struct opp_full *before,
                 const struct opp_form *said, int64_t event_id);
/* With an offer go its changes. */
void change_forget(struct tx *tx, int64_t city_id, int64_t offer_id);

/* ---- proposals ---- */

/* What a form of a page wants to change, and who gets the answer. */
struct proposal {
    struct differences differences;
    str mail;
};

struct proposer {
    enum procedure_who who;
    str mail;
};

/* Whether the state is one that may be public (again) without a release: changes must wait. */
bool change_must_wait(const struct opp_full *o);
/*
 * Keeps the form as a proposal and asks the office; false, and nothing is kept, when it says the
 * same as the offer. The form's organisation must be filled in.
 */
bool change_propose(struct rq *rq, struct tx *tx, const struct opp_full *o,
                    const struct opp_form *said, struct proposer by);
/* Puts what waits into a form of the offer; false: nothing waits. */
bool change_apply_waiting(struct rq *rq, int64_t offer_id, struct opp_form *form);

/* The steps of states.c that belong to it. Their data is a struct proposal, or the waiting row. */
enum msg change_guard(struct rq *rq, const struct procedure_at *at);
void change_proposed(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void change_accepted(struct rq *rq, struct tx *tx, const struct procedure_at *at);
void change_declined(struct rq *rq, struct tx *tx, const struct procedure_at *at);

/* ---- showing ---- */

struct change_line {
    const struct field *field;
    str was, said; /* in words */
    bool hidden;   /* what stood there is not kept */
};
struct change_lines {
    const struct change_line *v;
    size_t n;
};
struct change_entry {
    int64_t at;
    str by;
    str state;
    struct change_lines lines;
};
struct change_history {
    const struct change_entry *v;
    size_t n;
};
struct change_history change_history(struct rq *rq, int64_t offer_id);
/* What was changed from an instant on, each field once: what it said then, and what it says now. */
struct change_lines change_since(struct rq *rq, int64_t offer_id, int64_t since);
/* What waits, against what the offer says now; and the fields that stay. */
struct change_lines change_waiting(struct rq *rq, const struct opp_full *o,
                                   const struct opp_change_waiting_row *waiting);
struct change_lines change_unchanged(struct rq *rq, const struct opp_full *o,
                                     struct change_lines changed);

#endif

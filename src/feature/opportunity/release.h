/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the office releases: offers that were handed in, and changes of public ones by people whom
 * it does not trust to publish at once. Queue, page with both versions side by side, answers.
 */
#ifndef FEATURE_OPPORTUNITY_RELEASE_H
#define FEATURE_OPPORTUNITY_RELEASE_H

#include "feature/opportunity/change.h"
#include "feature/opportunity/twin.h"
#include "feature/organisation/organisation.h"

/* GET /buero/freigaben; GET and POST /buero/angebote/{id}/freigabe. */
void release_queue(struct rq *rq);
void release_show(struct rq *rq);
void release_act(struct rq *rq, struct tx *tx);

/*
 * Whether somebody publishes for the organisation without release: the office trusts it, and the
 * person is one of it. By link that is whoever has an address that is known to be the
 * organisation's, since anybody can claim a name.
 */
bool release_is_free(struct rq *rq, int64_t organisation_id, enum procedure_who who, str mail);
/* An offer that was just handed in is public at once where it may be. True: it is. */
bool release_at_once(struct rq *rq, struct tx *tx, const struct opp_full *o, enum procedure_who who,
                     str mail);

/* Effects: the answer of a step to whoever entered the offer, else to its contact. */
void release_answer(struct rq *rq, struct tx *tx, const struct procedure_at *at);
/* The same to an address that asked for a change; empty: as above. */
void release_tell(struct rq *rq, struct tx *tx, const struct procedure_at *at, str mail);
/* The reason that was given last; empty when there is none, or when it is settled. */
str release_reason(struct rq *rq, int64_t offer_id);

/* What the page shows. */
struct release_page {
    const struct opp_full *offer;
    const struct opp_entry_row *entry;            /* NULL: not entered by link */
    const struct opp_change_waiting_row *waiting; /* NULL: a new offer */
    struct change_lines changed, unchanged;
    struct change_lines since; /* the office asked back: what was changed then */
    int64_t asked_at;          /* when it did; 0: it has not */
    struct twins twins;
    const struct org_standing_row *standing;
    bool known;                      /* whoever asks has an address of the organisation */
    struct organisation_likes likes; /* of an organisation that is new */
    str version;
};
struct release_form {
    str note;
};
extern const struct field release_fields[];

#endif

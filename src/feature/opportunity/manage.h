/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "Manage my offer" by a mailed link: enter, send, confirm, change, pause, fill, copy, end, bring
 * back. There are two kinds of link: the contact's, which comes with the questions about an
 * offer's age (fresh.h), and that of somebody who enters one (entry.h).
 */
#ifndef FEATURE_OPPORTUNITY_MANAGE_H
#define FEATURE_OPPORTUNITY_MANAGE_H

#include "feature/opportunity/states.h"

struct token;

/* Who holds a link, and for which offer. */
struct holder {
    str mail;
    const struct opp_entry_row *entry; /* NULL: it is the contact's link */
    const struct opp_full *offer;      /* NULL: nothing has been saved yet */
};

/* What the page shows. */
struct manage_page {
    const struct opp_full *offer;
    struct procedure_choices choices;
    const struct due_row *due;                    /* NULL: nothing is due */
    const struct opp_change_waiting_row *waiting; /* NULL: no change waits */
    str reason;                                   /* of the office; may be empty */
};

void manage_show(struct rq *rq, const struct token *token);
void manage_over(struct rq *rq, const struct token *token);
extern const struct link_part manage_parts[];

#endif

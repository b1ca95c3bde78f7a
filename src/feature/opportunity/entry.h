/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Entering an offer without account: an address and the name of the organisation, a mailed link,
 * and behind it the whole form. The pages behind the link are those of manage.h; what is
 * different before the offer has been sent is here.
 */
#ifndef FEATURE_OPPORTUNITY_ENTRY_H
#define FEATURE_OPPORTUNITY_ENTRY_H

#include "feature/opportunity/manage.h"
#include "web/erasure.h"
#include "web/form.h"

#define ENTRY_LINK "opportunity-entry"

struct job_run;

struct entry_form {
    str mail;
    str organisation;
};
extern const struct field entry_fields[];

/* GET and POST /anbieten, and the page after it. */
void entry_ask(struct rq *rq);
void entry_ask_send(struct rq *rq, struct tx *tx);
void entry_asked(struct rq *rq);

/* The organisations among which the form behind the link chooses; one of id 0 is a new one. */
struct opp_organisation_rows entry_organisations(struct rq *rq, const struct opp_entry_row *entry);
/* What the form says before anything was typed. */
struct opp_form entry_begin(struct rq *rq, const struct opp_entry_row *entry,
                            struct opp_organisation_rows organisations);
/* The form is stored as the draft of this entry; false, with 409, where there is one already. */
bool entry_save(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry,
                const struct opp_form *f);
/* A draft that says the same, with a link of its own, which is mailed; the address of the link. */
url entry_copy(struct rq *rq, struct tx *tx, const struct holder *h);
/* How often one connection, and one address, may ask for links. True: too often, and answered. */
bool entry_too_often(struct rq *rq, str mail);
/* A new link to somebody whose old one has ended: once a day, however often it is asked for. */
void entry_link_again(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry);
/* An absolute link for a mail to whoever entered an offer. */
url entry_link(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry);

/* The link is taken back and the address goes, the offer stays. */
void entry_erase(struct tx *tx, const struct erasure *e);
/* The job: links that came to nothing go, with their drafts. */
void entry_tidy(struct job_run *job);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The yearly review: an organisation whose page nobody has confirmed for 365 German days is mailed
 * one link, again after 30 days; after 30 more, and where there is no address, the office gets it
 * into "Heute". Behind the link is one button, and the form for what has changed. Whoever edits the
 * page has reviewed it; an import has not.
 */
#ifndef FEATURE_ORGANISATION_REVIEW_H
#define FEATURE_ORGANISATION_REVIEW_H

#include "feature/organisation/fields.h"
#include "feature/organisation/merge.h"

#define REVIEW_LINK  "organisation-review"
#define REVIEW_DAYS  365
#define REVIEW_AGAIN 30

struct job_run;
struct token;

void review_show(struct rq *rq, const struct token *token);
extern const struct link_part review_parts[];
void review_run(struct job_run *job);

#endif

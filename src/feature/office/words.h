/* SPDX-License-Identifier: EUPL-1.2 */
/* The machine room in words: what the audit trail and the jobs call by codes. */
#ifndef FEATURE_OFFICE_WORDS_H
#define FEATURE_OFFICE_WORDS_H

#include "web/rq.h"

/* "Angebot angelegt" for "opportunity.create"; an action without words comes back as it is. */
str office_act(const struct rq *rq, str action);

/* "Mails verschicken" for "mail.send"; a name without words comes back as it is. */
str office_job(const struct rq *rq, str name);

/* Where the office's pages of what an action was done to begin, the id follows; may be empty. */
str office_object_path(str action);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What waits for somebody: steps of procedures that are due, follow-ups, offers that end.
 * The records belong to all features (web/record.h); whoever may not work on one does not
 * see it here.
 */
#ifndef FEATURE_OFFICE_WORKLIST_H
#define FEATURE_OFFICE_WORKLIST_H

#include "web/rq.h"

/* A line of it. */
struct task {
    str title;
    url page;
    str why;              /* "Angebot · eingereicht", or the note of a follow-up */
    str due_on;           /* ISO */
    int64_t follow_up_id; /* 0: none */
};

struct tasks {
    struct task *v;
    size_t n, cap;
};

struct worklist {
    struct tasks waiting; /* from today on: the next step is to be taken */
    struct tasks late;    /* its day is over */
    struct tasks coming;  /* follow-ups of the next days, and what ends */
};

void worklist_load(struct rq *rq, struct worklist *w);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Records: whatever has an id, a page in the office, a history and perhaps a state. Each
 * feature says in its table `records` how one is found, so that the web layer can speak of
 * the records of all features (procedures, follow-ups, the worklist) without knowing them.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include "web/access.h"
#include "web/rq.h"

struct record {
    const struct record_kind *kind;
    int64_t id;
    str title;
    str state;               /* a code; empty where the kind has no states */
    int64_t organisation_id; /* whose it is; 0: the town's */
    url page;                /* where it is worked on */
};

struct record_kind {
    const char *name;           /* "opportunity": also the kind of its events */
    enum msg label;             /* "Angebot" */
    enum permission permission; /* who works on it, for the town or for its organisation */
    /* Fills title, state, organisation and page; false: the town has no such record. */
    bool (*find)(struct rq *rq, int64_t id, struct record *record);
};

/* NULL when no feature has it. */
const struct record_kind *record_kind_find(const struct app *app, str name);
bool record_find(struct rq *rq, const struct record_kind *kind, int64_t id, struct record *record);
/* Whether the person of this request works on the record. */
bool record_may(const struct rq *rq, const struct record *record);

#endif

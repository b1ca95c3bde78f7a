/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A job that goes through rows of all towns: page by page, in the order of their ids, each row in a
 * transaction and with memory of its own. What fails leaves the others alone.
 */
#ifndef WEB_SWEEP_H
#define WEB_SWEEP_H

#include "web/job.h"
#include "web/rq.h"

struct tx;

struct sweep_row {
    int64_t id;
    int64_t city_id;
};
struct sweep_rows {
    struct sweep_row *v; /* in the order of their ids; none: that was all */
    size_t n;
};

struct sweep {
    struct job_run *job;
    /* A page of what is due, of rows with ids beyond that one. */
    struct sweep_rows (*list)(struct db *db, const struct job_run *job, int64_t behind);
    /*
     * One of them, in the name of its town and at the time of the job. It looks again: somebody may
     * have been faster. May run more than once. True: there was something to do, and it is done.
     */
    bool (*each)(struct rq *rq, struct tx *tx, int64_t id);
    const char *trouble; /* what the job says when some rows fail */
    int64_t tried, done, failed;
};

/* Counts in the sweep what came of it; a failure is the job's. */
void sweep_run(struct sweep *s);

#endif

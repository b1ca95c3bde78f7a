/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scheduler: recurring jobs inside the process. A run is claimed in the database, so
 * that two processes on one database never do the same work; a failed run is tried again
 * with growing pauses and stays visible.
 */
#ifndef WEB_JOB_H
#define WEB_JOB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct app;
struct db;
struct job;

/* One run of a job. */
struct job_run {
    struct app *app;
    struct arena *arena; /* of this run */
    int64_t now;
    bool failed;
    str result; /* one line for `tandem job list` */
};

void job_failed(struct job_run *job, str why);
void job_result(struct job_run *job, str text);

/* Starts the scheduler's thread; jobs_register comes first. */
struct scheduler *scheduler_start(struct app *app);
void scheduler_stop(struct scheduler *s);
/* Lets the scheduler look at once instead of at its next tick. */
void scheduler_wake(struct scheduler *s);

/* Makes sure that every job has its row in the database. */
MUST_CHECK enum err jobs_register(struct app *app);
/* Runs one job now, whether it is due or not; for the command line. */
MUST_CHECK enum err job_run_now(struct app *app, str name, struct job_run *run);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A whole import: one file, one transaction, kept or only tried. The command and the office's
 * page both come through here.
 */
#include "feature/exchange/exchange.h"
#include "web/app.h"

/* How often an import begins anew when other writers are faster (PostgreSQL). */
#define TRIES 3

/* Keeps what the import did, unless it failed or was a trial. */
static enum err finish(struct import_job *job, enum err e, const struct import_report *report,
                       str *problem)
{
    if (e != ERR_OK) {
        tx_rollback(job->tx);
        return e;
    }
    if (job->kept)
        job->kept(job->ctx, job->tx, report);
    e = tx_commit(job->tx);
    if (e != ERR_OK)
        *problem = S("the database did not keep it");
    return e;
}

/* Runs the job in a transaction of its own. */
static enum err run_once(struct import_job *job, bool keep, struct import_report *report,
                         str *problem)
{
    struct tx tx;
    struct arena rows; /* emptied row by row, unlike the report's */
    arena_init(&rows, 0);
    rewind(job->source.file);
    enum err e = tx_begin_alone(job->app->store, &rows, &tx);
    if (e == ERR_OK) {
        job->tx = &tx;
        e = import_run(job, report, problem);
        if (keep)
            e = finish(job, e, report, problem);
        else
            tx_rollback(&tx);
        job->again = tx.db.again;
        job->tx = NULL;
    } else {
        *problem = S("the database cannot be written");
    }
    arena_free(&rows);
    return e;
}

enum err import_alone(struct import_job *job, bool keep, struct import_report *report, str *problem)
{
    enum err e = ERR_OK;
    for (int i = 0; i < TRIES; i++) {
        job->again = false;
        e = run_once(job, keep, report, problem);
        if (e == ERR_OK || !job->again)
            break;
    }
    return e;
}

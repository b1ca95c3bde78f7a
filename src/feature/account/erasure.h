/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Erasures that outlive a restore. Whoever leaves is noted twice: in the table account_erased, in
 * the transaction of the erasure, and, within a minute, in a file beside the database (setting
 * erasure_file), which a restore does not touch. Both hold hashes of random ids.
 */
#ifndef FEATURE_ACCOUNT_ERASURE_H
#define FEATURE_ACCOUNT_ERASURE_H

#include "base/map.h"
#include "feature/account/account.h"

struct job_run;

void erasure_note(struct tx *tx, int64_t account_id);
/* Brings the file up to date with the table. */
MUST_CHECK enum err erasure_sync(struct app *app, struct arena *a);
/* The job that does it every minute. */
void erasure_job(struct job_run *job);

#endif

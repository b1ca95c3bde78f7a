/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Retention: each class of rows is erased on its day (DIN 66398: class, rule, start, period,
 * method). A row is kept for so many whole German days after the day of its instant; the next
 * night it goes, in batches, each in a transaction of its own with its proof and its audit line.
 */
#ifndef FEATURE_PRIVACY_RETENTION_H
#define FEATURE_PRIVACY_RETENTION_H

#include "privacy.sql.h"
#include "feature/privacy/privacy.h"

struct job_run;

/* What of a class is due, in one town or in all. */
struct retention_line {
    const struct privacy_table *table;
    const struct privacy_keep *keep;
    int64_t due;
};
struct retention_lines {
    struct retention_line *v;
    size_t n, cap;
};

/* All classes, with what is due at `now`; city_id 0: in all towns, and what belongs to none. */
struct retention_lines retention_look(struct db *db, int64_t now, int64_t city_id);
/* Rows of a class are due when their instant is before this one. */
int64_t retention_before(const struct privacy_keep *keep, int64_t now);
/* "Anliegen, ein Jahr nach dem Abschluss" */
str retention_label(const struct rq *rq, str class);
/* "60 Tage" */
str retention_days(const struct rq *rq, int days);
/* The nightly job. */
void retention_job(struct job_run *job);

/* GET /buero/aufbewahrung; tandem retention [--dry-run] */
void retention_page(struct rq *rq);
int command_retention(struct cli *cli);

#endif

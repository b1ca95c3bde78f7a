/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Erasing a row about a person, in one way for all reasons: its time is over (retention), the
 * person wants it, or a restore has brought it back. What is known about people stands in the
 * .privacy files (db/privacy.h); how a row goes, there too, or in the table `erasures` of its
 * feature.
 *
 * What somebody wanted gone is noted twice: in the table `erased`, in the transaction of the
 * erasure, and, within a minute, in a file beside the database (setting erasure_file), which a
 * restore does not touch. Both hold hashes of random ids.
 */
#ifndef WEB_ERASURE_H
#define WEB_ERASURE_H

#include "base/map.h"
#include "db/privacy.h"
#include "web/feature.h"

struct app;
struct job_run;

enum erasure_why { ERASE_BY_TIME, ERASE_BY_PERSON, ERASE_AGAIN };

struct erasure {
    struct app *app;
    int64_t city_id; /* 0: the row belongs to no town */
    int64_t id;
    enum erasure_why why;
};

/* The description of a table; it must exist. */
const struct privacy_table *privacy_table_get(str name);
/* Every table that is erased by its feature has a function for it: else the name of one without. */
const char *erasure_missing(const struct app *app);

/*
 * Erases one row, with what hangs on it. If a person wanted it, it is noted, and mails about it
 * leave the outbox.
 */
void erasure_do(struct tx *tx, const struct privacy_table *t, const struct erasure *e);
/* Notes a row as gone, where a feature has erased it by itself. */
void erasure_note(struct tx *tx, str table, int64_t id);
/*
 * Everything that rows keep of this mail address, as its owner wants it; how many rows. Only in
 * that town, unless it is 0: each town answers for its own.
 */
int64_t erasure_of_mail(struct app *app, struct tx *tx, str mail, int64_t city_id);
/* Sets the names (PRIVACY_NAME) or numbers (PRIVACY_PHONE) of this address in a town. */
struct correction {
    int64_t city_id;
    str mail;
    enum privacy_class of;
    str value;
};
int64_t erasure_correct(struct app *app, struct tx *tx, const struct correction *c);
/* The parameter by which a person's rows are found; false: this person has none of that kind. */
struct somebody {
    str mail;           /* folded; empty: not known */
    int64_t account_id; /* 0: none */
};
bool somebody_value(struct app *app, struct arena *a, enum person_by by, const struct somebody *who,
                    struct db_value *value);
/* The pseudonym of an address in the ledger of consents: an HMAC under the installation's key. */
str somebody_mark(const struct app *app, struct arena *a, str mail);

/* Brings the file up to date with the table. */
MUST_CHECK enum err erasure_sync(struct app *app, struct arena *a);
/* The job that does it every minute. */
void erasure_job(struct job_run *job);

/* All that was ever erased, as far as database and file know. */
struct erasures {
    struct app *app;
    struct map hashes;
    int64_t again; /* rows that were in the backup and had to be erased again */
};
MUST_CHECK enum err erasures_known(struct app *app, struct arena *a, struct erasures *known);
/* In the transaction of a restore: erases those of them that the backup brought back. */
void erasures_again(struct tx *tx, struct erasures *known);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sealed columns (`sealed` in a .privacy file): encrypted and authenticated under a key that is
 * in no database and in no backup, bound to table, column and row, so that a box opens nowhere
 * else. Whoever reads the files of the database, or a backup, reads none of it.
 *
 * A box is "NUMBER.BASE64": the number of its key and what base/crypt.h makes. The keys are in
 * the file "<secret_file>.keys", a line each; which one seals stands in the table seal_key, so
 * that all processes agree and a transaction that seals cannot miss a change (it reads that row).
 * Neighbours: feature/privacy/keys.c (`tandem key`), doc/decisions/0011.
 */
#ifndef WEB_SEAL_H
#define WEB_SEAL_H

#include "db/stmt.h"
#include "web/app.h"
#include "web/rq.h"

/* Where a box is at home: "concern_message.note" and the row's key. */
struct seal_place {
    const char *column;
    int64_t id;
};

/* Seals; empty stays empty. Without a key it fails the transaction: nothing is stored open. */
sealed seal_close(struct app *app, struct tx *tx, struct seal_place place, str plain);
/*
 * Opens for the program itself or for the person whom it is about. False: not for this place,
 * changed by somebody, or its key is not here.
 */
bool seal_open(struct app *app, struct arena *a, struct seal_place place, sealed box, str *plain);

/* ---- for somebody else's eyes ---- */

/*
 * Writes into the read log that this request opens `place` of a record, in its transaction: if
 * the log cannot be written, the page is not sent. Once for each record and place, before
 * seal_open. Takes a transaction, so no GET handler can do it.
 */
void seal_note_reading(const struct rq *rq, struct tx *tx, const char *place, int64_t record);

/* ---- keys ---- */

struct seals;

/* Reads the file of keys; makes the first key where neither file nor table has one. */
MUST_CHECK enum err seals_open(struct app *app);
void seals_close(struct app *app);
/* A new key becomes the current one; its number, 0 with an error in the transaction or file. */
int64_t seal_key_new(struct app *app, struct tx *tx);
/* Takes a key out of the file; only after the table says that it is dropped. */
MUST_CHECK enum err seal_key_forget(struct app *app, int64_t number);
/* Whether this process has, or finds in the file, the key of that number. */
bool seal_key_here(struct app *app, int64_t number);
/* "3.%": what boxes of a key are LIKE. */
str seal_like(struct arena *a, int64_t number);
/* The key that seals, 0: none. */
int64_t seal_current_key(struct db *db);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Backups: everything in a store as one file, the same on both engines, and back.
 *
 * The file (numbers little-endian, a text is its length in 4 bytes and its bytes):
 *
 *     "tandem backup 1\n"
 *     text build, int64 instant, uint32 number of migrations: text feature, int64 number, text hash
 *     for each table: 'T' text name, uint32 columns: text name, its kind (1…4)
 *         for each row: 'R', for each column 0 (null), 1 int64, 2 double, 3 text, 4 bytes
 *         'E' int64 rows
 *     'Z' int64 rows of all tables
 *     SHA-256 of everything before
 */
#ifndef DB_DUMP_H
#define DB_DUMP_H

#include <stdio.h>

#include "db/db.h"

#define DUMP_MAGIC "tandem backup 1\n"

struct dump_info {
    str build;  /* of the program that wrote it */
    int64_t at; /* when */
    int64_t tables;
    int64_t rows;
    str why; /* it cannot be restored */
};

/*
 * Writes a consistent copy, one snapshot, while others read and write. On SQLite nobody waits
 * for it; on PostgreSQL neither. The file is flushed, its fsync is the caller's.
 */
MUST_CHECK enum err store_dump(struct store *store, FILE *file, struct dump_info *info);

/* The migrations that the program knows. */
struct dump_history {
    const struct migration *list;
    size_t n;
};

/*
 * Reads the whole file and says whether it can be restored: form, counts, hash, and that each
 * of its migrations is known. Changes nothing. ERR_INVALID with the reason in info->why.
 */
MUST_CHECK enum err dump_verify(FILE *file, const struct dump_history *history, struct arena *a,
                                struct dump_info *info);

struct dump_restore {
    struct dump_history history;
    /* Within the same transaction, when all rows are there: may change more. May be NULL. */
    void (*then)(void *ctx, struct tx *tx);
    void *ctx;
};

/*
 * Replaces everything in the store by the file, which has been verified: in one transaction
 * drops all tables, makes those of the file's migrations, fills them, and applies the
 * migrations that came later. Others see all of it or nothing.
 */
MUST_CHECK enum err store_restore(struct store *store, FILE *file,
                                  const struct dump_restore *restore, str *why);

#endif

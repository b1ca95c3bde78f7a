/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The database as the rest of Tandem sees it: an opened store, short-lived readers, and
 * write transactions. Only sqlite.c and postgres.c know an engine.
 *
 * Statements are never written by hand here: tool/sqlc compiles the .sql files of the
 * features into `struct stmt` constants and typed functions that call db_run and tx_run.
 *
 * Errors stick: the first failure is kept in the reader or transaction with file and
 * line of the call, later calls do nothing and return no rows, and whoever opened it
 * (the dispatcher, a job) looks at the end.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* ---- values and statements, as sqlc emits them ---- */

enum db_type { DB_INT, DB_REAL, DB_TEXT, DB_BLOB };

struct db_value {
    enum db_type type;
    bool null;
    union {
        int64_t i;
        double r;
        str s; /* TEXT and BLOB */
    };
};

/* Tables are numbered at build time; a set of them fits a few words. */
#define DB_TABLE_WORDS 4
struct db_tables {
    uint64_t w[DB_TABLE_WORDS];
};

struct stmt {
    const char *name;     /* "opp_list" */
    const char *sqlite;   /* SQL with ?1 ?2 … */
    const char *postgres; /* SQL with $1 $2 … */
    const enum db_type *params;
    const enum db_type *columns;
    uint16_t param_count;
    uint16_t column_count;
    uint16_t id; /* dense over the whole program: index of prepared-statement caches */
    struct db_tables reads;
    struct db_tables writes;
};

/* ---- the store: one per process ---- */

struct store;

struct store_options {
    const char *url; /* "sqlite:PATH" or "postgresql://…" */
    int readers;     /* connections kept at most; 0: one per serving thread */
    bool read_only;
};

MUST_CHECK enum err store_open(const struct store_options *options, struct store **store);
void store_close(struct store *store);
bool store_is_postgres(const struct store *store);

/* Version of a table: raised by every commit that wrote to it. For the page cache. */
uint64_t store_version(const struct store *store, unsigned table);
/* Called after each commit with what was written, from the committing thread. */
typedef void store_committed(void *ctx, const struct db_tables *written);
void store_on_commit(struct store *store, store_committed *hook, void *ctx);

/* ---- reading ---- */

/* A reader: a connection that physically cannot write, for one request or job. */
struct db {
    struct store *store;
    struct arena *arena;   /* rows and their text are allocated here */
    struct db_tables read; /* what has been read so far */
    enum err err;          /* sticky */
    const char *err_file;
    int err_line;
    str err_text;  /* the engine's words, for the log only */
    void *conn;    /* of the engine */
    struct tx *tx; /* set when this reader looks through a write transaction */
};

MUST_CHECK enum err db_begin(struct store *store, struct arena *arena, struct db *db);
void db_end(struct db *db);

struct db_row {
    const struct db_value *v;
    size_t n;
};

struct db_rows {
    const struct db_row *v;
    size_t n;
};

/* All rows of a statement, copied into the reader's arena. Called by generated code. */
struct db_rows db_run(struct db *db, const struct stmt *s, const struct db_value *params);
/*
 * Row by row, for exports and index building: `each` returns false to stop. Text in the
 * row is valid during the call only.
 */
typedef bool db_each(void *ctx, const struct db_row *row);
void db_stream(struct db *db, const struct stmt *s, const struct db_value *params, db_each *each,
               void *ctx);

/* Keeps the first error; generated code and checks above db/ use the macro. */
void db_fail_at(struct db *db, enum err e, str text, const char *file, int line);
#define db_fail(db, e, text) db_fail_at((db), (e), (text), __FILE__, __LINE__)

/* ---- writing ---- */

/*
 * A write transaction. On SQLite there is one writer: tx_begin takes it, and tx_commit
 * may put several transactions into one fsync (group commit). On PostgreSQL it is a
 * serializable transaction. Reads within the transaction go through &tx->db.
 */
struct tx {
    struct db db; /* reads see the transaction's own writes; errors stick here */
    struct db_tables written;
    int64_t now; /* the instant of the transaction, UTC seconds: one clock for all rows */
    void *conn;
};

MUST_CHECK enum err tx_begin(struct store *store, struct arena *arena, struct tx *tx);
/*
 * Commits when nothing failed, else rolls back; returns what happened. ERR_OK means that
 * the data survives a power cut. ERR_CONFLICT from PostgreSQL means: run it again.
 */
MUST_CHECK enum err tx_commit(struct tx *tx);
void tx_rollback(struct tx *tx);
/*
 * Like tx_commit, but returns at once and calls `done` from the committing thread when
 * the result is known; the arena must live until then.
 */
void tx_commit_later(struct tx *tx, void (*done)(void *ctx, enum err e), void *ctx);

/* Runs a writing statement; returns the number of rows it changed. For generated code. */
int64_t tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params);

/* A new id: 64 bits, time-ordered, positive, unique in the installation. */
int64_t db_new_id(void);

/* ---- migrations ---- */

struct migration {
    const char *feature; /* "opportunity" */
    int number;          /* 1, 2, …: append-only */
    const char *sqlite;
    const char *postgres;
    const char *sha256; /* of the source file, hex: edited history is refused */
};

/* Brings the schema up to date, each migration in a transaction. Refuses edited history. */
MUST_CHECK enum err store_migrate(struct store *store, const struct migration *list, size_t n);

/* A consistent copy of a running SQLite store (VACUUM INTO); ERR_INVALID on PostgreSQL. */
MUST_CHECK enum err store_backup(struct store *store, const char *path);

#endif

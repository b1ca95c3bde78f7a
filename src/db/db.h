/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The database as the rest of Tandem sees it: an opened store, short-lived readers, and
 * write transactions. Only sqlite*.c and postgres*.c know an engine.
 *
 * Statements are never written by hand here: tool/sqlc compiles the .sql files of the
 * features into `struct stmt` constants, row structs and typed functions (db/stmt.h).
 *
 * Errors stick: the first failure is kept in the reader or transaction, later calls do
 * nothing and return no rows, and whoever opened it (the dispatcher, a job) looks at the
 * end.
 *
 * A store may be used by all threads at once; a reader or a transaction belongs to one.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "db/opt.h"

/* Tables are numbered at build time (tables.h); a set of them fits a few words. */
#define DB_TABLE_WORDS 4
#define DB_TABLES      (DB_TABLE_WORDS * 64)
struct db_tables {
    uint64_t w[DB_TABLE_WORDS];
};
bool db_tables_has(const struct db_tables *set, unsigned table);

/* ---- the store: one per process ---- */

struct store;

struct store_options {
    const char *url; /* "sqlite:PATH" or "postgresql://…" */
    int readers;     /* idle connections kept for the next reader; 0: 16 */
    bool read_only;  /* no transactions, no migrations; the database must exist */
};

/* Creates an SQLite database (readable by its owner only) where there is none. */
MUST_CHECK enum err store_open(const struct store_options *options, struct store **store);
/* All readers and transactions must have ended. */
void store_close(struct store *store);
bool store_is_postgres(const struct store *store);

/*
 * Version of a table: raised by every commit that wrote to it, also those of other
 * processes (see store_watch). For caches: read the versions before the data.
 */
uint64_t store_version(const struct store *store, unsigned table);
/* Has any of the tables been written since the reader with this `as_of` began? */
bool store_changed(const struct store *store, const struct db_tables *tables, uint64_t as_of);
/*
 * Looks whether another process has committed; if so, raises the versions and calls the
 * hook (on SQLite with all tables: which ones is not known). Cheap: most calls only look
 * at the clock, at most five a second ask the engine. db_begin calls it by itself.
 */
void store_watch(struct store *store);

/*
 * Called after each commit with what was written, before the writer learns of it, from
 * the committing thread. It may read, but must not begin a transaction; it is never called
 * within itself. Up to STORE_HOOKS of them, called in the order in which they were given; give
 * them before threads start.
 */
#define STORE_HOOKS 4
typedef void store_committed(void *ctx, const struct db_tables *written);
void store_on_commit(struct store *store, store_committed *hook, void *ctx);

/*
 * Leaves nothing in the store's files of what was deleted and committed: SQLite overwrites pages
 * as it deletes, but its write-ahead log still has how they were. PostgreSQL lets go of old rows
 * by its autovacuum. An error: somebody reads an old snapshot; try later.
 */
MUST_CHECK enum err store_scrub(struct store *store);

/* How many transactions were committed in how many durable writes (for /metrics). */
struct store_counts {
    uint64_t transactions;
    uint64_t commits;
};
struct store_counts store_counts(const struct store *store);

/* ---- reading ---- */

/*
 * A reader: a connection that physically cannot write, for one request or job. All its
 * statements see one snapshot, taken by the first of them.
 */
struct db {
    struct store *store;
    struct arena *arena;   /* rows and their text are allocated here */
    struct db_tables read; /* what has been read so far */
    uint64_t as_of;        /* for store_changed */
    enum err err;          /* sticky */
    bool again;            /* another writer was faster: run the whole transaction again */
    const char *err_at;    /* "src/web/job.c:12" */
    const char *err_stmt;  /* name of the statement that failed, or NULL */
    str err_text;          /* the engine's words, for the log only */
    void *conn;            /* of the engine */
    struct tx *tx;         /* set when this reader looks through a write transaction */
};

MUST_CHECK enum err db_begin(struct store *store, struct arena *arena, struct db *db);
void db_end(struct db *db);

/* Keeps the first error. The text is copied. */
void db_fail_at(struct db *db, enum err e, str text, const char *at);
#define db_fail(db, e, text)   db_fail_at((db), (e), (text), DB_AT(__FILE__, __LINE__))
#define DB_AT(file, line)      DB_AT_TEXT(file, line)
#define DB_AT_TEXT(file, line) file ":" #line

/* ---- writing ---- */

/*
 * A write transaction. On SQLite there is one writer: tx_begin waits for it, and several
 * transactions share one durable write (group commit); on PostgreSQL it is a
 * serializable transaction. Reads within the transaction go through &tx->db.
 * A thread has at most one transaction at a time.
 */
struct tx {
    struct db db; /* reads see the transaction's own writes; errors stick here */
    struct db_tables written;
    int64_t now; /* the instant of the transaction, UTC seconds: one clock for all rows */
};

MUST_CHECK enum err tx_begin(struct store *store, struct arena *arena, struct tx *tx);
/*
 * For long transactions (imports): does not share its durable write, so that nobody's
 * short transaction waits to be acknowledged until this one is over.
 */
MUST_CHECK enum err tx_begin_alone(struct store *store, struct arena *arena, struct tx *tx);
/*
 * Commits when nothing failed, else rolls back; returns what happened. ERR_OK means that
 * the data survives a power cut. With tx->db.again set, ERR_CONFLICT means: another
 * writer was faster, run it again; without, a constraint refused the data.
 */
MUST_CHECK enum err tx_commit(struct tx *tx);
void tx_rollback(struct tx *tx);
/*
 * After the failure of a transaction that has been tried so many times (1 …): whether to run it
 * again, because another writer was faster. Between two tries is a pause, longer each time and
 * never while a transaction is open.
 */
bool tx_again(const struct tx *tx, int tries);
void tx_pause(int tries);
/*
 * Runs `work` in a transaction of its own and commits; the whole again where another writer was
 * faster (tx_again). Logs what failed but for a constraint. For jobs: a request has the
 * dispatcher.
 */
MUST_CHECK enum err tx_do(struct store *store, struct arena *arena,
                          void (*work)(struct tx *tx, void *ctx), void *ctx);
/*
 * Like tx_commit, but may return before the result is known and then calls `done` from
 * another thread; `done` may also be called before this returns. The arena must live
 * until then, the struct tx need not.
 */
void tx_commit_later(struct tx *tx, void (*done)(void *ctx, enum err e), void *ctx);

/*
 * A new id: positive, unique in the installation, in order of time. 41 bits milliseconds
 * since 2024 (enough until 2093), 22 bits that start at random and count up within a
 * millisecond. Ids of one process only grow, also when its clock is set back.
 */
int64_t db_new_id(void);

/* ---- migrations; backups are in dump.h ---- */

struct migration {
    const char *feature; /* "opportunity" */
    int number;          /* 1, 2, …: append-only */
    const char *sqlite;
    const char *postgres;
    const char *sha256; /* of the source file, hex: edited history is refused */
};

/*
 * Brings the schema up to date, each migration in a transaction of its own. Refuses (and
 * logs why) edited history and a database that is newer than the program.
 */
MUST_CHECK enum err store_migrate(struct store *store, const struct migration *list, size_t n);

#endif

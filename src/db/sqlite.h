/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SQLite, shared by sqlite.c (connections, statements, reading) and sqlite_writer.c (the
 * one writer). A connection is used by one thread at a time.
 */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "db/engine.h"

struct sqlite_conn {
    struct pooled pooled;
    struct arena arena; /* of this struct and its cache */
    sqlite3 *db;
    struct {
        struct sqlite_prepared {
            sqlite3_stmt *stmt;
        } * v; /* by stmt->id */
        size_t n, cap;
    } cache;
    sqlite3_stmt *begin; /* BEGIN and COMMIT of the reader's snapshot */
    sqlite3_stmt *commit;
    sqlite3_stmt *rare; /* the statement being run, when it is not cached */
    int running;        /* statements being run: more than one within an `each` */
    bool snapshot;
    int wal_pages; /* of the writer: after its last commit */
};

struct member;

/* The writer; sqlite_writer.c explains it. */
struct writer {
    struct sqlite_conn *conn;
    sqlite3_stmt *begin, *commit, *rollback, *savepoint, *release, *undo;
    pthread_mutex_t lock; /* of everything down to `stop` */
    pthread_cond_t is_free;
    pthread_cond_t settled;
    pthread_cond_t wake; /* the committer */
    bool busy;
    pthread_t owner;
    unsigned waiting;
    bool committer_runs;
    bool committer_leads;
    bool stop;
    struct member *leader;
    pthread_t committer;
    /* Only for who owns the writer: */
    bool in_engine_tx;
    bool in_savepoint;
    enum tx_mode mode;
    int64_t data_version;
    struct db_tables written;
    /* Written by the owner under the lock, read by waiting leaders: */
    struct member *batch;
    unsigned batch_size;
    unsigned last_size;
    int64_t batch_since; /* clock_ticks */
    int64_t last_join;
};

struct sqlite {
    struct store *store;
    char *path;
    struct pool readers;
    struct writer writer;
};

enum err sqlite_open_conn(struct sqlite *s, bool writable, struct sqlite_conn **conn);
void sqlite_close_conn(struct sqlite_conn *c);
/* A statement that lives as long as the connection; stops the process if it is wrong. */
sqlite3_stmt *sqlite_prepare(struct sqlite_conn *c, const char *sql);
/* Runs such a statement; SQLite's extended result code. */
int sqlite_step(sqlite3_stmt *stmt);
enum err sqlite_err(int rc);
/* Ends a statement whose row consumer jumped away (an arena at its limit). */
void sqlite_unwind(struct sqlite_conn *c);
void sqlite_log(const struct sqlite_conn *c, const char *event);
/* The first column of the first row, 0 when there is none. */
int64_t sqlite_number(struct sqlite_conn *c, const char *sql);

enum err writer_open(struct sqlite *s);
void writer_close(struct sqlite *s);
enum err writer_begin(struct tx *tx, enum tx_mode mode);
enum err writer_commit(struct tx *tx);
void writer_commit_later(struct tx *tx, tx_done *done, void *ctx);
void writer_rollback(struct tx *tx);
/* Has another process committed? Does not wait for the writer. */
bool writer_watch(struct sqlite *s);

#endif

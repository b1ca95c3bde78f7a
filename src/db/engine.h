/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Between db.c and the engines: only files in db/ include this. db.c keeps what is the
 * same for all engines (sticky errors, rows into structs, versions), an engine is a
 * struct of functions in sqlite.c or postgres.c.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/stmt.h"

/* Result columns at most. */
#define DB_COLUMNS_MAX 256
/* The id of a statement that is run so rarely that it is not kept prepared. */
#define DB_STMT_RARE UINT16_MAX

/* Where an engine puts rows; sink_row returns false when no more are wanted. */
struct sink {
    struct db *db;
    const struct stmt *stmt;
    enum { SINK_NONE, SINK_ROWS, SINK_ROW, SINK_EACH } kind;
    struct {
        char *v;
        size_t n, cap; /* in rows */
    } rows;
    struct db_each each;
};
/* One value for each column of the statement; text may be the engine's. */
bool sink_row(struct sink *sink, const struct db_value *values);

enum tx_mode {
    TX_SHARED, /* may share a durable write with others */
    TX_ALONE,
    TX_SCHEMA, /* a migration: alone, foreign keys are checked at its end, one at a time */
};

typedef void tx_done(void *ctx, enum err e);

struct engine {
    /* `where` is the address without "sqlite:", whole for PostgreSQL. */
    enum err (*open)(struct store *s, const char *where);
    void (*close)(struct store *s);
    enum err (*read_begin)(struct db *db);
    void (*read_end)(struct db *db);
    /* Failures are kept by db_fail. Returns the number of rows changed. */
    int64_t (*run)(struct db *db, const struct stmt *s, const struct db_value *params,
                   struct sink *sink);
    /* Prepares it and compares its columns with the row struct. */
    void (*check)(struct db *db, const struct stmt *s);
    enum err (*tx_begin)(struct tx *tx, enum tx_mode mode);
    /* The transaction has no error. */
    enum err (*tx_commit)(struct tx *tx);
    void (*tx_commit_later)(struct tx *tx, tx_done *done, void *ctx);
    void (*tx_rollback)(struct tx *tx);
    /* Several statements without parameters and rows. */
    void (*script)(struct tx *tx, const char *sql);
    /* Leaves nothing in the files of what was deleted; NULL: the engine does so by itself. */
    enum err (*scrub)(struct store *s);
    /* Has another process committed since the last call, and what? */
    bool (*watch)(struct store *s, struct db_tables *written);
};

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine;

struct store {
    const struct engine *engine;
    struct arena arena; /* of this struct and the engine's */
    void *impl;         /* of the engine */
    int readers;
    bool read_only;
    struct {
        store_committed *call;
        void *ctx;
    } hooks[STORE_HOOKS];
    size_t n_hooks;
    _Atomic uint64_t clock; /* counts commits */
    _Atomic uint64_t versions[DB_TABLES];
    _Atomic uint64_t transactions;
    _Atomic uint64_t commits;
    _Atomic int64_t next_watch; /* clock_ticks */
    struct cache *kept;         /* rows of statements marked "-- kept:" */
};

/* After a commit: raises versions, calls the hook. `transactions` of ours shared it. */
void store_note_commit(struct store *s, const struct db_tables *written, unsigned transactions);
enum err tx_begin_mode(struct store *store, struct arena *arena, struct tx *tx, enum tx_mode mode);
void tables_add(struct db_tables *set, const struct db_tables *more);
bool tables_any(const struct db_tables *set);
/* Where the value of an optional member lies behind its `has`. */
size_t opt_value_at(enum db_type type);

/* ---- migrations, for migrate.c and restore.c ---- */

struct migration_applied {
    str feature;
    int64_t number;
    str sha256;
};
/* Rows of struct migration_applied. */
struct db_rows migrations_applied(struct db *db);
/* The table that keeps them, where there is none. */
void migrations_begin(struct tx *tx);
void migration_apply(struct tx *tx, const struct migration *m);

/* ---- idle connections; thread-safe ---- */

/* The first member of an engine's connection. */
struct pooled {
    struct pooled *next;
};

struct pool {
    pthread_mutex_t lock;
    struct pooled *idle; /* the one used last is first: its caches are warm */
    int count;
    int max;
};

void pool_init(struct pool *p, int max);
/* NULL when none is idle: open one. */
void *pool_take(struct pool *p);
/* False when there are enough: close it. */
bool pool_give(struct pool *p, void *conn);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SQLite: connections and their settings, prepared statements, reading. Writing
 * is sqlite_writer.c.
 *
 * A reader's connection is opened read-only and set to query_only, so it cannot write,
 * whatever statement it is given. The settings follow SQLite's advice for defence against
 * hostile SQL and damaged files (sqlite.org/security.html).
 */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/vec.h"

#define BUSY_MS 5000

static const char settings[] = "PRAGMA foreign_keys=ON;"
                               "PRAGMA trusted_schema=OFF;"
                               "PRAGMA cell_size_check=ON;"
                               "PRAGMA mmap_size=0;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA case_sensitive_like=ON;"; /* as PostgreSQL's LIKE is */
static const char writer_settings[] = "PRAGMA journal_mode=WAL;"
                                      "PRAGMA synchronous=FULL;"
                                      "PRAGMA secure_delete=ON;"
                                      "PRAGMA wal_autocheckpoint=0;" /* sqlite_writer.c does it */
                                      "PRAGMA journal_size_limit=67108864;";

enum err sqlite_err(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_CONSTRAINT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_CONFLICT;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return ERR_IO;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    default:
        return ERR_ENGINE;
    }
}

void sqlite_log(const struct sqlite_conn *c, const char *event)
{
    log_event(LOG_ERROR, event, { "problem", str_from_c(sqlite3_errmsg(c->db)) });
}

/* ---- connections ---- */

static void init_library(void)
{
    /* Counting memory would serialise all threads in malloc. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    must(sqlite3_initialize() == SQLITE_OK);
}

static bool apply_settings(struct sqlite_conn *c, bool writable)
{
    sqlite3_busy_timeout(c->db, BUSY_MS);
    sqlite3_extended_result_codes(c->db, 1);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    const char *more = writable ? writer_settings : "PRAGMA query_only=ON;";
    return sqlite3_exec(c->db, settings, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_exec(c->db, more, NULL, NULL, NULL) == SQLITE_OK;
}

enum err sqlite_open_conn(struct sqlite *s, bool writable, struct sqlite_conn **conn)
{
    struct arena a;
    arena_init(&a, 0);
    struct sqlite_conn *c = NEW(&a, struct sqlite_conn);
    c->arena = a;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    int rc = sqlite3_open_v2(s->path, &c->db, flags, NULL);
    if (rc != SQLITE_OK || !apply_settings(c, writable)) {
        enum err e = sqlite_err(rc != SQLITE_OK ? rc : sqlite3_extended_errcode(c->db));
        sqlite_log(c, "db.open");
        sqlite_close_conn(c);
        return e != ERR_OK ? e : ERR_ENGINE;
    }
    *conn = c;
    return ERR_OK;
}

void sqlite_close_conn(struct sqlite_conn *c)
{
    sqlite3_stmt *stmt = NULL;
    while (c->db && (stmt = sqlite3_next_stmt(c->db, NULL)))
        sqlite3_finalize(stmt);
    must(sqlite3_close(c->db) == SQLITE_OK);
    struct arena a = c->arena;
    arena_free(&a);
}

sqlite3_stmt *sqlite_prepare(struct sqlite_conn *c, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    must(sqlite3_prepare_v3(c->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) == SQLITE_OK);
    return stmt;
}

int sqlite_step(sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return rc;
}

int64_t sqlite_number(struct sqlite_conn *c, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = 0;
    if (sqlite3_prepare_v2(c->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

/* ---- the store ---- */

/* The file and its folder belong to their owner alone: they hold people's data. */
static enum err create_file(const char *path)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && slash != folder) {
        *slash = '\0';
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return ERR_IO;
    }
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR_IO;
    close(fd);
    return ERR_OK;
}

static enum err open_store(struct store *store, const char *path)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_library);
    struct sqlite *s = NEW(&store->arena, struct sqlite);
    s->store = store;
    s->path = str_to_c(&store->arena, str_from_c(path));
    store->impl = s;
    pool_init(&s->readers, store->readers);
    enum err e = store->read_only ? ERR_OK : create_file(s->path);
    if (e != ERR_OK) {
        log_event(LOG_ERROR, "db.open", { "path", str_from_c(path) },
                  { "problem", str_from_c(strerror(errno)) });
        return e;
    }
    return store->read_only ? ERR_OK : writer_open(s);
}

/* Readers first: the last connection cleans the log up, and only the writer can. */
static void close_store(struct store *store)
{
    struct sqlite *s = store->impl;
    struct sqlite_conn *c = NULL;
    while ((c = pool_take(&s->readers)))
        sqlite_close_conn(c);
    if (!store->read_only)
        writer_close(s);
}

/* ---- readers ---- */

static enum err read_begin(struct db *db)
{
    struct sqlite *s = db->store->impl;
    struct sqlite_conn *c = pool_take(&s->readers);
    if (!c) {
        enum err e = sqlite_open_conn(s, false, &c);
        if (e != ERR_OK)
            return e;
        c->begin = sqlite_prepare(c, "BEGIN");
        c->commit = sqlite_prepare(c, "COMMIT");
    }
    db->conn = c;
    return ERR_OK;
}

void sqlite_unwind(struct sqlite_conn *c)
{
    sqlite3_stmt *stmt = NULL;
    while (c->running && (stmt = sqlite3_next_stmt(c->db, stmt)))
        if (sqlite3_stmt_busy(stmt))
            sqlite3_reset(stmt);
    sqlite3_finalize(c->rare);
    c->rare = NULL;
    c->running = 0;
}

static void read_end(struct db *db)
{
    struct sqlite *s = db->store->impl;
    struct sqlite_conn *c = db->conn;
    sqlite_unwind(c);
    bool broken = c->snapshot && sqlite_step(c->commit) != SQLITE_DONE;
    c->snapshot = false;
    if (broken || !pool_give(&s->readers, c))
        sqlite_close_conn(c);
}

/* ---- statements ---- */

/* What SQLite says about the connection's last failure. */
static void fail(struct db *db, int rc)
{
    struct sqlite_conn *c = db->conn;
    if (db->err == ERR_OK)
        db->again = (rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED;
    db_fail(db, sqlite_err(rc), str_from_c(sqlite3_errmsg(c->db)));
}

static sqlite3_stmt *prepared(struct db *db, const struct stmt *s)
{
    struct sqlite_conn *c = db->conn;
    sqlite3_stmt **place = &c->rare;
    if (s->id != DB_STMT_RARE) {
        while (c->cache.n <= s->id)
            *vec_add(&c->arena, &c->cache) = (struct sqlite_prepared){ NULL };
        place = &c->cache.v[s->id].stmt;
    }
    sqlite3_stmt *stmt = *place;
    if (stmt)
        return stmt;
    int rc = sqlite3_prepare_v3(c->db, s->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    if (rc != SQLITE_OK)
        fail(db, rc);
    *place = stmt;
    return stmt;
}

static int bind_one(sqlite3_stmt *stmt, int i, const struct db_value *v)
{
    if (v->null)
        return sqlite3_bind_null(stmt, i);
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(stmt, i, v->i);
    case DB_REAL:
        return sqlite3_bind_double(stmt, i, v->r);
    case DB_TEXT:
    case DB_SEALED:
        return sqlite3_bind_text64(stmt, i, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(stmt, i, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static int bind_all(sqlite3_stmt *stmt, const struct stmt *s, const struct db_value *params)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < s->param_count && rc == SQLITE_OK; i++) {
        must(params[i].type == s->params[i]);
        rc = bind_one(stmt, i + 1, &params[i]);
    }
    return rc;
}

/* A column as its declared type; false when SQLite has another one. */
static bool column_value(sqlite3_stmt *stmt, int i, enum db_type type, struct db_value *v)
{
    static const int native[] = { [DB_INT] = SQLITE_INTEGER,
                                  [DB_REAL] = SQLITE_FLOAT,
                                  [DB_TEXT] = SQLITE_TEXT,
                                  [DB_BLOB] = SQLITE_BLOB,
                                  [DB_SEALED] = SQLITE_TEXT };
    int is = sqlite3_column_type(stmt, i);
    v->type = type;
    v->null = is == SQLITE_NULL;
    if (v->null)
        return true;
    if (type == DB_INT) {
        v->i = sqlite3_column_int64(stmt, i);
    } else if (type == DB_REAL) {
        v->r = sqlite3_column_double(stmt, i);
    } else {
        /* Also for text: sqlite3_column_text would copy it to put a NUL behind it. */
        const void *p = sqlite3_column_blob(stmt, i);
        v->s = (str){ p ? p : "", (size_t)sqlite3_column_bytes(stmt, i) };
    }
    return is == native[type];
}

static bool put_row(sqlite3_stmt *stmt, struct sink *sink)
{
    const struct db_row_type *type = sink->stmt->row;
    struct db_value values[DB_COLUMNS_MAX];
    must(type->count <= DB_COLUMNS_MAX && sqlite3_column_count(stmt) == type->count);
    for (int i = 0; i < type->count; i++) {
        if (column_value(stmt, i, type->columns[i].type, &values[i]))
            continue;
        db_fail(sink->db, ERR_ENGINE,
                str_fmt(sink->db->arena, "column %s has another type", type->columns[i].name));
        return false;
    }
    return sink_row(sink, values);
}

static int step_all(sqlite3_stmt *stmt, struct sink *sink)
{
    int rc = sqlite3_step(stmt);
    while (rc == SQLITE_ROW && sink->kind != SINK_NONE && put_row(stmt, sink))
        rc = sqlite3_step(stmt);
    return rc;
}

/* All statements of a reader see what was committed when the first one began. */
static int begin_snapshot(struct db *db)
{
    struct sqlite_conn *c = db->conn;
    if (db->tx || c->snapshot)
        return SQLITE_DONE;
    int rc = sqlite_step(c->begin);
    c->snapshot = rc == SQLITE_DONE;
    return rc;
}

static int64_t run(struct db *db, const struct stmt *s, const struct db_value *params,
                   struct sink *sink)
{
    struct sqlite_conn *c = db->conn;
    int rc = begin_snapshot(db);
    sqlite3_stmt *stmt = rc == SQLITE_DONE ? prepared(db, s) : NULL;
    if (!stmt) {
        fail(db, rc);
        return 0;
    }
    must(!sqlite3_stmt_busy(stmt)); /* an `each` must not run its own statement */
    c->running++;
    rc = bind_all(stmt, s, params);
    if (rc == SQLITE_OK)
        rc = step_all(stmt, sink);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        fail(db, rc);
    int64_t changed = sqlite3_changes64(c->db);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    if (s->id == DB_STMT_RARE) {
        sqlite3_finalize(stmt);
        c->rare = NULL;
    }
    c->running--;
    return changed;
}

/* Types of columns are checked with each row: SQLite knows those of tables only. */
static void check(struct db *db, const struct stmt *s)
{
    struct sqlite_conn *c = db->conn;
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(c->db, s->sqlite, -1, &stmt, NULL);
    if (rc != SQLITE_OK)
        fail(db, rc);
    else if (sqlite3_column_count(stmt) != (s->row ? s->row->count : 0) ||
             sqlite3_bind_parameter_count(stmt) != s->param_count)
        db_fail(db, ERR_ENGINE, S("another number of columns or parameters"));
    sqlite3_finalize(stmt);
}

static void script(struct tx *tx, const char *sql)
{
    struct sqlite_conn *c = tx->db.conn;
    int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        fail(&tx->db, rc);
}

static bool watch(struct store *store, struct db_tables *written)
{
    if (store->read_only || !writer_watch(store->impl))
        return false;
    memset(written, 0xff, sizeof *written);
    return true;
}

/* A connection of its own: the writer's belongs to whoever writes just now. */
static enum err scrub(struct store *store)
{
    struct sqlite_conn *c = NULL;
    enum err e = sqlite_open_conn(store->impl, true, &c);
    if (e != ERR_OK)
        return e;
    int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
        sqlite_log(c, "db.scrub");
    sqlite_close_conn(c);
    return rc == SQLITE_OK ? ERR_OK : sqlite_err(rc);
}

const struct engine sqlite_engine = {
    .open = open_store,
    .close = close_store,
    .read_begin = read_begin,
    .read_end = read_end,
    .run = run,
    .check = check,
    .tx_begin = writer_begin,
    .tx_commit = writer_commit,
    .tx_commit_later = writer_commit_later,
    .tx_rollback = writer_rollback,
    .script = script,
    .scrub = scrub,
    .watch = watch,
};

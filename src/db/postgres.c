/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PostgreSQL by libpq: a pool of connections, statements prepared on first use, values in
 * binary form. Readers run in a READ ONLY, REPEATABLE READ transaction (one snapshot,
 * the server refuses writes), writers in a SERIALIZABLE one.
 *
 * Other processes learn of a commit by NOTIFY in the same transaction; store_watch looks
 * for notices on a connection of its own.
 */
#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include "base/crypt.h"
#include "base/log.h"
#include "base/vec.h"
#include "db/engine.h"

/* pg_type.h; these numbers never change. */
#define OID_BYTEA  17
#define OID_INT8   20
#define OID_TEXT   25
#define OID_FLOAT8 701

#define PARAMS_MAX 256
#define CHANNEL    "tandem_commit"
/* "Tandem" as a number: only one process migrates. */
#define MIGRATION_LOCK "92781310"

struct pg_conn {
    struct pooled pooled;
    struct arena arena; /* of this struct and its cache */
    PGconn *pg;
    struct {
        bool *v; /* by stmt->id: has been prepared */
        size_t n, cap;
    } cache;
    bool in_tx;
    PGresult *result; /* the one being read: freed also when its consumer jumps away */
};

struct postgres {
    char *url;
    struct pool pool;
    uint64_t process; /* tells our own notices from others' */
    pthread_mutex_t watch_lock;
    struct pg_conn *watcher;
};

static const Oid oids[] = { [DB_INT] = OID_INT8,
                            [DB_REAL] = OID_FLOAT8,
                            [DB_TEXT] = OID_TEXT,
                            [DB_BLOB] = OID_BYTEA,
                            [DB_SEALED] = OID_TEXT };

/* ---- errors ---- */

static enum err err_of_state(const char *state, bool *again)
{
    *again = false;
    if (!state)
        return ERR_IO; /* the connection is gone */
    if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0) {
        *again = true;
        return ERR_CONFLICT;
    }
    if (strncmp(state, "23", 2) == 0)
        return ERR_CONFLICT;
    if (strcmp(state, "53100") == 0)
        return ERR_FULL;
    if (strcmp(state, "53200") == 0) { /* what the others hold locks or are remembered in */
        *again = true;
        return ERR_LIMIT;
    }
    if (strncmp(state, "53", 2) == 0 || strncmp(state, "54", 2) == 0)
        return ERR_LIMIT;
    if (strncmp(state, "08", 2) == 0 || strncmp(state, "57", 2) == 0 ||
        strncmp(state, "58", 2) == 0)
        return ERR_IO;
    return ERR_ENGINE;
}

/* The server's first line only: its details quote values. */
static void fail(struct db *db, const PGresult *r)
{
    struct pg_conn *c = db->conn;
    bool again = false;
    enum err e = err_of_state(PQresultErrorField(r, PG_DIAG_SQLSTATE), &again);
    const char *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    if (db->err == ERR_OK)
        db->again = again;
    db_fail(db, e, str_trim(str_from_c(text ? text : PQerrorMessage(c->pg))));
}

static void log_conn(const struct pg_conn *c, const char *event)
{
    log_event(LOG_ERROR, event, { "problem", str_trim(str_from_c(PQerrorMessage(c->pg))) });
}

/* ---- connections ---- */

static void close_conn(struct pg_conn *c)
{
    PQclear(c->result);
    PQfinish(c->pg);
    struct arena a = c->arena;
    arena_free(&a);
}

static void ignore_notice(void *ctx, const PGresult *r)
{
}

/* A command without parameters and rows. */
static bool command(struct pg_conn *c, const char *sql)
{
    PGresult *r = PQexec(c->pg, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    return good;
}

static enum err open_conn(struct postgres *p, struct pg_conn **conn)
{
    static const char *const keys[] = { "dbname", "client_encoding", "fallback_application_name",
                                        NULL };
    const char *const values[] = { p->url, "UTF8", "tandem", NULL };
    struct arena a;
    arena_init(&a, 0);
    struct pg_conn *c = NEW(&a, struct pg_conn);
    c->arena = a;
    c->pg = PQconnectdbParams(keys, values, 1);
    if (PQstatus(c->pg) != CONNECTION_OK) {
        log_conn(c, "db.open");
        close_conn(c);
        return ERR_IO;
    }
    PQsetNoticeProcessor(c->pg, NULL, NULL);
    PQsetNoticeReceiver(c->pg, ignore_notice, NULL);
    *conn = c;
    return ERR_OK;
}

static enum err open_store(struct store *store, const char *where)
{
    struct postgres *p = NEW(&store->arena, struct postgres);
    store->impl = p;
    p->url = str_to_c(&store->arena, str_from_c(where));
    p->process = crypt_random_u64();
    pthread_mutex_init(&p->watch_lock, NULL);
    pool_init(&p->pool, store->readers);
    enum err e = open_conn(p, &p->watcher);
    if (e == ERR_OK && !command(p->watcher, "LISTEN " CHANNEL)) {
        log_conn(p->watcher, "db.listen");
        close_conn(p->watcher);
        return ERR_ENGINE;
    }
    return e;
}

static void close_store(struct store *store)
{
    struct postgres *p = store->impl;
    struct pg_conn *c = NULL;
    while ((c = pool_take(&p->pool)))
        close_conn(c);
    close_conn(p->watcher);
}

/* A connection that begins a transaction; an idle one may have died, then another is tried. */
static enum err begin_on(struct postgres *p, const char *begin, struct pg_conn **conn)
{
    for (;;) {
        struct pg_conn *c = pool_take(&p->pool);
        bool fresh = !c;
        enum err e = fresh ? open_conn(p, &c) : ERR_OK;
        if (e != ERR_OK)
            return e;
        c->in_tx = command(c, begin);
        if (c->in_tx) {
            *conn = c;
            return ERR_OK;
        }
        log_conn(c, "db.begin");
        close_conn(c);
        if (fresh)
            return ERR_IO;
    }
}

static void give_back(struct postgres *p, struct pg_conn *c)
{
    PQclear(c->result);
    c->result = NULL;
    if (PQtransactionStatus(c->pg) != PQTRANS_IDLE || !pool_give(&p->pool, c))
        close_conn(c);
}

/* ---- readers ---- */

static enum err read_begin(struct db *db)
{
    struct postgres *p = db->store->impl;
    struct pg_conn *c = NULL;
    enum err e = begin_on(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", &c);
    db->conn = c;
    return e;
}

static void read_end(struct db *db)
{
    struct pg_conn *c = db->conn;
    PQclear(c->result);
    c->result = NULL;
    command(c, "COMMIT");
    give_back(db->store->impl, c);
}

/* ---- statements ---- */

/* Parameters in binary form; numbers in network order are kept here. */
struct bound {
    Oid types[PARAMS_MAX];
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX];
    int formats[PARAMS_MAX];
    uint64_t numbers[PARAMS_MAX];
};

static void bind_one(struct bound *b, int i, const struct db_value *v)
{
    b->types[i] = oids[v->type];
    b->formats[i] = 1;
    if (v->null) {
        b->values[i] = NULL;
        b->lengths[i] = 0;
        return;
    }
    if (db_is_text(v->type)) {
        must(v->s.n <= INT32_MAX);
        b->values[i] = v->s.p ? v->s.p : "";
        b->lengths[i] = (int)v->s.n;
        return;
    }
    uint64_t bits = 0;
    memcpy(&bits, &v->i, sizeof bits); /* or v->r: as wide */
    b->numbers[i] = htobe64(bits);
    b->values[i] = (const char *)&b->numbers[i];
    b->lengths[i] = sizeof bits;
}

static bool is_prepared(struct pg_conn *c, const struct stmt *s)
{
    while (s->id != DB_STMT_RARE && c->cache.n <= s->id)
        *vec_add(&c->arena, &c->cache) = false;
    return s->id != DB_STMT_RARE && c->cache.v[s->id];
}

static bool prepare(struct db *db, const struct stmt *s, const struct bound *b)
{
    struct pg_conn *c = db->conn;
    PGresult *r = PQprepare(c->pg, s->name, s->postgres, s->param_count, b->types);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (good)
        c->cache.v[s->id] = true;
    else
        fail(db, r);
    PQclear(r);
    return good;
}

static bool column_value(const PGresult *r, int row, int i, struct db_value *v)
{
    v->null = PQgetisnull(r, row, i);
    if (v->null)
        return true;
    const char *p = PQgetvalue(r, row, i);
    int n = PQgetlength(r, row, i);
    if (db_is_text(v->type)) {
        v->s = (str){ p, (size_t)n };
        return true;
    }
    uint64_t bits = 0;
    if (n != sizeof bits)
        return false;
    memcpy(&bits, p, sizeof bits);
    bits = be64toh(bits);
    memcpy(&v->i, &bits, sizeof bits); /* or v->r */
    return true;
}

/* The columns must have the types that SQLite found at build time. */
static bool check_columns(struct db *db, const struct stmt *s, const PGresult *r)
{
    int count = s->row ? s->row->count : 0;
    if (PQnfields(r) != count) {
        db_fail(db, ERR_ENGINE, S("another number of columns"));
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (PQftype(r, i) == oids[s->row->columns[i].type])
            continue;
        db_fail(db, ERR_ENGINE,
                str_fmt(db->arena, "column %s has the type %u", s->row->columns[i].name,
                        PQftype(r, i)));
        return false;
    }
    return true;
}

static void put_rows(struct sink *sink, const PGresult *r)
{
    const struct db_row_type *type = sink->stmt->row;
    struct db_value values[DB_COLUMNS_MAX];
    must(type->count <= DB_COLUMNS_MAX);
    if (!check_columns(sink->db, sink->stmt, r))
        return;
    for (int row = 0; row < PQntuples(r); row++) {
        for (int i = 0; i < type->count; i++) {
            values[i].type = type->columns[i].type;
            must(column_value(r, row, i, &values[i]));
        }
        if (!sink_row(sink, values))
            return;
    }
}

static PGresult *execute(struct db *db, const struct stmt *s, const struct db_value *params)
{
    struct pg_conn *c = db->conn;
    struct bound b;
    must(s->param_count <= PARAMS_MAX);
    for (int i = 0; i < s->param_count; i++) {
        must(params[i].type == s->params[i]);
        bind_one(&b, i, &params[i]);
    }
    if (s->id == DB_STMT_RARE)
        return PQexecParams(c->pg, s->postgres, s->param_count, b.types, b.values, b.lengths,
                            b.formats, 1);
    if (!is_prepared(c, s) && !prepare(db, s, &b))
        return NULL;
    return PQexecPrepared(c->pg, s->name, s->param_count, b.values, b.lengths, b.formats, 1);
}

static int64_t run(struct db *db, const struct stmt *s, const struct db_value *params,
                   struct sink *sink)
{
    struct pg_conn *c = db->conn;
    int64_t changed = 0;
    PGresult *r = execute(db, s, params);
    if (!r && db->err == ERR_OK)
        db_fail(db, ERR_IO, str_trim(str_from_c(PQerrorMessage(c->pg))));
    if (!r)
        return 0;
    PGresult *outer = c->result;
    c->result = r;
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail(db, r);
    else if (sink->kind != SINK_NONE)
        put_rows(sink, r);
    int64_t n = 0;
    if (str_to_i64(str_from_c(PQcmdTuples(r)), &n))
        changed = n;
    PQclear(r);
    c->result = outer;
    return changed;
}

static void check(struct db *db, const struct stmt *s)
{
    struct pg_conn *c = db->conn;
    struct bound b;
    for (int i = 0; i < s->param_count; i++)
        b.types[i] = oids[s->params[i]];
    if (!is_prepared(c, s) && !prepare(db, s, &b))
        return;
    PGresult *r = PQdescribePrepared(c->pg, s->name);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        fail(db, r);
    else
        check_columns(db, s, r);
    PQclear(r);
}

static void script(struct tx *tx, const char *sql)
{
    struct pg_conn *c = tx->db.conn;
    PGresult *r = PQexec(c->pg, sql);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        fail(&tx->db, r);
    PQclear(r);
}

/* ---- transactions ---- */

/*
 * As if one came after the other. A change of the schema or a restore has a lock of its own and
 * stays out of that: as long as a serializable transaction runs, the server remembers all others
 * of all its databases, and once it has too many of them, it refuses some without a reason.
 */
static enum err tx_start(struct tx *tx, enum tx_mode mode)
{
    struct pg_conn *c = NULL;
    enum err e = begin_on(tx->db.store->impl,
                          mode == TX_SCHEMA ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                            : "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
                          &c);
    if (e != ERR_OK)
        return e;
    tx->db.conn = c;
    if (mode == TX_SCHEMA)
        script(tx, "SELECT pg_advisory_xact_lock(" MIGRATION_LOCK ")");
    return ERR_OK;
}

static void tx_undo(struct tx *tx)
{
    struct pg_conn *c = tx->db.conn;
    PQclear(c->result);
    c->result = NULL;
    command(c, "ROLLBACK");
    give_back(tx->db.store->impl, c);
}

/* The notice and COMMIT travel together; nothing is sent for a transaction that wrote nothing. */
static PGresult *send_commit(struct tx *tx)
{
    struct postgres *p = tx->db.store->impl;
    struct pg_conn *c = tx->db.conn;
    const struct db_tables *w = &tx->written;
    char sql[256];
    if (!tables_any(w))
        return PQexec(c->pg, "COMMIT");
    _Static_assert(DB_TABLE_WORDS == 4, "the notice lists the words of a set");
    snprintf(sql, sizeof sql, "NOTIFY " CHANNEL ", '%lld %lld %lld %lld %lld'; COMMIT",
             (long long)p->process, (long long)w->w[0], (long long)w->w[1], (long long)w->w[2],
             (long long)w->w[3]);
    return PQexec(c->pg, sql);
}

static enum err tx_finish(struct tx *tx)
{
    PGresult *r = send_commit(tx);
    /* An aborted transaction answers COMMIT with ROLLBACK. */
    if (PQresultStatus(r) != PGRES_COMMAND_OK || strcmp(PQcmdStatus(r), "COMMIT") != 0)
        fail(&tx->db, r);
    PQclear(r);
    enum err e = tx->db.err;
    if (e != ERR_OK) {
        tx_undo(tx);
        return e;
    }
    store_note_commit(tx->db.store, &tx->written, 1);
    give_back(tx->db.store->impl, tx->db.conn);
    return ERR_OK;
}

static void tx_finish_later(struct tx *tx, tx_done *done, void *ctx)
{
    enum err e = tx_finish(tx);
    done(ctx, e);
}

/* ---- other processes ---- */

/* Adds what a notice of another process names; one that we cannot read names everything. */
static bool read_notice(const struct postgres *p, const char *text, struct db_tables *written)
{
    int64_t numbers[1 + DB_TABLE_WORDS]; /* the process, then the set */
    str rest = str_from_c(text);
    str number;
    bool good = true;
    for (int i = 0; i <= DB_TABLE_WORDS; i++)
        good = good && str_next(&rest, ' ', &number) && str_to_i64(number, &numbers[i]);
    if (good && (uint64_t)numbers[0] == p->process)
        return false;
    for (int i = 0; i < DB_TABLE_WORDS; i++)
        written->w[i] |= good ? (uint64_t)numbers[i + 1] : UINT64_MAX;
    return true;
}

/* After a lost connection notices may have been lost too. */
static bool listen_again(struct postgres *p, struct db_tables *written)
{
    PQreset(p->watcher->pg);
    if (!command(p->watcher, "LISTEN " CHANNEL))
        return false;
    memset(written, 0xff, sizeof *written);
    return true;
}

static bool watch(struct store *store, struct db_tables *written)
{
    struct postgres *p = store->impl;
    PGnotify *n = NULL;
    bool any = false;
    if (pthread_mutex_trylock(&p->watch_lock) != 0)
        return false;
    if (!PQconsumeInput(p->watcher->pg) || PQstatus(p->watcher->pg) != CONNECTION_OK)
        any = listen_again(p, written);
    while ((n = PQnotifies(p->watcher->pg))) {
        any |= read_notice(p, n->extra, written);
        PQfreemem(n);
    }
    pthread_mutex_unlock(&p->watch_lock);
    return any;
}

const struct engine postgres_engine = {
    .open = open_store,
    .close = close_store,
    .read_begin = read_begin,
    .read_end = read_end,
    .run = run,
    .check = check,
    .tx_begin = tx_start,
    .tx_commit = tx_finish,
    .tx_commit_later = tx_finish_later,
    .tx_rollback = tx_undo,
    .script = script,
    .watch = watch,
};

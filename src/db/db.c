/* SPDX-License-Identifier: EUPL-1.2 */
/* What is the same for all engines: opening, sticky errors, rows into structs, versions. */
#include "db/db.h"

#include "base/cache.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/vec.h"
#include "db/engine.h"

#define READERS_DEFAULT 16
#define WATCH_EVERY     200000 /* microseconds */
#define KEPT_BYTES      ((size_t)4 << 20)

/* 3 to 5 seconds in all: PostgreSQL may refuse for as long as another, long one runs. */
#define TRIES_MOST       16
#define FIRST_PAUSE_US   INT64_C(1000)
#define LONGEST_PAUSE_US INT64_C(400000)

/* ---- sets of tables ---- */

void tables_add(struct db_tables *set, const struct db_tables *more)
{
    for (int i = 0; i < DB_TABLE_WORDS; i++)
        set->w[i] |= more->w[i];
}

bool tables_any(const struct db_tables *set)
{
    uint64_t any = 0;
    for (int i = 0; i < DB_TABLE_WORDS; i++)
        any |= set->w[i];
    return any != 0;
}

bool db_tables_has(const struct db_tables *set, unsigned table)
{
    return set->w[table / 64] >> (table % 64) & 1;
}

/* ---- the store ---- */

static const struct engine *engine_of(const char *address, const char **where)
{
    str s = str_from_c(address);
    *where = address;
    if (str_starts(s, S("sqlite:"))) {
        *where = address + sizeof "sqlite:" - 1;
        return &sqlite_engine;
    }
    if (str_starts(s, S("postgresql://")) || str_starts(s, S("postgres://")))
        return &postgres_engine;
    return NULL;
}

enum err store_open(const struct store_options *options, struct store **store)
{
    const char *where = NULL;
    const struct engine *engine = engine_of(options->url, &where);
    *store = NULL;
    if (!engine) {
        log_event(LOG_ERROR, "db.open",
                  { "problem", S("the address begins with sqlite: or "
                                 "postgresql://") });
        return ERR_INVALID;
    }
    struct arena a;
    arena_init(&a, 0);
    struct store *s = NEW(&a, struct store);
    s->arena = a;
    s->engine = engine;
    s->readers = options->readers > 0 ? options->readers : READERS_DEFAULT;
    s->read_only = options->read_only;
    enum err e = engine->open(s, where);
    if (e != ERR_OK) {
        a = s->arena;
        arena_free(&a);
        return e;
    }
    s->kept = cache_new(KEPT_BYTES);
    *store = s;
    return ERR_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store->engine->close(store);
    cache_free(store->kept);
    struct arena a = store->arena;
    arena_free(&a);
}

bool store_is_postgres(const struct store *store)
{
    return store->engine == &postgres_engine;
}

enum err store_scrub(struct store *store)
{
    return store->engine->scrub ? store->engine->scrub(store) : ERR_OK;
}

/* ---- versions ---- */

/* Another thread may be raising the same table to a later value. */
static void raise_version(_Atomic uint64_t *version, uint64_t to)
{
    uint64_t old = atomic_load(version);
    while (old < to && !atomic_compare_exchange_weak(version, &old, to))
        ;
}

/* This thread is in the hook: what others committed can wait until it has returned. */
static _Thread_local bool in_hook;

static void raise_versions(struct store *s, const struct db_tables *written)
{
    uint64_t now = atomic_fetch_add(&s->clock, 1) + 1;
    for (unsigned i = 0; i < DB_TABLES; i++)
        if (db_tables_has(written, i))
            raise_version(&s->versions[i], now);
    if (!s->n_hooks)
        return;
    in_hook = true;
    for (size_t i = 0; i < s->n_hooks; i++)
        s->hooks[i].call(s->hooks[i].ctx, written);
    in_hook = false;
}

void store_note_commit(struct store *s, const struct db_tables *written, unsigned transactions)
{
    atomic_fetch_add(&s->transactions, transactions);
    atomic_fetch_add(&s->commits, 1);
    if (tables_any(written))
        raise_versions(s, written);
}

uint64_t store_version(const struct store *store, unsigned table)
{
    must(table < DB_TABLES);
    return atomic_load(&store->versions[table]);
}

bool store_changed(const struct store *store, const struct db_tables *tables, uint64_t as_of)
{
    for (unsigned word = 0; word < DB_TABLE_WORDS; word++)
        for (uint64_t bits = tables->w[word]; bits; bits &= bits - 1)
            if (store_version(store, word * 64 + (unsigned)__builtin_ctzll(bits)) > as_of)
                return true;
    return false;
}

void store_on_commit(struct store *store, store_committed *hook, void *ctx)
{
    must(store->n_hooks < STORE_HOOKS);
    store->hooks[store->n_hooks].call = hook;
    store->hooks[store->n_hooks++].ctx = ctx;
}

struct store_counts store_counts(const struct store *store)
{
    return (struct store_counts){ atomic_load(&store->transactions), atomic_load(&store->commits) };
}

void store_watch(struct store *store)
{
    int64_t now = clock_ticks();
    int64_t due = atomic_load(&store->next_watch);
    struct db_tables written = { { 0 } };
    if (in_hook || now < due ||
        !atomic_compare_exchange_strong(&store->next_watch, &due, now + WATCH_EVERY))
        return;
    if (store->engine->watch(store, &written))
        raise_versions(store, &written);
}

/* ---- sticky errors ---- */

void db_fail_at(struct db *db, enum err e, str text, const char *at)
{
    if (db->err != ERR_OK)
        return;
    db->err = e;
    db->err_at = at;
    db->err_text = str_copy(db->arena, text);
}

/* ---- readers ---- */

enum err db_begin(struct store *store, struct arena *arena, struct db *db)
{
    store_watch(store);
    *db = (struct db){ .store = store, .arena = arena, .as_of = atomic_load(&store->clock) };
    return store->engine->read_begin(db);
}

void db_end(struct db *db)
{
    must(!db->tx);
    if (db->conn)
        db->store->engine->read_end(db);
    db->conn = NULL;
}

/* ---- rows ---- */

static size_t size_of(enum db_type type)
{
    return db_is_text(type) ? sizeof(str) : sizeof(int64_t);
}

size_t opt_value_at(enum db_type type)
{
    static const size_t at[] = { [DB_INT] = offsetof(opt_int, v),
                                 [DB_REAL] = offsetof(opt_real, v),
                                 [DB_TEXT] = offsetof(opt_str, v),
                                 [DB_BLOB] = offsetof(opt_str, v),
                                 [DB_SEALED] = offsetof(opt_str, v) };
    return at[type];
}

/* Stores one value in its member. For an optional one, `has` comes first, then the value. */
static bool load_member(struct sink *sink, const struct db_column *c, const struct db_value *v,
                        char *row)
{
    char *at = row + c->offset;
    if (v->null && !c->optional) {
        db_fail(sink->db, ERR_ENGINE,
                str_fmt(sink->db->arena, "column %s is NULL; write AS \"%s?\"", c->name, c->name));
        return false;
    }
    if (c->optional) {
        bool has = !v->null;
        memcpy(at, &has, sizeof has);
        at += opt_value_at(c->type);
    }
    if (v->null)
        return true;
    if (size_of(c->type) == sizeof(str)) {
        str s = sink->kind == SINK_EACH ? v->s : str_copy(sink->db->arena, v->s);
        memcpy(at, &s, sizeof s);
    } else {
        memcpy(at, &v->i, sizeof v->i); /* or v->r: as wide */
    }
    return true;
}

static bool load_row(struct sink *sink, const struct db_value *values, char *row)
{
    const struct db_row_type *type = sink->stmt->row;
    for (unsigned i = 0; i < type->count; i++)
        if (!load_member(sink, &type->columns[i], &values[i], row))
            return false;
    return true;
}

static char *row_place(struct sink *sink)
{
    size_t size = sink->stmt->row->size;
    if (sink->kind == SINK_ROWS)
        sink->rows.v = vec_grow(sink->db->arena, sink->rows.v, &sink->rows.cap,
                                (struct vec_need){ sink->rows.n, size });
    else if (!sink->rows.v)
        sink->rows.v = arena_alloc(sink->db->arena, size);
    else
        memset(sink->rows.v, 0, size);
    return sink->rows.v + (sink->kind == SINK_ROWS ? sink->rows.n * size : 0);
}

bool sink_row(struct sink *sink, const struct db_value *values)
{
    if (sink->kind == SINK_ROW && sink->rows.n) {
        db_fail(sink->db, ERR_ENGINE, S("more than one row where there is one at most"));
        return false;
    }
    char *row = row_place(sink);
    if (!load_row(sink, values, row))
        return false;
    sink->rows.n++;
    return sink->kind != SINK_EACH || sink->each.each(sink->each.ctx, row);
}

/* ---- running statements ---- */

static int64_t run(struct db *db, const struct stmt *s, const struct db_value *params,
                   struct sink *sink)
{
    if (db->err != ERR_OK)
        return 0;
    must(db->conn);
    sink->db = db;
    sink->stmt = s;
    tables_add(&db->read, &s->reads);
    int64_t changed = db->store->engine->run(db, s, params, sink);
    if (db->err == ERR_OK)
        return changed;
    db->err_stmt = s->name;
    sink->rows.n = 0;
    return 0;
}

struct db_rows db_rows(struct db *db, const struct stmt *s, const struct db_value *params)
{
    struct sink sink = { .kind = SINK_ROWS };
    must(!tables_any(&s->writes));
    run(db, s, params, &sink);
    return (struct db_rows){ sink.rows.v, sink.rows.n };
}

const void *db_row(struct db *db, const struct stmt *s, const struct db_value *params)
{
    struct sink sink = { .kind = SINK_ROW };
    must(!tables_any(&s->writes));
    run(db, s, params, &sink);
    return sink.rows.n ? sink.rows.v : NULL;
}

void db_stream(struct db *db, const struct stmt *s, const struct db_value *params,
               struct db_each each)
{
    struct sink sink = { .kind = SINK_EACH, .each = each };
    must(!tables_any(&s->writes));
    run(db, s, params, &sink);
}

void db_check(struct db *db, const struct stmt *s)
{
    if (db->err != ERR_OK)
        return;
    db->store->engine->check(db, s);
    if (db->err != ERR_OK)
        db->err_stmt = s->name;
}

int64_t tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params)
{
    struct sink sink = { .kind = SINK_NONE };
    tables_add(&tx->written, &s->writes);
    return run(&tx->db, s, params, &sink);
}

struct db_rows tx_rows(struct tx *tx, const struct stmt *s, const struct db_value *params)
{
    struct sink sink = { .kind = SINK_ROWS };
    tables_add(&tx->written, &s->writes);
    run(&tx->db, s, params, &sink);
    return (struct db_rows){ sink.rows.v, sink.rows.n };
}

const void *tx_row(struct tx *tx, const struct stmt *s, const struct db_value *params)
{
    struct sink sink = { .kind = SINK_ROW };
    tables_add(&tx->written, &s->writes);
    run(&tx->db, s, params, &sink);
    return sink.rows.n ? sink.rows.v : NULL;
}

/* ---- transactions ---- */

enum err tx_begin_mode(struct store *store, struct arena *arena, struct tx *tx, enum tx_mode mode)
{
    *tx = (struct tx){ .db = { .store = store, .arena = arena, .tx = tx }, .now = clock_now() };
    if (store->read_only)
        return ERR_INVALID;
    tx->db.as_of = atomic_load(&store->clock);
    return store->engine->tx_begin(tx, mode);
}

enum err tx_begin(struct store *store, struct arena *arena, struct tx *tx)
{
    return tx_begin_mode(store, arena, tx, TX_SHARED);
}

enum err tx_begin_alone(struct store *store, struct arena *arena, struct tx *tx)
{
    return tx_begin_mode(store, arena, tx, TX_ALONE);
}

/* Ends the use of tx whatever comes: a second commit or rollback is a mistake. */
static const struct engine *closing(struct tx *tx)
{
    must(tx->db.conn && tx->db.tx == tx);
    return tx->db.store->engine;
}

enum err tx_commit(struct tx *tx)
{
    const struct engine *engine = closing(tx);
    enum err e = tx->db.err;
    if (e == ERR_OK)
        e = engine->tx_commit(tx);
    else
        engine->tx_rollback(tx);
    tx->db.conn = NULL;
    return e;
}

void tx_commit_later(struct tx *tx, void (*done)(void *ctx, enum err e), void *ctx)
{
    const struct engine *engine = closing(tx);
    enum err e = tx->db.err;
    if (e == ERR_OK) {
        engine->tx_commit_later(tx, done, ctx);
        return; /* tx may be gone */
    }
    engine->tx_rollback(tx);
    tx->db.conn = NULL;
    done(ctx, e);
}

void tx_rollback(struct tx *tx)
{
    closing(tx)->tx_rollback(tx);
    tx->db.conn = NULL;
}

bool tx_again(const struct tx *tx, int tries)
{
    return tx->db.again && tries < TRIES_MOST;
}

void tx_pause(int tries)
{
    int64_t us = FIRST_PAUSE_US;
    if (tries == 1)
        return;
    for (int i = 2; i < tries && us < LONGEST_PAUSE_US; i++)
        us *= 2;
    /* As much to twice as much, so that those who disturbed each other part. */
    us = us < LONGEST_PAUSE_US ? us : LONGEST_PAUSE_US;
    us += clock_ticks() % us;
    nanosleep(&(struct timespec){ .tv_nsec = us * 1000 }, NULL);
}

/* A constraint that refused the data is for the caller to understand. */
static void log_failed(const struct db *db, enum err e)
{
    if (e != ERR_CONFLICT || db->again)
        log_event(LOG_ERROR, "db.failed", { "error", str_from_c(err_name(e)) },
                  { "text", db->err_text }, { "statement", str_from_c(db->err_stmt) },
                  { "at", str_from_c(db->err_at) });
}

enum err tx_do(struct store *store, struct arena *arena, void (*work)(struct tx *tx, void *ctx),
               void *ctx)
{
    for (int tries = 1;; tries++) {
        struct tx tx;
        enum err e = tx_begin(store, arena, &tx);
        if (e != ERR_OK)
            return e;
        work(&tx, ctx);
        e = tx_commit(&tx);
        if (e == ERR_OK)
            return e;
        if (!tx_again(&tx, tries)) {
            log_failed(&tx.db, e);
            return e;
        }
        tx_pause(tries);
    }
}

/* ---- idle connections ---- */

void pool_init(struct pool *p, int max)
{
    *p = (struct pool){ .max = max };
    pthread_mutex_init(&p->lock, NULL);
}

void *pool_take(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    struct pooled *conn = p->idle;
    if (conn) {
        p->idle = conn->next;
        p->count--;
    }
    pthread_mutex_unlock(&p->lock);
    return conn;
}

bool pool_give(struct pool *p, void *conn)
{
    struct pooled *c = conn;
    pthread_mutex_lock(&p->lock);
    bool kept = p->count < p->max;
    if (kept) {
        c->next = p->idle;
        p->idle = c;
        p->count++;
    }
    pthread_mutex_unlock(&p->lock);
    return kept;
}

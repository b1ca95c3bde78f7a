/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one writer of SQLite, with group commit.
 *
 * Waiting for the disk (fdatasync) costs ten times what a small transaction costs. So
 * transactions that arrive while others wait share it: each runs by itself as a savepoint
 * inside one transaction of the engine (a batch), and the batch is made durable at once.
 * Nobody learns "committed" before the disk has it.
 *
 * Who owns the writer (`busy`) runs a transaction; the others wait in tx_begin. When a
 * transaction ends well it joins the batch, and its thread
 *   - commits the batch, if nobody waits for the writer and as many joined as the last time,
 *     or 64 did, or the oldest waits for 2 ms;
 *   - else hands the writer on and waits for the result. If nobody comes, the last one that
 *     joined (the leader) commits after QUIET; for tx_commit_later a thread of the store, the
 *     committer, takes that part.
 * A batch is never left behind: who gives the writer back with a batch open has somebody
 * waiting, is the leader, or has woken the committer.
 *
 * After a failed fsync nobody knows what the disk holds, and trying again would lie
 * (Rebello et al., "Can Applications Recover from fsync Failures?", 2020): the process stops, and
 * the next start reads what is really there.
 */
#include "db/sqlite.h"

#include "base/clock.h"
#include "base/log.h"

#define BATCH_MAX 64
#define OLDEST    2000 /* microseconds until a batch is committed whoever waits */
#define QUIET     100  /* microseconds without a new transaction */
/* The log is copied into the database after this many pages. */
#define CHECKPOINT_PAGES 1000

/* A transaction that has joined a batch. */
struct member {
    struct member *next;
    tx_done *done; /* NULL: its thread waits */
    void *ctx;
    enum err result;
    bool finished;
};

static struct writer *writer_of(const struct tx *tx)
{
    struct sqlite *s = tx->db.store->impl;
    return &s->writer;
}

/* ---- opening ---- */

static int note_wal(void *ctx, sqlite3 *db, const char *name, int pages)
{
    struct sqlite_conn *c = ctx;
    c->wal_pages = pages;
    return SQLITE_OK;
}

static void cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attr);
    pthread_condattr_destroy(&attr);
}

enum err writer_open(struct sqlite *s)
{
    struct writer *w = &s->writer;
    enum err e = sqlite_open_conn(s, true, &w->conn);
    if (e != ERR_OK)
        return e;
    pthread_mutex_init(&w->lock, NULL);
    cond_init(&w->is_free);
    cond_init(&w->settled);
    cond_init(&w->wake);
    w->begin = sqlite_prepare(w->conn, "BEGIN IMMEDIATE");
    w->commit = sqlite_prepare(w->conn, "COMMIT");
    w->rollback = sqlite_prepare(w->conn, "ROLLBACK");
    w->savepoint = sqlite_prepare(w->conn, "SAVEPOINT t");
    w->release = sqlite_prepare(w->conn, "RELEASE t");
    w->undo = sqlite_prepare(w->conn, "ROLLBACK TO t");
    sqlite3_wal_hook(w->conn->db, note_wal, w->conn);
    w->data_version = sqlite_number(w->conn, "PRAGMA data_version");
    return ERR_OK;
}

void writer_close(struct sqlite *s)
{
    struct writer *w = &s->writer;
    if (!w->conn)
        return;
    pthread_mutex_lock(&w->lock);
    w->waiting++;
    while (w->busy) /* the last batch has been answered, but its committer is not through yet */
        pthread_cond_wait(&w->is_free, &w->lock);
    w->waiting--;
    must(!w->batch_size);
    w->stop = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    if (w->committer_runs)
        pthread_join(w->committer, NULL);
    sqlite_close_conn(w->conn);
    w->conn = NULL;
}

/* ---- owning the writer ---- */

static void take_writer(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    must(!(w->busy && pthread_equal(w->owner, pthread_self())));
    w->waiting++;
    while (w->busy)
        pthread_cond_wait(&w->is_free, &w->lock);
    w->waiting--;
    w->busy = true;
    w->owner = pthread_self();
    pthread_mutex_unlock(&w->lock);
}

static void give_writer_locked(struct writer *w)
{
    w->busy = false;
    w->owner = (pthread_t){ 0 };
    if (w->waiting)
        pthread_cond_signal(&w->is_free);
}

static void give_writer(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    give_writer_locked(w);
    pthread_mutex_unlock(&w->lock);
}

/* ---- the end of a batch ---- */

/* A failed sync leaves no way to go on, see above. */
static void stop_when_unsure(const struct writer *w, int rc)
{
    if (rc != SQLITE_IOERR_FSYNC && rc != SQLITE_IOERR_DIR_FSYNC)
        return;
    sqlite_log(w->conn, "db.fsync");
    must_failed("the disk keeps what it acknowledged", __FILE__, __LINE__);
}

/* Tells all members; the writer is still ours. */
static void settle(struct writer *w, enum err e)
{
    pthread_mutex_lock(&w->lock);
    struct member *later = NULL;
    struct member *next = NULL;
    for (struct member *m = w->batch; m; m = next) {
        next = m->next;
        m->result = e;
        m->finished = true;
        if (!m->done)
            continue;
        m->next = later;
        later = m;
    }
    w->last_size = w->batch_size;
    w->batch = NULL;
    w->batch_size = 0;
    w->leader = NULL;
    w->written = (struct db_tables){ { 0 } };
    pthread_cond_broadcast(&w->settled);
    pthread_mutex_unlock(&w->lock);
    for (struct member *m = later; m; m = next) {
        next = m->next; /* m may be gone after the call */
        m->done(m->ctx, e);
    }
}

/*
 * When the disk is full the log cannot grow, but once it has been copied it is written from its
 * beginning again: so the room that it has goes on to serve.
 */
static void checkpoint(struct writer *w, int rc_of_commit)
{
    bool full = (rc_of_commit & 0xff) == SQLITE_FULL;
    if (w->conn->wal_pages < CHECKPOINT_PAGES && !full)
        return;
    int rc = sqlite3_wal_checkpoint_v2(w->conn->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    stop_when_unsure(w, rc);
    w->conn->wal_pages = 0;
}

static int commit_engine(struct writer *w)
{
    int rc = sqlite_step(w->commit);
    stop_when_unsure(w, rc);
    if (rc != SQLITE_DONE) {
        sqlite_log(w->conn, "db.commit");
        if (!sqlite3_get_autocommit(w->conn->db))
            sqlite_step(w->rollback);
    }
    w->in_engine_tx = false;
    return rc;
}

static void commit_batch(struct sqlite *s)
{
    struct writer *w = &s->writer;
    int rc = commit_engine(w);
    if (rc == SQLITE_DONE)
        store_note_commit(s->store, &w->written, w->batch_size);
    settle(w, sqlite_err(rc));
    checkpoint(w, rc);
}

/* ---- beginning ---- */

static bool is_old(const struct writer *w)
{
    return w->batch_size && clock_ticks() - w->batch_since >= OLDEST;
}

static int begin_engine(struct writer *w, enum tx_mode mode)
{
    if (mode == TX_SCHEMA) /* has no effect inside a transaction */
        sqlite3_exec(w->conn->db, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL);
    int rc = sqlite_step(w->begin);
    w->in_engine_tx = rc == SQLITE_DONE;
    return rc;
}

static void end_mode(struct writer *w)
{
    if (w->mode == TX_SCHEMA)
        sqlite3_exec(w->conn->db, "PRAGMA foreign_keys=ON", NULL, NULL, NULL);
    w->mode = TX_SHARED;
}

enum err writer_begin(struct tx *tx, enum tx_mode mode)
{
    struct sqlite *s = tx->db.store->impl;
    struct writer *w = &s->writer;
    take_writer(w);
    if (w->batch_size && (mode != TX_SHARED || is_old(w)))
        commit_batch(s);
    int rc = SQLITE_DONE;
    w->mode = mode;
    w->in_savepoint = w->in_engine_tx;
    if (w->in_savepoint)
        rc = sqlite_step(w->savepoint);
    else
        rc = begin_engine(w, mode);
    if (rc == SQLITE_DONE) {
        tx->db.conn = w->conn;
        return ERR_OK;
    }
    sqlite_log(w->conn, "db.begin");
    tx->db.again = (rc & 0xff) == SQLITE_BUSY;
    end_mode(w);
    if (w->batch_size)
        commit_batch(s);
    give_writer(w);
    return sqlite_err(rc);
}

/* ---- ending ---- */

/*
 * Under the lock. Must the one who has joined commit the batch? A thread that does not wait
 * for the result may come with the next transaction at once, so that says nothing about it
 * being the last.
 */
static bool is_due(const struct writer *w, const struct member *joined)
{
    if (w->mode != TX_SHARED || w->batch_size >= BATCH_MAX || is_old(w))
        return true;
    return !joined->done && !w->waiting && (w->last_size <= 1 || w->batch_size >= w->last_size);
}

static struct timespec moment(int64_t ticks)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t wait = ticks - clock_ticks();
    int64_t ns = t.tv_nsec + (wait > 0 ? wait : 0) * 1000;
    t.tv_sec += ns / 1000000000;
    t.tv_nsec = ns % 1000000000;
    return t;
}

/* When a leader acts: QUIET after the last one joined. */
static int64_t quiet_at(const struct writer *w)
{
    int64_t quiet = w->last_join + QUIET;
    int64_t oldest = w->batch_since + OLDEST;
    return quiet < oldest ? quiet : oldest;
}

/* Under the lock, for the leader: nobody came, so the writer is taken to commit. */
static bool take_when_quiet(struct writer *w)
{
    if (w->busy || w->waiting || !w->batch_size || clock_ticks() < quiet_at(w))
        return false;
    w->busy = true;
    w->owner = pthread_self();
    return true;
}

static void commit_and_give(struct sqlite *s)
{
    commit_batch(s);
    give_writer(&s->writer);
}

/* Joins the batch. True: commit it now; false: the writer has been handed on. */
static bool join_batch(struct writer *w, struct member *m, const struct tx *tx)
{
    pthread_mutex_lock(&w->lock);
    w->last_join = clock_ticks();
    if (!w->batch_size)
        w->batch_since = w->last_join;
    m->next = w->batch;
    w->batch = m;
    w->batch_size++;
    tables_add(&w->written, &tx->written);
    bool now = is_due(w, m);
    if (!now) {
        if (m->done) {
            w->committer_leads = true;
            pthread_cond_signal(&w->wake);
        } else {
            w->leader = m;
        }
        give_writer_locked(w);
    }
    pthread_mutex_unlock(&w->lock);
    return now;
}

static void wait_settled(struct sqlite *s, struct member *m)
{
    struct writer *w = &s->writer;
    pthread_mutex_lock(&w->lock);
    while (!m->finished) {
        if (w->leader != m || w->busy || w->waiting) {
            pthread_cond_wait(&w->settled, &w->lock);
        } else if (take_when_quiet(w)) {
            pthread_mutex_unlock(&w->lock);
            commit_and_give(s);
            pthread_mutex_lock(&w->lock);
        } else {
            struct timespec until = moment(quiet_at(w));
            pthread_cond_timedwait(&w->settled, &w->lock, &until);
        }
    }
    pthread_mutex_unlock(&w->lock);
}

/* The transaction's own end inside the engine's: its savepoint, its foreign keys. */
static enum err end_own(struct tx *tx)
{
    struct writer *w = writer_of(tx);
    if (w->mode == TX_SCHEMA && sqlite_number(w->conn, "SELECT 1 FROM pragma_foreign_key_check")) {
        db_fail(&tx->db, ERR_CONFLICT, S("the migration leaves rows that refer to nothing"));
        return ERR_CONFLICT;
    }
    int rc = w->in_savepoint ? sqlite_step(w->release) : SQLITE_DONE;
    if (rc != SQLITE_DONE)
        sqlite_log(w->conn, "db.release");
    return sqlite_err(rc);
}

enum err writer_commit(struct tx *tx)
{
    struct sqlite *s = tx->db.store->impl;
    struct member m = { .result = ERR_OK };
    enum err e = end_own(tx);
    if (e != ERR_OK) {
        writer_rollback(tx);
        return e;
    }
    if (!join_batch(&s->writer, &m, tx)) {
        wait_settled(s, &m);
        return m.result;
    }
    commit_batch(s);
    end_mode(&s->writer);
    give_writer(&s->writer);
    return m.result;
}

/* All of the batch is lost when the engine gave the whole transaction up (disk full). */
static void undo_own(struct sqlite *s, enum err why)
{
    struct writer *w = &s->writer;
    if (sqlite3_get_autocommit(w->conn->db)) {
        w->in_engine_tx = false;
        if (w->batch_size)
            settle(w, why == ERR_FULL ? ERR_FULL : ERR_IO);
        return;
    }
    if (w->in_savepoint) {
        must(sqlite_step(w->undo) == SQLITE_DONE);
        must(sqlite_step(w->release) == SQLITE_DONE);
        return;
    }
    must(sqlite_step(w->rollback) == SQLITE_DONE);
    w->in_engine_tx = false;
}

void writer_rollback(struct tx *tx)
{
    struct sqlite *s = tx->db.store->impl;
    struct writer *w = &s->writer;
    sqlite_unwind(w->conn);
    undo_own(s, tx->db.err);
    end_mode(w);
    pthread_mutex_lock(&w->lock);
    bool commit = w->batch_size && !w->waiting;
    if (!commit)
        give_writer_locked(w);
    pthread_mutex_unlock(&w->lock);
    if (commit)
        commit_and_give(s);
}

/* ---- committing later ---- */

/* Commits batches whose last member does not wait itself. */
static void *committer_main(void *arg)
{
    struct sqlite *s = arg;
    struct writer *w = &s->writer;
    pthread_mutex_lock(&w->lock);
    while (!w->stop) {
        if (!w->committer_leads) {
            pthread_cond_wait(&w->wake, &w->lock);
        } else if (w->busy || w->waiting || !w->batch_size) {
            w->committer_leads = false; /* whoever has the writer sees to it */
        } else if (take_when_quiet(w)) {
            pthread_mutex_unlock(&w->lock);
            commit_and_give(s);
            pthread_mutex_lock(&w->lock);
        } else {
            struct timespec until = moment(quiet_at(w));
            pthread_cond_timedwait(&w->wake, &w->lock, &until);
        }
    }
    pthread_mutex_unlock(&w->lock);
    arena_thread_end();
    return NULL;
}

static void start_committer(struct sqlite *s)
{
    struct writer *w = &s->writer;
    if (w->committer_runs) /* changed only by who owns the writer */
        return;
    must(pthread_create(&w->committer, NULL, committer_main, s) == 0);
    w->committer_runs = true;
}

void writer_commit_later(struct tx *tx, tx_done *done, void *ctx)
{
    struct sqlite *s = tx->db.store->impl;
    struct member *m = NEW(tx->db.arena, struct member);
    *m = (struct member){ .done = done, .ctx = ctx };
    enum err e = end_own(tx);
    if (e != ERR_OK) {
        writer_rollback(tx);
        done(ctx, e);
        return;
    }
    start_committer(s);
    bool alone = s->writer.mode != TX_SHARED;
    if (!join_batch(&s->writer, m, tx))
        return;
    commit_batch(s);
    if (alone)
        end_mode(&s->writer);
    give_writer(&s->writer);
}

/* ---- other processes ---- */

bool writer_watch(struct sqlite *s)
{
    struct writer *w = &s->writer;
    pthread_mutex_lock(&w->lock);
    bool idle = !w->busy && !w->waiting && !w->in_engine_tx;
    if (idle) {
        w->busy = true;
        w->owner = pthread_self();
    }
    pthread_mutex_unlock(&w->lock);
    if (!idle)
        return false;
    int64_t version = sqlite_number(w->conn, "PRAGMA data_version");
    bool changed = version != w->data_version;
    w->data_version = version;
    give_writer(w);
    return changed;
}

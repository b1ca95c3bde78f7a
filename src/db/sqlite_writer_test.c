/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Group commit: what is acknowledged is on disk, what failed is gone, and the disk is
 * asked far less often than there are transactions. fdatasync is this file's own, so that
 * it can be counted, slowed down, held and made to fail.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/test.h"
#include "db/sqlite.h"
#include "db/test_store.h"
#include "sample.sql.h"
#include "tables.h"

#define TOWN INT64_C(11)

/* ---- the disk ---- */

static _Atomic int syncs;
static _Atomic int synced;  /* those that ended well */
static _Atomic int slow_us; /* each sync takes so long */
static _Atomic bool held;   /* syncs wait */
static _Atomic bool broken; /* syncs fail */

int fdatasync(int fd)
{
    atomic_fetch_add(&syncs, 1);
    if (atomic_load(&slow_us))
        usleep((useconds_t)atomic_load(&slow_us));
    while (atomic_load(&held))
        usleep(1000);
    if (atomic_load(&broken)) {
        errno = EIO;
        return -1;
    }
    int rc = (int)syscall(SYS_fdatasync, fd);
    atomic_fetch_add(&synced, rc == 0);
    return rc;
}

/* ---- helpers ---- */

static void prepare(struct store *s)
{
    struct tx tx;
    ok(store_migrate(s, db_migrations, db_migration_count) == ERR_OK);
    ok(tx_begin(s, &t_arena, &tx) == ERR_OK);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    ok(tx_commit(&tx) == ERR_OK);
}

static void insert_stall(struct tx *tx, int64_t id)
{
    sample_stall_insert(
        tx, &(struct sample_stall_insert_in){ .id = id, .city = TOWN, .name = S("x"), .price = 1 });
}

static enum err insert(struct store *s, struct arena *a, int64_t id)
{
    struct tx tx;
    enum err e = tx_begin(s, a, &tx);
    if (e != ERR_OK)
        return e;
    insert_stall(&tx, id);
    return tx_commit(&tx);
}

static bool exists(struct store *s, int64_t id)
{
    struct db db;
    ok(db_begin(s, &t_arena, &db) == ERR_OK);
    bool found = sample_stall_get(&db, TOWN, id) != NULL;
    db_end(&db);
    return found;
}

static int64_t count(struct store *s)
{
    struct db db;
    ok(db_begin(s, &t_arena, &db) == ERR_OK);
    const struct sample_sum *sum = sample_stall_sum(&db, TOWN);
    db_end(&db);
    return sum ? sum->n : -1;
}

/* ---- many writers ---- */

#define THREADS 32
#define EACH    25

struct worker {
    struct store *store;
    int64_t first; /* its ids: first … first + EACH - 1 */
    enum err results[EACH];
    int too_early; /* acknowledged before the disk had it */
    bool rolls_back;
};

/* Every fifth transaction is rolled back, every seventh violates a constraint. */
static enum err one(struct worker *w, struct arena *a, int i)
{
    struct tx tx;
    if (tx_begin(w->store, a, &tx) != ERR_OK)
        return ERR_ENGINE;
    int before = atomic_load(&synced); /* nobody syncs while this thread owns the writer */
    insert_stall(&tx, w->first + i);
    if (w->rolls_back && i % 5 == 4) {
        tx_rollback(&tx);
        return ERR_LIMIT;
    }
    if (w->rolls_back && i % 7 == 6)
        insert_stall(&tx, w->first + i);
    enum err e = tx_commit(&tx);
    w->too_early += e == ERR_OK && atomic_load(&synced) == before;
    return e;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct arena a;
    arena_init(&a, 0);
    for (int i = 0; i < EACH; i++)
        w->results[i] = one(w, &a, i);
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

static void run_workers(struct store *s, struct worker *w, bool rolls_back)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        w[i] = (struct worker){ .store = s, .first = 1000 * (i + 1), .rolls_back = rolls_back };
        must(pthread_create(&threads[i], NULL, work, &w[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

static void shares_the_disk(struct test_store *t)
{
    static struct worker w[THREADS];
    prepare(t->store);
    int before = atomic_load(&syncs);
    struct store_counts counts = store_counts(t->store);
    atomic_store(&slow_us, 1000);
    run_workers(t->store, w, false);
    atomic_store(&slow_us, 0);
    int good = 0;
    for (int i = 0; i < THREADS; i++)
        for (int k = 0; k < EACH; k++)
            good += w[i].results[k] == ERR_OK;
    eq_int(good, THREADS * EACH);
    int too_early = 0;
    for (int i = 0; i < THREADS; i++)
        too_early += w[i].too_early;
    eq_int(too_early, 0);
    eq_int(count(t->store), THREADS * EACH);
    struct store_counts after = store_counts(t->store);
    eq_int(after.transactions - counts.transactions, THREADS * EACH);
    int asked = atomic_load(&syncs) - before;
    printf("# %d transactions, %d syncs\n", THREADS * EACH, asked);
    ok(asked >= 1);
    ok(asked < THREADS * EACH / 4);
    ok(after.commits - counts.commits < THREADS * EACH / 4);
}

/* Whatever happened in the batch: exactly what was acknowledged is there. */
static void keeps_mates_apart(struct test_store *t)
{
    static struct worker w[THREADS];
    prepare(t->store);
    atomic_store(&slow_us, 500);
    run_workers(t->store, w, true);
    atomic_store(&slow_us, 0);
    int wrong = 0;
    int kept = 0;
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    for (int i = 0; i < THREADS; i++) {
        for (int k = 0; k < EACH; k++) {
            bool found = sample_stall_get(&db, TOWN, w[i].first + k) != NULL;
            enum err want = k % 5 == 4 ? ERR_LIMIT : k % 7 == 6 ? ERR_CONFLICT : ERR_OK;
            wrong += w[i].results[k] != want || found != (want == ERR_OK);
            kept += found;
        }
    }
    db_end(&db);
    eq_int(wrong, 0);
    ok(kept > 0 && kept < THREADS * EACH);
}

/* ---- acknowledging ---- */

struct waiter {
    struct store *store;
    _Atomic bool done;
    enum err result;
};

static void *write_one(void *arg)
{
    struct waiter *w = arg;
    struct arena a;
    arena_init(&a, 0);
    w->result = insert(w->store, &a, 1);
    atomic_store(&w->done, true);
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

static void acknowledges_after_the_disk(struct test_store *t)
{
    pthread_t thread;
    struct waiter w = { .store = t->store, .result = ERR_ENGINE };
    prepare(t->store);
    atomic_store(&held, true);
    must(pthread_create(&thread, NULL, write_one, &w) == 0);
    usleep(100000);
    ok(!atomic_load(&w.done));
    atomic_store(&held, false);
    pthread_join(thread, NULL);
    ok(atomic_load(&w.done));
    ok(w.result == ERR_OK);
    ok(exists(t->store, 1));
}

/* A single writer waits for nobody. */
static void one_writer_is_quick(struct test_store *t)
{
    prepare(t->store);
    struct store_counts counts = store_counts(t->store);
    for (int i = 1; i <= 20; i++)
        ok(insert(t->store, &t_arena, i) == ERR_OK);
    eq_int(store_counts(t->store).commits - counts.commits, 20);
}

/* ---- committing later ---- */

#define LATER 300

struct later {
    _Atomic int done;
    _Atomic int bad;
};

static void note_done(void *ctx, enum err e)
{
    struct later *l = ctx;
    atomic_fetch_add(&l->bad, e != ERR_OK);
    atomic_fetch_add(&l->done, 1);
}

static void begin_later(struct store *s, struct later *l, int64_t id)
{
    struct tx tx;
    ok(tx_begin(s, &t_arena, &tx) == ERR_OK);
    insert_stall(&tx, id);
    tx_commit_later(&tx, note_done, l);
}

static void commits_later(struct test_store *t)
{
    struct later l = { 0 };
    prepare(t->store);
    struct store_counts counts = store_counts(t->store);
    atomic_store(&slow_us, 1000);
    for (int i = 1; i <= LATER; i++)
        begin_later(t->store, &l, i);
    for (int i = 0; i < 5000 && atomic_load(&l.done) < LATER; i++)
        usleep(1000);
    atomic_store(&slow_us, 0);
    eq_int(atomic_load(&l.done), LATER);
    eq_int(atomic_load(&l.bad), 0);
    eq_int(count(t->store), LATER);
    uint64_t commits = store_counts(t->store).commits - counts.commits;
    printf("# %d transactions, %d commits\n", LATER, (int)commits);
    ok(commits < LATER / 4);
    begin_later(t->store, &l, 1); /* a violated key is told too */
    for (int i = 0; i < 5000 && atomic_load(&l.done) < LATER + 1; i++)
        usleep(1000);
    eq_int(atomic_load(&l.bad), 1);
}

/* A long transaction does not keep others waiting for their acknowledgement. */
static void alone_lets_others_finish(struct test_store *t)
{
    struct later l = { 0 };
    struct tx tx;
    prepare(t->store);
    begin_later(t->store, &l, 1);
    ok(tx_begin_alone(t->store, &t_arena, &tx) == ERR_OK);
    eq_int(atomic_load(&l.done), 1);
    insert_stall(&tx, 2);
    ok(tx_commit(&tx) == ERR_OK);
    eq_int(count(t->store), 2);
}

/* ---- a full and a broken disk ---- */

static void fills_up(struct test_store *t)
{
    struct sqlite *s = t->store->impl;
    struct later l = { 0 };
    struct tx tx;
    prepare(t->store);
    int64_t pages = sqlite_number(s->writer.conn, "PRAGMA page_count");
    char *limit =
        str_to_c(&t_arena, str_fmt(&t_arena, "PRAGMA max_page_count=%lld", (long long)pages + 4));
    sqlite_number(s->writer.conn, limit);
    begin_later(t->store, &l, 1);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    for (int i = 2; i < 20000 && tx.db.err == ERR_OK; i++)
        insert_stall(&tx, i);
    ok(tx.db.err == ERR_FULL);
    ok(tx_commit(&tx) == ERR_FULL);
    for (int i = 0; i < 5000 && atomic_load(&l.done) < 1; i++)
        usleep(1000);
    eq_int(atomic_load(&l.done), 1);
    ok(exists(t->store, 1) == !atomic_load(&l.bad));
    ok(!exists(t->store, 2));
    sqlite_number(s->writer.conn, "PRAGMA max_page_count=1000000");
    ok(insert(t->store, &t_arena, 3) == ERR_OK);
    ok(exists(t->store, 3));
}

/* In a child: opens the store, breaks the disk, commits. Returning is wrong. */
static void commit_on_broken_disk(const char *address)
{
    struct store *s = NULL;
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    if (store_open(&(struct store_options){ .url = address }, &s) != ERR_OK)
        _exit(3);
    if (store_migrate(s, db_migrations, db_migration_count) != ERR_OK)
        _exit(4);
    struct tx tx;
    if (tx_begin(s, &t_arena, &tx) != ERR_OK)
        _exit(5);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    atomic_store(&broken, true);
    enum err e = tx_commit(&tx);
    _exit(e == ERR_OK ? 0 : 6);
}

static void stops_when_the_disk_lies(void)
{
    char dir[] = "/tmp/tandem-test.XXXXXX";
    must(mkdtemp(dir) != NULL);
    const char *address = str_to_c(&t_arena, str_fmt(&t_arena, "sqlite:%s/t.db", dir));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        commit_on_broken_disk(address);
    int status = 0;
    must(waitpid(child, &status, 0) == child);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    struct store *s = NULL;
    ok(store_open(&(struct store_options){ .url = address }, &s) == ERR_OK);
    ok(store_migrate(s, db_migrations, db_migration_count) == ERR_OK);
    store_close(s);
    unlink(str_to_c(&t_arena, str_fmt(&t_arena, "%s/t.db", dir)));
    ok(rmdir(dir) == 0);
}

#define ON_SQLITE_STORE(name)    \
    static void name##_(void)    \
    {                            \
        test_sqlite_store(name); \
    }
ON_SQLITE_STORE(shares_the_disk)
ON_SQLITE_STORE(keeps_mates_apart)
ON_SQLITE_STORE(acknowledges_after_the_disk)
ON_SQLITE_STORE(one_writer_is_quick)
ON_SQLITE_STORE(commits_later)
ON_SQLITE_STORE(alone_lets_others_finish)
ON_SQLITE_STORE(fills_up)

static const struct test tests[] = {
    TEST(stops_when_the_disk_lies), /* first: it forks, and no thread has been started yet */
    TEST(shares_the_disk_),
    TEST(keeps_mates_apart_),
    TEST(acknowledges_after_the_disk_),
    TEST(one_writer_is_quick_),
    TEST(commits_later_),
    TEST(alone_lets_others_finish_),
    TEST(fills_up_),
};
TEST_MAIN(tests)

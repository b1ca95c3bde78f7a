/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Durable writes: acknowledged transactions of one INSERT each, by many threads through
 * db/, as a ratio to the same INSERT in a bare SQLite loop (WAL, synchronous=FULL, one
 * transaction after the other).
 *
 *     bench/writes [FOLDER [THREADS]]
 *
 * The folder (default: the current one) must be on a disk, not in memory. Five rounds in
 * turn, medians. "later" is one thread that does not wait for each result, as a server's
 * event loop does.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "db/sqlite.h"
#include "sample.sql.h"
#include "tables.h"

#define ROUNDS      5
#define PER_ROUND   3200
#define THREADS_MAX 256
#define TOWN        1

static const char bare_setup[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

static struct sample_stall_insert_in row(int64_t id)
{
    return (struct sample_stall_insert_in){
        .id = id,
        .city = TOWN,
        .name = S("Vorlesen im Seniorenheim"),
        .price = 1.5,
        .text = some_str(S("Einmal in der Woche eine Stunde, nach Absprache."))
    };
}

static double per_second(int64_t began)
{
    return PER_ROUND * 1e6 / (double)(clock_ticks() - began);
}

/* ---- the bare loop ---- */

static void bind_row(sqlite3_stmt *stmt, const struct sample_stall_insert_in *in)
{
    sqlite3_bind_int64(stmt, 1, in->id);
    sqlite3_bind_int64(stmt, 2, in->city);
    sqlite3_bind_text(stmt, 3, in->name.p, (int)in->name.n, SQLITE_STATIC);
    sqlite3_bind_double(stmt, 4, in->price);
    sqlite3_bind_text(stmt, 7, in->text.v.p, (int)in->text.v.n, SQLITE_STATIC);
}

static double bare(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    must(sqlite3_open(path, &db) == SQLITE_OK);
    must(sqlite3_exec(db, bare_setup, NULL, NULL, NULL) == SQLITE_OK);
    must(sqlite3_prepare_v2(db, stmt_sample_stall_insert.sqlite, -1, &stmt, NULL) == SQLITE_OK);
    int64_t began = clock_ticks();
    for (int i = 0; i < PER_ROUND; i++) {
        struct sample_stall_insert_in in = row(db_new_id());
        bind_row(stmt, &in);
        must(sqlite3_step(stmt) == SQLITE_DONE);
        sqlite3_reset(stmt);
    }
    double rate = per_second(began);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return rate;
}

/* ---- many threads ---- */

struct share {
    struct store *store;
    int n;
};

static void *write_share(void *arg)
{
    const struct share *share = arg;
    struct arena a;
    arena_init(&a, 0);
    for (int i = 0; i < share->n; i++) {
        struct tx tx;
        struct sample_stall_insert_in in = row(db_new_id());
        must(tx_begin(share->store, &a, &tx) == ERR_OK);
        sample_stall_insert(&tx, &in);
        must(tx_commit(&tx) == ERR_OK);
    }
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

static double by_threads(struct store *s, int threads)
{
    pthread_t ids[THREADS_MAX];
    struct share share = { s, PER_ROUND / threads };
    int64_t began = clock_ticks();
    for (int i = 0; i < threads; i++)
        must(pthread_create(&ids[i], NULL, write_share, &share) == 0);
    for (int i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    return per_second(began);
}

/* ---- one thread that does not wait ---- */

static void count_done(void *ctx, enum err e)
{
    _Atomic int *open = ctx;
    must(e == ERR_OK);
    atomic_fetch_sub(open, 1);
}

/* As many transactions are open at a time as there are clients. */
static double later(struct store *s, int clients)
{
    _Atomic int open = 0;
    struct arena a;
    arena_init(&a, 0);
    int64_t began = clock_ticks();
    for (int i = 0; i < PER_ROUND; i++) {
        struct tx tx;
        struct sample_stall_insert_in in = row(db_new_id());
        while (atomic_load(&open) >= clients)
            usleep(20);
        must(tx_begin(s, &a, &tx) == ERR_OK);
        sample_stall_insert(&tx, &in);
        atomic_fetch_add(&open, 1);
        tx_commit_later(&tx, count_done, &open);
    }
    while (atomic_load(&open))
        usleep(20);
    double rate = per_second(began);
    arena_free(&a);
    return rate;
}

/* ---- the table ---- */

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *v)
{
    qsort(v, ROUNDS, sizeof *v, compare);
    return v[ROUNDS / 2];
}

static struct store *open_store(struct arena *a, const char *folder)
{
    struct store *s = NULL;
    struct tx tx;
    str address = str_fmt(a, "sqlite:%s/writes-bench.db", folder);
    must(store_open(&(struct store_options){ .url = str_to_c(a, address) }, &s) == ERR_OK);
    must(store_migrate(s, db_migrations, db_migration_count) == ERR_OK);
    must(tx_begin(s, a, &tx) == ERR_OK);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    must(tx_commit(&tx) == ERR_OK);
    return s;
}

static void erase(struct arena *a, const char *folder)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(str_to_c(a, str_fmt(a, "%s/writes-bench.db%s", folder, endings[i])));
}

static void measure(struct arena *a, const char *folder, int threads)
{
    double v[3][ROUNDS];
    struct store *s = open_store(a, folder);
    const char *path = str_to_c(a, str_fmt(a, "%s/writes-bench.db", folder));
    for (int i = 0; i < ROUNDS; i++) {
        v[0][i] = bare(path);
        v[1][i] = by_threads(s, threads);
        v[2][i] = later(s, threads);
    }
    struct store_counts counts = store_counts(s);
    store_close(s);
    double loop = median(v[0]);
    printf("%-34s %10s %8s\n", "acknowledged transactions", "a second", "ratio");
    printf("%-34s %10.0f %8.2f\n", "bare SQLite loop, FULL", loop, 1.0);
    printf("%-4d%-30s %10.0f %8.2f\n", threads, "threads, tx_commit", median(v[1]),
           median(v[1]) / loop);
    printf("%-4d%-30s %10.0f %8.2f\n", threads, "open at a time, tx_commit_later", median(v[2]),
           median(v[2]) / loop);
    printf("%.1f transactions a commit\n", (double)counts.transactions / (double)counts.commits);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    int64_t threads = 32;
    if (argc > 2 &&
        (!str_to_i64(str_from_c(argv[2]), &threads) || threads < 1 || threads > THREADS_MAX)) {
        fprintf(stderr, "usage: writes [FOLDER [THREADS]]\n");
        return 2;
    }
    struct arena a;
    arena_init(&a, 0);
    crypt_init();
    erase(&a, folder);
    measure(&a, folder, (int)threads);
    erase(&a, folder);
    arena_free(&a);
    return 0;
}

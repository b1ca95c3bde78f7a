/* SPDX-License-Identifier: EUPL-1.2 */
/* Backups on both engines, and from one to the other. */
#include "db/dump.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/test.h"
#include "db/test_store.h"
#include "sample.sql.h"
#include "tables.h"

#define TOWN 11

static const struct dump_history *history(void)
{
    static struct dump_history all;
    all = (struct dump_history){ db_migrations, db_migration_count };
    return &all;
}

static enum err insert(struct store *s, struct arena *a, int64_t id)
{
    struct tx tx;
    enum err e = tx_begin(s, a, &tx);
    if (e != ERR_OK)
        return e;
    sample_stall_insert(&tx, &(struct sample_stall_insert_in){
                                 .id = id, .city = TOWN, .name = S("Bücher"), .price = 0.1 });
    return tx_commit(&tx);
}

static void fill(struct store *s, int n)
{
    struct tx tx;
    ok(store_migrate(s, db_migrations, db_migration_count) == ERR_OK);
    ok(tx_begin(s, &t_arena, &tx) == ERR_OK);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    ok(tx_commit(&tx) == ERR_OK);
    for (int i = 1; i <= n; i++)
        must(insert(s, &t_arena, i) == ERR_OK);
}

static struct sample_sum sum_of(struct store *s)
{
    struct db db;
    struct sample_sum none = { 0 };
    must(db_begin(s, &t_arena, &db) == ERR_OK);
    const struct sample_sum *sum = sample_stall_sum(&db, TOWN);
    db_end(&db);
    return sum ? *sum : none;
}

static FILE *dumped(struct store *s, struct dump_info *info)
{
    FILE *file = tmpfile();
    *info = (struct dump_info){ .build = S("1.2.3") };
    ok(store_dump(s, file, info) == ERR_OK);
    return file;
}

static enum err restored(struct store *s, FILE *file)
{
    str why;
    enum err e = store_restore(s, file, &(struct dump_restore){ .history = *history() }, &why);
    if (why.n)
        printf("# %.*s\n", STR_FMT(why));
    return e;
}

static void goes_there_and_back_on(struct test_store *t)
{
    struct dump_info info, read;
    fill(t->store, 20);
    FILE *file = dumped(t->store, &info);
    ok(info.rows >= 21);
    ok(dump_verify(file, history(), &t_arena, &read) == ERR_OK);
    eq_int(read.rows, info.rows);
    eq_int(read.tables, info.tables);
    eq_str(read.build, S("1.2.3"));
    for (int i = 21; i <= 30; i++)
        must(insert(t->store, &t_arena, i) == ERR_OK);
    eq_int(sum_of(t->store).n, 30);
    ok(restored(t->store, file) == ERR_OK);
    eq_int(sum_of(t->store).n, 20);
    ok(insert(t->store, &t_arena, 21) == ERR_OK);
    eq_int(sum_of(t->store).n, 21);
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    fclose(file);
}
TEST_EACH_STORE(goes_there_and_back)

/* A backup of each engine, restored into the other. */
static FILE *of_sqlite;

static void writes_for_the_other(struct test_store *t)
{
    struct dump_info info;
    fill(t->store, 5);
    of_sqlite = dumped(t->store, &info);
}

static void changes_the_engine_on(struct test_store *t)
{
    struct dump_info info;
    ok(restored(t->store, of_sqlite) == ERR_OK);
    eq_int(sum_of(t->store).n, 5);
    FILE *again = dumped(t->store, &info);
    ok(restored(t->store, again) == ERR_OK);
    eq_int(sum_of(t->store).n, 5);
    fclose(again);
}

static void changes_the_engine(void)
{
    test_sqlite_store(writes_for_the_other);
    test_each_store(changes_the_engine_on);
    fclose(of_sqlite);
}

/* ---- what must be refused ---- */

static str bytes_of(FILE *file)
{
    fseek(file, 0, SEEK_END);
    size_t n = (size_t)ftell(file);
    char *p = arena_bytes(&t_arena, n);
    rewind(file);
    must(fread(p, 1, n, file) == n);
    return (str){ p, n };
}

static FILE *file_of(str s)
{
    FILE *file = tmpfile();
    must(fwrite(s.p, 1, s.n, file) == s.n);
    rewind(file);
    return file;
}

static bool verifies(str s)
{
    struct dump_info info;
    FILE *file = file_of(s);
    bool good = dump_verify(file, history(), &t_arena, &info) == ERR_OK;
    fclose(file);
    return good && !info.why.n;
}

static void a_damaged_file_is_refused_on(struct test_store *t)
{
    struct dump_info info;
    fill(t->store, 3);
    FILE *file = dumped(t->store, &info);
    str good = bytes_of(file);
    int accepted = 0;
    ok(verifies(good));
    for (size_t i = 0; i < good.n; i++) {
        char *p = arena_bytes(&t_arena, good.n);
        memcpy(p, good.p, good.n);
        p[i] = (char)(p[i] ^ 1 << i % 8);
        accepted += verifies((str){ p, good.n });
    }
    eq_int(accepted, 0);
    for (size_t n = 0; n < good.n; n += 7)
        accepted += verifies(str_slice(good, 0, n));
    accepted += verifies(str_join(&t_arena, good, S("x")));
    eq_int(accepted, 0);
    /* Even unverified it does not get in: nothing changes. */
    char *p = arena_bytes(&t_arena, good.n);
    memcpy(p, good.p, good.n);
    p[good.n - 1] = (char)(p[good.n - 1] ^ 1);
    must(insert(t->store, &t_arena, 4) == ERR_OK);
    FILE *bad = file_of((str){ p, good.n });
    ok(restored(t->store, bad) == ERR_INVALID);
    eq_int(sum_of(t->store).n, 4);
    fclose(bad);
    fclose(file);
}
TEST_EACH_STORE(a_damaged_file_is_refused)

static void a_newer_one_is_refused_on(struct test_store *t)
{
    struct dump_info info;
    struct dump_history older = { db_migrations, db_migration_count - 1 };
    fill(t->store, 1);
    FILE *file = dumped(t->store, &info);
    ok(dump_verify(file, &older, &t_arena, &info) == ERR_INVALID);
    ok(str_find(info.why, S("newer program")) > 0);
    fclose(file);
}
TEST_EACH_STORE(a_newer_one_is_refused)

static void an_older_one_is_brought_up_to_date_on(struct test_store *t)
{
    struct dump_info info;
    struct tx tx;
    ok(store_migrate(t->store, db_migrations, db_migration_count - 1) == ERR_OK);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    ok(tx_commit(&tx) == ERR_OK);
    FILE *file = dumped(t->store, &info);
    ok(restored(t->store, file) == ERR_OK);
    ok(insert(t->store, &t_arena, 1) == ERR_OK);
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    fclose(file);
}
TEST_EACH_STORE(an_older_one_is_brought_up_to_date)

/* ---- while others write ---- */

struct writers {
    struct store *store;
    _Atomic int64_t acknowledged;
    _Atomic bool stop;
};

static void *write_on(void *ctx)
{
    struct writers *w = ctx;
    struct arena a;
    arena_init(&a, 0);
    for (int64_t id = 1000; !atomic_load(&w->stop); id++) {
        if (insert(w->store, &a, id) == ERR_OK)
            atomic_store(&w->acknowledged, id);
        arena_free(&a);
    }
    arena_thread_end();
    return NULL;
}

/* What was acknowledged before the backup began is in it, and nothing has a gap. */
static void has_one_moment_on(struct test_store *t)
{
    struct writers w = { .store = t->store };
    struct dump_info info;
    pthread_t thread;
    fill(t->store, 100);
    must(pthread_create(&thread, NULL, write_on, &w) == 0);
    while (atomic_load(&w.acknowledged) < 1050)
        ;
    for (int i = 0; i < 5; i++) {
        int64_t before = atomic_load(&w.acknowledged);
        FILE *file = dumped(t->store, &info);
        fclose(file);
        ok(info.rows >= 101 + before - 999);
    }
    FILE *file = dumped(t->store, &info);
    atomic_store(&w.stop, true);
    pthread_join(thread, NULL);
    ok(restored(t->store, file) == ERR_OK);
    eq_int(sum_of(t->store).n + 1, info.rows);
    fclose(file);
}
TEST_EACH_STORE(has_one_moment)

static const struct test tests[] = {
    TEST(goes_there_and_back),
    TEST(changes_the_engine),
    TEST(a_damaged_file_is_refused),
    TEST(a_newer_one_is_refused),
    TEST(has_one_moment),
    TEST(an_older_one_is_brought_up_to_date),
};
TEST_MAIN(tests)

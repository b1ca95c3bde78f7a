/* SPDX-License-Identifier: EUPL-1.2 */
/* What both engines must do alike: the same tests on each store (db/test_store.h). */
#include "db/db.h"

#include <setjmp.h>

#include "base/clock.h"
#include "base/test.h"
#include "db/engine.h"
#include "db/test_store.h"
#include "sample.sql.h"
#include "tables.h"

#define TOWN 11
#define ELSE 12

/* ---- helpers ---- */

static void prepare(struct test_store *t)
{
    struct tx tx;
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    eq_int(sample_city_insert(&tx, TOWN, S("Musterstadt")), 1);
    eq_int(sample_city_insert(&tx, ELSE, S("Beispielhausen")), 1);
    ok(tx_commit(&tx) == ERR_OK);
}

static struct sample_stall_insert_in a_stall(int64_t id)
{
    return (
        struct sample_stall_insert_in){ .id = id, .city = TOWN, .name = S("Bücher"), .price = 1.5 };
}

static enum err insert(struct store *s, const struct sample_stall_insert_in *in)
{
    struct tx tx;
    enum err e = tx_begin(s, &t_arena, &tx);
    if (e != ERR_OK)
        return e;
    sample_stall_insert(&tx, in);
    return tx_commit(&tx);
}

static int64_t count(struct store *s)
{
    struct db db;
    ok(db_begin(s, &t_arena, &db) == ERR_OK);
    const struct sample_sum *sum = sample_stall_sum(&db, TOWN);
    db_end(&db);
    ok(db.err == ERR_OK && sum);
    return sum ? sum->n : -1;
}

/* ---- values ---- */

static void keeps_values(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    in.name = S("Ä'\"\\%_🌻");
    in.price = 0.1;
    in.seats = some_int(INT64_MIN);
    in.share = some_real(-1e300);
    in.text = some_str(S(""));
    in.photo = some_str(S("\x00\x01\xff"));
    ok(insert(t->store, &in) == ERR_OK);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    const struct sample_stall *r = sample_stall_get(&db, TOWN, 1);
    db_end(&db);
    ok(r != NULL);
    if (!r)
        return;
    eq_str(r->name, in.name);
    ok(r->price == 0.1);
    ok(r->seats.has && r->seats.v == INT64_MIN);
    ok(r->share.has && r->share.v == -1e300);
    ok(r->text.has && r->text.v.n == 0);
    ok(r->photo.has);
    eq_str(r->photo.v, S("\x00\x01\xff"));
}

static void keeps_absence(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    in = a_stall(2);
    in.seats = some_int(4);
    ok(insert(t->store, &in) == ERR_OK);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    const struct sample_stall *r = sample_stall_get(&db, TOWN, 1);
    ok(r && !r->seats.has && !r->share.has && !r->text.has && !r->photo.has);
    struct sample_seats_rows none = sample_stall_seats(&db, TOWN, no_int);
    struct sample_seats_rows four = sample_stall_seats(&db, TOWN, some_int(4));
    ok(none.n == 1 && none.v[0].id == 1);
    ok(four.n == 1 && four.v[0].id == 2);
    ok(sample_stall_get(&db, TOWN, 3) == NULL);
    ok(db.err == ERR_OK);
    db_end(&db);
}

/* Both engines sort bytewise and compare LIKE with case. */
static void sorts_alike(struct test_store *t)
{
    static const char *const names[] = { "b", "B", "a", "ä", "A", "_", "Z", "ab" };
    static const char *const sorted[] = { "A", "B", "Z", "_", "a", "ab", "b", "ä" };
    prepare(t);
    for (int i = 0; i < 8; i++) {
        struct sample_stall_insert_in in = a_stall(i + 1);
        in.name = str_from_c(names[i]);
        ok(insert(t->store, &in) == ERR_OK);
    }
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    struct sample_stall_rows rows = sample_stall_list(&db, TOWN, 100, 0);
    eq_int(rows.n, 8);
    for (size_t i = 0; i < rows.n && i < 8; i++)
        eq_str(rows.v[i].name, str_from_c(sorted[i]));
    eq_int(sample_stall_list(&db, TOWN, 3, 6).n, 2);
    eq_int(sample_city_like(&db, S("Must%")).n, 1);
    eq_int(sample_city_like(&db, S("must%")).n, 0);
    db_end(&db);
}

static void sums(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    in.seats = some_int(3);
    ok(insert(t->store, &in) == ERR_OK);
    in.id = 2;
    ok(insert(t->store, &in) == ERR_OK);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    const struct sample_sum *sum = sample_stall_sum(&db, TOWN);
    ok(sum && sum->n == 2 && sum->price == 3.0 && sum->seats == 6);
    sum = sample_stall_sum(&db, ELSE);
    ok(sum && sum->n == 0 && sum->price == 0.0 && sum->seats == 0);
    db_end(&db);
}

static void returns_what_it_wrote(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    const struct sample_city *r = sample_stall_rename(&tx, S("Bilder"), TOWN, 1);
    ok(r && r->id == 1);
    eq_str(r ? r->name : S(""), S("Bilder"));
    ok(sample_stall_rename(&tx, S("x"), ELSE, 1) == NULL);
    eq_int(sample_stall_delete(&tx, ELSE, 1), 0);
    eq_int(sample_stall_delete(&tx, TOWN, 1), 1);
    ok(tx_commit(&tx) == ERR_OK);
    eq_int(count(t->store), 0);
}

/* The right side of a LEFT JOIN may be missing without anybody saying so. */
static void joins_what_is_missing(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_visit_insert(&tx, &(struct sample_visit_insert_in){ 1, TOWN, some_int(1), 100 });
    sample_visit_insert(&tx, &(struct sample_visit_insert_in){ 2, TOWN, no_int, 200 });
    struct sample_visit_rows rows = sample_visit_list(&tx.db, TOWN);
    eq_int(rows.n, 2);
    ok(rows.n == 2 && rows.v[0].stall.has && !rows.v[1].stall.has && !rows.v[1].stall_id.has);
    ok(tx_commit(&tx) == ERR_OK);
}

/* ---- streaming ---- */

struct seen {
    int n;
    int stop_after;
    int64_t sum;
};

static bool see(void *ctx, const struct sample_stall *row)
{
    struct seen *s = ctx;
    s->sum += row->seats.v;
    ok(str_eq(row->name, S("Bücher")));
    return ++s->n != s->stop_after;
}

static void streams(struct test_store *t)
{
    prepare(t);
    for (int i = 1; i <= 10; i++) {
        struct sample_stall_insert_in in = a_stall(i);
        in.seats = some_int(i);
        ok(insert(t->store, &in) == ERR_OK);
    }
    struct db db;
    struct seen all = { 0 };
    struct seen some = { .stop_after = 4 };
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    sample_stall_each(&db, TOWN, see, &all);
    sample_stall_each(&db, TOWN, see, &some);
    eq_int(all.n, 10);
    eq_int(all.sum, 55);
    eq_int(some.n, 4);
    ok(db.err == ERR_OK);
    db_end(&db);
}

static jmp_buf away;

static bool jump(void *ctx, const struct sample_stall *row)
{
    longjmp(away, 1);
}

/* An arena at its limit jumps from the middle of a row to the dispatcher: nothing is lost. */
static void survives_a_jump(struct test_store *t)
{
    prepare(t);
    for (int i = 1; i <= 3; i++) {
        struct sample_stall_insert_in in = a_stall(i);
        ok(insert(t->store, &in) == ERR_OK);
    }
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    if (!setjmp(away))
        sample_stall_each(&db, TOWN, jump, NULL);
    db_end(&db);
    eq_int(count(t->store), 3);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_delete(&tx, TOWN, 1);
    if (!setjmp(away))
        sample_stall_each(&tx.db, TOWN, jump, NULL);
    tx_rollback(&tx);
    eq_int(count(t->store), 3);
    struct sample_stall_insert_in in = a_stall(4);
    ok(insert(t->store, &in) == ERR_OK);
}

/* ---- errors ---- */

static void keeps_the_first_error(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    in.id = 2;
    sample_stall_insert(&tx, &in);
    in.id = 1;
    eq_int(sample_stall_insert(&tx, &in), 0); /* the same key */
    ok(tx.db.err == ERR_CONFLICT);
    ok(!tx.db.again);
    eq_str(str_from_c(tx.db.err_stmt), S("sample_stall_insert"));
    ok(tx.db.err_text.n > 0);
    in.id = 3;
    eq_int(sample_stall_insert(&tx, &in), 0); /* does nothing any more */
    eq_int(sample_stall_list(&tx.db, TOWN, 9, 0).n, 0);
    ok(tx_commit(&tx) == ERR_CONFLICT);
    eq_int(count(t->store), 1);
}

static void refuses_dangling_references(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    in.city = 99;
    ok(insert(t->store, &in) == ERR_CONFLICT);
    eq_int(count(t->store), 0);
}

static void notices_wrong_promises(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    eq_int(sample_broken(&db, TOWN).n, 0);
    ok(db.err == ERR_ENGINE);
    ok(str_find(db.err_text, S("column text is NULL")) >= 0);
    db_end(&db);
    in.id = 2;
    ok(insert(t->store, &in) == ERR_OK);
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    ok(sample_stall_named(&db, TOWN, S("Bücher")) == NULL);
    ok(db.err == ERR_ENGINE);
    db_end(&db);
}

/* A writing statement on a reader does not compile; whoever casts is stopped by the engine. */
static void readers_cannot_write(struct test_store *t)
{
    prepare(t);
    struct db db;
    struct stmt disguised = stmt_sample_city_insert;
    disguised.writes = (struct db_tables){ { 0 } };
    disguised.id = 900;
    const struct db_value params[] = { db_int(5), db_text(S("Nirgendwo")) };
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    db_rows(&db, &disguised, params);
    ok(db.err != ERR_OK);
    db_end(&db);
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    ok(sample_city_find(&db, S("Nirgendwo")) == NULL);
    ok(db.err == ERR_OK);
    db_end(&db);
}

/* ---- transactions ---- */

static void rolls_back(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    eq_int(sample_stall_insert(&tx, &in), 1);
    eq_int(sample_stall_list(&tx.db, TOWN, 9, 0).n, 1); /* sees its own */
    tx_rollback(&tx);
    eq_int(count(t->store), 0);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_insert(&tx, &in);
    db_fail(&tx.db, ERR_LIMIT, S("the caller found something"));
    ok(tx_commit(&tx) == ERR_LIMIT);
    eq_int(count(t->store), 0);
}

static void readers_see_one_snapshot(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    eq_int(sample_stall_list(&db, TOWN, 9, 0).n, 0);
    ok(insert(t->store, &in) == ERR_OK);
    eq_int(sample_stall_list(&db, TOWN, 9, 0).n, 0);
    db_end(&db);
    eq_int(count(t->store), 1);
}

static void nests_readers(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    struct db outer;
    struct db inner;
    ok(db_begin(t->store, &t_arena, &outer) == ERR_OK);
    eq_int(sample_stall_list(&outer, TOWN, 9, 0).n, 0);
    ok(insert(t->store, &in) == ERR_OK);
    ok(db_begin(t->store, &t_arena, &inner) == ERR_OK);
    eq_int(sample_stall_list(&inner, TOWN, 9, 0).n, 1);
    db_end(&inner);
    eq_int(sample_stall_list(&outer, TOWN, 9, 0).n, 0);
    db_end(&outer);
}

static void long_transactions_go_alone(struct test_store *t)
{
    prepare(t);
    struct tx tx;
    ok(tx_begin_alone(t->store, &t_arena, &tx) == ERR_OK);
    for (int i = 1; i <= 500; i++) {
        struct sample_stall_insert_in in = a_stall(i);
        sample_stall_insert(&tx, &in);
    }
    ok(tx_commit(&tx) == ERR_OK);
    eq_int(count(t->store), 500);
    ok(tx_begin_alone(t->store, &t_arena, &tx) == ERR_OK);
    struct sample_stall_insert_in in = a_stall(501);
    sample_stall_insert(&tx, &in);
    tx_rollback(&tx);
    eq_int(count(t->store), 500);
}

static void stamps_with_one_clock(struct test_store *t)
{
    prepare(t);
    struct tx tx;
    clock_set(1000000000);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    eq_int(tx.now, 1000000000);
    clock_set(0);
    tx_rollback(&tx);
}

/* ---- versions ---- */

static void note(void *ctx, const struct db_tables *written)
{
    struct db_tables *all = ctx;
    for (int i = 0; i < DB_TABLE_WORDS; i++)
        all->w[i] |= written->w[i];
}

static void raises_versions(struct test_store *t)
{
    struct db_tables seen = { { 0 } }, heard = { { 0 } };
    struct db_tables stalls = { { UINT64_C(1) << TABLE_stall } };
    struct db_tables towns = { { UINT64_C(1) << TABLE_city } };
    prepare(t);
    store_on_commit(t->store, note, &seen);
    store_on_commit(t->store, note, &heard);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    sample_stall_list(&db, TOWN, 9, 0);
    db_end(&db);
    ok(db.read.w[0] == stalls.w[0]);
    ok(!store_changed(t->store, &db.read, db.as_of));
    uint64_t before = store_version(t->store, TABLE_stall);
    uint64_t city = store_version(t->store, TABLE_city);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    ok(store_version(t->store, TABLE_stall) > before);
    eq_int(store_version(t->store, TABLE_city), city);
    ok(store_changed(t->store, &db.read, db.as_of));
    ok(!store_changed(t->store, &towns, db.as_of));
    ok(seen.w[0] == stalls.w[0]);
    ok(heard.w[0] == stalls.w[0]); /* whoever listens besides */
    seen = (struct db_tables){ { 0 } };
    ok(insert(t->store, &in) == ERR_CONFLICT);
    ok(seen.w[0] == 0);
}

/* ---- kept rows ---- */

static void rename_stall(struct test_store *t, str name)
{
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_rename(&tx, name, TOWN, 1);
    ok(tx_commit(&tx) == ERR_OK);
}

static str kept_name(struct db *db)
{
    const struct sample_stall *row = sample_stall_kept(db, TOWN, 1);
    return row ? row->name : S("none");
}

static str kept_name_now(struct test_store *t)
{
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    str name = kept_name(&db);
    ok(db.read.w[0] >> TABLE_stall & 1); /* for the page cache it has read, wherever from */
    db_end(&db);
    return name;
}

static void kept_rows_follow_every_write(struct test_store *t)
{
    prepare(t);
    eq_str(kept_name_now(t), S("none"));
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    eq_str(kept_name_now(t), in.name);
    eq_str(kept_name_now(t), in.name);
    rename_stall(t, S("second"));
    eq_str(kept_name_now(t), S("second"));
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_rename(&tx, S("third"), TOWN, 1);
    eq_str(kept_name(&tx.db), S("third")); /* a transaction sees what it has written */
    tx_rollback(&tx);
    eq_str(kept_name_now(t), S("second"));
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_delete(&tx, TOWN, 1);
    ok(tx_commit(&tx) == ERR_OK);
    eq_str(kept_name_now(t), S("none"));
}

/* What somebody else has made younger is not for a reader that began before. */
static void kept_rows_are_of_the_snapshot(struct test_store *t)
{
    struct db early;
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    ok(db_begin(t->store, &t_arena, &early) == ERR_OK);
    eq_str(kept_name(&early), in.name);
    rename_stall(t, S("second"));
    eq_str(kept_name_now(t), S("second"));
    eq_str(kept_name(&early), in.name);
    db_end(&early);
    eq_str(kept_name_now(t), S("second"));
}

static void kept_rows_have_all_values(struct test_store *t)
{
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    in.seats = some_int(INT64_MIN);
    in.text = some_str(S(""));
    in.photo = some_str(S("\x00\x01\xff"));
    ok(insert(t->store, &in) == ERR_OK);
    for (int i = 0; i < 2; i++) { /* from the database, then from memory */
        struct db db;
        ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
        const struct sample_stall *a = sample_stall_get(&db, TOWN, 1);
        const struct sample_stall *b = sample_stall_kept(&db, TOWN, 1);
        ok(a && b && a != b);
        if (a && b) {
            eq_str(b->name, a->name);
            ok(b->price == a->price && b->seats.has == a->seats.has && b->seats.v == a->seats.v);
            ok(b->share.has == a->share.has && b->text.has && b->photo.has);
            eq_str(b->text.v, a->text.v);
            eq_str(b->photo.v, a->photo.v);
        }
        db_end(&db);
    }
}

/* ON DELETE CASCADE writes too: the statement's set must know. */
static void cascades_count_as_written(struct test_store *t)
{
    prepare(t);
    ok(stmt_sample_stall_delete.writes.w[0] >> TABLE_visit & 1);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    struct tx tx;
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_visit_insert(&tx, &(struct sample_visit_insert_in){ 1, TOWN, some_int(1), 100 });
    ok(tx_commit(&tx) == ERR_OK);
    uint64_t before = store_version(t->store, TABLE_visit);
    ok(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    sample_stall_delete(&tx, TOWN, 1);
    ok(tx_commit(&tx) == ERR_OK);
    ok(store_version(t->store, TABLE_visit) > before);
    struct db db;
    ok(db_begin(t->store, &t_arena, &db) == ERR_OK);
    const struct sample_count *visits = sample_visit_count(&db, TOWN);
    ok(visits && visits->n == 0);
    db_end(&db);
}

/* Another process (here: a second store on the same database) writes. */
static void hears_of_other_processes(struct test_store *t)
{
    struct db_tables seen = { { 0 } };
    struct store *other = NULL;
    prepare(t);
    ok(store_open(&(struct store_options){ .url = t->url }, &other) == ERR_OK);
    store_on_commit(t->store, note, &seen);
    uint64_t before = store_version(t->store, TABLE_stall);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(other, &in) == ERR_OK);
    for (int i = 0; i < 100 && store_version(t->store, TABLE_stall) == before; i++) {
        store_watch(t->store);
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    }
    ok(store_version(t->store, TABLE_stall) > before);
    ok(seen.w[0] >> TABLE_stall & 1);
    if (t->postgres) /* says which tables; SQLite cannot */
        ok(seen.w[0] == UINT64_C(1) << TABLE_stall);
    store_close(other);
}

/* What a search index does in its hook: it reads, and a commit elsewhere must not call it again. */
struct reading_hook {
    struct store *store;
    struct store *other;
    int depth;
    int deepest;
    int64_t found;
};

static void read_in_hook(void *ctx, const struct db_tables *written)
{
    struct reading_hook *h = ctx;
    struct sample_stall_insert_in in = a_stall(100 + h->depth);
    h->depth++;
    h->deepest = h->depth > h->deepest ? h->depth : h->deepest;
    if (store_is_postgres(h->store) &&
        h->depth < 3) /* SQLite's writer is ours until the hook returns */
        ok(insert(h->other, &in) == ERR_OK);
    nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
    h->found = count(h->store);
    h->depth--;
}

static void hooks_may_read(struct test_store *t)
{
    struct reading_hook h = { .store = t->store };
    prepare(t);
    ok(store_open(&(struct store_options){ .url = t->url }, &h.other) == ERR_OK);
    store_on_commit(t->store, read_in_hook, &h);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    ok(h.found >= 1); /* sees what was committed */
    eq_int(h.deepest, 1);
    store_close(h.other);
}

/* What is looked at and written in one transaction: refused where another one comes between. */
static bool reads_and_writes(struct store *store, int64_t id)
{
    struct tx tx;
    struct arena a;
    struct sample_stall_insert_in in = a_stall(id);
    arena_init(&a, 0);
    ok(tx_begin(store, &a, &tx) == ERR_OK);
    sample_stall_delete(&tx, TOWN, id - 1);
    sample_stall_insert(&tx, &in);
    sample_stall_sum(&tx.db, TOWN);
    bool good = tx_commit(&tx) == ERR_OK;
    arena_free(&a);
    return good;
}

/*
 * A restore takes minutes. PostgreSQL remembers serializable transactions until none is left that
 * ran beside them, ten for each connection that it allows, and refuses without a reason after that.
 */
static void a_restore_disturbs_nobody(struct test_store *t)
{
    struct store *other = NULL;
    struct tx restore;
    if (!t->postgres)
        return; /* has one writer */
    prepare(t);
    ok(store_open(&(struct store_options){ .url = t->url }, &other) == ERR_OK);
    ok(tx_begin_mode(other, &t_arena, &restore, TX_SCHEMA) == ERR_OK);
    sample_city_insert(&restore, ELSE + 1, S("Anderswo"));
    int64_t refused = 0;
    for (int64_t id = 2; id < 1600; id++)
        refused += !reads_and_writes(t->store, id);
    eq_int(refused, 0);
    tx_rollback(&restore);
    store_close(other);
}

/* ---- migrations ---- */

static void migrates_once(struct test_store *t)
{
    prepare(t);
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    eq_int(count(t->store), 1);
}

static void refuses_edited_history(struct test_store *t)
{
    struct migration edited[2];
    prepare(t);
    eq_int(db_migration_count, 2);
    memcpy(edited, db_migrations, sizeof edited);
    edited[1].sha256 = edited[0].sha256;
    ok(store_migrate(t->store, edited, 2) == ERR_INVALID);
    ok(store_migrate(t->store, db_migrations, 1) == ERR_INVALID); /* older program */
    ok(store_migrate(t->store, db_migrations, 2) == ERR_OK);
}

/* A migration that fails half-way leaves nothing. */
static void undoes_failed_migrations(struct test_store *t)
{
    static const char broken[] = "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY);"
                                 "INSERT INTO nowhere (id) VALUES (1);";
    static const char good[] = "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY);";
    struct migration list[3];
    prepare(t);
    memcpy(list, db_migrations, 2 * sizeof *list);
    list[2] = (struct migration){ "sample", 3, broken, broken, "00" };
    ok(store_migrate(t->store, list, 3) != ERR_OK);
    list[2] = (struct migration){ "sample", 3, good, good, "11" };
    ok(store_migrate(t->store, list, 3) == ERR_OK);
}

/* ---- read-only stores ---- */

static void opens_read_only(struct test_store *t)
{
    struct store *s = NULL;
    struct tx tx;
    prepare(t);
    struct sample_stall_insert_in in = a_stall(1);
    ok(insert(t->store, &in) == ERR_OK);
    ok(store_open(&(struct store_options){ .url = t->url, .read_only = true }, &s) == ERR_OK);
    eq_int(count(s), 1);
    ok(tx_begin(s, &t_arena, &tx) == ERR_INVALID);
    store_close(s);
}

#define ON_EACH(name)          \
    static void name##_(void)  \
    {                          \
        test_each_store(name); \
    }
ON_EACH(keeps_values)
ON_EACH(keeps_absence)
ON_EACH(sorts_alike)
ON_EACH(sums)
ON_EACH(returns_what_it_wrote)
ON_EACH(joins_what_is_missing)
ON_EACH(streams)
ON_EACH(survives_a_jump)
ON_EACH(keeps_the_first_error)
ON_EACH(refuses_dangling_references)
ON_EACH(notices_wrong_promises)
ON_EACH(readers_cannot_write)
ON_EACH(rolls_back)
ON_EACH(readers_see_one_snapshot)
ON_EACH(nests_readers)
ON_EACH(long_transactions_go_alone)
ON_EACH(stamps_with_one_clock)
ON_EACH(raises_versions)
ON_EACH(kept_rows_follow_every_write)
ON_EACH(kept_rows_are_of_the_snapshot)
ON_EACH(kept_rows_have_all_values)
ON_EACH(cascades_count_as_written)
ON_EACH(hears_of_other_processes)
ON_EACH(hooks_may_read)
ON_EACH(a_restore_disturbs_nobody)
ON_EACH(migrates_once)
ON_EACH(refuses_edited_history)
ON_EACH(undoes_failed_migrations)
ON_EACH(opens_read_only)

static const struct test tests[] = {
    TEST(keeps_values_),
    TEST(keeps_absence_),
    TEST(sorts_alike_),
    TEST(sums_),
    TEST(returns_what_it_wrote_),
    TEST(joins_what_is_missing_),
    TEST(streams_),
    TEST(survives_a_jump_),
    TEST(keeps_the_first_error_),
    TEST(refuses_dangling_references_),
    TEST(notices_wrong_promises_),
    TEST(readers_cannot_write_),
    TEST(rolls_back_),
    TEST(readers_see_one_snapshot_),
    TEST(nests_readers_),
    TEST(long_transactions_go_alone_),
    TEST(stamps_with_one_clock_),
    TEST(raises_versions_),
    TEST(kept_rows_follow_every_write_),
    TEST(kept_rows_are_of_the_snapshot_),
    TEST(kept_rows_have_all_values_),
    TEST(cascades_count_as_written_),
    TEST(hears_of_other_processes_),
    TEST(hooks_may_read_),
    TEST(a_restore_disturbs_nobody_),
    TEST(migrates_once_),
    TEST(refuses_edited_history_),
    TEST(undoes_failed_migrations_),
    TEST(opens_read_only_),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* The audit trail on both engines: the chain holds, and whoever changes a row breaks it. */
#include "web/audit.h"

#include "base/test.h"
#include "db/test_store.h"
#include "tables.h"
#include "web.sql.h"

enum { ROWS = 5 };

static void write_rows(struct store *store, int64_t account)
{
    for (int i = 0; i < ROWS; i++) {
        struct tx tx;
        must(tx_begin(store, &t_arena, &tx) == ERR_OK);
        audit_add(&tx, (struct audit_by){ 7, i % 2 ? account : 0 }, S("thing.change"), 100 + i,
                  S("title wanted"));
        ok(tx_commit(&tx) == ERR_OK);
    }
}

static int64_t broken_at(struct store *store)
{
    struct db db;
    must(db_begin(store, &t_arena, &db) == ERR_OK);
    int64_t broken = audit_verify(&db);
    must(db.err == ERR_OK);
    db_end(&db);
    return broken;
}

static struct audit_row_rows rows_of(struct store *store)
{
    struct db db;
    must(db_begin(store, &t_arena, &db) == ERR_OK);
    struct audit_row_rows rows = audit_list(&db, 7);
    db_end(&db);
    return rows;
}

static void migrate(struct store *store, const char *sql)
{
    size_t n = db_migration_count;
    struct migration *list = NEW_ARRAY(&t_arena, n + 1, struct migration);
    memcpy(list, db_migrations, n * sizeof *list);
    list[n] = (struct migration){ "tamper", 1, sql, sql, "planted" };
    must(store_migrate(store, list, sql ? n + 1 : n) == ERR_OK);
}

static void chains_its_rows_on(struct test_store *t)
{
    migrate(t->store, NULL);
    eq_int(broken_at(t->store), 0);
    write_rows(t->store, 11);
    eq_int(broken_at(t->store), 0);
    struct audit_row_rows rows = rows_of(t->store); /* newest first */
    eq_int(rows.n, ROWS);
    for (size_t i = 0; i + 1 < rows.n; i++)
        eq_str(rows.v[i].prev_hash, rows.v[i + 1].hash);
    eq_str(rows.v[ROWS - 1].prev_hash, S(""));
}

static void names_nobody_on(struct test_store *t)
{
    migrate(t->store, NULL);
    write_rows(t->store, 424242);
    write_rows(t->store, 434343);
    struct audit_row_rows rows = rows_of(t->store);
    str one = rows.v[ROWS + 1].actor;
    str two = rows.v[1].actor;
    eq_str(rows.v[0].actor, S("system"));
    eq_int(one.n, 32);
    ok(str_find(one, S("424242")) < 0 && !str_eq(one, two));
    eq_str(rows.v[ROWS + 3].actor, one); /* the same person is recognised */
}

/* Who is erased can no longer be recognised; the trail still holds. */
static void forgets_people_on(struct test_store *t)
{
    struct tx tx;
    migrate(t->store, NULL);
    write_rows(t->store, 11);
    must(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    audit_forget(&tx, 11);
    ok(tx_commit(&tx) == ERR_OK);
    eq_int(broken_at(t->store), 0);
    str before = rows_of(t->store).v[1].actor;
    write_rows(t->store, 11);
    ok(!str_eq(rows_of(t->store).v[1].actor, before));
    eq_int(broken_at(t->store), 0);
}

static void a_rollback_leaves_no_gap_on(struct test_store *t)
{
    struct tx tx;
    migrate(t->store, NULL);
    write_rows(t->store, 11);
    must(tx_begin(t->store, &t_arena, &tx) == ERR_OK);
    audit_add(&tx, (struct audit_by){ 7, 11 }, S("thing.change"), 1, S(""));
    tx_rollback(&tx);
    write_rows(t->store, 11);
    eq_int(broken_at(t->store), 0);
    eq_int(rows_of(t->store).n, 2 * ROWS);
}

/* Each way of changing history is found at the first row that it touches. */
static const struct {
    const char *sql;
    int64_t broken;
} tampers[] = {
    { "UPDATE audit SET detail = 'nothing' WHERE id = 3", 3 },
    { "UPDATE audit SET at = at + 1 WHERE id = 1", 1 },
    { "UPDATE audit SET actor = 'system' WHERE id = 2", 2 },
    { "UPDATE audit SET object_id = 999 WHERE id = 4", 4 },
    { "UPDATE audit SET city_id = 8 WHERE id = 5", 5 },
    { "DELETE FROM audit WHERE id = 2", 3 },
    { "UPDATE audit SET id = 9 WHERE id = 5", 9 },
    { "UPDATE audit SET hash = 'x' WHERE id = 5", 5 },
};
static size_t tamper; /* which of them is tried */

static void notices_tampering_on(struct test_store *t)
{
    migrate(t->store, NULL);
    write_rows(t->store, 11);
    eq_int(broken_at(t->store), 0);
    migrate(t->store, tampers[tamper].sql);
    eq_int(broken_at(t->store), tampers[tamper].broken);
}

TEST_EACH_STORE(chains_its_rows)
TEST_EACH_STORE(names_nobody)
TEST_EACH_STORE(forgets_people)
TEST_EACH_STORE(a_rollback_leaves_no_gap)

static void notices_tampering(void)
{
    for (tamper = 0; tamper < sizeof tampers / sizeof *tampers; tamper++)
        test_each_store(notices_tampering_on);
}

static const struct test tests[] = {
    TEST(chains_its_rows),          TEST(names_nobody),      TEST(forgets_people),
    TEST(a_rollback_leaves_no_gap), TEST(notices_tampering),
};
TEST_MAIN(tests)

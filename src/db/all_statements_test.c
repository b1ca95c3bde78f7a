/* SPDX-License-Identifier: EUPL-1.2 */
/* Every migration and every statement of the program, on both engines. */
#include "base/test.h"
#include "db/test_store.h"
#include "tables.h"

static void check_one(struct store *store, const struct stmt *s)
{
    struct db db;
    ok(db_begin(store, &t_arena, &db) == ERR_OK);
    db_check(&db, s);
    test_check(db.err == ERR_OK, s->name, __FILE__, __LINE__);
    if (db.err != ERR_OK)
        printf("# %.*s\n", STR_FMT(db.err_text));
    db_end(&db);
}

static void on_store(struct test_store *t)
{
    ok(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    ok(db_statement_count > 0);
    for (size_t i = 0; i < db_statement_count; i++) {
        eq_int(db_statements[i]->id, i);
        check_one(t->store, db_statements[i]);
    }
}

static void every_statement(void)
{
    test_each_store(on_store);
}

static const struct test tests[] = { TEST(every_statement) };
TEST_MAIN(tests)

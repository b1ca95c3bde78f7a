/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Empty stores for tests: one for each address in TANDEM_TEST_STORES (separated by commas;
 * "sqlite" is a file in a temporary folder). Without it: SQLite, and the server in
 * TANDEM_TEST_POSTGRES if there is one (test/with-postgres.sh).
 */
#ifndef DB_TEST_STORE_H
#define DB_TEST_STORE_H

#include "db/db.h"

struct test_store {
    struct store *store;
    const char *url; /* of this store: a second one may be opened on it */
    bool postgres;
};

/* Calls `run` with a new, empty store of each kind, and removes it afterwards. */
void test_each_store(void (*run)(struct test_store *t));
/* The same for SQLite only: for what is its own. */
void test_sqlite_store(void (*run)(struct test_store *t));

/* The test `name`: `name_on(store)` on each store. */
#define TEST_EACH_STORE(name)       \
    static void name(void)          \
    {                               \
        test_each_store(name##_on); \
    }

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes and removes the stores that tests run on. */
#include "db/test_store.h"

#include <unistd.h>

#include "base/crypt.h"
#include "base/test.h"
#include "db/postgres_scratch.h"

static struct store *open_or_fail(const char *address)
{
    struct store *s = NULL;
    enum err e = store_open(&(struct store_options){ .url = address }, &s);
    test_check(e == ERR_OK, "the store opens", __FILE__, __LINE__);
    return s;
}

static void run_postgres(void (*run)(struct test_store *t), const char *server)
{
    struct arena a;
    arena_init(&a, 0);
    const char *address = postgres_scratch_new(&a, server);
    struct test_store t = { .postgres = true, .url = address };
    test_check(address != NULL, "a database can be created", __FILE__, __LINE__);
    t.store = address ? open_or_fail(address) : NULL;
    if (t.store) {
        run(&t);
        store_close(t.store);
    }
    if (address)
        postgres_scratch_erase(server, address);
    arena_free(&a);
}

void test_sqlite_store(void (*run)(struct test_store *t))
{
    struct arena a;
    arena_init(&a, 0);
    const char *temp = getenv("TMPDIR");
    char *dir = str_to_c(&a, str_fmt(&a, "%s/tandem-test.XXXXXX", temp ? temp : "/tmp"));
    must(mkdtemp(dir) != NULL);
    struct test_store t = { .url = str_to_c(&a, str_fmt(&a, "sqlite:%s/t.db", dir)) };
    t.store = open_or_fail(t.url);
    if (t.store) {
        run(&t);
        store_close(t.store);
    }
    static const char *const files[] = { "t.db", "t.db-wal", "t.db-shm", "copy.db" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(str_to_c(&a, str_fmt(&a, "%s/%s", dir, files[i])));
    test_check(rmdir(dir) == 0, "nothing else was written", __FILE__, __LINE__);
    arena_free(&a);
}

void test_each_store(void (*run)(struct test_store *t))
{
    const char *stores = getenv("TANDEM_TEST_STORES");
    const char *server = getenv("TANDEM_TEST_POSTGRES");
    crypt_init();
    if (!stores) {
        test_sqlite_store(run);
        if (server)
            run_postgres(run, server);
        else
            test_skip("no PostgreSQL in TANDEM_TEST_POSTGRES");
        return;
    }
    struct arena a;
    arena_init(&a, 0);
    str rest = str_from_c(stores);
    str one;
    while (str_next(&rest, ',', &one)) {
        if (str_eq(one, S("sqlite")))
            test_sqlite_store(run);
        else
            run_postgres(run, str_to_c(&a, one));
    }
    arena_free(&a);
}

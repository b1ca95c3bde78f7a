/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the audit trail says how the nightly look at its chain went; on both engines. */
#include "base/test.h"
#include "product.h"
#include "web.sql.h"
#include "web/audit.h"
#include "web/job.h"
#include "world.h"

static struct product product;
static int64_t town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        run();
    }
    product_close(&product);
}

/* Something that happened; or, as if somebody had written into the table, something that did not.
 */
static void write_row(bool forged)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    if (forged)
        audit_insert(&tx, &(struct audit_insert_in){ .id = 1000000,
                                                     .city = town,
                                                     .at = tx.now,
                                                     .actor = S("system"),
                                                     .action = S("city.change"),
                                                     .object = town,
                                                     .detail = S(""),
                                                     .prev_hash = S("x"),
                                                     .hash = S("y") });
    else
        audit_add(&tx, (struct audit_by){ town, 0 }, S("city.change"), town, S(""));
    ok(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

static void verify(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .app = &product.app, .arena = &a };
    enum err e = job_run_now(&product.app, S("audit.verify"), &run);
    (void)e; /* a broken chain is a failed run */
    arena_free(&a);
}

static void the_page_says_whether_it_holds_here(void)
{
    struct visitor auditor = product_sign_in(&product, world_account(&product, town, "auditor", 0));
    const char *page = "/stadt/buero/protokoll";
    write_row(false);
    write_row(false);
    struct answer a = get(&product, &auditor, page);
    ok(answer_says(&a, "bisher noch nicht"));
    verify();
    a = get(&product, &auditor, page);
    ok(answer_says(&a, "Die Kette ist unversehrt"));
    write_row(true);
    verify();
    a = get(&product, &auditor, page);
    ok(answer_says(&a, "Die Kette ist gerissen"));
    ok(!answer_says(&a, "Die Kette ist unversehrt"));
}
ON_EACH_STORE(the_page_says_whether_it_holds)

static const struct test tests[] = {
    TEST(the_page_says_whether_it_holds),
};
TEST_MAIN(tests)

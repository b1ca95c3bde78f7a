/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index follows the database: what another process commits is found within a second, however
 * long ago it was changed; and what has been read is not put into the index again. The store of the
 * test is another process to the program, whose own it is not.
 */
#include "feature/search/index.h"

#include <time.h>

#include "base/clock.h"
#include "base/test.h"
#include "db/engine.h"
#include "product.h"
#include "tables.h"
#include "world.h"

#define SECOND 1000000      /* of clock_ticks() */
#define SOON   (2 * SECOND) /* a second, and one for a machine that is busy */
#define EDITED 20           /* offers that are changed one after the other */

static struct product product;
static int64_t town, organisation;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        run();
    }
    product_close(&product);
}

static int64_t offer(const char *title)
{
    return world_offer(&product, &(struct world_offer){ town, organisation, NULL, title });
}

/* A change of offers by some process. */
static void change(struct store *store, str sql)
{
    const char *text = str_to_c(&t_arena, sql);
    struct stmt s = { .name = "test", .sqlite = text, .postgres = text, .id = DB_STMT_RARE };
    struct arena a;
    struct tx tx;
    s.writes.w[TABLE_opportunity / 64] = UINT64_C(1) << TABLE_opportunity % 64;
    arena_init(&a, 0);
    must(tx_begin(store, &a, &tx) == ERR_OK);
    must(tx_run(&tx, &s, NULL) > 0);
    must(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

static void rename_offer(struct store *store, int64_t id, const char *title, int64_t changed_at)
{
    change(store, str_fmt(&t_arena,
                          "UPDATE opportunity SET title = '%s', changed_at = %lld WHERE id = %lld",
                          title, (long long)changed_at, (long long)id));
}

static bool finds(const char *word, const char *title)
{
    struct answer a =
        get(&product, NULL, str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/angebote?q=%s", word)));
    return a.status == 200 && answer_says(&a, title);
}

/* Asks until it is found; how long that took, or ten seconds. */
static int64_t found_after(const char *word, const char *title)
{
    int64_t begun = clock_ticks();
    while (!finds(word, title) && clock_ticks() - begun < 10 * SECOND)
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    int64_t took = clock_ticks() - begun;
    printf("# found after %lld ms\n", (long long)took / 1000);
    return took;
}

static void finds_what_another_process_commits_here(void)
{
    int64_t id = offer("Vorlesen");
    ok(finds("vorlesen", "Vorlesen"));
    rename_offer(product.store->store, id, "Drachenfliegen", clock_now());
    ok(found_after("drachenfliegen", "Drachenfliegen") < SOON);
    ok(!finds("vorlesen", "Vorlesen"));
    change(product.store->store,
           str_fmt(&t_arena,
                   "UPDATE opportunity SET state = 'paused', changed_at = %lld WHERE id = %lld",
                   (long long)clock_now(), (long long)id));
    int64_t begun = clock_ticks();
    while (finds("drachenfliegen", "Drachenfliegen") && clock_ticks() - begun < 10 * SECOND)
        ;
    ok(clock_ticks() - begun < SOON);
}
ON_EACH_STORE(finds_what_another_process_commits)

/* A transaction was open for a minute; meanwhile others have committed what they changed later. */
static void finds_what_was_changed_long_ago_here(void)
{
    int64_t slow = offer("Vorlesen"), quick = offer("Einkaufen");
    int64_t changed_at = clock_now() - 60;
    rename_offer(product.app.store, quick, "Gassigehen", clock_now());
    ok(finds("gassigehen", "Gassigehen"));
    rename_offer(product.store->store, slow, "Drachenfliegen", changed_at);
    ok(found_after("drachenfliegen", "Drachenfliegen") < SOON);
    rename_offer(product.app.store, slow, "Kastanienbasteln", changed_at - 1);
    ok(found_after("kastanienbasteln", "Kastanienbasteln") < SOON);
    ok(finds("gassigehen", "Gassigehen"));
}
ON_EACH_STORE(finds_what_was_changed_long_ago)

/* Within a second changed_at cannot tell two changes apart. */
static void finds_the_last_of_many_changes_here(void)
{
    int64_t id = offer("Vorlesen");
    char title[] = "Aufgabe A";
    int found = 0;
    for (int i = 0; i < EDITED; i++) {
        title[8] = (char)('A' + i);
        rename_offer(product.app.store, id, title, clock_now());
        found += finds("aufgabe", title);
    }
    eq_int(found, EDITED);
}
ON_EACH_STORE(finds_the_last_of_many_changes)

static void puts_nothing_twice_here(void)
{
    for (int i = 0; i < EDITED; i++)
        rename_offer(product.app.store, offer("Vorlesen"), "Besuchen", clock_now());
    struct match *m = index_match(product.app.search);
    struct match_stats before = match_stats(m);
    change(product.app.store,
           str_fmt(&t_arena, "UPDATE opportunity SET contact_name = 'N', changed_at = %lld",
                   (long long)clock_now()));
    struct match_stats after = match_stats(m);
    eq_int((int64_t)after.offers, EDITED);
    eq_int((int64_t)after.dead, (int64_t)before.dead);
    eq_int((int64_t)after.parts, (int64_t)before.parts);
    eq_int((int64_t)after.bytes, (int64_t)before.bytes);
}
ON_EACH_STORE(puts_nothing_twice)

static const struct test tests[] = {
    TEST(finds_what_another_process_commits),
    TEST(finds_what_was_changed_long_ago),
    TEST(finds_the_last_of_many_changes),
    TEST(puts_nothing_twice),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Searching in the moments after a start, on both engines: the index is filled while the program
 * already answers, and nobody gets half of it.
 */
#include "base/test.h"
#include "product.h"
#include "world.h"

#define STARTS 12

static void first_lists_are_whole(const struct test_store *store)
{
    struct product product;
    for (int i = 0; i < STARTS; i++) {
        must(product_open(&product, store, NULL));
        struct answer a = get(&product, NULL, "/stadt/angebote");
        ok(answer_says(&a, "Vorlesen im Altbau"));
        a = get(&product, NULL, "/stadt/angebote?q=altbau");
        ok(answer_says(&a, "Vorlesen im Altbau"));
        product_close(&product);
    }
}

/* Its page needs no index: with numbers or without them, it has the fields. */
static void home_does_not_wait(const struct test_store *store)
{
    struct product product;
    must(product_open(&product, store, NULL));
    struct answer early = get(&product, NULL, "/stadt/");
    ok(answer_says(&early, "/stadt/angebote?field="));
    struct answer list = get(&product, NULL, "/stadt/angebote"); /* filled from here on */
    ok(list.status == 200);
    struct answer later = get(&product, NULL, "/stadt/"); /* the early page was not kept */
    ok(answer_says(&later, "t-count"));
    product_close(&product);
}

/* What is written while the index is filled is in it as well. */
static void early_writes_are_found(const struct test_store *store, int64_t town,
                                   int64_t organisation)
{
    struct product product;
    for (int i = 0; i < STARTS; i++) {
        const char *title =
            str_to_c(&t_arena, str_fmt(&t_arena, "Neubau%c betreuen", (char)('a' + i)));
        const char *search =
            str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/angebote?q=Neubau%c", (char)('a' + i)));
        must(product_open(&product, store, NULL));
        world_offer(&product, &(struct world_offer){
                                  .town = town, .organisation = organisation, .title = title });
        struct answer a = get(&product, NULL, search);
        ok(answer_says(&a, title));
        product_close(&product);
    }
}

static void answers_while_it_fills_on(struct test_store *store)
{
    struct product product;
    must(product_open(&product, store, NULL));
    int64_t town = world_town(&product, "stadt", "Musterstadt");
    int64_t organisation = world_organisation(&product, town, "Musterverein");
    world_offer(&product, &(struct world_offer){ .town = town,
                                                 .organisation = organisation,
                                                 .title = "Vorlesen im Altbau" });
    product_close(&product);
    first_lists_are_whole(store);
    home_does_not_wait(store);
    early_writes_are_found(store, town, organisation);
}

TEST_EACH_STORE(answers_while_it_fills)

static const struct test tests[] = { TEST(answers_while_it_fills) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* The feature NAME: what the office enters, the public reads; nobody else may enter. */
#include "base/test.h"
#include "product.h"
#include "world.h"

static void run(struct test_store *store)
{
    struct product p;
    ok(product_open(&p, store, NULL));
    int64_t town = world_town(&p, "stadt", "Stadt");
    struct visitor office = product_sign_in(&p, world_account(&p, town, "office_staff", 0));
    const struct http_field fields[] = { { S("title"), S("Ein Anfang") },
                                         { S("body_md"), S("**Text**") },
                                         LAST_FIELD };
    const struct http_field empty[] = { { S("title"), S("") }, LAST_FIELD };
    eq_int(post(&p, NULL, "/stadt/buero/NAME/neu", fields).status, 401);
    eq_int(post(&p, &office, "/stadt/buero/NAME/neu", empty).status, 422);
    struct answer made = post(&p, &office, "/stadt/buero/NAME/neu", fields);
    eq_int(made.status, 303);
    struct answer list = get(&p, NULL, "/stadt/NAME");
    ok(answer_says(&list, "Ein Anfang"));
    struct answer shown = get(&p, NULL, str_to_c(&t_arena, header_of(&made, S("Location"))));
    eq_int(shown.status, 200);
    ok(answer_says(&shown, "<strong>Text</strong>"));
    product_close(&p);
}

static void enters_and_reads(void)
{
    test_each_store(run);
}

static const struct test tests[] = { TEST(enters_and_reads) };
TEST_MAIN(tests)

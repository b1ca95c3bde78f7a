/* SPDX-License-Identifier: EUPL-1.2 */
/* The finder on both engines: what fits comes first and says why, what must not be stays out. */
#include "base/test.h"
#include "product.h"
#include "world.h"

/* The body of the API is no form, so it is asked for beneath the usual requests. */
static struct answer match(struct product *p, const char *body)
{
    return product_ask(p, &(struct ask){ .method = HTTP_POST,
                                         .target = "/api/v1/stadt/matches",
                                         .body = str_from_c(body),
                                         .without_token = true });
}

static void ranks(struct product *p)
{
    struct answer a = match(p, "{\"fields\":{\"like\":[\"children_youth\"]}}");
    eq_int(a.status, 200);
    ok(answer_says(&a, "\"total\":1"));
    ok(answer_says(&a, "was Ihnen wichtig ist"));
    ok(answer_says(&a, "\"misses\":[]"));
    a = match(p, "{\"fields\":{\"like\":[\"sport\"]}}");
    ok(answer_says(&a, "\"total\":1"));
    ok(answer_says(&a, "Das Thema ist ein anderes."));
    a = match(p, "{\"fields\":{\"never\":[\"children_youth\"]}}");
    ok(answer_says(&a, "\"total\":0"));
    ok(answer_says(&a, "\"excluded\":[\"Ein Angebot ist etwas, das Sie nicht"));
}

static void complains(struct product *p)
{
    struct answer a = match(p, "{\"fields\":[\"sport\"]}");
    eq_int(a.status, 422);
    ok(answer_says(&a, "\"fields\":\"Das verstehen wir nicht"));
    eq_int(match(p, "[]").status, 422);
    eq_int(match(p, "").status, 422);
    eq_int(match(p, "{\"age\":1000}").status, 422);
    eq_int(match(p, "{\"near\":\"Nirgendsheim\"}").status, 422);
    eq_int(match(p, "{\"languages\":[{\"code\":\"xx\"}]}").status, 422);
    eq_int(match(p, "{\"from\":\"2026-13-01\"}").status, 422);
    eq_int(match(p, "{\"certificate\":\"gold\"}").status, 422);
}

/* A page can be reached by its address alone, and carries the answers of the other questions. */
static void asks(struct product *p)
{
    for (int step = 1; step <= 6; step++) {
        struct answer a =
            get(p, NULL, world_path("/stadt/passt?step={id}&field=sport&grid=mo-noon", step));
        eq_int(a.status, 200);
        bool hidden = answer_says(&a, "type=\"hidden\" name=\"field\" value=\"sport\"");
        ok(hidden == (step != 1));
        hidden = answer_says(&a, "type=\"hidden\" name=\"grid\" value=\"mo-noon\"");
        ok(hidden == (step != 5));
    }
    struct answer a = get(p, NULL, "/stadt/passt?step=result&field=children_youth&other=kept");
    ok(answer_says(&a, "t-why__list"));
    ok(answer_says(&a, "/stadt/angebote?field=children_youth\""));
    a = get(p, NULL, "/stadt/passt?step=99&page=999");
    eq_int(a.status, 200);
}

static void run(struct test_store *store)
{
    struct product p;
    ok(product_open(&p, store, NULL));
    int64_t town = world_town(&p, "stadt", "Stadt");
    int64_t far = world_town(&p, "anderswo", "Anderswo");
    world_offer(&p, &(struct world_offer){ town, world_organisation(&p, town, "Verein"), NULL,
                                           "Vorlesen" });
    world_offer(
        &p, &(struct world_offer){ far, world_organisation(&p, far, "Fern"), NULL, "Woanders" });
    ranks(&p);
    complains(&p);
    asks(&p);
    product_close(&p);
}

static void finds_what_fits(void)
{
    test_each_store(run);
}

static const struct test tests[] = { TEST(finds_what_fits) };
TEST_MAIN(tests)

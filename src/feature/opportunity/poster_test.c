/* SPDX-License-Identifier: EUPL-1.2 */
/* Posters: who gets one, and that a crowd does not keep the workers busy. */
#include "feature/opportunity/opportunity.h"

#include "base/test.h"
#include "feature/opportunity/short.h"
#include "product.h"
#include "world.h"

static struct product p;
static int64_t town;
static int64_t organisation;

static void with_product(void (*run)(void), struct test_store *store)
{
    if (product_open(&p, store, NULL)) {
        town = world_town(&p, "hier", "Hier");
        organisation = world_organisation(&p, town, "Musterverein");
        run();
    }
    product_close(&p);
}

static int64_t offer(const char *state)
{
    return world_offer(&p, &(struct world_offer){ town, organisation, state, "Vorlesen üben" });
}

static void a_public_offer_has_a_poster_here(void)
{
    int64_t id = offer(NULL);
    struct answer a = get(&p, NULL, world_path("/hier/angebote/{id}/poster.pdf", id));
    if (!p.app.helper) {
        eq_int(a.status, 503);
        test_skip("the program is not built: there is no helper");
        return;
    }
    eq_int(a.status, 200);
    eq_str(header_of(&a, S("Content-Type")), S("application/pdf"));
    ok(str_find(header_of(&a, S("Content-Disposition")), S("vorlesen-ueben.pdf")) > 0);
    ok(str_starts(a.body, S("%PDF-")));
    struct answer strips = get(&p, NULL, world_path("/hier/angebote/{id}/poster.pdf?strips=1", id));
    ok(strips.body.n > a.body.n);
}
ON_EACH_STORE(a_public_offer_has_a_poster)

static void others_have_none_here(void)
{
    int64_t id = offer("draft");
    int64_t staff = world_account(&p, town, "office_staff", 0);
    struct visitor who = product_sign_in(&p, staff);
    eq_int(get(&p, NULL, world_path("/hier/angebote/{id}/poster.pdf", id)).status, 404);
    eq_int(get(&p, NULL, "/hier/angebote/12/poster.pdf").status, 404);
    eq_int(get(&p, &who, world_path("/hier/angebote/{id}/poster.pdf", id)).status,
           p.app.helper ? 200 : 503);
}
ON_EACH_STORE(others_have_none)

static void a_crowd_has_to_wait_here(void)
{
    int status = 0;
    int64_t id = offer(NULL);
    p.app.helper = "/bin/false"; /* what is limited is asking, not what comes of it */
    for (int i = 0; i < 30 && status != 429; i++)
        status = get(&p, NULL, world_path("/hier/angebote/{id}/poster.pdf", id)).status;
    eq_int(status, 429);
}
ON_EACH_STORE(a_crowd_has_to_wait)

static void a_short_address_leads_to_the_offer_here(void)
{
    int64_t id = offer(NULL);
    str path = str_join(&t_arena, S("/hier/k/"), short_fmt(&t_arena, id));
    struct answer a = get(&p, NULL, str_to_c(&t_arena, path));
    eq_int(a.status, 303);
    eq_str(header_of(&a, S("Location")),
           str_from_c(world_path("/hier/angebote/{id}?via=paper", id)));
    eq_int(get(&p, NULL, "/hier/k/u").status, 404);
}
ON_EACH_STORE(a_short_address_leads_to_the_offer)

static const struct test tests[] = {
    TEST(a_public_offer_has_a_poster),
    TEST(others_have_none),
    TEST(a_crowd_has_to_wait),
    TEST(a_short_address_leads_to_the_offer),
};
TEST_MAIN(tests)

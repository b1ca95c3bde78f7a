/* SPDX-License-Identifier: EUPL-1.2 */
/* The remembered list on both engines: the cookie is all there is, and pages follow it at once. */
#include "base/test.h"
#include "product.h"
#include "world.h"

static int64_t town, offer, filled;

/* A page as the browser with this list sees it. */
static struct answer with_list(struct product *p, const char *target, int64_t id)
{
    const struct http_field cookie[] = {
        { S("Cookie"), str_fmt(&t_arena, "remember-stadt=%lld", (long long)id) }, LAST_FIELD
    };
    return product_ask(p, &(struct ask){ .target = target, .headers = cookie });
}

static void remembers(struct product *p)
{
    const struct http_field add[] = { { S("add"), str_fmt(&t_arena, "%lld", (long long)offer) },
                                      { S("back"), S("/stadt/angebote?q=Vorlesen") },
                                      LAST_FIELD };
    uint64_t before = product_moment(p);
    struct answer a = post(p, NULL, "/stadt/merkliste", add);
    eq_int(a.status, 303);
    str value = S("");
    ok(answer_cookie(&a, S("remember-stadt"), &value));
    eq_str(value, str_fmt(&t_arena, "%lld", (long long)offer));
    ok(str_starts(header_of(&a, S("Location")), S("/stadt/angebote?q=Vorlesen#angebot-")));
    eq_int(product_moment(p), before); /* nothing is written */
    const struct http_field away[] = { { S("add"), S("7") },
                                       { S("back"), S("https://evil.example/") },
                                       LAST_FIELD };
    a = post(p, NULL, "/stadt/merkliste", away);
    eq_str(header_of(&a, S("Location")), S("/stadt/merkliste"));
}

static void shows(struct product *p)
{
    struct answer plain = get(p, NULL, "/stadt/angebote");
    struct answer mine = with_list(p, "/stadt/angebote", offer);
    ok(!answer_says(&plain, "t-remember--on"));
    ok(answer_says(&mine, "t-remember--on"));
    plain = get(p, NULL, "/stadt/angebote"); /* one reader's page is not kept for others */
    ok(!answer_says(&plain, "t-remember--on"));
    mine = with_list(p, "/stadt/merkliste", offer);
    ok(answer_says(&mine, "Vorlesen"));
    eq_str(header_of(&mine, S("Cache-Control")), S("no-store"));
    mine = with_list(p, "/stadt/merkliste", filled);
    ok(answer_says(&mine, "hat genug Menschen gefunden"));
    mine = with_list(p, "/stadt/merkliste", 1);
    ok(answer_says(&mine, "noch nichts"));
    mine = with_list(p, "/stadt/merkliste.json", offer);
    ok(answer_says(&mine, "\"total\":1"));
}

/* Drafts are nobody's business, whatever ids somebody tries. */
static void keeps_secrets(struct product *p)
{
    int64_t organisation = world_organisation(p, town, "Still");
    int64_t draft =
        world_offer(p, &(struct world_offer){ town, organisation, "draft", "Streng geheim" });
    struct answer a = get(p, NULL, world_path("/stadt/merkliste?ids={id}", draft));
    eq_int(a.status, 200);
    ok(!answer_says(&a, "Streng geheim"));
}

static void run(struct test_store *store)
{
    struct product p;
    ok(product_open(&p, store, NULL));
    town = world_town(&p, "stadt", "Stadt");
    int64_t organisation = world_organisation(&p, town, "Verein");
    offer = world_offer(&p, &(struct world_offer){ town, organisation, NULL, "Vorlesen" });
    filled = world_offer(&p, &(struct world_offer){ town, organisation, NULL, "Besetzt" });
    struct visitor office = product_sign_in(&p, world_account(&p, town, "office_staff", 0));
    const struct http_field fill[] = { { S("step"), S("fill") }, LAST_FIELD };
    eq_int(post(&p, &office, world_path("/stadt/buero/angebote/{id}/status", filled), fill).status,
           303);
    remembers(&p);
    shows(&p);
    keeps_secrets(&p);
    product_close(&p);
}

static void remembers_in_the_browser(void)
{
    test_each_store(run);
}

static const struct test tests[] = { TEST(remembers_in_the_browser) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An offer that nobody has confirmed for 90 days appears nowhere public, whether the job has run
 * or not: every address that everybody may open is asked, as page and as JSON, and a fresh offer
 * shows that the question would have been answered.
 */
#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/opportunity.h"
#include "product.h"
#include "web/router.h"
#include "world.h"

#define OLD   "Altbacken vorlesen"
#define YOUNG "Taufrisch vorlesen"

static struct product product;
static int64_t town, organisation;
static int64_t old, young;

struct making {
    int64_t confirmed_at;
    const char *title;
    int64_t id;
};

/* As an import would bring it: dated, with a point on the map and a beginning. */
static void make(struct tx *tx, void *ctx)
{
    struct making *m = ctx;
    struct opp_arrival a = { .city_id = town,
                             .organisation_id = organisation,
                             .state = S("published"),
                             .confirmed_at = m->confirmed_at,
                             .published_at = m->confirmed_at,
                             .confirmed_by = S("contact") };
    struct opp_form f = { .title = str_from_c(m->title),
                          .summary = str_from_c(m->title),
                          .tasks_md = str_from_c(m->title),
                          .time = S("up_to_2h"),
                          .place_kind = S("fixed"),
                          .fields = 1,
                          .starts_on = S("2099-01-01"),
                          .lat = { true, 53.86 },
                          .lon = { true, 10.68 },
                          .certificate = S("none"),
                          .expenses = S("none"),
                          .contact_mail = S("kontakt@verein.example") };
    m->id = opportunity_new(tx, &a, &f);
}

static int64_t offer_of_age(int days, const char *title)
{
    struct local_time t = clock_local(clock_now());
    t.day = day_add(t.day, -days);
    struct making m = { .confirmed_at = clock_instant(t), .title = title };
    must(tx_do(product.app.store, &t_arena, make, &m) == ERR_OK);
    return m.id;
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        old = offer_of_age(90, OLD);
        young = offer_of_age(89, YOUNG);
        run();
    }
    product_close(&product);
}

/* The route's address with this offer, or the organisation, for {id}; NULL: it needs more. */
static const char *address(const struct route *r, int64_t offer)
{
    str path = str_from_c(r->path);
    ptrdiff_t at = str_find(path, S("{id}"));
    const char *town_path = r->scope == IN_CITY ? "/stadt" : "";
    if (at < 0)
        return str_find_byte(path, '{') >= 0
                   ? NULL
                   : str_to_c(&t_arena, str_fmt(&t_arena, "%s%s", town_path, r->path));
    bool offers = str_starts(path, S("/angebote/"));
    str rest = str_slice(path, (size_t)at + 4, path.n);
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s%.*s%lld%.*s", town_path, (int)at, path.p,
                                      (long long)(offers ? offer : organisation), STR_FMT(rest)));
}

static struct answer ask(const char *target, bool json)
{
    static unsigned caller; /* limits of rate are not what is looked at here */
    static const struct http_field as_json[] = {
        { STR_INIT("Accept"), STR_INIT("application/json") }, LAST_FIELD
    };
    caller++;
    return product_ask(&product, &(struct ask){ .method = HTTP_GET,
                                                .target = target,
                                                .headers = json ? as_json : NULL,
                                                .peer = str_fmt(&t_arena, "10.%u.%u.1",
                                                                caller / 250, caller % 250) });
}

/* Whether the answer names the offer: by its title or its number. */
static bool names(const struct answer *a, const char *title, int64_t id)
{
    str number = str_fmt(&t_arena, "%lld", (long long)id);
    return a->status == 200 &&
           (str_find(a->body, str_from_c(title)) >= 0 || str_find(a->body, number) >= 0);
}

static void nothing_old_is_public_here(void)
{
    struct router_list all = router_all(product.app.router);
    size_t shown = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct route *r = all.v[i];
        if (r->method != HTTP_GET || r->access.kind != ACCESS_ANYONE || !address(r, old))
            continue;
        for (int json = 0; json < 2; json++) {
            struct answer stale = ask(address(r, old), json);
            test_check(!names(&stale, OLD, old), r->path, __FILE__, __LINE__);
            struct answer fresh = ask(address(r, young), json);
            shown += names(&fresh, YOUNG, young);
        }
    }
    ok(shown >= 14); /* home, list, page, feeds, calendar, sitemap, map, interest … */
}
ON_EACH_STORE(nothing_old_is_public)

static void its_own_addresses_know_nothing_here(void)
{
    static const char *const paths[] = { "/stadt/angebote/{id}",
                                         "/stadt/angebote/{id}.json",
                                         "/stadt/angebote/{id}.ics",
                                         "/stadt/angebote/{id}/interesse",
                                         "/stadt/angebote/{id}/poster.pdf",
                                         "/stadt/angebote/{id}/aehnliche",
                                         "/api/v1/stadt/opportunities/{id}",
                                         "/api/v1/stadt/opportunities/{id}/similar" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        eq_int(ask(world_path(paths[i], old), false).status, 404);
        ok(ask(world_path(paths[i], young), false).status != 404);
    }
    struct answer list = ask("/api/v1/stadt/opportunities?q=vorlesen&per=100", true);
    ok(names(&list, YOUNG, young) && !names(&list, OLD, old));
    ok(str_find(list.body, S("\"total\":1,")) >= 0);
}
ON_EACH_STORE(its_own_addresses_know_nothing)

static const struct test tests[] = {
    TEST(nothing_old_is_public),
    TEST(its_own_addresses_know_nothing),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* Small things of a town's pages; what needs a server is in test/scenario/city.txt. */
#include "feature/city/city.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/city/pages.h"
#include "web/app.h"
#include "web/router.h"

static void knows_the_land_of_a_key(void)
{
    eq_str(city_land_of(S("01003000")), S("SH"));
    eq_str(city_land_of(S("03355")), S("NI"));
    eq_str(city_land_of(S("07232018")), S("RP"));
    eq_str(city_land_of(S("16")), S("TH"));
    eq_str(city_land_of(S("17000000")), S(""));
    eq_str(city_land_of(S("00")), S(""));
    eq_str(city_land_of(S("x1")), S(""));
    eq_str(city_land_of(S("")), S(""));
}

static int64_t noon(int year, int month, int day)
{
    return clock_instant((struct local_time){ .day = { year, month, day }, .hour = 12 });
}

static void a_report_is_due_after_a_month(void)
{
    eq_int(report_due(noon(2026, 11, 22)), noon(2026, 12, 22));
    eq_int(report_due(noon(2026, 12, 15)), noon(2027, 1, 15));
    eq_int(report_due(noon(2027, 1, 31)), noon(2027, 2, 28));
    eq_int(report_due(noon(2028, 1, 30)), noon(2028, 2, 29));
    eq_int(report_due(noon(2026, 3, 10)), noon(2026, 4, 10)); /* over the change of the clock */
}

static void says_times_as_people_do(void)
{
    struct rq rq = { .arena = &t_arena, .lang = LANG_DE };
    eq_str(office_clock(&rq, S("09:00")), S("9"));
    eq_str(office_clock(&rq, S("09:30")), S("9:30"));
    eq_str(office_clock(&rq, S("10:00")), S("10"));
    rq.lang = LANG_EN;
    eq_str(office_clock(&rq, S("09:00")), S("9:00"));
    rq.lang = LANG_DE;
    struct office_hours_row h = { .opens = S("09:00"), .closes = S("12:30") };
    eq_str(office_hours_text(&rq, &h), S("9–12:30 Uhr"));
    h.note = S("auch per Video");
    eq_str(office_hours_text(&rq, &h), S("9–12:30 Uhr, auch per Video"));
    h.opens = h.closes = S("");
    eq_str(office_hours_text(&rq, &h), S("auch per Video"));
}

static void page(struct rq *rq)
{
    (void)rq;
}

static const struct route routes[] = {
    GET("/ueber", page, ANYONE, .scope = IN_NETWORK),
    GET("/angebote", page, ANYONE),
    { 0 },
};
static const struct feature feature = { .name = "test", .routes = routes };
static const struct feature *const features[] = { &feature, 0 };

static void an_address_is_short_plain_and_free(void)
{
    static struct app app;
    app.router = router_new(&t_arena, features);
    ok(city_slug_valid(&app, S("luebeck")));
    ok(city_slug_valid(&app, S("bad-segeberg")));
    ok(city_slug_valid(&app, S("angebote"))); /* a page of towns, not of the network */
    ok(!city_slug_valid(&app, S("ueber")));
    ok(!city_slug_valid(&app, S("api")));
    ok(!city_slug_valid(&app, S("assets")));
    ok(!city_slug_valid(&app, S("Lübeck")));
    ok(!city_slug_valid(&app, S("LUEBECK")));
    ok(!city_slug_valid(&app, S("-luebeck")));
    ok(!city_slug_valid(&app, S("luebeck-")));
    ok(!city_slug_valid(&app, S("lue/beck")));
    ok(!city_slug_valid(&app, S("a")));
    ok(!city_slug_valid(&app, S("")));
}

static const struct test tests[] = {
    TEST(knows_the_land_of_a_key),
    TEST(a_report_is_due_after_a_month),
    TEST(says_times_as_people_do),
    TEST(an_address_is_short_plain_and_free),
};
TEST_MAIN(tests)

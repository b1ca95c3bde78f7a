/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"

#include "base/test.h"

static void numbers_every_day(void)
{
    struct day d = { 1, 1, 1 };
    bool good = true;
    for (int64_t n = day_number(d); d.year < 3000; n++, d = day_from_number(n))
        good = good && day_number(d) == n && day_valid(d);
    ok(good);
    eq_int(day_number((struct day){ 1970, 1, 1 }), 0);
    eq_int(day_weekday((struct day){ 2026, 11, 22 }), 6);
}

static void knows_summer_time(void)
{
    /* 2026: from 29 March to 25 October, 01:00 UTC each. */
    int64_t spring = day_number((struct day){ 2026, 3, 29 }) * 86400 + 3600;
    eq_int(clock_local(spring - 1).hour, 1);
    eq_int(clock_local(spring).hour, 3);
    int64_t autumn = day_number((struct day){ 2026, 10, 25 }) * 86400 + 3600;
    eq_int(clock_local(autumn - 1).hour, 2);
    eq_int(clock_local(autumn).hour, 2);
    struct local_time noon = { { 2026, 7, 1 }, 12, 0, 0 };
    eq_int(clock_local(clock_instant(noon)).hour, 12);
    struct local_time winter = { { 2026, 12, 1 }, 12, 0, 0 };
    eq_int(clock_local(clock_instant(winter)).hour, 12);
    struct local_time skipped = { { 2026, 3, 29 }, 2, 30, 0 };
    eq_int(clock_local(clock_instant(skipped)).hour, 3);
}

static void reads_days_as_people_write_them(void)
{
    struct day today = { 2026, 11, 22 };
    struct day d;
    ok(day_parse(S("3.12."), today, &d) &&
       day_number(d) == day_number((struct day){ 2026, 12, 3 }));
    ok(day_parse(S("3.1."), today, &d) && d.year == 2027);
    ok(day_parse(S("03.12.2026"), today, &d) && d.month == 12);
    ok(day_parse(S(" 3. Dezember 27 "), today, &d) && d.year == 2027 && d.month == 12);
    ok(day_parse(S("1. M\xc3\xa4rz 2027"), today, &d) && d.month == 3);
    ok(day_parse(S("1. Maerz 2027"), today, &d) && d.month == 3);
    ok(day_parse(S("2028-02-29"), today, &d) && d.day == 29);
    ok(!day_parse(S("29.2.2027"), today, &d) && !day_parse(S("35.05.2040"), today, &d) &&
       !day_parse(S("morgen"), today, &d) && !day_parse(S(""), today, &d) &&
       !day_parse(S("1.1.026"), today, &d));
}

static void formats(void)
{
    eq_str(instant_iso(&t_arena, 1795359845), S("2026-11-22T15:04:05Z"));
    eq_str(instant_http(&t_arena, 1795359845), S("Sun, 22 Nov 2026 15:04:05 GMT"));
    eq_str(day_iso(&t_arena, (struct day){ 2026, 1, 2 }), S("2026-01-02"));
}

static const struct test tests[] = { TEST(numbers_every_day), TEST(knows_summer_time),
                                     TEST(reads_days_as_people_write_them), TEST(formats) };
TEST_MAIN(tests)

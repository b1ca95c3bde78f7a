/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Public holidays against published years. Days were taken from the calendars that the Länder
 * publish, not from the rules: whole years of four Länder, and what differs in the others.
 */
#include "base/holiday.h"
#include "base/out.h"
#include "base/test.h"

static const char *const codes[] = { "SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW",
                                     "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH" };

/* All holidays of a year and Land, as "1.1. 3.4. …". */
static str year_of(int year, const char *land)
{
    struct out o = out_new(&t_arena, 4096);
    for (struct day d = { year, 1, 1 }; d.year == year; d = day_add(d, 1))
        if (holiday_find(d, str_from_c(land)))
            out_fmt(&o, "%d.%d. ", d.day, d.month);
    return str_trim(out_text(&o));
}

static void has_whole_years(void)
{
    eq_str(year_of(2026, ""), S("1.1. 3.4. 6.4. 1.5. 14.5. 25.5. 3.10. 25.12. 26.12."));
    eq_str(year_of(2026, "SH"), S("1.1. 3.4. 6.4. 1.5. 14.5. 25.5. 3.10. 31.10. 25.12. 26.12."));
    eq_str(year_of(2026, "BY"),
           S("1.1. 6.1. 3.4. 6.4. 1.5. 14.5. 25.5. 4.6. 3.10. 1.11. 25.12. 26.12."));
    eq_str(year_of(2025, "SN"),
           S("1.1. 18.4. 21.4. 1.5. 29.5. 9.6. 3.10. 31.10. 19.11. 25.12. 26.12."));
    eq_str(year_of(2024, "NW"),
           S("1.1. 29.3. 1.4. 1.5. 9.5. 20.5. 30.5. 3.10. 1.11. 25.12. 26.12."));
    eq_str(year_of(2027, "BB"),
           S("1.1. 26.3. 28.3. 29.3. 1.5. 6.5. 16.5. 17.5. 3.10. 31.10. 25.12. 26.12."));
}

static int lands_with(struct day d)
{
    int n = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        n += holiday_find(d, str_from_c(codes[i])) != HOLIDAY_NONE;
    return n;
}

static bool is(const char *land, int year, int month, int day)
{
    return holiday_find((struct day){ year, month, day }, str_from_c(land)) != HOLIDAY_NONE;
}

static void reformation_day_came_to_the_north(void)
{
    eq_int(lands_with((struct day){ 2016, 10, 31 }), 5);
    eq_int(lands_with((struct day){ 2017, 10, 31 }), 16);
    eq_int(lands_with((struct day){ 2018, 10, 31 }), 9);
    ok(!is("SH", 2016, 10, 31));
    ok(is("SH", 2018, 10, 31));
    ok(!is("BY", 2018, 10, 31));
    eq_int(holiday_find((struct day){ 2017, 10, 31 }, S("")), HOLIDAY_REFORMATION);
    eq_int(holiday_find((struct day){ 2026, 10, 31 }, S("")), HOLIDAY_NONE);
}

/* A Wednesday between 16 and 22 November, eleven days before Advent. */
static void repentance_is_saxon(void)
{
    static const struct day days[] = { { 2017, 11, 22 }, { 2022, 11, 16 }, { 2023, 11, 22 },
                                       { 2024, 11, 20 }, { 2025, 11, 19 }, { 2026, 11, 18 },
                                       { 2028, 11, 22 }, { 2033, 11, 16 } };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        eq_int(holiday_find(days[i], S("SN")), HOLIDAY_REPENTANCE);
        eq_int(lands_with(days[i]), 1);
    }
    for (int year = 1995; year < 2100; year++) {
        int n = 0;
        for (int day = 16; day <= 22; day++)
            n += is("SN", year, 11, day) && day_weekday((struct day){ year, 11, day }) == 2;
        eq_int(n, 1);
    }
}

static void corpus_christi_is_in_six(void)
{
    static const struct day days[] = { { 2024, 5, 30 }, { 2025, 6, 19 }, { 2026, 6, 4 } };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        eq_int(lands_with(days[i]), 6);
        eq_int(holiday_find(days[i], S("RP")), HOLIDAY_CORPUS_CHRISTI);
        eq_int(holiday_find(days[i], S("TH")), HOLIDAY_NONE);
        eq_int(holiday_find_local(days[i], S("TH")), HOLIDAY_CORPUS_CHRISTI);
        eq_int(holiday_find_local(days[i], S("RP")), HOLIDAY_NONE);
    }
}

static void others_differ(void)
{
    ok(is("BE", 2019, 3, 8) && !is("BE", 2018, 3, 8));
    ok(is("MV", 2023, 3, 8) && !is("MV", 2022, 3, 8) && !is("HH", 2026, 3, 8));
    ok(is("TH", 2019, 9, 20) && !is("TH", 2018, 9, 20) && !is("SN", 2026, 9, 20));
    ok(is("BE", 2020, 5, 8) && is("BE", 2025, 5, 8) && !is("BE", 2026, 5, 8));
    ok(is("BE", 2028, 6, 17) && !is("BE", 2027, 6, 17));
    ok(is("SL", 2026, 8, 15) && !is("BY", 2026, 8, 15));
    eq_int(holiday_find_local((struct day){ 2026, 8, 15 }, S("BY")), HOLIDAY_ASSUMPTION);
    eq_int(holiday_find_local((struct day){ 2026, 8, 8 }, S("BY")), HOLIDAY_PEACE);
    eq_int(lands_with((struct day){ 2026, 1, 6 }), 3);
    eq_int(lands_with((struct day){ 2026, 11, 1 }), 5);
}

static void knows_easter(void)
{
    static const struct day days[] = { { 2000, 4, 23 }, { 2008, 3, 23 }, { 2011, 4, 24 },
                                       { 2019, 4, 21 }, { 2026, 4, 5 },  { 2038, 4, 25 },
                                       { 2285, 3, 22 } }; /* the latest, the earliest */
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        eq_int(day_number(day_easter(days[i].year)), day_number(days[i]));
}

static void each_land_names_its_law(void)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        ok(holiday_law(str_from_c(codes[i])).n > 0);
    eq_int(holiday_law(S("")).n, 0);
}

static const struct test tests[] = {
    TEST(has_whole_years),         TEST(reformation_day_came_to_the_north),
    TEST(repentance_is_saxon),     TEST(corpus_christi_is_in_six),
    TEST(others_differ),           TEST(knows_easter),
    TEST(each_land_names_its_law),
};
TEST_MAIN(tests)

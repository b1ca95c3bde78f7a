/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening hours as people write them. */
#include "feature/city/hours.h"

#include "base/out.h"
#include "base/test.h"

/* All openings as "0 09:00 12:00 note|…", or what was not understood. */
static str read(const char *text)
{
    struct hours_list hours;
    str wrong = hours_parse(&t_arena, str_from_c(text), &hours);
    struct out o = out_new(&t_arena, 0);
    if (wrong.n)
        return str_join(&t_arena, S("? "), wrong);
    for (size_t i = 0; i < hours.n; i++) {
        const struct hours *h = &hours.v[i];
        out_fmt(&o, "%s%d %.*s-%.*s", i ? "|" : "", h->weekday, STR_FMT(h->opens),
                STR_FMT(h->closes));
        if (h->note.n)
            out_fmt(&o, " %.*s", STR_FMT(h->note));
    }
    return out_text(&o);
}

static void reads_one_line(void)
{
    eq_str(read("Mo 9-12"), S("0 09:00-12:00"));
    eq_str(read("Montag 9–12 Uhr"), S("0 09:00-12:00"));
    eq_str(read("di. 14.00 bis 16:30 Uhr"), S("1 14:00-16:30"));
    eq_str(read("So: 8 Uhr - 24 Uhr"), S("6 08:00-24:00"));
    eq_str(read("Wednesday 9:00 to 12:00"), S("2 09:00-12:00"));
    eq_str(read("Sonnabend 10–12"), S("5 10:00-12:00"));
    eq_str(read("Do 15–18 Uhr, auch per Video"), S("3 15:00-18:00 auch per Video"));
    eq_str(read("Do 15–18 Uhr, 1. Stock"), S("3 15:00-18:00 1. Stock"));
    eq_str(read("Mi nach Vereinbarung"), S("2 - nach Vereinbarung"));
}

static void reads_several_days_and_times(void)
{
    eq_str(read("Di, Do 9-12"), S("1 09:00-12:00|3 09:00-12:00"));
    eq_str(read("Mo–Mi 9-12"), S("0 09:00-12:00|1 09:00-12:00|2 09:00-12:00"));
    eq_str(read("Mo 9-12 und 13-15:30 Uhr"), S("0 09:00-12:00|0 13:00-15:30"));
    eq_str(read("Do 15-18\n\n Mo 13-15\nMo 9-12\r\n"),
           S("0 09:00-12:00|0 13:00-15:00|3 15:00-18:00"));
    eq_str(read(""), S(""));
}

static void names_what_it_does_not_understand(void)
{
    eq_str(read("Mo 9-12\nimmer"), S("? immer"));
    eq_str(read("Mo 12-9"), S("? Mo 12-9"));
    eq_str(read("Mo 9-25"), S("? Mo 9-25"));
    eq_str(read("Mo 9:75-12"), S("? Mo 9:75-12"));
    eq_str(read("Mo"), S("? Mo"));
    eq_str(read("9-12"), S("? 9-12"));
    eq_str(read("Mo–Fr 0-1, 1-2, 2-3, 3-4, 4-5, 5-6\nMo–Fr 6-7, 7-8, 8-9, 9-10, 10-11, 11-12, "
                "12-13, 13-14"),
           S("? Mo–Fr 6-7, 7-8, 8-9, 9-10, 10-11, 11-12, 12-13, 13-14"));
}

static const struct test tests[] = {
    TEST(reads_one_line),
    TEST(reads_several_days_and_times),
    TEST(names_what_it_does_not_understand),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* Working days and placeholders; what needs a database is in course_test.c. */
#include "base/test.h"
#include "feature/concern/days.h"
#include "feature/concern/pages.h"

static void is_day(struct day got, int year, int month, int day)
{
    eq_int(got.year * 10000 + got.month * 100 + got.day, year * 10000 + month * 100 + day);
}

static void counts_working_days(void)
{
    is_day(day_add_working((struct day){ 2026, 11, 23 }, 5), 2026, 11, 30); /* from a Monday */
    is_day(day_add_working((struct day){ 2026, 11, 22 }, 5), 2026, 11, 27); /* from a Sunday */
    is_day(day_add_working((struct day){ 2026, 11, 27 }, 1), 2026, 11, 30);
    is_day(day_add_working((struct day){ 2026, 12, 23 }, 5), 2026, 12, 31); /* 25 is a Friday */
    is_day(day_add_working((struct day){ 2026, 4, 1 }, 2), 2026, 4, 7);
    is_day(day_add_working((struct day){ 2026, 4, 1 }, 0), 2026, 4, 1);
}

static void finds_unknown_placeholders(void)
{
    eq_str(canned_unknown(S("Zu {nummer}, {name}: {ratgeber} {stelle} {stadt}")), S(""));
    eq_str(canned_unknown(S("Liebe {vorname}, danke")), S("{vorname}"));
    eq_str(canned_unknown(S("offen {")), S("{"));
    eq_str(canned_unknown(S("")), S(""));
}

static void fills_placeholders_in(void)
{
    struct city city = { .name = S("Musterstadt") };
    struct rq rq = { .arena = &t_arena, .lang = LANG_DE, .city = &city };
    struct concern_full c = { .number = S("2026-0042"), .name = S("Frau Beispiel") };
    struct concern_canned_row k = { .body = S("{name}: {nummer} in {stadt}, {stelle}.{ratgeber}") };
    eq_str(canned_fill(&rq, &k, &c), S("Frau Beispiel: 2026-0042 in Musterstadt, Musterstadt."));
    c.office = some_str(S("Büro {nummer}")); /* what is put in is not looked at again */
    eq_str(canned_fill(&rq, &k, &c), S("Frau Beispiel: 2026-0042 in Musterstadt, Büro {nummer}."));
}

static void history_for_outside_is_chosen(void)
{
    ok(status_is_public(&(struct event_row){ .verb = S("answer") }));
    ok(status_is_public(&(struct event_row){ .verb = S("hand_over") }));
    ok(!status_is_public(&(struct event_row){ .verb = S("assign") }));
    ok(!status_is_public(&(struct event_row){ .verb = S("") }));
}

static const struct test tests[] = {
    TEST(counts_working_days),
    TEST(finds_unknown_placeholders),
    TEST(fills_placeholders_in),
    TEST(history_for_outside_is_chosen),
};
TEST_MAIN(tests)

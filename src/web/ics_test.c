/* SPDX-License-Identifier: EUPL-1.2 */
/* Calendars: folding, escaping, days and German times. */
#include "web/ics.h"

#include "base/test.h"
#include "base/utf8.h"

static str calendar(const struct ics_event *e)
{
    struct out o = out_new(&t_arena, 0);
    struct ics ics = ics_new(&o, S("Probe"), e->begins != 0);
    ics_event(&ics, e);
    ics_done(&ics);
    return out_text(&o);
}

static bool has(str calendar, const char *line)
{
    return str_find(calendar, str_fmt(&t_arena, "\r\n%s\r\n", line)) >= 0;
}

static void whole_days_end_the_day_after(void)
{
    str c = calendar(
        &(struct ics_event){ .uid = S("1@x"), .from = { 2026, 12, 30 }, .to = { 2026, 12, 31 } });
    ok(has(c, "DTSTART;VALUE=DATE:20261230"));
    ok(has(c, "DTEND;VALUE=DATE:20270101"));
    ok(str_find(c, S("VTIMEZONE")) < 0);
    c = calendar(&(struct ics_event){ .uid = S("1@x"), .from = { 2028, 2, 28 } });
    ok(has(c, "DTEND;VALUE=DATE:20280229"));
}

static void times_are_german(void)
{
    int64_t summer = clock_instant((struct local_time){ .day = { 2026, 7, 1 }, .hour = 9 });
    str c = calendar(&(struct ics_event){
        .uid = S("1@x"), .changed = 1000000000, .begins = summer, .ends = summer + 5400 });
    ok(has(c, "DTSTART;TZID=Europe/Berlin:20260701T090000"));
    ok(has(c, "DTEND;TZID=Europe/Berlin:20260701T103000"));
    ok(has(c, "DTSTAMP:20010909T014640Z"));
    ok(has(c, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"));
}

static void text_cannot_break_out(void)
{
    str c = calendar(
        &(struct ics_event){ .uid = S("1@x"),
                             .from = { 2026, 1, 1 },
                             .summary = S("a;b,c\\d\r\nEND:VEVENT\x01\x7f\nBEGIN:VALARM") });
    ok(has(c, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\\nBEGIN:VALARM"));
    ok(!has(c, "BEGIN:VALARM"));
}

/* No line is longer than 75 octets, and each is valid UTF-8; unfolded it is what it was. */
static void folds_between_characters(void)
{
    struct out text = out_new(&t_arena, 0);
    for (int i = 0; i < 200; i++)
        out_str(&text, i % 3 ? S("ü") : S("€x"));
    str c = calendar(
        &(struct ics_event){ .uid = S("1@x"), .from = { 2026, 1, 1 }, .summary = out_text(&text) });
    struct out whole = out_new(&t_arena, 0);
    str rest = c;
    str line;
    while (str_next(&rest, '\n', &line)) {
        line = str_ends(line, S("\r")) ? str_slice(line, 0, line.n - 1) : line;
        ok(line.n <= 75);
        ok(utf8_valid(line));
        if (str_starts(line, S(" ")))
            out_str(&whole, str_slice(line, 1, line.n));
        else
            out_fmt(&whole, "\n%.*s", STR_FMT(line));
    }
    ok(str_find(out_text(&whole), str_join(&t_arena, S("\nSUMMARY:"), out_text(&text))) >= 0);
}

static const struct test tests[] = { TEST(whole_days_end_the_day_after), TEST(times_are_german),
                                     TEST(text_cannot_break_out), TEST(folds_between_characters) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* Calendars: folding, escaping, days and German times. */
#include "web/ics.h"

#include "base/test.h"
#include "base/utf8.h"
#include "web/ics_in.h"

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

/* A series, one of it moved and cancelled, as ics_in reads it again. */
static void series_and_single_ones(void)
{
    int64_t first = clock_instant((struct local_time){ .day = { 2026, 10, 20 }, .hour = 18 });
    struct out o = out_new(&t_arena, 0);
    struct ics ics = ics_new(&o, S("Probe"), true);
    ics_event(&ics, &(struct ics_event){ .uid = S("1@x"),
                                         .begins = first,
                                         .ends = first + 7200,
                                         .sequence = 3,
                                         .rule = S("FREQ=WEEKLY;UNTIL=20261103T225959Z") });
    ics_event(&ics, &(struct ics_event){ .uid = S("1@x"),
                                         .begins = first + 8 * 86400,
                                         .ends = first + 8 * 86400,
                                         .cancelled = true,
                                         .instead_at = first + 7 * 86400 + 3600 });
    ics_event(&ics, &(struct ics_event){
                        .uid = S("2@x"), .from = { 2026, 1, 2 }, .instead_on = { 2026, 1, 1 } });
    ics_done(&ics);
    str c = out_text(&o);
    ok(has(c, "RRULE:FREQ=WEEKLY;UNTIL=20261103T225959Z"));
    ok(has(c, "SEQUENCE:3"));
    ok(has(c, "RECURRENCE-ID;TZID=Europe/Berlin:20261027T180000"));
    ok(has(c, "STATUS:CANCELLED"));
    ok(has(c, "RECURRENCE-ID;VALUE=DATE:20260101"));
    struct ics_in in;
    str problem = S("");
    struct ics_instances found = { 0 };
    struct ics_window window = { .from = 0, .to = INT64_C(4102444800), .most = 10 };
    ok(ics_in_read(&t_arena, c, &in, &problem) == ERR_OK);
    ics_in_expand_one(&t_arena, &in, 0, &window, &found);
    eq_int(found.n, 3);
    eq_int(found.v[1].begins, first + 8 * 86400);
    ok(found.v[1].item->status == ICS_CANCELLED);
    eq_int(found.v[2].begins, first + 14 * 86400 + 3600);
}

static const struct test tests[] = { TEST(whole_days_end_the_day_after), TEST(times_are_german),
                                     TEST(text_cannot_break_out), TEST(folds_between_characters),
                                     TEST(series_and_single_ones) };
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading calendars: small ones of our own; those of python-recurring-ical-events, ical.js and
 * libical, and feeds as they are served, where they are (../shared); and what must hold of any
 * bytes at all.
 */
#include "web/ics_in.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/out.h"
#include "base/test.h"
#include "base/utf8.h"
#include "web/json_in.h"

#define CALENDARS "../shared/data/calendars/"

static const struct ics_window ever = { .from = INT64_MIN, .to = INT64_MAX, .most = 40 };

static struct ics_in read_good(str bytes)
{
    struct ics_in in;
    str problem = S("");
    ok(ics_in_read(&t_arena, bytes, &in, &problem) == ERR_OK);
    eq_str(problem, S(""));
    return in;
}

/* Content lines inside of a calendar. */
static struct ics_in read_lines(const char *lines)
{
    return read_good(str_fmt(&t_arena, "BEGIN:VCALENDAR\r\n%s\r\nEND:VCALENDAR\r\n", lines));
}

static void put_wall(struct out *o, int64_t wall, bool day)
{
    struct local_time t = recur_local(wall);
    out_fmt(o, "%04d-%02d-%02d", t.day.year, t.day.month, t.day.day);
    if (!day)
        out_fmt(o, "T%02d:%02d:%02d", t.hour, t.minute, t.second);
}

/* "start/end summary" of each instance, in German time. */
static str shown(const struct ics_in *in)
{
    struct out o = out_new(&t_arena, 0);
    struct ics_instances found = { 0 };
    ics_in_expand(&t_arena, in, &ever, &found);
    for (size_t i = 0; i < found.n; i++) {
        const struct ics_instance *x = &found.v[i];
        put_wall(&o, ics_zone_wall(NULL, x->begins), x->day);
        OUT(&o, "/");
        put_wall(&o, ics_zone_wall(NULL, x->ends), x->day);
        out_fmt(&o, " %.*s\n", STR_FMT(x->item->summary));
    }
    return out_text(&o);
}

#define SERIES(more)                                                               \
    "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20261020T180000\n" \
    "DTEND;TZID=Europe/Berlin:20261020T200000\nRRULE:FREQ=WEEKLY;COUNT=4\n" more "END:VEVENT"

static void a_series_keeps_its_hour_in_winter(void)
{
    struct ics_in in = read_lines(SERIES(""));
    struct ics_instances found = { 0 };
    ics_in_expand(&t_arena, &in, &ever, &found);
    eq_int(found.n, 4);
    eq_int(found.v[1].begins - found.v[0].begins, 7 * 86400 + 3600);
    eq_str(shown(&in), S("2026-10-20T18:00:00/2026-10-20T20:00:00 A\n"
                         "2026-10-27T18:00:00/2026-10-27T20:00:00 A\n"
                         "2026-11-03T18:00:00/2026-11-03T20:00:00 A\n"
                         "2026-11-10T18:00:00/2026-11-10T20:00:00 A\n"));
}

static void exceptions_and_moved_ones(void)
{
    struct ics_in in = read_lines(
        SERIES("EXDATE;TZID=Europe/Berlin:20261027T180000\n"
               "RDATE;TZID=Europe/Berlin:20261030T100000\n") "\n"
                                                             "BEGIN:VEVENT\nUID:a\nSUMMARY:"
                                                             "B\nRECURRENCE-ID:20261103T170000Z\n"
                                                             "DTSTART;TZID=Europe/"
                                                             "Berlin:20261104T190000\nDURATION:"
                                                             "PT30M\nEND:VEVENT\n"
                                                             "BEGIN:VEVENT\nUID:a\nSUMMARY:"
                                                             "C\nSTATUS:CANCELLED\n"
                                                             "RECURRENCE-ID;TZID=Europe/"
                                                             "Berlin:20261110T180000\n"
                                                             "DTSTART;TZID=Europe/"
                                                             "Berlin:20261110T180000\nEND:VEVENT");
    eq_str(shown(&in), S("2026-10-20T18:00:00/2026-10-20T20:00:00 A\n"
                         "2026-10-30T10:00:00/2026-10-30T12:00:00 A\n"
                         "2026-11-04T19:00:00/2026-11-04T19:30:00 B\n"
                         "2026-11-10T18:00:00/2026-11-10T18:00:00 C\n"));
    ok(in.v[2].status == ICS_CANCELLED);
}

static void this_and_following(void)
{
    struct ics_in in = read_lines(
        SERIES("") "\nBEGIN:VEVENT\nUID:a\nSUMMARY:B\n"
                   "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261103T180000\n"
                   "DTSTART;TZID=Europe/Berlin:20261104T190000\n"
                   "DTEND;TZID=Europe/Berlin:20261104T200000\nEND:VEVENT");
    eq_str(shown(&in), S("2026-10-20T18:00:00/2026-10-20T20:00:00 A\n"
                         "2026-10-27T18:00:00/2026-10-27T20:00:00 A\n"
                         "2026-11-04T19:00:00/2026-11-04T20:00:00 B\n"
                         "2026-11-11T19:00:00/2026-11-11T20:00:00 B\n"));
}

static void days_and_nights(void)
{
    struct ics_in in = read_lines(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Fest\nDTSTART;VALUE=DATE:20261231\n"
        "DTEND;VALUE=DATE:20270102\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nSUMMARY:Nacht\nDTSTART:20261231T220000\nDTEND:20270101T020000\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nUID:3\nSUMMARY:Ferien\nDTSTART:20261019\nEND:VEVENT");
    eq_str(shown(&in), S("2026-12-31/2027-01-02 Fest\n"
                         "2026-12-31T22:00:00/2027-01-01T02:00:00 Nacht\n"
                         "2026-10-19/2026-10-20 Ferien\n"));
}

/* A zone that the file explains, beginning in 1601 as Windows writes it. */
static void zones_of_the_file(void)
{
    struct ics_in in = read_lines(
        "BEGIN:VTIMEZONE\nTZID:Fern\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
        "TZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
        "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0200\n"
        "TZOFFSETTO:+0300\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n"
        "END:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART;TZID=Fern:20260701T100000\n"
        "DTEND;TZID=Fern:20260701T110000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nSUMMARY:B\nDTSTART:20261201T100000Z\nDURATION:P1DT1H\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:3\nSUMMARY:C\nDTSTART;TZID=Mond:20261201T100000\nEND:VEVENT\n"
        /* A time that is skipped, and one that is there twice. */
        "BEGIN:VEVENT\nUID:4\nSUMMARY:D\nDTSTART;TZID=Fern:20260329T023000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:5\nSUMMARY:E\nDTSTART;TZID=Fern:20261025T023000\nEND:VEVENT");
    eq_str(shown(&in), S("2026-07-01T09:00:00/2026-07-01T10:00:00 A\n"
                         "2026-12-01T11:00:00/2026-12-02T12:00:00 B\n"
                         "2026-12-01T10:00:00/2026-12-01T10:00:00 C\n"
                         "2026-03-29T01:30:00/2026-03-29T01:30:00 D\n"
                         "2026-10-25T01:30:00/2026-10-25T01:30:00 E\n"));
    eq_int(in.n_trouble, 1);
    eq_str(in.trouble[0].what, S("the time zone Mond is not explained; read as German time"));
}

static void words_are_unescaped(void)
{
    struct ics_in in = read_lines("X-WR-CALNAME:Verein\nBEGIN:VEVENT\nUID:1\n"
                                  "DTSTART:20261201T100000\nSUMMARY:Kaffee\\, Kuchen\\; Ku\n"
                                  " chen\nDESCRIPTION:eins\\nzwei\nLOCATION:\n"
                                  "URL:https://verein.example/\nCATEGORIES:a,b\nSEQUENCE:7\n"
                                  "LAST-MODIFIED:20010909T014640Z\nCLASS:PRIVATE\nEND:VEVENT");
    eq_str(in.name, S("Verein"));
    eq_str(in.v[0].summary, S("Kaffee, Kuchen; Kuchen"));
    eq_str(in.v[0].description, S("eins\nzwei"));
    eq_str(in.v[0].location, S(""));
    eq_str(in.v[0].url, S("https://verein.example/"));
    eq_str(in.v[0].categories, S("a,b"));
    eq_int(in.v[0].sequence, 7);
    eq_int(in.v[0].changed, 1000000000);
    ok(in.v[0].secret);
    eq_int(in.v[0].line, 3);
}

static const struct refusal {
    const char *bytes, *problem;
} refusals[] = {
    { "", "line 0: there is no calendar in the file" },
    { "Guten Tag", "line 1: this is no line of a calendar: it has no name with a colon after it" },
    { "BEGIN:VEVENT\nEND:VEVENT\n", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "line 3: VEVENT of line 2 has no end" },
    { "BEGIN:VCALENDAR\nEND:VEVENT\n", "line 2: END does not belong to the BEGIN before it" },
    { "BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n",
      "line 7: components lie too deep in one another" },
    { "BEGIN:VCALENDAR\nSUMMARY without colon\n",
      "line 2: this is no line of a calendar: it has no name with a colon after it" },
};

static void broken_files_are_refused(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct ics_in in;
        str problem = S("");
        ok(ics_in_read(&t_arena, str_from_c(refusals[i].bytes), &in, &problem) == ERR_INVALID);
        eq_str(problem, str_from_c(refusals[i].problem));
    }
}

static void broken_events_are_left_out(void)
{
    struct ics_in in = read_lines("BEGIN:VEVENT\nUID:1\nDTSTART:gestern\nEND:VEVENT\n"
                                  "BEGIN:VEVENT\nUID:2\nSUMMARY:ohne\nEND:VEVENT\n"
                                  "BEGIN:VEVENT\nUID:3\nDTSTART:20261301T100000\nEND:VEVENT\n"
                                  "BEGIN:VEVENT\nUID:4\nDTSTART:20261201T100000\n"
                                  "RRULE:FREQ=NEVER\nEND:VEVENT\n"
                                  "BEGIN:VEVENT\nUID:5\nDTSTART:20261201T100000\n"
                                  "DTEND:20261201T090000\nEND:VEVENT");
    eq_int(in.n, 1);
    eq_str(in.v[0].uid, S("5"));
    eq_int(in.v[0].length, 0);
    eq_int(in.n_trouble, 5);
    eq_int(in.trouble[0].line, 4);
    eq_int(in.trouble[1].line, 9);
    eq_int(in.trouble[2].line, 12);
    eq_int(in.trouble[3].line, 17);
    eq_str(in.trouble[3].what, S("FREQ is none that there is"));
    for (size_t i = 0; i < 4; i++)
        ok(in.trouble[i].left_out);
    ok(!in.trouble[4].left_out);
}

static void bounds_hold(void)
{
    struct ics_in in;
    str problem = S("");
    char *big = arena_bytes(&t_arena, ICS_IN_BYTES + 1);
    memset(big, 'x', ICS_IN_BYTES + 1);
    ok(ics_in_read(&t_arena, (str){ big, ICS_IN_BYTES + 1 }, &in, &problem) == ERR_LIMIT);
    ok(ics_in_read(&t_arena, (str){ big, ICS_IN_LINE + 1 }, &in, &problem) == ERR_INVALID);
    eq_str(problem, S("line 1: a line is too long"));
    in = read_lines("BEGIN:VEVENT\nUID:1\nDTSTART:20260101T100000\nRRULE:FREQ=SECONDLY\n"
                    "END:VEVENT");
    struct ics_instances found = { 0 };
    ics_in_expand(&t_arena, &in, &ever, &found);
    eq_int(found.n, 40);
    ok(found.cut);
}

/* ---- any bytes at all ---- */

static uint64_t dice(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void promises(str bytes)
{
    struct ics_in in;
    struct ics_instances found = { 0 };
    str problem = S("");
    enum err e = ics_in_read(&t_arena, bytes, &in, &problem);
    bool kept = (e == ERR_OK) == (problem.n == 0);
    struct ics_window window = { .from = 0, .to = INT64_C(4102444800), .most = 60 };
    if (e == ERR_OK)
        ics_in_expand(&t_arena, &in, &window, &found);
    for (size_t i = 0; i < found.n; i++)
        kept = kept && found.v[i].begins <= found.v[i].ends && found.v[i].begins < window.to &&
               found.v[i].ends >= window.from && utf8_valid(found.v[i].item->summary);
    if (!kept)
        ok(kept);
}

/* A calendar with some of its bytes exchanged, left out, doubled: it never crashes. */
static void mutations(void)
{
    static const char seed_text[] =
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\n"
        "DTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Z:20260105T180000\r\nDURATION:PT2H\r\n"
        "RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR;BYHOUR=9,18;BYSETPOS=1,-1;COUNT=30\r\n"
        "EXDATE;TZID=Z:20260202T090000,20260227T180000\r\n"
        "RDATE;VALUE=PERIOD:20260310T100000Z/PT1H\r\nSUMMARY:\xC3\xBC\\, x\r\n y\r\n"
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Z:"
        "20260302T180000\r\nDTSTART;TZID=Z:20260303T190000\r\nSTATUS:CANCELLED\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";
    uint64_t seed = 5545;
    for (int round = 0; round < 4000; round++) {
        char bytes[sizeof seed_text];
        size_t n = sizeof seed_text - 1;
        memcpy(bytes, seed_text, n);
        for (uint64_t k = dice(&seed) % 6; k > 0; k--) {
            size_t at = dice(&seed) % n;
            size_t len = dice(&seed) % 12;
            if (dice(&seed) % 2)
                bytes[at] = (char)(dice(&seed) % 256);
            else if (at + 2 * len < n)
                memmove(bytes + at, bytes + at + len, n - at - len);
        }
        struct arena_mark mark = arena_mark(&t_arena);
        promises((str){ bytes, n - dice(&seed) % 40 });
        arena_rewind(&t_arena, mark);
    }
    ok(true);
}

/* ---- the calendars of others ---- */

/* Files that we refuse, though others read them, or as others do. */
static const struct refusal shared_refusals[] = {
    { "recurring/issue_201_test_matrix.ics", /* "END:VTOOD"; ical.js reads any END */
      "line 11: END does not belong to the BEGIN before it" },
    { "libical/caltime.ics", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "libical/get_char_test.ics", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "libical/issue252.ics", "line 1: the file is no text" },
    { "libical/overlaps.ics", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "libical/recur-errors.ics", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "libical/spanlist.ics", "line 1: a calendar begins with BEGIN:VCALENDAR" },
    { "libical/stresstest.ics",
      "line 28: this is no line of a calendar: it has no name with a colon after it" },
};

/* Where we differ from ical.js, with the number of instances that we give (of 40 at most). */
static const struct deviation {
    const char *file;
    size_t n;
    const char *why;
} deviations[] = {
    { "icaljs/google_birthday.ics", 1,
      "RDATE:20131210Z is neither a day nor a time; it is named as trouble and not followed" },
    { "icaljs/multiple_rrules.ics", 36,
      "UNTIL=20120730T065959Z is still 29 July in Los Angeles, a Sunday; ical.js leaves it out" },
    { "recurring/duplicated_rrule.ics", 20,
      "the same rule twice names each time twice; a set has it once (RFC 5545, 3.8.5.3)" },
    { "recurring/issue_113_period_in_rdate.ics", 9, "ical.js fails on RDATE as a period" },
    { "recurring/issue_113_period_rdate_duration.ics", 2, "ical.js fails on RDATE as a period" },
    { "recurring/issue_117_until_before_dtstart.ics", 1,
      "DTSTART is the first instance, even if UNTIL lies before it" },
    { "recurring/issue_128_only_first_event.ics", 7, "COUNT=-1 means none; ical.js counts down" },
    { "recurring/issue_148_ignored_exdate.ics", 2,
      "two series have one UID: the newer counts; ical.js shows both" },
    { "recurring/multiple_rrule.ics", 22, "a time that two rules name is there once" },
    { "recurring/rdate.ics", 81, "EXDATE takes out RDATE, not DTSTART as well" },
};

static const struct deviation *deviation_of(str file)
{
    for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++)
        if (str_eq(file, str_from_c(deviations[i].file)))
            return &deviations[i];
    return NULL;
}

/* One series as ical.js sees it: "id start end" each. */
static str opinion(const struct json_in *series)
{
    struct out o = out_new(&t_arena, 0);
    const struct json_in *first = json_in_find(series, S("first40"));
    for (size_t i = 0; first && i < first->n; i++)
        for (size_t k = 0; k < 3; k++)
            out_fmt(&o, "%.*s%c", STR_FMT(json_in_str(&first->v[i].v[k])), k < 2 ? ' ' : '\n');
    return out_text(&o);
}

static int by_id(const void *left, const void *right)
{
    const struct ics_instance *l = left;
    const struct ics_instance *r = right;
    return (l->id > r->id) - (l->id < r->id);
}

/* The same as we see it, in the order of the rule as ical.js has it. */
static str ours(const struct ics_in *in, size_t n, size_t *count)
{
    struct out o = out_new(&t_arena, 0);
    struct ics_instances found = { 0 };
    ics_in_expand_one(&t_arena, in, n, &ever, &found);
    *count += found.n;
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, by_id);
    for (size_t i = 0; i < found.n; i++) {
        const struct ics_instance *x = &found.v[i];
        const char *end = x->item->begins.kind == ICS_UTC ? "Z" : "";
        put_wall(&o, x->id, x->of->begins.day);
        out_fmt(&o, "%s ", x->of->begins.kind == ICS_UTC ? "Z" : "");
        put_wall(&o, x->wall, x->day);
        out_fmt(&o, "%s ", end);
        put_wall(&o, x->wall + x->length, x->day);
        out_fmt(&o, "%s\n", end);
    }
    return out_text(&o);
}

static bool is_series(const struct ics_item *e)
{
    return !e->replaces && (e->n_rules || e->n_dates);
}

/* The series that an opinion is about: of the same UID and words, the k-th of several. */
static ptrdiff_t find_series(const struct ics_in *in, const struct json_in *all, size_t k)
{
    str uid = json_in_str(json_in_find(&all->v[k], S("uid")));
    str summary = str_trim(json_in_str(json_in_find(&all->v[k], S("summary"))));
    for (size_t i = 0, n = 0; i < in->n; i++) {
        if (!is_series(&in->v[i]))
            continue;
        if (in->v[i].uid.n ? str_eq(in->v[i].uid, uid) && str_eq(in->v[i].summary, summary)
                           : n == k)
            return (ptrdiff_t)i;
        n++;
    }
    return -1;
}

static void compare(str file, const struct ics_in *in, const struct json_in *all)
{
    const struct deviation *known = deviation_of(file);
    size_t count = 0;
    bool same = true;
    for (size_t k = 0; all && k < all->n; k++) {
        ptrdiff_t n = find_series(in, all, k);
        str want = opinion(&all->v[k]);
        str got = n < 0 ? S("") : ours(in, (size_t)n, &count);
        same = same && !json_in_find(&all->v[k], S("error")) && str_eq(got, want);
        if (!known)
            eq_str(got, want);
    }
    if (!known)
        return;
    count = 0;
    for (size_t i = 0; i < in->n; i++)
        if (is_series(&in->v[i]))
            ours(in, i, &count);
    if (same || count != known->n)
        eq_str(file, S("deviates otherwise than the table says"));
    eq_int(count, known->n);
}

/* Each calendar of a folder is read, or refused as the table says. */
static void check_file(str file, const struct json_in *all)
{
    str path = str_fmt(&t_arena, CALENDARS "%.*s", STR_FMT(file));
    str problem = S("");
    str want = S("");
    struct ics_in in;
    for (size_t i = 0; i < sizeof shared_refusals / sizeof *shared_refusals; i++)
        if (str_eq(file, str_from_c(shared_refusals[i].bytes)))
            want = str_from_c(shared_refusals[i].problem);
    str bytes = test_read_file(test_path(str_to_c(&t_arena, path)));
    bool good = ics_in_read(&t_arena, bytes, &in, &problem) == ERR_OK;
    eq_str(problem, want);
    if (good && !str_starts(file, S("libical/")))
        compare(file, &in, json_in_find(json_in_find(all, file), S("recurring")));
}

static int64_t check_folder(const char *folder, const struct json_in *all)
{
    int64_t n = 0;
    str path = str_fmt(&t_arena, CALENDARS "%s", folder);
    DIR *d = opendir(test_path(str_to_c(&t_arena, path)));
    for (struct dirent *e; d && (e = readdir(d));) {
        if (!str_ends(str_from_c(e->d_name), S(".ics")))
            continue;
        check_file(str_fmt(&t_arena, "%s/%s", folder, e->d_name), all);
        n++;
    }
    if (d)
        closedir(d);
    return n;
}

static void calendars_of_others(void)
{
    str problem;
    str text = test_read_file(test_path(CALENDARS "expected_icaljs.json"));
    const struct json_in *all = text.p ? json_in_parse(&t_arena, text, &problem) : NULL;
    if (!all) {
        test_skip("without ../shared");
        return;
    }
    eq_int(check_folder("recurring", all), 56);
    eq_int(check_folder("icaljs", all), 35);
    eq_int(check_folder("schulferien", all), 4);
    eq_int(check_folder("feeds", all), 1);
    eq_int(check_folder("libical", all), 9);
}

static const struct test tests[] = {
    TEST(a_series_keeps_its_hour_in_winter),
    TEST(exceptions_and_moved_ones),
    TEST(this_and_following),
    TEST(days_and_nights),
    TEST(zones_of_the_file),
    TEST(words_are_unescaped),
    TEST(broken_files_are_refused),
    TEST(broken_events_are_left_out),
    TEST(bounds_hold),
    TEST(mutations),
    TEST(calendars_of_others),
};
TEST_MAIN(tests)

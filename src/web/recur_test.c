/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Recurrence rules: a table of our own, the vectors of libical where they are (test/data knows
 * how to get them), and what must hold of any rule at all.
 */
#include "web/recur.h"

#include "base/out.h"
#include "base/test.h"

#define MOST 500

static bool parse_time(str s, int64_t *wall)
{
    struct recur r;
    const char *why = "";
    str rule = str_fmt(&t_arena, "FREQ=DAILY;UNTIL=%.*s", STR_FMT(s));
    if (!recur_parse(rule, &r, &why))
        return false;
    *wall = r.until;
    return true;
}

static void put_time(struct out *o, int64_t wall, bool whole_day, bool utc)
{
    struct local_time t = recur_local(wall);
    out_fmt(o, "%s%04d%02d%02d", o->n ? "," : "", t.day.year, t.day.month, t.day.day);
    if (!whole_day)
        out_fmt(o, "T%02d%02d%02d%s", t.hour, t.minute, t.second, utc ? "Z" : "");
}

struct question {
    str rule, start;
    int64_t from, to;
};

static str times(const struct question *q)
{
    struct recur r;
    struct out o = out_new(&t_arena, 0);
    const char *why = "";
    int64_t start = 0;
    if (!parse_time(q->start, &start))
        return S("no start");
    if (!recur_parse(q->rule, &r, &why))
        return str_from_c(why);
    struct recur_found found = { .wall = NEW_ARRAY(&t_arena, MOST, int64_t), .most = MOST };
    struct recur_ask ask = { .start = start,
                             .whole_day = q->start.n == 8,
                             .from = q->from ? q->from : INT64_MIN,
                             .to = q->to ? q->to : INT64_MAX };
    recur_expand(&r, &ask, &found);
    for (size_t i = 0; i < found.n; i++)
        put_time(&o, found.wall[i], ask.whole_day, str_ends(q->start, S("Z")));
    return out_text(&o);
}

static str all_times(const char *start, const char *rule)
{
    struct question q = { .rule = str_from_c(rule), .start = str_from_c(start) };
    return times(&q);
}

/* Own vectors: what a town's calendar has, and the corners where programs differ. */
static const struct vector {
    const char *start, *rule, *want;
} vectors[] = {
    { "20261124T180000", "FREQ=WEEKLY;COUNT=3", "20261124T180000,20261201T180000,20261208T180000" },
    { "20261110", "FREQ=MONTHLY;BYDAY=2TU;COUNT=3", "20261110,20261208,20270112" },
    { "20261130", "FREQ=MONTHLY;BYDAY=-1MO;COUNT=3", "20261130,20261228,20270125" },
    { "20260131", "FREQ=MONTHLY;COUNT=3", "20260131,20260331,20260531" },
    { "20240229", "FREQ=YEARLY;COUNT=2", "20240229,20280229" },
    { "20261205", "FREQ=YEARLY;UNTIL=20281205", "20261205,20271205,20281205" },
    /* The day of UNTIL is meant with its evening, though the time is not said. */
    { "20261205T190000", "FREQ=DAILY;UNTIL=20261206", "20261205T190000,20261206T190000" },
    { "20261123", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=4",
      "20261123,20261206,20261207,20261220" },
    { "20261123", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO;COUNT=4",
      "20261123,20261129,20261207,20261213" },
    { "20261201T100000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
      "20261231T100000,20270129T100000" },
    { "20261201T100059", "FREQ=DAILY;BYSECOND=60;COUNT=1", "20261201T100059" },
    { "19690101T120000", "FREQ=HOURLY;INTERVAL=36;COUNT=2", "19690101T120000,19690103T000000" },
    { "20260101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "" },
    { "20260101", "FREQ=HOURLY;COUNT=3", "" }, /* hours of a day without hours */
};

static void own_vectors(void)
{
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        eq_str(all_times(vectors[i].start, vectors[i].rule), str_from_c(vectors[i].want));
}

static void nonsense_is_refused(void)
{
    static const char *const rules[] = {
        "",
        "COUNT=3",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=99999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT",
        "FREQ=DAILY;UNTIL=2026",
        "FREQ=DAILY;UNTIL=20260230",
        "FREQ=DAILY;UNTIL=20261201T250000",
        "FREQ=DAILY;UNTIL=20261201 100000",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYHOUR=",
        "FREQ=DAILY;BYHOUR=1;;BYMINUTE=x",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYYEARDAY=-367",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=MONTHLY;BYWEEKNO=5",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYMONTHDAY=2",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=YEARLY;BYDAY=0MO",
        "FREQ=YEARLY;BYDAY=XX",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;RSCALE=HEBREW",
    };
    struct recur r;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const char *why = NULL;
        ok(!recur_parse(str_from_c(rules[i]), &r, &why) && why);
    }
}

/* A question costs at most so much, however the rule is; and it says when it gave up. */
static void work_is_bounded(void)
{
    static const char *const rules[] = {
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3;BYSECOND=0,1,2,3,4,5;BYSETPOS=366,-366",
    };
    int64_t start = 0;
    ok(parse_time(S("20260101T000000"), &start));
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct recur r;
        const char *why = "";
        int64_t room[4];
        struct recur_found found = { .wall = room, .most = 4 };
        ok(recur_parse(str_from_c(rules[i]), &r, &why));
        struct recur_ask ask = { .start = start, .from = start, .to = INT64_MAX };
        recur_expand(&r, &ask, &found);
        ok(found.cut || found.n < 4);
    }
}

static uint64_t dice(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* A rule put together at random; some are refused, which is fine as well. */
static str random_rule(uint64_t *seed)
{
    static const char *const freqs[] = { "SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                         "WEEKLY",   "MONTHLY",  "YEARLY" };
    static const char *const parts[] = {
        ";BYDAY=MO,WE",   ";BYDAY=1MO,-1FR", ";BYMONTH=2,11", ";BYMONTHDAY=1,-1,29",
        ";BYHOUR=9,18",   ";BYMINUTE=0,30",  ";BYSECOND=0,7", ";BYYEARDAY=1,100,-1",
        ";BYWEEKNO=1,53", ";BYSETPOS=1,-1",  ";BYSETPOS=2",   ";WKST=SU",
        ";COUNT=7",       ";UNTIL=20280101", ";INTERVAL=3",   ";INTERVAL=17",
    };
    struct out o = out_new(&t_arena, 0);
    out_fmt(&o, "FREQ=%s", freqs[dice(seed) % 7]);
    for (uint64_t n = dice(seed) % 4; n > 0; n--)
        out_str(&o, str_from_c(parts[dice(seed) % (sizeof parts / sizeof *parts)]));
    return out_text(&o);
}

/* Asked from a later day on, a rule gives the same times as when asked from its start. */
static void a_window_shows_what_the_whole_shows(void)
{
    uint64_t seed = 20261123;
    int64_t start = 0;
    int64_t wrong = 0;
    ok(parse_time(S("20260115T090007"), &start));
    for (int i = 0; i < 600; i++) {
        struct recur r;
        const char *why = "";
        str rule = random_rule(&seed);
        if (!recur_parse(rule, &r, &why))
            continue;
        int64_t whole[MOST], part[MOST];
        struct recur_found all = { .wall = whole, .most = MOST };
        struct recur_found some = { .wall = part, .most = MOST };
        struct recur_ask ask = { .start = start, .from = start, .to = start + 86400 * 900 };
        recur_expand(&r, &ask, &all);
        size_t skip = all.n ? dice(&seed) % all.n : 0;
        if (all.n)
            ask.from = all.wall[skip];
        recur_expand(&r, &ask, &some);
        for (size_t k = 0; skip + k < all.n; k++)
            wrong += k >= some.n || some.wall[k] != all.wall[skip + k] ||
                     (k && some.wall[k] <= some.wall[k - 1]);
    }
    eq_int(wrong, 0);
}

/*
 * Where we differ from libical's vectors, and why. One of them says that libical has not
 * implemented it: 30 December in the first week of a year, which RFC 5545 gives a meaning.
 */
static const struct deviation {
    const char *rule, *ours;
} deviations[] = {
    { "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30;BYWEEKNO=1;UNTIL=20320101",
      "20241230,20251230,20301230,20311230" },
};

static str expected(str rule, str instances)
{
    for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++)
        if (str_eq(rule, str_from_c(deviations[i].rule)))
            return str_from_c(deviations[i].ours);
    return instances;
}

struct icalrecur {
    str rule, start, at, instances;
};

/* START-AT: the times from there on; libical lists all of them nevertheless. */
static void check_vector(const struct icalrecur *v)
{
    struct question q = { .rule = v->rule, .start = v->start };
    str got = times(&q);
    if (!str_eq(got, expected(v->rule, v->instances)))
        eq_str(v->rule, S("this rule gives other times"));
    eq_str(got, expected(v->rule, v->instances));
    if (!v->at.n)
        return;
    ok(parse_time(v->at, &q.from));
    str later = times(&q);
    ok(later.n > 0 && later.n < got.n && str_ends(got, later));
}

static void vectors_of_libical(void)
{
    str file = test_read_file(test_path("../shared/data/calendars/libical/icalrecur_test.txt"));
    if (!file.p) {
        test_skip("without ../shared");
        return;
    }
    struct icalrecur v = { 0 };
    str line;
    int64_t n = 0;
    while (str_next(&file, '\n', &line)) {
        if (str_starts(line, S("RRULE:")))
            v = (struct icalrecur){ .rule = str_slice(line, 6, line.n) };
        else if (str_starts(line, S("DTSTART:")))
            v.start = str_slice(line, 8, line.n);
        else if (str_starts(line, S("START-AT:")))
            v.at = str_slice(line, 9, line.n);
        else if (str_starts(line, S("INSTANCES:")))
            v.instances = str_slice(line, 10, line.n);
        if (!str_starts(line, S("INSTANCES:")))
            continue;
        check_vector(&v);
        n++;
    }
    eq_int(n, 96);
}

static const struct test tests[] = { TEST(own_vectors), TEST(nonsense_is_refused),
                                     TEST(work_is_bounded),
                                     TEST(a_window_shows_what_the_whole_shows),
                                     TEST(vectors_of_libical) };
TEST_MAIN(tests)

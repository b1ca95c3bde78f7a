/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The calendar: a series keeps its hour across the change of the clock, one of it is moved,
 * cancelled and put back, the rest from a day on becomes another series; who sees what; what
 * calendars and programs get.
 */
#include "feature/event/event.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/event/store.h"
#include "feature/event/when.h"
#include "product.h"
#include "web/ics_in.h"
#include "web/job.h"
#include "web/vocab.h"
#include "world.h"

static struct product product;
static int64_t town;
static int64_t club;
static struct visitor office, counsellor;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 10, 12 }, .hour = 12 }));
        town = world_town(&product, "stadt", "Stadt");
        club = world_organisation(&product, town, "Leseverein");
        office = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        counsellor = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        run();
    }
    product_close(&product);
    clock_set(0);
}

#define FORM_MOST 24

struct form {
    struct http_field v[FORM_MOST + 1];
    size_t n;
};

static void say(struct form *f, const char *name, const char *value)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].name, str_from_c(name))) {
            f->v[i].value = str_from_c(value);
            return;
        }
    f->v[f->n++] = (struct http_field){ str_from_c(name), str_from_c(value) };
    f->v[f->n] = (struct http_field)LAST_FIELD;
}

/* A reading hour each Tuesday at six, for as long as one wants. */
static struct form reading_hour(void)
{
    static const char *const words[][2] = {
        { "title", "Lesestunde" },    { "summary", "Vorlesen im Haus." },
        { "fields", "culture" },      { "begins_on", "2026-10-13" },
        { "begins_at", "18.30 Uhr" }, { "ends_at", "20:00" },
        { "repeat", "weekly" },       { "venue", "Haus der Vereine" },
        { "district", "Innenstadt" }, { "access_step_free", "yes" },
    };
    struct form f = { .n = 0 };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        say(&f, words[i][0], words[i][1]);
    return f;
}

static void put_access(struct form *f)
{
    for (int i = 0; i < ACCESSIBLE_COUNT; i++)
        say(f,
            str_to_c(&t_arena,
                     str_fmt(&t_arena, "access_%.*s", STR_FMT(vocab_accessible.codes[i]))),
            "unknown");
}

static int64_t enter(struct form *f)
{
    int64_t id = 0;
    put_access(f);
    say(f, "publish", "1");
    struct answer made = post(&product, &office, "/stadt/buero/kalender/neu", f->v);
    eq_int(made.status, 303);
    str where = header_of(&made, S("Location"));
    ptrdiff_t slash = str_find(where, S("/kalender/"));
    ok(slash >= 0 && str_to_i64(str_slice(where, (size_t)slash + 10, where.n), &id));
    return id;
}

static const char *at(const char *before, int64_t id, const char *after)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s%lld%s", before, (long long)id, after));
}

static struct answer look(const struct visitor *who, const char *path)
{
    return get(&product, who, path);
}

static int64_t act(const struct visitor *who, const char *path, const struct form *f)
{
    return post(&product, who, path, f->v).status;
}

static bool says(const char *path, const char *what)
{
    struct answer a = get(&product, NULL, path);
    return a.status == 200 && answer_says(&a, what);
}

static void a_series_keeps_its_hour_here(void)
{
    struct form f = reading_hour();
    enter(&f);
    ok(says("/stadt/kalender", "Dienstag, 13."));
    struct answer all = get(&product, NULL, "/stadt/kalender.json?from=2026-10-20&to=2026-10-27");
    eq_int(all.status, 200);
    ok(answer_says(&all, "\"begins\":\"2026-10-20T16:30:00Z\""));
    ok(answer_says(&all, "\"begins\":\"2026-10-27T17:30:00Z\""));
    ok(answer_says(&all, "\"total\":2"));
    ok(says("/stadt/kalender?view=month&from=2026-11-01", "Lesestunde"));
    ok(says("/stadt/kalender?view=week&from=2026-11-04", "Lesestunde"));
    ok(says("/stadt/kalender?q=lesestunden", "kein Termin"));
    ok(says("/stadt/kalender?q=LESEST", "Lesestunde"));
    ok(says("/stadt/kalender?field=culture&district=Innenstadt", "Lesestunde"));
    ok(says("/stadt/kalender?field=sport", "kein Termin"));
    ok(says("/stadt/", "Lesestunde"));
}
ON_EACH_STORE(a_series_keeps_its_hour)

/* One is moved, one cancelled and put back; the others stay. */
static void single_dates_here(void)
{
    struct form f = reading_hour();
    int64_t id = enter(&f);
    struct form one = { .n = 0 };
    say(&one, "begins_on", "2026-10-21");
    say(&one, "begins_at", "19:00");
    say(&one, "ends_at", "20:00");
    say(&one, "note", "Diesmal im Garten");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/termin/2026-10-20"), &one), 303);
    struct form cancel = { .n = 0 };
    say(&cancel, "act", "cancel");
    say(&cancel, "note", "Krank");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/termin/2026-10-27"), &cancel), 303);
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/termin/2026-10-28"), &cancel), 404);
    struct answer all = get(&product, NULL, "/stadt/kalender.json?from=2026-10-20&to=2026-11-03");
    ok(answer_says(&all, "\"begins\":\"2026-10-21T17:00:00Z\""));
    ok(answer_says(&all, "Diesmal im Garten"));
    ok(answer_says(&all, "\"begins\":\"2026-10-27T17:30:00Z\""));
    ok(answer_says(&all, "\"cancelled\":true"));
    ok(answer_says(&all, "\"begins\":\"2026-11-03T17:30:00Z\""));
    struct answer page = look(NULL, at("/stadt/kalender/", id, "?day=2026-10-27"));
    ok(answer_says(&page, "Dieser Termin fällt aus"));
    ok(answer_says(&page, "schema.org/EventCancelled"));
    struct form undo = { .n = 0 };
    say(&undo, "act", "undo");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/termin/2026-10-27"), &undo), 303);
    all = get(&product, NULL, "/stadt/kalender.json?from=2026-10-22&to=2026-11-03");
    ok(!answer_says(&all, "\"cancelled\":true"));
}
ON_EACH_STORE(single_dates)

/* From a day on it is another series; the first ends before it. */
static void this_and_following_here(void)
{
    struct form f = reading_hour();
    int64_t id = enter(&f);
    say(&f, "day", "2026-11-03");
    say(&f, "begins_on", "2026-11-04");
    say(&f, "begins_at", "10:00");
    say(&f, "ends_at", "11:00");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, ""), &f), 303);
    struct answer all = get(&product, NULL, "/stadt/kalender.json?from=2026-10-20&to=2026-11-12");
    ok(answer_says(&all, "\"begins\":\"2026-10-27T17:30:00Z\""));
    ok(!answer_says(&all, "\"begins\":\"2026-11-03T17:30:00Z\""));
    ok(answer_says(&all, "\"begins\":\"2026-11-04T09:00:00Z\""));
    ok(answer_says(&all, "\"begins\":\"2026-11-11T09:00:00Z\""));
    say(&f, "day", "2026-11-24");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, ""), &f), 409); /* it ends before */
}
ON_EACH_STORE(this_and_following)

static void who_sees_and_may_here(void)
{
    struct form f = reading_hour();
    put_access(&f);
    struct answer made = post(&product, &counsellor, "/stadt/buero/kalender/neu", f.v);
    eq_int(made.status, 303);
    str where = header_of(&made, S("Location"));
    int64_t id = 0;
    ok(str_to_i64(str_slice(where, (size_t)str_find(where, S("/kalender/")) + 10, where.n), &id));
    eq_int(look(NULL, at("/stadt/kalender/", id, "")).status, 404);
    ok(says("/stadt/kalender", "kein Termin"));
    struct form step = { .n = 0 };
    say(&step, "step", "publish");
    eq_int(act(&counsellor, at("/stadt/buero/kalender/", id, "/status"), &step), 403);
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/status"), &step), 303);
    eq_int(look(NULL, at("/stadt/kalender/", id, "")).status, 200);
    eq_int(act(&counsellor, at("/stadt/buero/kalender/", id, ""), &f), 403);
    say(&step, "step", "cancel");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/status"), &step), 303);
    ok(says("/stadt/kalender", "fällt aus"));
    say(&step, "step", "archive");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/status"), &step), 303);
    eq_int(look(NULL, at("/stadt/kalender/", id, "")).status, 404);
    ok(says("/stadt/kalender", "kein Termin"));
}
ON_EACH_STORE(who_sees_and_may)

/* What the feed says is read again as the same dates, with a stable name and a sequence. */
static void calendars_read_it_here(void)
{
    struct form f = reading_hour();
    say(&f, "until", "2026-11-10");
    int64_t id = enter(&f);
    struct form cancel = { .n = 0 };
    say(&cancel, "act", "cancel");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, "/termin/2026-10-27"), &cancel), 303);
    struct answer feed = get(&product, NULL, "/stadt/feed/kalender.ics");
    struct ics_in in;
    str problem = S("");
    struct ics_instances found = { 0 };
    struct ics_window ever = { .from = 0, .to = INT64_C(4102444800), .most = 100 };
    eq_int(feed.status, 200);
    ok(ics_in_read(&t_arena, feed.body, &in, &problem) == ERR_OK);
    eq_int(in.n_trouble, 0);
    ics_in_expand(&t_arena, &in, &ever, &found);
    eq_int(found.n, 5);
    eq_int(found.v[4].begins,
           clock_instant((struct local_time){ .day = { 2026, 11, 10 }, .hour = 18, .minute = 30 }));
    ok(found.v[2].item->status == ICS_CANCELLED);
    ok(found.v[2].item->sequence >= 1);
    ok(str_starts(in.v[0].uid, str_fmt(&t_arena, "event-%lld@", (long long)id)));
    struct answer one = look(NULL, at("/stadt/kalender/", id, ".ics"));
    ok(answer_says(&one, "TZID:Europe/Berlin"));
}
ON_EACH_STORE(calendars_read_it)

static void mistakes_are_shown_here(void)
{
    static const char *const wrong[][2] = {
        { "begins_at", "halb sieben" },
        { "ends_at", "25:00" },
        { "ends_on", "2026-10-12" },
        { "ends_on", "2026-12-24" },
        { "until", "2026-10-01" },
        { "repeat", "hourly" },
        { "title", "" },
        { "organisation", "999" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct form f = reading_hour();
        put_access(&f);
        say(&f, wrong[i][0], wrong[i][1]);
        eq_int(post(&product, &office, "/stadt/buero/kalender/neu", f.v).status, 422);
    }
    struct form f = reading_hour();
    put_access(&f);
    say(&f, "venue", "");
    eq_int(post(&product, &office, "/stadt/buero/kalender/neu", f.v).status, 422);
    eq_int(post(&product, NULL, "/stadt/buero/kalender/neu", f.v).status, 401);
}
ON_EACH_STORE(mistakes_are_shown)

/* Past midnight, all day, and over several days. */
static void nights_and_days_here(void)
{
    struct form f = reading_hour();
    say(&f, "repeat", "");
    say(&f, "begins_at", "22:00");
    say(&f, "ends_at", "2:00");
    int64_t id = enter(&f);
    struct answer night = look(NULL, at("/stadt/kalender/", id, ".json"));
    ok(answer_says(&night,
                   "\"begins\":\"2026-10-13T20:00:00Z\",\"ends\":\"2026-10-14T00:00:00Z\""));
    say(&f, "begins_at", "");
    say(&f, "ends_at", "");
    say(&f, "ends_on", "2026-10-15");
    eq_int(act(&office, at("/stadt/buero/kalender/", id, ""), &f), 303);
    ok(says("/stadt/kalender?from=2026-10-15&to=2026-10-15", "Lesestunde"));
    ok(says("/stadt/kalender?from=2026-10-16&to=2026-10-16", "kein Termin"));
}
ON_EACH_STORE(nights_and_days)

/* As time goes on, the job writes down more of a series that has no end. */
static void time_goes_on_here(void)
{
    struct form f = reading_hour();
    enter(&f);
    ok(says("/stadt/kalender?from=2028-06-01&to=2028-06-20", "kein Termin"));
    clock_set(clock_instant((struct local_time){ .day = { 2028, 1, 3 }, .hour = 12 }));
    struct job_run run = { .arena = &t_arena };
    must(job_run_now(&product.app, S("event.expand"), &run) == ERR_OK);
    ok(!run.failed);
    ok(says("/stadt/kalender?from=2028-06-01&to=2028-06-20", "Lesestunde"));
}
ON_EACH_STORE(time_goes_on)

static void clocks_as_people_write_them(void)
{
    static const char *const good[][2] = { { "18:30", "18:30" }, { "18.30 Uhr", "18:30" },
                                           { "9", "09:00" },     { "9 Uhr", "09:00" },
                                           { "1830", "18:30" },  { "930", "09:30" } };
    static const char *const bad[] = { "",       "24:00",    "18:60", "18:3",
                                       "abends", "18:30:00", "-1",    "1 2" };
    str clock;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ok(event_clock_parse(&t_arena, str_from_c(good[i][0]), &clock));
        eq_str(clock, str_from_c(good[i][1]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(!event_clock_parse(&t_arena, str_from_c(bad[i]), &clock));
}

static const struct test tests[] = {
    TEST(a_series_keeps_its_hour), TEST(single_dates),      TEST(this_and_following),
    TEST(who_sees_and_may),        TEST(calendars_read_it), TEST(mistakes_are_shown),
    TEST(nights_and_days),         TEST(time_goes_on),      TEST(clocks_as_people_write_them),
};
TEST_MAIN(tests)

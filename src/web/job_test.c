/* SPDX-License-Identifier: EUPL-1.2 */
/* The scheduler on both engines, with jobs and a clock of the test's own. */
#include "web/job.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "base/test.h"
#include "db/test_store.h"
#include "tables.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/feature.h"

static _Atomic int runs;
static _Atomic bool failing;
static _Atomic bool resting;

static void count(struct job_run *job)
{
    if (resting)
        nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
    if (failing)
        job_failed(job, S("it does not work"));
    job_result(job, S("it works"));
    runs++;
}

static const struct job hourly_jobs[] = {
    { .name = "test.hourly", .doc = "", .every = 3600, .run = count }, { 0 }
};
static const struct job early_jobs[] = {
    { .name = "test.daily", .doc = "", .hour = 2, .run = count }, { 0 }
};
static const struct job daily_jobs[] = {
    { .name = "test.daily", .doc = "", .hour = 3, .run = count }, { 0 }
};
static const struct feature hourly = { .name = "hourly", .jobs = hourly_jobs };
static const struct feature early = { .name = "early", .jobs = early_jobs };
static const struct feature daily = { .name = "daily", .jobs = daily_jobs };
static const struct feature *const with_hourly[] = { &hourly, NULL };
static const struct feature *const with_early[] = { &early, NULL };
static const struct feature *const with_daily[] = { &daily, NULL };

static struct app app;

static void begin(const struct test_store *t, const struct feature *const *features, int64_t now)
{
    app = (struct app){ .store = t->store, .features = features };
    runs = 0;
    failing = resting = false;
    clock_set(now);
    must(store_migrate(t->store, db_migrations, db_migration_count) == ERR_OK);
    ok(jobs_register(&app) == ERR_OK);
}

static void finish(void)
{
    clock_set(0);
    arena_free(&app.arena);
}

static const struct job_row *row(void)
{
    struct db db;
    must(db_begin(app.store, &t_arena, &db) == ERR_OK);
    struct job_row_rows rows = job_all(&db);
    db_end(&db);
    must(rows.n == 1);
    return rows.v;
}

/* Waits until the job has run so often and that is written down. */
static bool ran(int times)
{
    for (int i = 0; i < 500; i++) {
        if (runs == times && row()->finished_at >= row()->started_at && row()->finished_at)
            return true;
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    return false;
}

static int64_t at(const char *day, int hour)
{
    struct local_time t = { .hour = hour };
    must(day_parse_iso(str_from_c(day), &t.day));
    return clock_instant(t);
}

static void registers_once_on(struct test_store *t)
{
    begin(t, with_hourly, 1800000000);
    eq_str(row()->name, S("test.hourly"));
    eq_int(row()->next_at, 1800003600);
    clock_set(1800001000);
    ok(jobs_register(&app) == ERR_OK); /* a restart does not put it off */
    eq_int(row()->next_at, 1800003600);
    finish();
}

static void runs_when_due_on(struct test_store *t)
{
    begin(t, with_hourly, 1800000000);
    struct scheduler *s = scheduler_start(&app);
    scheduler_wake(s);
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    eq_int(runs, 0);
    clock_set(1800003600);
    scheduler_wake(s);
    ok(ran(1));
    eq_int(row()->next_at, 1800007200);
    eq_str(row()->result, S("it works"));
    scheduler_wake(s);
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    eq_int(runs, 1);
    scheduler_stop(s);
    finish();
}

/* Once on every day, at its hour on the wall, whatever the season does that night. */
static void follow_days(const struct test_store *t, const struct feature *const *features,
                        const char *first)
{
    begin(t, features, at(first, 12));
    struct day day;
    must(day_parse_iso(str_from_c(first), &day));
    struct scheduler *s = scheduler_start(&app);
    for (int i = 1; i <= 3; i++) {
        int64_t next = row()->next_at;
        struct local_time local = clock_local(next);
        eq_str(day_iso(&t_arena, local.day), day_iso(&t_arena, day_add(day, i)));
        int hour = features[0]->jobs[0].hour;
        bool skipped = hour == 2 && local.hour == 3 && local.day.month == 3;
        ok(local.hour == hour || skipped);
        clock_set(next);
        scheduler_wake(s);
        ok(ran(i));
    }
    scheduler_stop(s);
    finish();
}

static void keeps_its_hour_in_spring_on(struct test_store *t)
{
    follow_days(t, with_daily, "2026-03-28");
}

static void keeps_its_hour_in_autumn_on(struct test_store *t)
{
    follow_days(t, with_daily, "2026-10-24");
}

static void takes_a_skipped_hour_on(struct test_store *t)
{
    follow_days(t, with_early, "2026-03-28");
}

static void takes_a_doubled_hour_once_on(struct test_store *t)
{
    follow_days(t, with_early, "2026-10-24");
}

/* Two processes on one database. */
static void two_schedulers_run_it_once_on(struct test_store *t)
{
    enum { ROUNDS = 20 };
    begin(t, with_hourly, 1800000000);
    struct app other = { .features = with_hourly };
    must(store_open(&(struct store_options){ .url = t->url }, &other.store) == ERR_OK);
    struct scheduler *a = scheduler_start(&app);
    struct scheduler *b = scheduler_start(&other);
    for (int i = 1; i <= ROUNDS; i++) {
        clock_set(1800000000 + i * 3600);
        scheduler_wake(i % 2 ? a : b);
        scheduler_wake(i % 2 ? b : a);
        ok(ran(i));
    }
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    scheduler_stop(a);
    scheduler_stop(b);
    eq_int(runs, ROUNDS);
    store_close(other.store);
    arena_free(&other.arena);
    finish();
}

static void tries_again_with_growing_pauses_on(struct test_store *t)
{
    static const int64_t pauses[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600 };
    enum { TIMES = sizeof pauses / sizeof *pauses };
    int64_t now = 1800003600;
    begin(t, with_daily, 1800000000);
    failing = true;
    now = row()->next_at;
    struct scheduler *s = scheduler_start(&app);
    for (int i = 0; i < TIMES; i++) {
        clock_set(now);
        scheduler_wake(s);
        ok(ran(i + 1));
        eq_int(row()->failures, i + 1);
        eq_str(row()->result, S("it does not work"));
        eq_int(row()->next_at - now, pauses[i]);
        now = row()->next_at;
    }
    failing = false;
    clock_set(now);
    scheduler_wake(s);
    ok(ran(TIMES + 1));
    eq_int(row()->failures, 0);
    eq_int(clock_local(row()->next_at).hour, 3);
    scheduler_stop(s);
    finish();
}

static void stopping_waits_for_a_run_on(struct test_store *t)
{
    begin(t, with_hourly, 1800000000);
    resting = true;
    clock_set(1800003600);
    struct scheduler *s = scheduler_start(&app);
    scheduler_wake(s);
    for (int i = 0; i < 500 && !row()->started_at; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    scheduler_stop(s);
    eq_int(runs, 1);
    ok(row()->finished_at > 0);
    finish();
}

static void runs_one_by_name_on(struct test_store *t)
{
    begin(t, with_hourly, 1800000000);
    struct job_run run = { .arena = &t_arena };
    ok(job_run_now(&app, S("test.hourly"), &run) == ERR_OK);
    eq_int(runs, 1);
    eq_str(run.result, S("it works"));
    failing = true;
    run = (struct job_run){ .arena = &t_arena };
    ok(job_run_now(&app, S("test.hourly"), &run) == ERR_ENGINE);
    eq_str(run.result, S("it does not work"));
    ok(job_run_now(&app, S("test.none"), &run) == ERR_NOT_FOUND);
    finish();
}

TEST_EACH_STORE(registers_once)
TEST_EACH_STORE(runs_when_due)
TEST_EACH_STORE(keeps_its_hour_in_spring)
TEST_EACH_STORE(keeps_its_hour_in_autumn)
TEST_EACH_STORE(takes_a_skipped_hour)
TEST_EACH_STORE(takes_a_doubled_hour_once)
TEST_EACH_STORE(two_schedulers_run_it_once)
TEST_EACH_STORE(tries_again_with_growing_pauses)
TEST_EACH_STORE(stopping_waits_for_a_run)
TEST_EACH_STORE(runs_one_by_name)

static const struct test tests[] = {
    TEST(registers_once),
    TEST(runs_when_due),
    TEST(keeps_its_hour_in_spring),
    TEST(keeps_its_hour_in_autumn),
    TEST(takes_a_skipped_hour),
    TEST(takes_a_doubled_hour_once),
    TEST(two_schedulers_run_it_once),
    TEST(tries_again_with_growing_pauses),
    TEST(stopping_waits_for_a_run),
    TEST(runs_one_by_name),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* The scheduler: a thread that looks every few seconds for jobs that are due. */
#include "web/job.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/app.h"
#include "web/feature.h"
#include "web.sql.h"

#define TICK_SECONDS  5
#define FIRST_PAUSE   60
#define LONGEST_PAUSE 3600
#define RUN_MEMORY    ((size_t)256 << 20)

struct scheduler {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    bool looking; /* somebody asked for a look at once */
};

void job_failed(struct job_run *job, str why)
{
    job->failed = true;
    job->result = why;
}

void job_result(struct job_run *job, str text)
{
    if (!job->failed)
        job->result = text;
}

static const struct job *find_job(const struct app *app, str name)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct job *j = (*f)->jobs; j && j->name; j++)
            if (str_eq(str_from_c(j->name), name))
                return j;
    return NULL;
}

/* The next time of a daily job is its hour in German time, whatever the season. */
static int64_t next_time(const struct job *j, int64_t now)
{
    if (j->every)
        return now + j->every;
    struct local_time t = clock_local(now);
    if (t.hour >= j->hour)
        t.day = day_add(t.day, 1);
    return clock_instant((struct local_time){ t.day, j->hour, 0, 0 });
}

enum err jobs_register(struct app *app)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    enum err e = tx_begin(app->store, &a, &tx);
    if (e == ERR_OK) {
        for (const struct feature *const *f = app->features; *f; f++)
            for (const struct job *j = (*f)->jobs; j && j->name; j++)
                job_insert(&tx, db_new_id(), str_from_c(j->name), next_time(j, tx.now));
        e = tx_commit(&tx);
    }
    arena_free(&a);
    return e;
}

static bool claim(struct app *app, struct arena *a, const struct job *j, int64_t now)
{
    struct tx tx;
    if (tx_begin(app->store, a, &tx) != ERR_OK)
        return false;
    bool mine = job_claim(&tx, now, next_time(j, now), str_from_c(j->name)) == 1;
    return tx_commit(&tx) == ERR_OK && mine;
}

/* A minute (or less, for a job that runs more often), then twice as long each time. */
static int64_t pause_after(const struct job *j, int64_t failures)
{
    int64_t pause = j->every && j->every < FIRST_PAUSE ? j->every : FIRST_PAUSE;
    for (int64_t i = 0; i < failures && pause < LONGEST_PAUSE; i++)
        pause *= 2;
    return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

static void run_and_record(struct app *app, const struct job *j, int64_t failures,
                           struct job_run *run)
{
    run->result = S("done");
    j->run(run);
    if (run->failed)
        log_event(LOG_WARNING, "job.failed", { "job", str_from_c(j->name) },
                  { "why", run->result });
    struct tx tx;
    if (tx_begin(app->store, run->arena, &tx) != ERR_OK)
        return;
    if (run->failed)
        job_postpone(&tx, clock_now() + pause_after(j, failures), str_from_c(j->name));
    job_done(&tx, &(struct job_done_in){ .at = clock_now(),
                                         .failures = run->failed ? failures + 1 : 0,
                                         .result = run->result,
                                         .name = str_from_c(j->name) });
    if (tx_commit(&tx) != ERR_OK)
        log_event(LOG_ERROR, "job.unrecorded", { "job", str_from_c(j->name) });
}

static void look(struct scheduler *s)
{
    struct arena a;
    struct db db;
    int64_t now = clock_now();
    arena_init(&a, RUN_MEMORY);
    if (db_begin(s->app->store, &a, &db) == ERR_OK) {
        struct job_row_rows rows = job_all(&db);
        db_end(&db);
        for (size_t i = 0; i < rows.n; i++) {
            const struct job *j = find_job(s->app, rows.v[i].name);
            if (!j || rows.v[i].next_at > now || !claim(s->app, &a, j, now))
                continue;
            struct job_run run = { .app = s->app, .arena = &a, .now = now };
            run_and_record(s->app, j, rows.v[i].failures, &run);
        }
    }
    arena_free(&a);
}

/* Waits for the next tick; false when the scheduler stops. */
static bool wait_for_tick(struct scheduler *s)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += TICK_SECONDS;
    pthread_mutex_lock(&s->lock);
    while (!s->stopping && !s->looking)
        if (pthread_cond_timedwait(&s->wake, &s->lock, &until) != 0)
            break;
    s->looking = false;
    bool go_on = !s->stopping;
    pthread_mutex_unlock(&s->lock);
    return go_on;
}

static void *schedule(void *ctx)
{
    struct scheduler *s = ctx;
    while (wait_for_tick(s))
        look(s);
    arena_thread_end();
    return NULL;
}

struct scheduler *scheduler_start(struct app *app)
{
    struct scheduler *s = NEW(&app->arena, struct scheduler);
    s->app = app;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    must(pthread_create(&s->thread, NULL, schedule, s) == 0);
    return s;
}

void scheduler_wake(struct scheduler *s)
{
    pthread_mutex_lock(&s->lock);
    s->looking = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

void scheduler_stop(struct scheduler *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
}

enum err job_run_now(struct app *app, str name, struct job_run *run)
{
    const struct job *j = find_job(app, name);
    if (!j)
        return ERR_NOT_FOUND;
    run->app = app;
    run->now = clock_now();
    run_and_record(app, j, 0, run);
    return run->failed ? ERR_ENGINE : ERR_OK;
}

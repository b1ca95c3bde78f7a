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

static void register_all(struct tx *tx, void *ctx)
{
    const struct app *app = ctx;
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct job *j = (*f)->jobs; j && j->name; j++)
            job_insert(tx, db_new_id(), str_from_c(j->name), next_time(j, tx->now));
}

enum err jobs_register(struct app *app)
{
    struct arena a;
    arena_init(&a, 0);
    enum err e = tx_do(app->store, &a, register_all, app);
    arena_free(&a);
    return e;
}

/* One run of a job, from the claim to its result. */
struct going {
    const struct job *job;
    struct job_run *run;
    int64_t failures; /* before this run */
    bool mine;
};

static void claim(struct tx *tx, void *ctx)
{
    struct going *g = ctx;
    int64_t now = g->run->now;
    g->mine = job_claim(tx, now, next_time(g->job, now), str_from_c(g->job->name)) == 1;
}

/* A minute (or less, for a job that runs more often), then twice as long each time. */
static int64_t pause_after(const struct job *j, int64_t failures)
{
    int64_t pause = j->every && j->every < FIRST_PAUSE ? j->every : FIRST_PAUSE;
    for (int64_t i = 0; i < failures && pause < LONGEST_PAUSE; i++)
        pause *= 2;
    return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

static void write_down(struct tx *tx, void *ctx)
{
    const struct going *g = ctx;
    str name = str_from_c(g->job->name);
    if (g->run->failed)
        job_postpone(tx, clock_now() + pause_after(g->job, g->failures), name);
    job_done(tx, &(struct job_done_in){ .at = clock_now(),
                                        .failures = g->run->failed ? g->failures + 1 : 0,
                                        .result = g->run->result,
                                        .name = name });
}

static void run_and_record(struct going *g)
{
    struct job_run *run = g->run;
    run->result = S("done");
    g->job->run(run);
    if (run->failed)
        log_event(LOG_WARNING, "job.failed", { "job", str_from_c(g->job->name) },
                  { "why", run->result });
    if (tx_do(run->app->store, run->arena, write_down, g) != ERR_OK)
        log_event(LOG_ERROR, "job.unrecorded", { "job", str_from_c(g->job->name) });
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
            struct job_run run = { .app = s->app, .arena = &a, .now = now };
            struct going g = { .job = j, .run = &run, .failures = rows.v[i].failures };
            if (!j || rows.v[i].next_at > now)
                continue;
            if (tx_do(s->app->store, &a, claim, &g) == ERR_OK && g.mine)
                run_and_record(&g);
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
    run_and_record(&(struct going){ .job = j, .run = run });
    return run->failed ? ERR_ENGINE : ERR_OK;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Worker threads: a ring of tasks under one lock. */
#include "web/worker.h"

#include <pthread.h>

#include "base/err.h"
#include "web/app.h"

#define QUEUE_LENGTH 256
#define MAX_THREADS  8

struct task {
    worker_task *run;
    _Alignas(16) char ctx[WORKER_CTX_BYTES];
};

struct workers {
    struct app *app;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct task queue[QUEUE_LENGTH];
    size_t first;
    size_t n;
    bool stopping;
    pthread_t threads[MAX_THREADS];
    int thread_count;
};

static bool next_task(struct workers *w, struct task *task)
{
    pthread_mutex_lock(&w->lock);
    while (!w->n && !w->stopping)
        pthread_cond_wait(&w->work, &w->lock);
    bool got = w->n > 0;
    if (got) {
        *task = w->queue[w->first];
        w->first = (w->first + 1) % QUEUE_LENGTH;
        w->n--;
    }
    pthread_mutex_unlock(&w->lock);
    return got;
}

static void *work(void *ctx)
{
    struct workers *w = ctx;
    struct task task;
    struct arena arena;
    arena_init(&arena, 0);
    while (next_task(w, &task)) {
        task.run(w->app, task.ctx, &arena);
        arena_free(&arena);
    }
    arena_thread_end();
    return NULL;
}

struct workers *workers_start(struct app *app, int threads)
{
    must(threads > 0 && threads <= MAX_THREADS);
    struct workers *w = NEW(&app->arena, struct workers);
    w->app = app;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    for (; w->thread_count < threads; w->thread_count++)
        must(pthread_create(&w->threads[w->thread_count], NULL, work, w) == 0);
    return w;
}

void workers_stop(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->thread_count; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
}

bool worker_run_later(struct workers *w, worker_task *task, const void *ctx, size_t size)
{
    must(size <= WORKER_CTX_BYTES);
    pthread_mutex_lock(&w->lock);
    bool room = w->n < QUEUE_LENGTH && !w->stopping;
    if (room) {
        struct task *t = &w->queue[(w->first + w->n++) % QUEUE_LENGTH];
        t->run = task;
        memcpy(t->ctx, ctx, size);
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}

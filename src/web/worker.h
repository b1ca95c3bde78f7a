/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Worker threads for what must not hold up a serving thread: password hashing, imports,
 * background writes. A bounded queue; what does not fit is refused at once.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include "base/arena.h"

struct app;
struct workers;

#define WORKER_CTX_BYTES 64

/* The arena is the worker's own and is emptied after the task. */
typedef void worker_task(struct app *app, void *ctx, struct arena *arena);

struct workers *workers_start(struct app *app, int threads);
/* Finishes what is queued, then ends the threads. */
void workers_stop(struct workers *w);
/*
 * Queues a task with a copy of its context (at most WORKER_CTX_BYTES). False when the
 * queue is full: the task will not run.
 */
bool worker_run_later(struct workers *w, worker_task *task, const void *ctx, size_t size);

#endif

/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/worker.h"

#include <semaphore.h>
#include <stdatomic.h>

#include "base/test.h"
#include "web/app.h"

static _Atomic int ran;
static int seen[1000];
static _Atomic size_t arena_used;
static sem_t gate;

struct number {
    int n;
};

static void note(struct app *app, void *ctx, struct arena *arena)
{
    (void)app;
    arena_used += arena->used;
    arena_alloc(arena, 1000);
    seen[atomic_fetch_add(&ran, 1)] = ((struct number *)ctx)->n;
}

static void wait_at_gate(struct app *app, void *ctx, struct arena *arena)
{
    sem_wait(&gate);
    note(app, ctx, arena);
}

static bool queue(struct workers *w, worker_task *task, int n)
{
    struct number number = { n };
    bool taken = worker_run_later(w, task, &number, sizeof number);
    number.n = -1; /* the task has a copy */
    return taken;
}

static void runs_everything_in_order(void)
{
    struct app app = { .build = S("") };
    struct workers *w = workers_start(&app, 1);
    ran = 0;
    for (int i = 0; i < 200; i++)
        ok(queue(w, note, i));
    workers_stop(w); /* finishes what is queued */
    eq_int(ran, 200);
    bool in_order = true;
    for (int i = 0; i < 200; i++)
        in_order = in_order && seen[i] == i;
    ok(in_order);
    eq_int(arena_used, 0); /* each began with an empty arena */
    arena_free(&app.arena);
}

static void refuses_what_does_not_fit(void)
{
    struct app app = { .build = S("") };
    struct workers *w = workers_start(&app, 2);
    int taken = 0;
    ran = 0;
    sem_init(&gate, 0, 0);
    while (taken < 900 && queue(w, wait_at_gate, taken))
        taken++;
    printf("# took %d\n", taken);
    ok(taken >= 256 && taken < 300);
    ok(!queue(w, note, 1));
    for (int i = 0; i < taken; i++)
        sem_post(&gate);
    workers_stop(w);
    eq_int(ran, taken); /* what was taken was done */
    sem_destroy(&gate);
    arena_free(&app.arena);
}

static void uses_all_its_threads(void)
{
    struct app app = { .build = S("") };
    struct workers *w = workers_start(&app, 4);
    ran = 0;
    sem_init(&gate, 0, 0);
    for (int i = 0; i < 3; i++)
        ok(queue(w, wait_at_gate, i)); /* three are busy */
    for (int i = 0; i < 50; i++)
        ok(queue(w, note, i));
    for (int i = 0; i < 500 && ran < 50; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    eq_int(ran, 50);
    for (int i = 0; i < 3; i++)
        sem_post(&gate);
    workers_stop(w);
    eq_int(ran, 53);
    sem_destroy(&gate);
    arena_free(&app.arena);
}

static const struct test tests[] = {
    TEST(runs_everything_in_order),
    TEST(refuses_what_does_not_fit),
    TEST(uses_all_its_threads),
};
TEST_MAIN(tests)

/* SPDX-License-Identifier: EUPL-1.2 */
/* Jobs that go through rows. */
#include "web/sweep.h"

#include "web/app.h"

struct one {
    struct sweep *sweep;
    struct sweep_row row;
    bool done;
};

static void work(struct tx *tx, void *ctx)
{
    struct one *o = ctx;
    struct job_run *job = o->sweep->job;
    struct city_list cities = city_list_begin(job->app->cities);
    const struct city *city = city_by_id(&cities, o->row.city_id);
    tx->now = job->now;
    o->done = false;
    if (city) {
        struct rq rq = rq_outside(job->app, &tx->db, &cities, city);
        o->done = o->sweep->each(&rq, tx, o->row.id);
    }
    city_list_end(job->app->cities, &cities);
}

static void do_one(struct sweep *s, struct sweep_row row)
{
    struct arena a;
    struct one o = { .sweep = s, .row = row };
    arena_init(&a, 0);
    s->tried++;
    if (tx_do(s->job->app->store, &a, work, &o) != ERR_OK)
        s->failed++;
    else
        s->done += o.done;
    arena_free(&a);
}

/* One page; the id of its last row, 0 at the end. */
static int64_t do_some(struct sweep *s, int64_t behind)
{
    struct db db;
    if (db_begin(s->job->app->store, s->job->arena, &db) != ERR_OK) {
        job_failed(s->job, S("no database"));
        return 0;
    }
    struct sweep_rows rows = s->list(&db, s->job, behind);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++)
        do_one(s, rows.v[i]);
    return rows.n ? rows.v[rows.n - 1].id : 0;
}

void sweep_run(struct sweep *s)
{
    int64_t behind = 0;
    do
        behind = do_some(s, behind);
    while (behind);
    if (s->failed)
        job_failed(s->job, str_from_c(s->trouble));
}

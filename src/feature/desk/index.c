/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filling the index of people. Everything here runs at start or in the hook of a commit, one thread
 * at a time (`lock`); who asks takes no lock. Only who may be proposed is in it at all: a consent
 * that is withdrawn takes the person out with the same commit.
 */
#include "feature/desk/index.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/vec.h"
#include "feature/person/person.h"
#include "tables.h"

/* As in search/index.c: on PostgreSQL transactions may commit in another order than they began. */
#define SLACK_SECONDS 5
#define AT_ONCE       500

struct desk {
    struct app *app;
    struct people *people;
    pthread_mutex_t lock;
    struct arena arena; /* of the towns */
    struct {
        int64_t *v;
        size_t n, cap;
    } towns;      /* their numbers in the index are their places here */
    int64_t seen; /* changed_at of the newest row */
};

static uint16_t town_number(struct desk *d, int64_t id)
{
    for (size_t i = 0; i < d->towns.n; i++)
        if (d->towns.v[i] == id)
            return (uint16_t)i;
    *vec_add(&d->arena, &d->towns) = id;
    return (uint16_t)(d->towns.n - 1);
}

static int64_t day_of(int64_t instant)
{
    return instant ? clock_day_number(instant) : 0;
}

/* Puts a row into the index, or takes it out. */
static void take(struct desk *d, const struct person_row *r)
{
    struct day today = clock_today();
    struct person p = { .id = r->id, .agreed = true, .confirmed = day_of(r->confirmed_at) };
    d->seen = r->changed_at > d->seen ? r->changed_at : d->seen;
    if (!person_proposable(r, today)) {
        people_erase(d->people, &r->id, 1);
        return;
    }
    p.city = town_number(d, r->city_id);
    p.profile = person_profile(r, today);
    people_put(d->people, &p, 1);
}

/* All rows changed since then, a few hundred at a time. */
static enum err read_since(struct desk *d, int64_t since)
{
    enum err e = ERR_OK;
    int64_t behind = 0;
    for (bool more = true; more && e == ERR_OK;) {
        struct arena a;
        struct db db;
        arena_init(&a, 0);
        more = false;
        e = db_begin(d->app->store, &a, &db);
        if (e == ERR_OK) {
            struct person_row_rows rows = person_changed(&db, since, behind, AT_ONCE);
            for (size_t i = 0; i < rows.n; i++)
                take(d, &rows.v[i]);
            more = rows.n == AT_ONCE;
            behind = rows.n ? rows.v[rows.n - 1].id : behind;
            e = db.err;
            db_end(&db);
        }
        arena_free(&a);
    }
    return e;
}

/* Runs after each commit, before it is acknowledged. */
static void committed(void *ctx, const struct db_tables *written)
{
    struct desk *d = ctx;
    if (!db_tables_has(written, TABLE_person) && !db_tables_has(written, TABLE_consent))
        return;
    pthread_mutex_lock(&d->lock);
    enum err e = read_since(d, d->seen - SLACK_SECONDS);
    if (e != ERR_OK)
        log_event(LOG_ERROR, "people.behind", { "why", str_from_c(err_name(e)) });
    pthread_mutex_unlock(&d->lock);
}

enum err people_index_start(struct app *app)
{
    if (!app->serving)
        return ERR_OK;
    struct desk *d = NEW(&app->arena, struct desk);
    d->app = app;
    d->people = people_new();
    arena_init(&d->arena, 0);
    pthread_mutex_init(&d->lock, NULL);
    app->desk = d;
    enum err e = read_since(d, 0);
    people_compact(d->people);
    log_event(LOG_INFO, "people.ready",
              { "people", str_fmt(&app->arena, "%zu", people_stats(d->people).people) });
    store_on_commit(app->store, committed, d);
    return e;
}

void people_index_stop(struct app *app)
{
    if (!app->desk)
        return;
    people_free(app->desk->people);
    arena_free(&app->desk->arena);
}

const struct people_fits *people_index_find(struct rq *rq, struct people_query *q)
{
    struct desk *d = rq->app->desk;
    uint16_t *city = NEW(rq->arena, uint16_t);
    pthread_mutex_lock(&d->lock);
    *city = town_number(d, rq->city->id);
    pthread_mutex_unlock(&d->lock);
    q->cities = city;
    q->n_cities = 1;
    q->today = day_number(clock_today());
    return people_find(d->people, rq->arena, q);
}

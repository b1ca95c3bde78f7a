/* SPDX-License-Identifier: EUPL-1.2 */
/* Table: duplicate_pair. Suspicions are computed by night and on request, never while reading. */
#include "base/map.h"
#include "feature/duplicate/duplicate.h"
#include "web/app.h"
#include "web/city.h"
#include "web/feature.h"
#include "web/job.h"

enum duplicate_level duplicate_level(int64_t score)
{
    return score >= 80 ? LEVEL_SURE : score >= 55 ? LEVEL_LIKELY : LEVEL_POSSIBLE;
}

static str name_of(struct arena *a, int64_t low, int64_t high)
{
    return str_fmt(a, "%lld %lld", (long long)low, (long long)high);
}

static void keep(struct tx *tx, int64_t city_id, str kind, const struct merge_pair *p)
{
    struct dup_pair_insert_in in = { .id = db_new_id(),
                                     .city = city_id,
                                     .kind = kind,
                                     .low = p->low,
                                     .high = p->high,
                                     .reasons = p->reasons,
                                     .score = p->score,
                                     .at = tx->now };
    dup_pair_insert(tx, &in);
}

/* What is known is brought up to date, what is new is added, what is over goes. */
static void find_kind(struct tx *tx, const struct merge_kind *kind, int64_t city_id)
{
    struct arena *a = tx->db.arena;
    str name = str_from_c(kind->record->name);
    struct merge_pairs pairs = { 0 };
    struct map found = map_new(a);
    struct dup_pair_rows known = dup_pairs_all(&tx->db, city_id, name);
    kind->find(&tx->db, city_id, &pairs);
    for (size_t i = 0; i < pairs.n; i++)
        *map_put(&found, name_of(a, pairs.v[i].low, pairs.v[i].high)) = i + 1;
    for (size_t i = 0; i < known.n; i++) {
        const struct dup_pair *k = &known.v[i];
        uint64_t *at = map_find(&found, name_of(a, k->low_id, k->high_id));
        const struct merge_pair *p = at && *at ? &pairs.v[*at - 1] : NULL;
        if (!p)
            dup_pair_delete(tx, city_id, k->id);
        else if (p->reasons != k->reasons || p->score != k->score)
            dup_pair_update(tx,
                            &(struct dup_pair_update_in){ p->reasons, p->score, city_id, k->id });
        if (p)
            *at = 0;
    }
    for (size_t i = 0; i < pairs.n; i++)
        if (*map_find(&found, name_of(a, pairs.v[i].low, pairs.v[i].high)))
            keep(tx, city_id, name, &pairs.v[i]);
}

void find_in_town(struct tx *tx, const struct app *app, int64_t city_id)
{
    for (const struct feature *const *f = app->features; *f; f++)
        if ((*f)->merges)
            find_kind(tx, (*f)->merges, city_id);
}

struct looking {
    struct job_run *job;
    int64_t city_id;
};

static void look(struct tx *tx, void *ctx)
{
    const struct looking *l = ctx;
    tx->now = l->job->now;
    find_in_town(tx, l->job->app, l->city_id);
}

void find_run(struct job_run *job)
{
    struct city_list cities = city_list_begin(job->app->cities);
    size_t failed = 0;
    for (size_t i = 0; i < cities.n; i++) {
        struct arena a;
        struct looking l = { job, cities.v[i].id };
        arena_init(&a, 0);
        failed += tx_do(job->app->store, &a, look, &l) != ERR_OK;
        arena_free(&a);
    }
    job_result(job, str_fmt(job->arena, "%zu towns", cities.n - failed));
    city_list_end(job->app->cities, &cities);
    if (failed)
        job_failed(job, S("some towns could not be looked through"));
}

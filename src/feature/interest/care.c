/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daily care for interests. After a week without answer the contact is reminded once, after
 * two the citizen hears that nobody has answered and who else helps. Then retention: never
 * confirmed 3 days, finished 60 days, anything 180 days.
 */
#include "base/clock.h"
#include "feature/interest/interest.h"
#include "web/app.h"
#include "web/city.h"
#include "web/job.h"

#define DAY              ((int64_t)86400)
#define REMIND_AFTER     (7 * DAY)
#define SORRY_AFTER      (14 * DAY)
#define UNCONFIRMED_KEPT (3 * DAY)
#define FINISHED_KEPT    (60 * DAY)
#define ANY_KEPT         INTEREST_LINK_SECONDS

struct care {
    struct app *app;
    struct city_list cities;
    int64_t now;
    int64_t asked, erased;
};

static void remind(struct tx *tx, const struct care *c, const struct interest_waiting_row *w)
{
    const struct city *city = city_by_id(&c->cities, w->city_id);
    if (!city)
        return;
    struct rq rq = rq_outside(c->app, &tx->db, &c->cities, city);
    const struct interest_row *i = interest_get(&tx->db, w->city_id, w->id);
    const struct interest_offer_row *offer =
        i ? interest_offer(&tx->db, w->city_id, i->opportunity_id) : NULL;
    if (!offer)
        return;
    interest_mail_remind(&rq, tx, i, offer); /* queued once: its occasion has a name */
    if (w->sent_at <= c->now - SORRY_AFTER)
        interest_mail_sorry(&rq, tx, i, offer);
}

static void work(struct tx *tx, void *ctx)
{
    struct care *c = ctx;
    struct interest_waiting_row_rows waiting = interest_waiting(&tx->db, c->now - REMIND_AFTER);
    for (size_t i = 0; i < waiting.n; i++)
        remind(tx, c, &waiting.v[i]);
    struct interest_over_row_rows over = interest_over(&tx->db, c->now - UNCONFIRMED_KEPT,
                                                       c->now - FINISHED_KEPT, c->now - ANY_KEPT);
    for (size_t i = 0; i < over.n; i++)
        interest_erase(tx, over.v[i].city_id, over.v[i].id,
                       str_eq(over.v[i].state, S("unconfirmed")));
    c->asked = (int64_t)waiting.n;
    c->erased = (int64_t)over.n;
}

void interest_care(struct job_run *job)
{
    struct care c = { .app = job->app,
                      .cities = city_list_begin(job->app->cities),
                      .now = job->now };
    if (tx_do(job->app->store, job->arena, work, &c) != ERR_OK)
        job_failed(job, S("not committed"));
    else
        job_result(job, str_fmt(job->arena, "%lld without answer, %lld erased", (long long)c.asked,
                                (long long)c.erased));
    city_list_end(job->app->cities, &c.cities);
}

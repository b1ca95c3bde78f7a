/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daily care for interests. After a week without answer the contact is reminded once, after
 * two the citizen hears that nobody has answered and who else helps. How long interests are kept:
 * interest.privacy.
 */
#include "base/clock.h"
#include "feature/interest/interest.h"
#include "web/app.h"
#include "web/city.h"
#include "web/job.h"

#define DAY          ((int64_t)86400)
#define REMIND_AFTER (7 * DAY)
#define SORRY_AFTER  (14 * DAY)

struct care {
    struct app *app;
    struct city_list cities;
    int64_t now;
    int64_t asked;
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
    c->asked = (int64_t)waiting.n;
}

void interest_care(struct job_run *job)
{
    struct care c = { .app = job->app,
                      .cities = city_list_begin(job->app->cities),
                      .now = job->now };
    if (tx_do(job->app->store, job->arena, work, &c) != ERR_OK)
        job_failed(job, S("not committed"));
    else
        job_result(job, str_fmt(job->arena, "%lld without answer", (long long)c.asked));
    city_list_end(job->app->cities, &c.cities);
}

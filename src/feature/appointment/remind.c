/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The job that reminds citizens of their appointment, a day before. Who booked less than a day
 * ahead is not reminded; who moved it is, of the new time.
 */
#include "feature/appointment/pages.h"
#include "web/job.h"
#include "web/sweep.h"

#define AHEAD 86400
#define SOON  3600 /* later it is of no use any more */

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    struct appointment_remind_row_rows rows =
        appointment_to_remind(db, job->now + SOON, job->now + AHEAD, behind);
    struct sweep_rows page = { NEW_ARRAY(db->arena, rows.n, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        page.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return page;
}

static bool remind(struct rq *rq, struct tx *tx, int64_t id)
{
    const struct appointment_row *b = appointment_get(&tx->db, rq->city->id, id);
    if (!b || appointment_reminded(tx, tx->now, rq->city->id, id) != 1)
        return false;
    appointment_mail_remind(rq, tx, b);
    return true;
}

void appointment_remind(struct job_run *job)
{
    struct sweep s = {
        .job = job, .list = list, .each = remind, .trouble = "some people could not be reminded"
    };
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld reminded", (long long)s.done));
}

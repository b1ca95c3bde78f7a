/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Organisations that do not answer: reminded twice, two weeks apart. Then the sheet is due for the
 * office, so that no month stays unconfirmed without anybody noticing.
 */
#include "feature/hours/pages.h"
#include "web/sweep.h"

#define PAGE 200

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    struct hours_unanswered_in in = { .most = HOURS_REMINDERS,
                                      .before = job->now - HOURS_ANSWER_DAYS * (int64_t)86400,
                                      .behind = behind,
                                      .limit = PAGE };
    struct hours_swept_rows rows = hours_unanswered(db, &in);
    struct sweep_row *v = NEW_ARRAY(db->arena, rows.n + 1, struct sweep_row);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return (struct sweep_rows){ v, rows.n };
}

/* Nobody to write to: the sheet is due as it was. */
static bool remind(struct rq *rq, struct tx *tx, int64_t id)
{
    enum msg why;
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, id);
    struct procedure_ask ask = {
        .procedure = &hours_procedure, .id = id, .verb = S("remind"), .who = BY_JOB
    };
    return s && hours_addressee(s).n && procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE;
}

void hours_care(struct job_run *job)
{
    struct sweep reminding = {
        .job = job, .list = list, .each = remind, .trouble = "some could not be reminded"
    };
    sweep_run(&reminding);
    if (!job->failed)
        job_result(job, str_fmt(job->arena, "reminded %lld", (long long)reminding.done));
}

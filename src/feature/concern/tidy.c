/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Once a night: an answer to which nobody has objected for two weeks closes the concern. And how
 * concerns are erased: what nobody has confirmed is deleted, of others everything personal goes,
 * and only number, topic and days remain, for the figures. When: concern.privacy; the privacy
 * page and the form say so.
 */
#include "feature/concern/pages.h"
#include "feature/concern/states.h"
#include "feature/consent/consent.h"
#include "web/app.h"
#include "web/erasure.h"
#include "web/job.h"

#define DAY 86400

struct tidying {
    struct job_run *job;
    int64_t closed;
};

/* With messages, history, due days, follow-ups and links. */
void concern_erase_row(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &concern_record, .id = e->id };
    const struct concern_full *c = concern_get(&tx->db, e->city_id, e->id);
    if (!c)
        return;
    concern_messages_delete(tx, e->city_id, e->id);
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(CONCERN_LINK), e->id);
    consent_forget(tx, e->city_id, S("concern"), e->id);
    consent_end(tx, e->city_id, S("concern"), e->id);
    if (str_eq(c->state, S("new")))
        concern_delete(tx, e->city_id, e->id);
    else
        concern_erase(tx, tx->now, e->city_id, e->id);
}

static void close_settled(struct tx *tx, const struct concern_old *c)
{
    struct concern_set_state_in in = {
        .to = S("closed"), .city = c->city_id, .id = c->id, .from = S("answered")
    };
    concern_set_state(tx, &in);
    concern_set_closed(tx, tx->now, c->city_id, c->id);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &concern_procedure,
                                                    .city_id = c->city_id,
                                                    .id = c->id,
                                                    .who = BY_JOB,
                                                    .verb = S("close"),
                                                    .from = S("answered"),
                                                    .to = S("closed"),
                                                    .note = S("") });
}

static void work(struct tx *tx, void *ctx)
{
    struct tidying *t = ctx;
    int64_t now = t->job->now;
    struct concern_old_rows rows =
        concern_answered_long_ago(&tx->db, now - CONCERN_SETTLED_DAYS * DAY);
    t->closed = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        close_settled(tx, &rows.v[i]);
}

void tidy_concerns(struct job_run *job)
{
    struct tidying t = { .job = job };
    if (tx_do(job->app->store, job->arena, work, &t) != ERR_OK) {
        job_failed(job, S("not committed"));
        return;
    }
    job_result(job, str_fmt(job->arena, "closed %lld", (long long)t.closed));
}

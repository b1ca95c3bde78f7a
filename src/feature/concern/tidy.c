/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Housekeeping, once a night. What nobody has confirmed within a week is deleted; an answer to
 * which nobody has objected for two weeks closes the concern; a year after that (a month after
 * a withdrawal) everything personal is erased, and only number, topic and days remain, for the
 * figures. The privacy page and the form say so.
 */
#include "feature/concern/pages.h"
#include "feature/concern/states.h"
#include "feature/consent/consent.h"
#include "web/app.h"
#include "web/job.h"

#define DAY            86400
#define UNCONFIRMED    (7 * DAY)
#define KEPT_CLOSED    (365 * DAY)
#define KEPT_WITHDRAWN (30 * DAY)

struct tidying {
    struct job_run *job;
    int64_t deleted, closed, erased;
};

/* Messages, history, due days, follow-ups and links of a concern. */
static void forget(struct tx *tx, const struct concern_old *c)
{
    struct record record = { .kind = &concern_record, .id = c->id };
    concern_messages_delete(tx, c->city_id, c->id);
    procedure_forget(tx, c->city_id, &record);
    token_revoke(tx, c->city_id, S(CONCERN_LINK), c->id);
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
    struct concern_old_rows rows = concern_unconfirmed(&tx->db, now - UNCONFIRMED);
    t->deleted = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        forget(tx, &rows.v[i]);
        consent_forget(tx, rows.v[i].city_id, S("concern"), rows.v[i].id);
        concern_delete(tx, rows.v[i].city_id, rows.v[i].id);
    }
    rows = concern_answered_long_ago(&tx->db, now - CONCERN_SETTLED_DAYS * DAY);
    t->closed = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        close_settled(tx, &rows.v[i]);
    rows = concern_to_erase(&tx->db, now - KEPT_CLOSED, now - KEPT_WITHDRAWN);
    t->erased = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        forget(tx, &rows.v[i]);
        concern_erase(tx, now, rows.v[i].city_id, rows.v[i].id);
    }
}

void tidy_concerns(struct job_run *job)
{
    struct tidying t = { .job = job };
    if (tx_do(job->app->store, job->arena, work, &t) != ERR_OK) {
        job_failed(job, S("not committed"));
        return;
    }
    job_result(job, str_fmt(job->arena, "deleted %lld, closed %lld, erased %lld",
                            (long long)t.deleted, (long long)t.closed, (long long)t.erased));
}

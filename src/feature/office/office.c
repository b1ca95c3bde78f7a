/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office: "Heute", and the machine room (outbox, jobs, audit trail). The mailbox of the
 * demo shows what would have been mailed. Reads tables of web, opportunity, city.
 */
#include "feature/office/office.h"

#include "base/clock.h"
#include "feature/office/worklist.h"
#include "follow_up.html.h"
#include "office.html.h"
#include "office.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/job.h"
#include "web/mail.h"
#include "web/return_to.h"

/* GET /buero: what waits for me, what is late, what comes. */
static void today(struct rq *rq)
{
    struct worklist list = { 0 };
    worklist_load(rq, &list);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    view_office_today(rq, &list, office_count(rq->db, rq->city->id));
}

/* ---- follow-ups ---- */

/* A record that this person works on. */
static bool find_own(struct rq *rq, str kind_name, int64_t id, struct record *record)
{
    const struct record_kind *kind = record_kind_find(rq->app, kind_name);
    return kind && record_find(rq, kind, id, record) && record_may(rq, record);
}

/* POST /buero/wiedervorlagen: from the page of any record. */
static void follow_up_add(struct rq *rq, struct tx *tx)
{
    struct record record;
    struct follow_up_form form = { 0 };
    if (!find_own(rq, rq_param(rq, "kind"), rq_param_int(rq, "record", 0), &record)) {
        rq_not_found(rq);
        return;
    }
    if (!rq_form(rq, follow_up_fields, &form)) {
        rq_status(rq, 422);
        rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
        view_follow_up_page(rq, &record, &form);
        return;
    }
    follow_up_new(rq, tx, &record, &form);
    rq_note(rq, MSG_follow_up_note_added);
    rq_see_url(rq, record.page);
}

/* POST /buero/wiedervorlagen/{id}/erledigt */
static void follow_up_finish(struct rq *rq, struct tx *tx)
{
    struct record record;
    const struct follow_up_row *f = follow_up_get(rq->db, rq->city->id, rq_id(rq));
    struct follow_up_done_in in = {
        .at = tx->now, .by = rq->who.account_id, .city = rq->city->id, .id = rq_id(rq)
    };
    if (!f || !find_own(rq, f->kind, f->subject_id, &record)) {
        rq_not_found(rq);
        return;
    }
    if (follow_up_done(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    audit(rq, tx, S("follow_up.finish"), f->id, f->kind);
    rq_note(rq, MSG_follow_up_note_done);
    url page = link_to(rq, S("/buero"));
    return_to_parse(rq, rq_param(rq, "back"), &page);
    rq_see_url(rq, page);
}

/* ---- the machine room ---- */

/* GET /buero/post: the outbox. */
static void outbox(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_office_mail_title(rq), link_to(rq, S("/buero/post")));
    view_office_mail_list(rq, mail_list(rq->db, rq->city->id), false);
}

/* GET /buero/aufgaben: recurring jobs and how they went. */
static void jobs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_office_jobs_title(rq), link_to(rq, S("/buero/aufgaben")));
    view_office_jobs(rq, job_all(rq->db));
}

/* How the last look at the whole chain went (job audit.verify); NULL: there was none. */
static const struct job_row *verified(struct rq *rq)
{
    struct job_row_rows rows = job_all(rq->db);
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].name, S("audit.verify")) && rows.v[i].finished_at)
            return &rows.v[i];
    return NULL;
}

/* GET /buero/protokoll: the audit trail of this town. */
static void trail(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_office_audit_title(rq), link_to(rq, S("/buero/protokoll")));
    view_office_audit(rq, audit_list(rq->db, rq->city->id), verified(rq));
}

/* Every night: has anybody changed what was written? */
static void verify(struct job_run *job)
{
    struct db db;
    if (db_begin(job->app->store, job->arena, &db) != ERR_OK) {
        job_failed(job, S("no database"));
        return;
    }
    int64_t broken = audit_verify(&db);
    db_end(&db);
    if (db.err != ERR_OK)
        job_failed(job, S("cannot be read"));
    else if (broken)
        job_failed(job, str_fmt(job->arena, "broken at row %lld", (long long)broken));
    else
        job_result(job, S("the chain holds"));
}

/* ---- the mailbox of the demo ---- */

/* GET /postfach: only in a demo, where nobody's mail is real. */
static void mailbox(struct rq *rq)
{
    if (!rq->app->config.demo) {
        rq_not_found(rq);
        return;
    }
    rq->personal = true;
    rq_crumb(rq, t_office_mailbox_title(rq), link_to(rq, S("/postfach")));
    view_office_mail_list(rq, mail_list(rq->db, rq->city->id), true);
}

/* GET /postfach/{id} */
static void mailbox_mail(struct rq *rq)
{
    const struct mail_full *m = mail_show(rq->db, rq->city->id, rq_id(rq));
    if (!rq->app->config.demo || !m) {
        rq_not_found(rq);
        return;
    }
    rq->personal = true;
    rq_crumb(rq, t_office_mailbox_title(rq), link_to(rq, S("/postfach")));
    rq_crumb(rq, m->subject, link_id(rq, S("/postfach/"), m->id));
    view_office_mail(rq, m);
}

static const struct route routes[] = {
    GET("/buero", today, CAN(office_open)),
    POST("/buero/wiedervorlagen", follow_up_add, CAN(office_open)),
    POST("/buero/wiedervorlagen/{id}/erledigt", follow_up_finish, CAN(office_open)),
    GET("/buero/post", outbox, CAN(mail_read)),
    GET("/buero/aufgaben", jobs, CAN(job_read)),
    GET("/buero/protokoll", trail, CAN(audit_read)),
    GET("/postfach", mailbox, ANYONE),
    GET("/postfach/{id}", mailbox_mail, ANYONE),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_office_nav_today,
      .path = "/buero",
      .kind = ACCESS_CAN,
      .permission = PERM_office_open,
      .office = true,
      .order = 10 },
    { .label = MSG_office_nav_mail,
      .path = "/buero/post",
      .kind = ACCESS_CAN,
      .permission = PERM_mail_read,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 80 },
    { .label = MSG_office_nav_jobs,
      .path = "/buero/aufgaben",
      .kind = ACCESS_CAN,
      .permission = PERM_job_read,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 85 },
    { .label = MSG_office_nav_audit,
      .path = "/buero/protokoll",
      .kind = ACCESS_CAN,
      .permission = PERM_audit_read,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 90 },
    { 0 },
};

static const struct job job_table[] = {
    { .name = "mail.send",
      .doc = "Sends the mails that are due.",
      .every = 15,
      .run = mail_send_due },
    { .name = "audit.verify",
      .doc = "Recomputes the chain of the audit trail.",
      .hour = 4,
      .run = verify },
    { 0 },
};

const struct feature office_feature = {
    .name = "office", .routes = routes, .nav = nav, .jobs = job_table
};

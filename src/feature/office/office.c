/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office: "Heute", and the machine room (outbox, jobs, audit trail). The mailbox of the
 * demo shows what would have been mailed. Reads tables of web, opportunity, city.
 */
#include "feature/office/office.h"

#include "base/clock.h"
#include "office.html.h"
#include "web/audit.h"
#include "web/job.h"
#include "web/mail.h"

/* An offer is asked about on day 75 (product: freshness); the office sees it from then on. */
#define STALE_DAYS  75
#define ENDING_DAYS 14

/* GET /buero: what waits for me, what is late, what comes. */
static void today(struct rq *rq)
{
    int64_t now = clock_now();
    struct today t = {
        .submitted = office_submitted(rq->db, rq->city->id),
        .stale = office_stale(rq->db, rq->city->id, now - STALE_DAYS * 86400),
        .ending = office_ending(rq->db, rq->city->id,
                                day_iso(rq->arena, day_add(clock_today(), ENDING_DAYS))),
        .counts = office_count(rq->db, rq->city->id),
    };
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    view_office_today(rq, &t);
}

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

/* GET /buero/protokoll: the audit trail of this town. */
static void trail(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_office_audit_title(rq), link_to(rq, S("/buero/protokoll")));
    view_office_audit(rq, audit_list(rq->db, rq->city->id));
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
      .order = 80 },
    { .label = MSG_office_nav_jobs,
      .path = "/buero/aufgaben",
      .kind = ACCESS_CAN,
      .permission = PERM_job_read,
      .office = true,
      .order = 85 },
    { .label = MSG_office_nav_audit,
      .path = "/buero/protokoll",
      .kind = ACCESS_CAN,
      .permission = PERM_audit_read,
      .office = true,
      .order = 90 },
    { 0 },
};

static const struct job job_table[] = {
    { .name = "mail.send",
      .doc = "Sends the mails that are due.",
      .every = 15,
      .run = mail_send_due },
    { 0 },
};

const struct feature office_feature = {
    .name = "office", .routes = routes, .nav = nav, .jobs = job_table
};

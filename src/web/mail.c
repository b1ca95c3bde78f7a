/* SPDX-License-Identifier: EUPL-1.2 */
/* The outbox and the job that empties it. */
#include "web/mail.h"

#include "base/clock.h"
#include "base/err.h"
#include "web/app.h"
#include "web/form.h"
#include "web/html.h"
#include "web/job.h"
#include "web/smtp.h"
#include "web/url.h"
#include "web.sql.h"

/* A mail is given up after about five days. */
#define ATTEMPTS    12
#define FIRST_PAUSE 60
#define LAST_PAUSE  86400

/* Length of the web address at the front, 0 when there is none. */
static size_t address_length(str s)
{
    size_t n = 0;
    if (!str_starts(s, S("https://")) && !str_starts(s, S("http://")))
        return 0;
    while (n < s.n && (unsigned char)s.p[n] > ' ' && str_find_byte(S("\"<>"), s.p[n]) < 0)
        n++;
    return n;
}

static void put_link(struct out *o, str address)
{
    url u = url_of(o->arena, address);
    if (!url_empty(u)) {
        OUT(o, "<a href=\"");
        html_put_url(o, u);
        OUT(o, "\">");
    }
    html_put_str(o, address);
    if (!url_empty(u))
        OUT(o, "</a>");
}

html mail_markup(struct arena *a, str text)
{
    struct out o = out_new(a, text.n * 8 + 256);
    OUT(&o, "<p>");
    for (size_t i = 0; i < text.n; i++) {
        str rest = str_slice(text, i, text.n);
        size_t address = address_length(rest);
        if (str_starts(rest, S("\n\n"))) {
            OUT(&o, "</p>\n<p>");
            i++;
        } else if (text.p[i] == '\n') {
            OUT(&o, "<br>\n");
        } else if (address) {
            put_link(&o, str_slice(rest, 0, address));
            i += address - 1;
        } else {
            html_put_str(&o, str_slice(rest, 0, 1));
        }
    }
    OUT(&o, "</p>\n");
    return html_trusted(&o);
}

void mail_queue(struct tx *tx, int64_t city_id, const struct notice *n)
{
    if (tx->db.err != ERR_OK)
        return; /* the address may be what could not be read */
    must(mail_valid(n->to) && (!n->reply_to.n || mail_valid(n->reply_to)));
    mail_insert(tx, &(struct mail_insert_in){
                        .id = db_new_id(),
                        .city = city_id,
                        .recipient = n->to,
                        .subject = n->subject,
                        .body_text = n->text,
                        .body_html = n->html.n ? n->html : mail_markup(tx->db.arena, n->text).s,
                        .dedupe = n->dedupe,
                        .reply_to = n->reply_to,
                        .leave_at = n->leave.s,
                        .created_at = tx->now,
                        .next_at = tx->now,
                    });
}

static int64_t pause_after(int64_t attempts)
{
    int64_t pause = FIRST_PAUSE;
    for (int64_t i = 0; i < attempts && pause < LAST_PAUSE; i++)
        pause *= 3;
    return pause < LAST_PAUSE ? pause : LAST_PAUSE;
}

static int64_t next_try(int64_t attempts)
{
    return attempts + 1 < ATTEMPTS ? clock_now() + pause_after(attempts) : INT64_MAX;
}

struct attempt {
    const struct mail_due_row *row;
    bool mine;
    bool sent;
    str why; /* when it was not sent */
};

static void claim(struct tx *tx, void *ctx)
{
    struct attempt *a = ctx;
    const struct mail_due_row *row = a->row;
    a->mine = mail_claim(tx, next_try(row->attempts), row->id, row->attempts) == 1;
}

static void write_down(struct tx *tx, void *ctx)
{
    const struct attempt *a = ctx;
    if (a->sent)
        mail_sent(tx, clock_now(), a->row->id);
    else
        mail_failed(tx, a->why, a->row->id);
}

/*
 * The attempt is counted before it is made, so that no two senders make it, and a sender that
 * dies over it is not followed at once by another. Sending is outside of any transaction.
 * False: the database takes nothing (a full disk), so that the next one need not be tried.
 */
static bool send_one(struct job_run *job, struct attempt *a)
{
    const struct config *config = &job->app->config;
    struct smtp_mail mail = { .from = str_from_c(config->mail_from),
                              .to = a->row->recipient,
                              .subject = a->row->subject,
                              .reply_to = a->row->reply_to,
                              .leave = a->row->leave_at,
                              .text = a->row->body_text,
                              .html = a->row->body_html,
                              .id = a->row->id,
                              .at = clock_now() };
    if (tx_do(job->app->store, job->arena, claim, a) != ERR_OK) {
        job_failed(job, S("no mail could be claimed"));
        return false;
    }
    if (!a->mine)
        return true;
    a->sent = smtp_send(job->arena, config, &mail, &a->why) == ERR_OK;
    if (tx_do(job->app->store, job->arena, write_down, a) != ERR_OK)
        job_failed(job, S("what came of a mail could not be written down"));
    return true;
}

void mail_send_due(struct job_run *job)
{
    if (!job->app->config.smtp[0])
        return;
    struct db db;
    if (db_begin(job->app->store, job->arena, &db) != ERR_OK) {
        job_failed(job, S("no database"));
        return;
    }
    struct mail_due_row_rows due = mail_due(&db, clock_now());
    db_end(&db);
    int64_t sent = 0;
    int64_t tried = 0;
    bool takes = true;
    for (size_t i = 0; i < due.n && takes; i++) {
        struct attempt a = { .row = &due.v[i] };
        takes = send_one(job, &a);
        tried += a.mine;
        sent += a.sent;
    }
    if (sent < tried)
        job_failed(job, S("some mails could not be sent"));
    job_result(job, str_fmt(job->arena, "sent %lld of %lld", (long long)sent, (long long)tried));
}

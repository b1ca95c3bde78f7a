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
#include "web.sql.h"

/* A mail is given up after about five days. */
#define ATTEMPTS    12
#define FIRST_PAUSE 60
#define LAST_PAUSE  86400

html mail_markup(struct arena *a, str text)
{
    struct out o = out_new(a, text.n * 8 + 256);
    OUT(&o, "<p>");
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n' && i + 1 < text.n && text.p[i + 1] == '\n') {
            OUT(&o, "</p>\n<p>");
            i++;
        } else if (c == '\n') {
            OUT(&o, "<br>\n");
        } else if (c == '<' || c == '>' || c == '&') {
            out_str(&o, c == '<' ? S("&lt;") : c == '>' ? S("&gt;") : S("&amp;"));
        } else if (str_starts(str_slice(text, i, text.n), S("https://")) ||
                   str_starts(str_slice(text, i, text.n), S("http://"))) {
            size_t end = i;
            while (end < text.n && (unsigned char)text.p[end] > ' ' && text.p[end] != '"')
                end++;
            str link = str_slice(text, i, end);
            out_fmt(&o, "<a href=\"%.*s\">%.*s</a>", STR_FMT(link), STR_FMT(link));
            i = end - 1;
        } else {
            out_char(&o, c);
        }
    }
    OUT(&o, "</p>\n");
    return html_trusted(&o);
}

void mail_queue(struct tx *tx, int64_t city_id, const struct notice *n)
{
    must(mail_valid(n->to));
    mail_insert(tx, &(struct mail_insert_in){
                        .id = db_new_id(),
                        .city = city_id,
                        .recipient = n->to,
                        .subject = n->subject,
                        .body_text = n->text,
                        .body_html = n->html.n ? n->html : mail_markup(tx->db.arena, n->text).s,
                        .dedupe = n->dedupe,
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

/* Sending is outside of any transaction; what came of it is written afterwards. */
static bool send_one(struct job_run *job, const struct mail_due_row *row)
{
    const struct config *config = &job->app->config;
    struct smtp_mail mail = { .from = str_from_c(config->mail_from),
                              .to = row->recipient,
                              .subject = row->subject,
                              .text = row->body_text,
                              .html = row->body_html,
                              .id = row->id,
                              .at = clock_now() };
    str why = S("");
    bool sent = smtp_send(job->arena, config, &mail, &why) == ERR_OK;
    struct tx tx;
    if (tx_begin(job->app->store, job->arena, &tx) != ERR_OK)
        return false;
    if (sent)
        mail_sent(&tx, clock_now(), row->id);
    else
        mail_failed(&tx, next_try(row->attempts), why, row->id);
    return tx_commit(&tx) == ERR_OK && sent;
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
    for (size_t i = 0; i < due.n; i++)
        sent += send_one(job, &due.v[i]);
    if (sent < (int64_t)due.n)
        job_failed(job, S("some mails could not be sent"));
    job_result(job, str_fmt(job->arena, "sent %lld of %zu", (long long)sent, due.n));
}

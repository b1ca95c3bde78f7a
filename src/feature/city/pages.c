/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The public pages of a town: legal pages, Leichte Sprache, and the report of a barrier.
 * Tables: legal_page, barrier_report.
 */
#include "feature/city/pages.h"

#include "city.html.h"
#include "city.text.h"
#include "web/app.h"
#include "web/json.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/markdown.h"
#include "web/return_to.h"
#include "web/session.h"

static const struct limit_rule report_by_peer = { "city.report", 5, 600 };

const struct field report_fields[] = {
    FIELD(struct report_form, page, TEXT, MSG_city_report_page, .max = 300,
          .hint = MSG_city_report_page_hint, .autocomplete = "off"),
    FIELD(struct report_form, message, LONG, MSG_city_report_message, .required = true, .max = 4000,
          .hint = MSG_city_report_message_hint),
    FIELD(struct report_form, reply_to, MAIL, MSG_city_report_reply,
          .hint = MSG_city_report_reply_hint, .autocomplete = "email"),
    { 0 },
};

/* ---- legal pages ---- */

static void answer_text(struct rq *rq, str name, str body_md)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("page"));
    json_str(&j, name);
    json_key(&j, S("language"));
    json_str(&j, lang_info(rq->lang)->code);
    json_key(&j, S("text_md"));
    json_str(&j, body_md);
    json_object_end(&j);
    json_done(&j);
}

static void legal(struct rq *rq, const struct legal_page *page, const struct report_form *report)
{
    struct legal_text text = legal_text_of(rq, page);
    str address = str_join(rq->arena, S("/"), page->name);
    if (rq_wants_json(rq)) {
        answer_text(rq, page->name, text.body_md);
        return;
    }
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, text_of(rq, page->title), link_to(rq, address));
    view_city_legal(rq, page, &text, markdown(rq->arena, text.body_md, 2), report);
}

/* GET /impressum */
void page_imprint(struct rq *rq)
{
    legal(rq, &legal_imprint, NULL);
}

/* GET /datenschutz */
void page_privacy(struct rq *rq)
{
    legal(rq, &legal_privacy, NULL);
}

/* GET /barrierefreiheit: the statement, and the form to report what does not work. */
void page_accessibility(struct rq *rq)
{
    struct report_form f = { .page = rq_param(rq, "page") };
    legal(rq, &legal_accessibility, &f);
}

/* GET /leichte-sprache: what this site is, for people who read with difficulty. */
void page_simple(struct rq *rq)
{
    str body = t_city_simple_body(rq, rq->city->name,
                                  rq->city->phone.n ? rq->city->phone : rq->city->mail);
    if (rq_wants_json(rq)) {
        answer_text(rq, S("leichte-sprache"), body);
        return;
    }
    rq_crumb(rq, t_city_simple_title(rq), link_to(rq, S("/leichte-sprache")));
    view_city_simple(rq, markdown(rq->arena, body, 2));
}

/* ---- reporting a barrier ---- */

/* The office learns that there is a report; what it says stays inside. */
static void tell_office(struct rq *rq, struct tx *tx, int64_t id)
{
    struct rq r = *rq;
    r.lang = rq->city->lang;
    if (!mail_valid(rq->city->mail))
        return;
    struct notice n = {
        .to = rq->city->mail,
        .subject = t_city_report_mail_subject(&r, rq->city->name),
        .text =
            t_city_report_mail_text(&r, link_absolute(rq, link_to(rq, S("/buero/barrieren"))).s),
        .dedupe = str_fmt(rq->arena, "barrier %lld", (long long)id),
    };
    mail_queue(tx, rq->city->id, &n);
}

/* POST /barrierefreiheit */
void page_report(struct rq *rq, struct tx *tx)
{
    struct report_form f = { 0 };
    if (!rq_form(rq, report_fields, &f)) {
        legal(rq, &legal_accessibility, &f);
        return;
    }
    if (rq_limited(rq, &report_by_peer, rq_peer_key(rq)))
        return;
    struct barrier_insert_in in = { .id = db_new_id(),
                                    .city = rq->city->id,
                                    .page = f.page,
                                    .message = f.message,
                                    .reply_to = f.reply_to,
                                    .created_at = tx->now };
    barrier_insert(tx, &in);
    tell_office(rq, tx, in.id);
    rq_note(rq, f.reply_to.n ? MSG_city_note_reported_reply : MSG_city_note_reported);
    rq_see(rq, S("/barrierefreiheit"), 0);
}

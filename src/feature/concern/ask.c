/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The public form: somebody asks, without account. What was typed is shown once more before it
 * is sent, together with articles of the guide that may already answer it. The concern begins
 * when the link in the mail is opened and confirmed (status.c); until then nobody sees it.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "concern.html.h"
#include "concern.text.h"
#include "feature/concern/days.h"
#include "feature/concern/pages.h"
#include "feature/concern/states.h"
#include "feature/consent/consent.h"
#include "web.text.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/session.h"

#define FITTING 3

static const struct limit_rule asks_by_peer = { "concern.ask", 5, 600 };

#define F(member, type, text, ...) \
    FIELD(struct ask_form, member, type, MSG_concern_field_##text, ##__VA_ARGS__)

const struct field ask_fields[] = {
    F(asker, TEXT, asker, .required = true, .max = 20),
    F(organisation, TEXT, organisation, .max = 160, .hint = MSG_concern_field_organisation_hint,
      .autocomplete = "organization"),
    F(topic, CODE, topic, .required = true, .vocab = &vocab_topic),
    F(subject, TEXT, subject, .required = true, .max = 120),
    F(question, LONG, question, .required = true, .max = 6000,
      .hint = MSG_concern_field_question_hint),
    F(name, TEXT, name, .max = 120, .hint = MSG_concern_field_name_hint, .autocomplete = "name"),
    F(mail, MAIL, mail, .required = true, .hint = MSG_concern_field_mail_hint,
      .autocomplete = "email"),
    F(consent, BOOL, consent),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_concern_title(rq), link_to(rq, S("/anliegen")));
}

static void show_form(struct rq *rq, const struct ask_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_concern_ask(rq, f);
}

/* GET /anliegen; ?topic= from a page of the guide. */
void ask_show(struct rq *rq)
{
    struct ask_form f = { .asker = S("citizen"), .topic = rq_param(rq, "topic") };
    show_form(rq, &f);
}

static bool read_form(struct rq *rq, struct ask_form *f)
{
    rq_form(rq, ask_fields, f);
    bool organisation = str_eq(f->asker, S("organisation"));
    if (f->asker.n && !organisation && !str_eq(f->asker, S("citizen")))
        rq_error(rq, "asker", t_form_error_choice(rq));
    if (organisation && !f->organisation.n)
        rq_error(rq, "organisation", t_form_error_required(rq));
    if (!f->consent)
        rq_error(rq, "consent", t_concern_error_consent(rq));
    return rq_ok(rq);
}

/* All that stands beside the box, as it was shown. */
static str consent_words(const struct rq *rq)
{
    return str_fmt(rq->arena, "%.*s %.*s", STR_FMT(t_concern_field_consent(rq)),
                   STR_FMT(t_concern_consent_text(rq, rq->city->name)));
}

static str next_number(struct rq *rq, struct tx *tx)
{
    int year = clock_local(tx->now).day.year;
    const struct concern_number *n = concern_next_number(tx, db_new_id(), rq->city->id, year);
    return str_fmt(rq->arena, "%04d-%04lld", year, n ? (long long)n->latest : 0LL);
}

str concern_search(struct arena *a, const struct concern_words *w)
{
    return utf8_fold(a,
                     str_fmt(a, "%.*s %.*s %.*s %.*s %.*s", STR_FMT(w->number), STR_FMT(w->subject),
                             STR_FMT(w->organisation), STR_FMT(w->name), STR_FMT(w->question)));
}

void concern_corrected(struct tx *tx, int64_t city_id, str mail)
{
    struct concern_words_row_rows rows = concern_words_of_mail(&tx->db, city_id, mail);
    for (size_t i = 0; i < rows.n; i++) {
        const struct concern_words_row *r = &rows.v[i];
        struct concern_words words = { r->number, r->subject, r->organisation, r->name,
                                       r->question };
        concern_set_search(tx, concern_search(tx->db.arena, &words), city_id, r->id);
    }
}

static void create(struct rq *rq, struct tx *tx, const struct ask_form *f)
{
    int64_t office = route_of(rq, f->topic);
    str number = next_number(rq, tx);
    struct day due = day_add_working(clock_local(tx->now).day, CONCERN_WORKING_DAYS);
    struct concern_words words = { number, f->subject, f->organisation, f->name, f->question };
    struct concern_insert_in in = { .id = db_new_id(),
                                    .city = rq->city->id,
                                    .number = number,
                                    .state = S("new"),
                                    .asker = f->asker,
                                    .topic = f->topic,
                                    .office = office ? some_int(office) : no_int,
                                    .organisation = f->organisation,
                                    .name = f->name,
                                    .mail = f->mail,
                                    .subject = f->subject,
                                    .question = f->question,
                                    .search = concern_search(rq->arena, &words),
                                    .lang = lang_info(rq->lang)->code,
                                    .consent = consent_version(rq, consent_words(rq)),
                                    .at = tx->now,
                                    .promised_on = day_iso(rq->arena, due) };
    concern_insert(tx, &in);
    consent_give(rq, tx, &(struct consent_wish){ S("concern"), in.id, f->mail, consent_words(rq) });
    procedure_record(tx, &(struct procedure_entry){ .procedure = &concern_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = in.id,
                                                    .who = BY_LINK,
                                                    .verb = S("ask"),
                                                    .from = S(""),
                                                    .to = S("new"),
                                                    .note = S("") });
    const struct concern_full *c = concern_get(rq->db, rq->city->id, in.id);
    if (c)
        concern_mail_confirm(rq, tx, c);
}

/* POST /anliegen: first the review, then, with step=send, the concern. */
void ask_send(struct rq *rq, struct tx *tx)
{
    struct ask_form f = { 0 };
    str step = rq_param(rq, "step");
    if (!read_form(rq, &f) || str_eq(step, S("edit"))) {
        show_form(rq, &f);
        return;
    }
    if (!str_eq(step, S("send"))) {
        str words = str_fmt(rq->arena, "%.*s %.*s", STR_FMT(f.subject), STR_FMT(f.question));
        crumbs(rq);
        rq_crumb(rq, t_concern_review_title(rq), link_to(rq, S("/anliegen")));
        view_concern_review(rq, &f, guide_fitting(rq, f.topic, words, FITTING));
        return;
    }
    if (rq_limited(rq, &asks_by_peer, rq_peer_key(rq)))
        return;
    create(rq, tx, &f);
    rq_see(rq, S("/anliegen/gesendet"), 0);
}

/* GET /anliegen/gesendet: says no more than the form, whoever comes here. */
void ask_sent(struct rq *rq)
{
    crumbs(rq);
    rq_crumb(rq, t_concern_sent_title(rq), link_to(rq, S("/anliegen/gesendet")));
    view_concern_sent(rq);
}

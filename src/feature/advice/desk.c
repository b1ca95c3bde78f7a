/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages of advice cases. Protocols are sealed (web/seal.h); opening them is noted. */
#include "base/clock.h"
#include "base/utf8.h"
#include "advice.html.h"
#include "advice.sql.web.h"
#include "advice.text.h"
#include "feature/advice/pages.h"
#include "office.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/export.h"
#include "web/seal.h"
#include "web/vocab_label.h"

#define LONGEST_ANSWER 500

const struct field advice_fields[] = {
    FIELD(struct advice_form, channel, CODE, MSG_advice_field_channel, .required = true,
          .vocab = &vocab_advice_channel),
    FIELD(struct advice_form, reason, LONG, MSG_advice_field_reason, .required = true, .max = 1000,
          .hint = MSG_advice_hint_reason),
    { 0 },
};

const struct field talk_fields[] = {
    FIELD(struct talk_form, held_on, DAY, MSG_advice_field_held_on, .required = true),
    FIELD(struct talk_form, channel, CODE, MSG_advice_field_channel, .required = true,
          .vocab = &vocab_advice_channel),
    FIELD(struct talk_form, minutes, INT, MSG_advice_field_minutes, .required = true, .min = 1,
          .max = 600),
    FIELD(struct talk_form, protocol, LONG, MSG_advice_field_protocol, .max = 8000,
          .hint = MSG_advice_hint_protocol),
    { 0 },
};

void advice_crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_advice_title(rq), link_to(rq, S("/buero/beratungen")));
}

/* ---- list ---- */

static struct advice_filter filter_of(struct rq *rq)
{
    return (struct advice_filter){ .state = rq_param(rq, "state"),
                                   .office = rq_param_int(rq, "office", 0),
                                   .person = rq_param_int(rq, "person", 0),
                                   .mine = rq_param(rq, "mine").n > 0,
                                   .all = rq_param(rq, "all").n > 0 };
}

static struct advice_row_rows find_rows(struct rq *rq, const struct advice_filter *f)
{
    struct advice_list_in in = { .city = rq->city->id,
                                 .open = !f->all && !f->state.n,
                                 .state = f->state,
                                 .office = f->office,
                                 .worker = f->mine ? rq->who.account_id : 0,
                                 .person = f->person };
    return advice_list(rq->db, &in);
}

/* GET /buero/beratungen */
void advice_desk_list(struct rq *rq)
{
    struct advice_filter f = filter_of(rq);
    advice_crumbs(rq);
    view_advice_list(rq, &f, find_rows(rq, &f), advice_offices(rq->db, rq->city->id));
}

/* POST /buero/beratungen/export */
void advice_desk_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("beratungen"), STR_INIT("Beratungen"),
                                             STR_INIT("advice.export"),
                                             STR_INIT("/buero/beratungen") };
    struct advice_filter f = filter_of(rq);
    struct advice_row_rows rows = find_rows(rq, &f);
    advice_row_export(rq, tx, &file, rows.v, rows.n);
}

/* ---- beginning ---- */

/* The person of ?person=, who must be open, else 404; without one it begins at the list of people.
 */
static const struct person_row *person_of(struct rq *rq)
{
    if (!rq_has_param(rq, "person")) {
        rq_see_url(rq, link_to(rq, S("/buero/personen")));
        return NULL;
    }
    const struct person_row *p = person_get(rq, rq_param_int(rq, "person", 0));
    if (p && !person_open(p)) {
        rq_not_found(rq);
        return NULL;
    }
    return p;
}

static void show_new(struct rq *rq, const struct person_row *p, const struct advice_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    advice_crumbs(rq);
    rq_crumb(rq, t_advice_new(rq), link_to(rq, S("/buero/beratungen/neu")));
    view_advice_new(rq, p, f, advice_offices(rq->db, rq->city->id));
}

/* GET /buero/beratungen/neu?person= */
void advice_desk_new(struct rq *rq)
{
    const struct person_row *p = person_of(rq);
    struct advice_form f = { .channel = S("consulting_hour") };
    if (p)
        show_new(rq, p, &f);
}

/* POST /buero/beratungen/neu */
void advice_desk_create(struct rq *rq, struct tx *tx)
{
    const struct person_row *p = person_of(rq);
    struct advice_form f = { .channel = S("") };
    opt_int office;
    if (!p)
        return;
    rq_form(rq, advice_fields, &f);
    f.office = rq_param(rq, "office");
    if (!advice_office_known(rq, f.office, &office))
        rq_error(rq, "office", t_form_error_choice(rq));
    if (!rq_ok(rq)) {
        show_new(rq, p, &f);
        return;
    }
    int64_t id = advice_new(rq, tx, &(struct advice_begin){ p->id, office, f.channel, f.reason });
    rq_note(rq, MSG_advice_note_begun);
    rq_see(rq, S("/buero/beratungen/"), id);
}

/* ---- one ---- */

static const struct advice_row *addressed(struct rq *rq)
{
    const struct advice_row *v = advice_get(rq->db, rq->city->id, rq_id(rq));
    if (!v)
        rq_not_found(rq);
    return v;
}

static void show(struct rq *rq, const struct advice_row *v, const struct talk_form *talk,
                 bool opened)
{
    struct advice_page page = {
        .advice = v,
        .talks = advice_talks(rq->db, rq->city->id, v->id),
        .questions = advice_questions(rq->db, rq->city->id, v->office_id.has ? v->office_id.v : -1),
        .answers = advice_answers(rq->db, rq->city->id, v->id),
        .offices = advice_offices(rq->db, rq->city->id),
        .talk = talk,
        .opened = opened,
    };
    procedure_view(rq, &advice_procedure, v->id, &page.course);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    advice_crumbs(rq);
    rq_crumb(rq, page.course.record.title, link_id(rq, S("/buero/beratungen/"), v->id));
    view_advice_page(rq, &page);
}

static struct talk_form talk_today(struct rq *rq, const struct advice_row *v)
{
    return (struct talk_form){ .held_on = day_iso(rq->arena, clock_today()),
                               .channel = v->channel };
}

/* GET /buero/beratungen/{id} */
void advice_desk_show(struct rq *rq)
{
    const struct advice_row *v = addressed(rq);
    if (!v)
        return;
    struct talk_form talk = talk_today(rq, v);
    show(rq, v, &talk, false);
}

static void done(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see(rq, S("/buero/beratungen/"), rq_id(rq));
}

/* POST /buero/beratungen/{id}/schritt */
void advice_desk_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &advice_procedure);
    bool apart = str_eq(ask.verb, S("advise")) || str_eq(ask.verb, S("talk")) ||
                 str_eq(ask.verb, S("hand_over"));
    if (apart) /* these say something, and have forms of their own */
        rq_conflict(rq);
    else if (procedure_take(rq, tx, &ask))
        done(rq, MSG_advice_note_saved);
}

/* ---- talks ---- */

static void keep_answers(struct rq *rq, struct tx *tx, const struct advice_row *v)
{
    struct advice_question_row_rows rows =
        advice_questions(rq->db, rq->city->id, v->office_id.has ? v->office_id.v : -1);
    for (size_t i = 0; i < rows.n; i++) {
        const char *name = str_to_c(rq->arena, advice_question_name(rq, rows.v[i].id));
        str answer = str_trim(utf8_clean(rq->arena, rq_param(rq, name)));
        struct advice_answer_put_in in = { .id = db_new_id(),
                                           .city = rq->city->id,
                                           .advice = v->id,
                                           .person = v->person_id,
                                           .question = rows.v[i].id,
                                           .answer = utf8_cut(answer, LONGEST_ANSWER),
                                           .at = tx->now };
        if (answer.n)
            advice_answer_put(tx, &in);
        else if (rq_has_param(rq, name))
            advice_answer_delete(tx, rq->city->id, v->id, rows.v[i].id);
    }
}

static void keep_talk(struct rq *rq, struct tx *tx, const struct advice_row *v,
                      const struct talk_form *f)
{
    int64_t id = db_new_id();
    sealed protocol =
        seal_close(rq->app, tx, (struct seal_place){ PROTOCOL_COLUMN, id }, f->protocol);
    advice_talk_insert(tx, &(struct advice_talk_insert_in){ .id = id,
                                                            .city = rq->city->id,
                                                            .advice = v->id,
                                                            .person = v->person_id,
                                                            .office = v->office_id,
                                                            .account = rq->who.account_id,
                                                            .held_on = f->held_on,
                                                            .channel = f->channel,
                                                            .minutes = f->minutes,
                                                            .protocol = protocol,
                                                            .at = tx->now });
    advice_set_advised(
        tx, &(struct advice_set_advised_in){
                .at = tx->now, .account = rq->who.account_id, .city = rq->city->id, .id = v->id });
    person_touch(tx, rq->city->id, v->person_id);
    keep_answers(rq, tx, v);
}

/* POST /buero/beratungen/{id}/gespraech: the first one makes the case "advised". */
void advice_desk_talk(struct rq *rq, struct tx *tx)
{
    const struct advice_row *v = addressed(rq);
    struct talk_form f = { .minutes = 0 };
    if (!v)
        return;
    rq_form(rq, talk_fields, &f);
    if (f.held_on.n && str_cmp(f.held_on, day_iso(rq->arena, clock_today())) > 0)
        rq_error(rq, "held_on", t_advice_error_future(rq));
    if (!rq_ok(rq)) {
        show(rq, v, &f, false);
        return;
    }
    bool first = str_eq(v->state, S("new")) || str_eq(v->state, S("appointment"));
    struct procedure_ask ask = { .procedure = &advice_procedure,
                                 .id = v->id,
                                 .verb = first ? S("advise") : S("talk"),
                                 .seen = rq_param(rq, "seen") };
    if (!procedure_take(rq, tx, &ask))
        return;
    keep_talk(rq, tx, v, &f);
    done(rq, MSG_advice_note_talk);
}

/* POST /buero/beratungen/{id}/protokolle: the page with its protocols; who reads is noted. */
void advice_desk_open(struct rq *rq, struct tx *tx)
{
    if (!may(rq, PERM_person_handle)) { /* reading all does not open what was said in confidence */
        rq_forbidden(rq);
        return;
    }
    const struct advice_row *v = addressed(rq);
    if (!v)
        return;
    struct talk_form talk = talk_today(rq, v);
    seal_note_reading(rq, tx, PROTOCOL_COLUMN, v->id);
    show(rq, v, &talk, true);
}

/* POST /buero/beratungen/{id}/uebergeben: to another office of the tandem, with a reason. */
void advice_desk_hand_over(struct rq *rq, struct tx *tx)
{
    const struct advice_row *v = addressed(rq);
    str reason = str_trim(utf8_clean(rq->arena, rq_param(rq, "reason")));
    opt_int office;
    if (!v)
        return;
    if (!advice_office_known(rq, rq_param(rq, "office"), &office) || !office.has ||
        (v->office_id.has && v->office_id.v == office.v))
        rq_error(rq, "office", t_advice_error_office(rq));
    if (!reason.n || utf8_count(reason) > 500)
        rq_error(rq, "reason", t_advice_error_reason(rq));
    if (!rq_ok(rq)) {
        struct talk_form talk = talk_today(rq, v);
        show(rq, v, &talk, false);
        return;
    }
    struct procedure_ask ask = { .procedure = &advice_procedure,
                                 .id = v->id,
                                 .verb = S("hand_over"),
                                 .seen = rq_param(rq, "seen"),
                                 .note = reason,
                                 .data = &office.v };
    if (procedure_take(rq, tx, &ask))
        done(rq, MSG_advice_note_handed);
}

/* ---- words ---- */

str advice_question_name(const struct rq *rq, int64_t question)
{
    return str_fmt(rq->arena, "frage-%lld", (long long)question);
}

str advice_answer_of(struct rq *rq, const struct advice_page *page, int64_t question)
{
    const char *name = str_to_c(rq->arena, advice_question_name(rq, question));
    if (rq_has_param(rq, name))
        return rq_param(rq, name);
    for (size_t i = 0; i < page->answers.n; i++)
        if (page->answers.v[i].question_id == question)
            return page->answers.v[i].answer;
    return S("");
}

bool advice_choice(str *choices, str *choice)
{
    while (str_next(choices, '\n', choice)) {
        *choice = str_trim(*choice);
        if (choice->n)
            return true;
    }
    return false;
}

str advice_protocol(struct rq *rq, const struct advice_talk_row *t, bool opened)
{
    str text = S("");
    if (!opened)
        return t->protocol.box.n ? t_advice_protocol_sealed(rq) : S("");
    return seal_open(rq->app, rq->arena, (struct seal_place){ PROTOCOL_COLUMN, t->id }, t->protocol,
                     &text)
               ? text
               : t_advice_protocol_unreadable(rq);
}

int64_t advice_minutes(const struct advice_page *page)
{
    int64_t sum = 0;
    for (size_t i = 0; i < page->talks.n; i++)
        sum += page->talks.v[i].minutes;
    return sum;
}

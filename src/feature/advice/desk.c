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

#define REASON                                                                      \
    FIELD(struct hand_form, reason, TEXT, MSG_advice_hand_reason, .required = true, \
          .max = LONGEST_ANSWER)

const struct field hand_fields[] = {
    REASON,
    FIELD(struct hand_form, agreed, BOOL, MSG_advice_hand_consent),
    { 0 },
};

const struct field decline_fields[] = { REASON, { 0 } };

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
                                   .all = rq_param(rq, "all").n > 0,
                                   .handed = rq_param(rq, "handed").n > 0 };
}

static struct advice_row_rows find_rows(struct rq *rq, const struct advice_filter *f)
{
    struct advice_list_in in = { .city = rq->city->id,
                                 .open = !f->all && !f->state.n,
                                 .state = f->state,
                                 .office = f->office,
                                 .worker = f->mine ? rq->who.account_id : 0,
                                 .person = f->person,
                                 .handed = f->handed };
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

int64_t advice_open_cases(struct rq *rq, int64_t person_id)
{
    struct advice_list_in in = {
        .city = rq->city->id, .open = true, .state = S(""), .person = person_id
    };
    return (int64_t)advice_list(rq->db, &in).n;
}

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
    bool meanwhile = rq_param_int(rq, "open", 0) != advice_open_cases(rq, p->id);
    if (meanwhile) /* somebody else began one, or this form was sent twice */
        rq_error(rq, NULL, t_advice_error_begun(rq));
    if (!rq_ok(rq)) {
        show_new(rq, p, &f);
        if (meanwhile)
            rq_status(rq, 409);
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

static struct talk_form talk_today(struct rq *rq, const struct advice_row *v)
{
    return (struct talk_form){ .held_on = day_iso(rq->arena, clock_today()),
                               .channel = v->channel };
}

str advice_mark(struct rq *rq, const struct advice_row *v)
{
    return str_fmt(rq->arena, "%.*s %lld %lld", STR_FMT(v->state), (long long)v->talks,
                   (long long)v->handed_at);
}

/* `sent` is the form that was sent, with its errors: what was typed into it is in `page`. */
static void show(struct rq *rq, const struct advice_row *v, struct advice_page page)
{
    static const struct hand_form no_hand;
    struct talk_form today = talk_today(rq, v);
    page.advice = v;
    page.talks = advice_talks(rq->db, rq->city->id, v->id);
    page.questions = advice_questions(rq->db, rq->city->id, v->office_id.has ? v->office_id.v : -1);
    page.answers = advice_answers(rq->db, rq->city->id, v->id);
    page.offices = advice_offices(rq->db, rq->city->id);
    page.talk = page.talk ? page.talk : &today;
    page.hand = page.hand ? page.hand : &no_hand;
    procedure_view(rq, &advice_procedure, v->id, &page.course);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    advice_crumbs(rq);
    rq_crumb(rq, page.course.record.title, link_id(rq, S("/buero/beratungen/"), v->id));
    view_advice_page(rq, &page);
}

/* GET /buero/beratungen/{id} */
void advice_desk_show(struct rq *rq)
{
    const struct advice_row *v = addressed(rq);
    if (v)
        show(rq, v, (struct advice_page){ 0 });
}

/*
 * Somebody else worked on the case since the form was shown, or the form was sent twice. It is
 * shown again with what was typed, and with what has happened: sent once more it holds.
 */
static bool meanwhile(struct rq *rq, const struct advice_row *v)
{
    if (str_eq(rq_param(rq, "seen"), advice_mark(rq, v)))
        return false;
    rq_error(rq, NULL, t_advice_error_meanwhile(rq));
    return true;
}

/* False, with the form and its errors, when it cannot be taken. */
static bool taken(struct rq *rq, const struct advice_row *v, struct advice_page form)
{
    bool late = rq_ok(rq) && meanwhile(rq, v);
    if (rq_ok(rq))
        return true;
    show(rq, v, form);
    if (late)
        rq_status(rq, 409);
    return false;
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
    static const str apart[] = { STR_INIT("advise"), STR_INIT("talk"), STR_INIT("hand_over"),
                                 STR_INIT("accept"), STR_INIT("decline") };
    bool own_form = false;
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        own_form |= str_eq(ask.verb, apart[i]);
    if (own_form) /* these say something, and have forms of their own */
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
    if (!taken(rq, v, (struct advice_page){ .talk = &f, .sent = talk_fields }))
        return;
    struct advice_held held = { f.held_on, f.channel, f.minutes, f.protocol };
    struct procedure_ask ask = advice_talk_asked(v);
    if (!procedure_take(rq, tx, &ask))
        return;
    advice_talk_keep(rq, tx, v, &held);
    keep_answers(rq, tx, v);
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
    seal_note_reading(rq, tx, PROTOCOL_COLUMN, v->id);
    show(rq, v, (struct advice_page){ .opened = true });
}

/* ---- the other office ---- */

static bool take(struct rq *rq, struct tx *tx, const struct procedure_ask *said)
{
    struct procedure_ask ask = *said;
    ask.procedure = &advice_procedure;
    ask.id = rq_id(rq);
    return procedure_take(rq, tx, &ask);
}

/* POST /buero/beratungen/{id}/uebergeben: with a reason, and if the person agrees. */
void advice_desk_hand_over(struct rq *rq, struct tx *tx)
{
    const struct advice_row *v = addressed(rq);
    struct hand_form f = { .agreed = 0 };
    opt_int office;
    if (!v)
        return;
    if (!advice_office_known(rq, rq_param(rq, "office"), &office) || !office.has ||
        (v->office_id.has && v->office_id.v == office.v))
        rq_error(rq, "office", t_advice_error_office(rq));
    rq_form(rq, hand_fields, &f);
    if (!f.agreed)
        rq_error(rq, "agreed", t_advice_hand_unasked(rq));
    if (!taken(rq, v, (struct advice_page){ .hand = &f, .sent = hand_fields }))
        return;
    struct advice_hand hand = { .office_id = office.v, .agreed = f.agreed };
    if (take(rq, tx,
             &(struct procedure_ask){ .verb = S("hand_over"), .note = f.reason, .data = &hand }))
        done(rq, MSG_advice_note_handed);
}

/* POST /buero/beratungen/{id}/uebernahme: who got it accepts or says why not. */
void advice_desk_answer(struct rq *rq, struct tx *tx)
{
    const struct advice_row *v = addressed(rq);
    bool declines = str_eq(rq_param(rq, "step"), S("decline"));
    struct hand_form f = { .agreed = 0 };
    if (!v)
        return;
    if (declines) {
        rq_form(rq, decline_fields, &f);
        if (!taken(rq, v, (struct advice_page){ .hand = &f, .sent = decline_fields }))
            return;
    }
    if (take(rq, tx,
             &(struct procedure_ask){ .verb = declines ? S("decline") : S("accept"),
                                      .note = f.reason }))
        done(rq, declines ? MSG_advice_note_declined : MSG_advice_note_accepted);
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

bool advice_seeks(const struct advice_row *v)
{
    bool seeks = str_eq(v->state, S("advised")) || str_eq(v->state, S("ready")) ||
                 str_eq(v->state, S("waiting"));
    return seeks && !v->handed_at && !str_eq(v->person_state, S("erased"));
}

int64_t advice_minutes(const struct advice_page *page)
{
    int64_t sum = 0;
    for (size_t i = 0; i < page->talks.n; i++)
        sum += page->talks.v[i].minutes;
    return sum;
}

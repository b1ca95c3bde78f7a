/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The states of a concern as a procedure, and what comes of its steps: messages, days, mails.
 * Whoever asked gets each mail in the language in which they asked, with a link of its own to
 * the page of the concern; the office's mail names the number and nothing of the person.
 */
#include "feature/concern/states.h"

#include "base/clock.h"
#include "concern.text.h"
#include "feature/concern/note.h"
#include "feature/concern/days.h"
#include "feature/consent/consent.h"
#include "web/feature.h"
#include "web/form.h"
#include "web/mail.h"
#include "web/page.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct concern_full *c = concern_get(rq->db, rq->city->id, id);
    if (!c)
        return false;
    record->title = str_fmt(rq->arena, "%.*s %.*s", STR_FMT(c->number), STR_FMT(c->subject));
    record->state = c->state;
    record->page = link_id(rq, S("/buero/anliegen/"), id);
    return true;
}

const struct record_kind concern_record = {
    .name = "concern",
    .label = MSG_concern_record,
    .permission = PERM_concern_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct concern_set_state_in in = {
        .to = m->to, .city = m->city_id, .id = m->id, .from = m->from
    };
    return concern_set_state(tx, &in) == 1;
}

/* ---- mails ---- */

/* All empty where the database cannot be read: the transaction then ends as if nothing had been. */
static const struct concern_full *concern_of(struct rq *rq, const struct procedure_at *at)
{
    static const struct concern_full none;
    const struct concern_full *c = concern_get(rq->db, rq->city->id, at->record->id);
    return c ? c : &none;
}

static const struct concern_act *act_of(const struct procedure_at *at)
{
    static const struct concern_act nothing;
    return at->data ? at->data : &nothing;
}

static struct rq in_language_of(const struct rq *rq, const struct concern_full *c)
{
    struct rq other = *rq;
    lang_parse(c->lang, &other.lang);
    return other;
}

/* A new link for each mail: the text of an earlier one cannot be read again. */
static url link_of(struct rq *rq, struct tx *tx, const struct concern_full *c)
{
    struct token_wish wish = { .purpose = S(CONCERN_LINK),
                               .subject_id = c->id,
                               .seconds = CONCERN_LINK_DAYS * 86400,
                               .mail = c->mail };
    return token_new(rq, tx, &wish);
}

static str office_name(const struct rq *rq, const struct concern_full *c)
{
    return c->office.has ? c->office.v : rq->city->name;
}

void concern_mail_confirm(struct rq *rq, struct tx *tx, const struct concern_full *c)
{
    struct rq r = in_language_of(rq, c);
    struct notice n = {
        .to = c->mail,
        .subject = t_concern_mail_confirm_subject(&r, rq->city->name, c->number),
        .text = t_concern_mail_confirm_text(&r, c->subject, link_of(rq, tx, c).s, rq->city->name),
        .dedupe = str_fmt(rq->arena, "concern %lld confirm", (long long)c->id),
    };
    mail_queue(tx, rq->city->id, &n);
}

/* One mail to whoever asked; none when their data have been erased. */
static void tell_asker(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                       struct notice *n)
{
    const struct concern_full *c = concern_of(rq, at);
    n->to = c->mail;
    if (mail_valid(n->to))
        procedure_mail(tx, rq->city->id, at, n);
}

static void tell_office(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct concern_full *c = concern_of(rq, at);
    struct rq r = *rq;
    r.lang = rq->city->lang;
    str to = c->office_mail.has && c->office_mail.v.n ? c->office_mail.v : rq->city->mail;
    if (!mail_valid(to))
        return;
    url page = link_absolute(rq, link_id(rq, S("/buero/anliegen/"), c->id));
    struct notice n = {
        .to = to,
        .subject = t_concern_mail_office_subject(&r, rq->city->name, c->number),
        .text = t_concern_mail_office_text(&r, c->number, text_of(&r, at->step->past), page.s),
    };
    procedure_mail(tx, rq->city->id, at, &n);
}

/* ---- what comes of steps ---- */

void concern_message_add(struct rq *rq, struct tx *tx, int64_t concern_id, str kind, str body)
{
    bool asker = str_eq(kind, S("asker"));
    bool note = str_eq(kind, S("note"));
    int64_t id = db_new_id();
    str inside = note ? body : S("");
    struct concern_message_insert_in in = { .id = id,
                                            .city = rq->city->id,
                                            .concern = concern_id,
                                            .at = tx->now,
                                            .kind = kind,
                                            .account = asker ? 0 : rq->who.account_id,
                                            .body = note ? S("") : body,
                                            .note =
                                                seal_close(rq->app, tx, note_place(id), inside) };
    concern_message_insert(tx, &in);
}

/* The worklist knows the day that was promised, whatever steps are taken meanwhile. */
static void due_as_promised(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct concern_full *c = concern_of(rq, at);
    due_set(tx, &(struct due_set_in){ .id = db_new_id(),
                                      .city = rq->city->id,
                                      .kind = S("concern"),
                                      .subject = c->id,
                                      .due_on = c->promised_on,
                                      .verb = str_from_c(at->step->verb),
                                      .since = tx->now });
}

/* The promise counts from the day on which we know that somebody waits for the answer. */
static void promise(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    struct day due = day_add_working(clock_local(tx->now).day, CONCERN_WORKING_DAYS);
    struct concern_set_confirmed_in in = { .at = tx->now,
                                           .promised_on = day_iso(rq->arena, due),
                                           .city = rq->city->id,
                                           .id = at->record->id };
    concern_set_confirmed(tx, &in);
    due_as_promised(rq, tx, at);
    tell_office(rq, tx, at);
}

static void confirm(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    consent_confirm(rq, tx, S("concern"), at->record->id);
    promise(rq, tx, at);
}

static void hear(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    concern_message_add(rq, tx, at->record->id, S("asker"), act_of(at)->text);
    due_as_promised(rq, tx, at);
    tell_office(rq, tx, at);
}

static void reopen(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    concern_message_add(rq, tx, at->record->id, S("asker"), act_of(at)->text);
    concern_set_answered(tx, 0, rq->city->id, at->record->id);
    promise(rq, tx, at);
}

static void take(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    concern_set_worker(tx, rq->who.account_id, rq->city->id, at->record->id);
    due_as_promised(rq, tx, at);
}

static void ask_back(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct concern_full *c = concern_of(rq, at);
    struct rq r = in_language_of(rq, c);
    concern_message_add(rq, tx, c->id, S("question"), act_of(at)->text);
    struct notice n = {
        .subject = t_concern_mail_question_subject(&r, rq->city->name, c->number),
        .text = t_concern_mail_question_text(&r, act_of(at)->text, link_of(rq, tx, c).s,
                                             office_name(rq, c)),
    };
    tell_asker(rq, tx, at, &n);
}

static void answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct concern_full *c = concern_of(rq, at);
    struct rq r = in_language_of(rq, c);
    concern_message_add(rq, tx, c->id, S("answer"), act_of(at)->text);
    concern_set_answered(tx, tx->now, rq->city->id, c->id);
    struct notice n = {
        .subject = t_concern_mail_answer_subject(&r, rq->city->name, c->number),
        .text = t_concern_mail_answer_text(&r, act_of(at)->text, office_name(rq, c),
                                           link_of(rq, tx, c).s, CONCERN_SETTLED_DAYS),
    };
    tell_asker(rq, tx, at, &n);
}

static void hand_over(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    concern_set_office(tx, act_of(at)->office, rq->city->id, at->record->id);
    due_as_promised(rq, tx, at);
    tell_office(rq, tx, at);
    const struct concern_full *c = concern_of(rq, at);
    struct rq r = in_language_of(rq, c);
    struct notice n = {
        .subject = t_concern_mail_handed_subject(&r, rq->city->name, c->number),
        .text = t_concern_mail_handed_text(&r, office_name(rq, c), page_iso_day(&r, c->promised_on),
                                           link_of(rq, tx, c).s),
    };
    tell_asker(rq, tx, at, &n);
}

static void close_it(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    concern_set_closed(tx, tx->now, rq->city->id, at->record->id);
}

static void withdraw(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    consent_withdraw(rq, tx, S("concern"), at->record->id);
    close_it(rq, tx, at);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "new", MSG_concern_state_new, .starts = true },
    { "confirmed", MSG_concern_state_confirmed },
    { "in_work", MSG_concern_state_in_work },
    { "question", MSG_concern_state_question },
    { "handed_over", MSG_concern_state_handed_over },
    { "answered", MSG_concern_state_answered },
    { "closed", MSG_concern_state_closed },
    { "withdrawn", MSG_concern_state_withdrawn },
    { 0 },
};

#define STEP(name, a, b, whose, text)                                                  \
    .verb = name, .from = a, .to = b, .who = whose, .permission = PERM_concern_handle, \
    .label = MSG_concern_step_##text, .past = MSG_concern_past_##text

/* A question of ours that nobody answers comes back after two weeks. */
#define QUESTION_DAYS 14

static const struct procedure_step steps[] = {
    { .verb = "ask", .from = "", .past = MSG_concern_past_ask },
    { STEP("confirm", "new", "confirmed", BY_LINK, confirm), .effect = confirm },
    { STEP("take", "confirmed", "in_work", BY_PERSON, take), .effect = take },
    { STEP("take", "handed_over", "in_work", BY_PERSON, take), .effect = take },
    { STEP("assign", "*", NULL, BY_PERSON, assign) },
    { STEP("ask_back", "confirmed", "question", BY_PERSON, ask_back), .effect = ask_back,
      .due_days = QUESTION_DAYS },
    { STEP("ask_back", "in_work", "question", BY_PERSON, ask_back), .effect = ask_back,
      .due_days = QUESTION_DAYS },
    { STEP("add", "confirmed", NULL, BY_LINK, add), .effect = hear },
    { STEP("add", "in_work", NULL, BY_LINK, add), .effect = hear },
    { STEP("add", "handed_over", NULL, BY_LINK, add), .effect = hear },
    { STEP("add", "question", "in_work", BY_LINK, add), .effect = hear },
    { STEP("add", "answered", "in_work", BY_LINK, add), .effect = reopen },
    { STEP("answer", "confirmed", "answered", BY_PERSON, answer), .effect = answer },
    { STEP("answer", "in_work", "answered", BY_PERSON, answer), .effect = answer },
    { STEP("answer", "question", "answered", BY_PERSON, answer), .effect = answer },
    { STEP("answer", "handed_over", "answered", BY_PERSON, answer), .effect = answer },
    { STEP("hand_over", "confirmed", "handed_over", BY_PERSON, hand_over), .effect = hand_over,
      .reason = true },
    { STEP("hand_over", "in_work", "handed_over", BY_PERSON, hand_over), .effect = hand_over,
      .reason = true },
    { STEP("hand_over", "handed_over", "handed_over", BY_PERSON, hand_over), .effect = hand_over,
      .reason = true },
    { STEP("close", "answered", "closed", BY_PERSON | BY_LINK | BY_JOB, close),
      .effect = close_it },
    { STEP("close", "question", "closed", BY_PERSON, close), .effect = close_it },
    { STEP("withdraw", "new", "withdrawn", BY_LINK, withdraw), .effect = withdraw },
    { STEP("withdraw", "confirmed", "withdrawn", BY_LINK, withdraw), .effect = withdraw },
    { STEP("withdraw", "in_work", "withdrawn", BY_LINK, withdraw), .effect = withdraw },
    { STEP("withdraw", "question", "withdrawn", BY_LINK, withdraw), .effect = withdraw },
    { STEP("withdraw", "handed_over", "withdrawn", BY_LINK, withdraw), .effect = withdraw },
    { 0 },
};

const struct procedure concern_procedure = {
    .record = &concern_record,
    .states = states,
    .steps = steps,
    .move = move,
};

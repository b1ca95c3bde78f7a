/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Procedures: taking a step, and what is shown of them. Tables: procedure_event,
 * procedure_due. The tables are looked at by procedure_check.c at start.
 */
#include "web/procedure.h"

#include "base/clock.h"
#include "procedure.html.h"
#include "web.sql.h"
#include "web.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/feature.h"
#include "web/mail.h"
#include "web/token.h"

/* ---- the tables ---- */

static bool is(const char *code, str s)
{
    return code && str_eq(str_from_c(code), s);
}

static bool starts_at(const struct procedure_step *s, str state)
{
    return is(s->from, state) || (is(s->from, S("*")) && state.n);
}

static const struct procedure_step *step_find(const struct procedure *p, str verb, str state)
{
    for (const struct procedure_step *s = p->steps; s->verb; s++)
        if (is(s->verb, verb) && starts_at(s, state))
            return s;
    return NULL;
}

/* Any step of that name that somebody like this may take from some state. */
static const struct procedure_step *verb_find(const struct procedure *p, str verb, unsigned who)
{
    for (const struct procedure_step *s = p->steps; s->verb; s++)
        if (is(s->verb, verb) && (!who || s->who & who))
            return s;
    return NULL;
}

const struct procedure *procedure_find(const struct app *app, str kind)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct procedure *const *p = (*f)->procedures; p && *p; p++)
            if (is((*p)->record->name, kind))
                return *p;
    return NULL;
}

/* ---- what is written ---- */

static str actor_of(enum procedure_who who)
{
    return who == BY_JOB ? S("job") : who == BY_LINK ? S("link") : S("person");
}

static int64_t write_event(struct tx *tx, const struct procedure_entry *e)
{
    enum procedure_who who = e->who ? e->who : e->account_id ? BY_PERSON : BY_JOB;
    struct event_insert_in in = { .id = db_new_id(),
                                  .city = e->city_id,
                                  .kind = str_from_c(e->procedure->record->name),
                                  .subject = e->id,
                                  .at = tx->now,
                                  .actor = actor_of(who),
                                  .account = e->account_id,
                                  .verb = e->verb,
                                  .from = e->from,
                                  .to = e->to,
                                  .note = e->note };
    event_insert(tx, &in);
    str action = str_fmt(tx->db.arena, "%.*s.%.*s", STR_FMT(in.kind), STR_FMT(e->verb));
    audit_add(tx, (struct audit_by){ e->city_id, e->account_id }, action, e->id, in.actor);
    return in.id;
}

static void set_due(struct tx *tx, const struct procedure_entry *e, const struct procedure_step *s)
{
    str kind = str_from_c(e->procedure->record->name);
    if (s->due_days > 0) {
        struct day day = day_add(clock_local(tx->now).day, s->due_days);
        due_set(tx, &(struct due_set_in){ .id = db_new_id(),
                                          .city = e->city_id,
                                          .kind = kind,
                                          .subject = e->id,
                                          .due_on = day_iso(tx->db.arena, day),
                                          .verb = str_from_c(s->verb),
                                          .since = tx->now });
    } else if (s->due_days < 0 || s->to) {
        due_clear(tx, e->city_id, kind, e->id);
    }
}

/* What begins in a state is due like what came there. */
static const struct procedure_step *step_into(const struct procedure *p, str state)
{
    for (const struct procedure_step *s = p->steps; s->verb; s++)
        if (is(s->to, state) && s->due_days > 0)
            return s;
    return NULL;
}

int64_t procedure_record(struct tx *tx, const struct procedure_entry *entry)
{
    must(verb_find(entry->procedure, entry->verb, 0));
    int64_t event = write_event(tx, entry);
    const struct procedure_step *into =
        entry->from.n ? NULL : step_into(entry->procedure, entry->to);
    if (into)
        set_due(tx, entry, into);
    return event;
}

void procedure_mail(struct tx *tx, int64_t city_id, const struct procedure_at *at,
                    const struct notice *notice)
{
    struct notice n = *notice;
    n.dedupe = str_fmt(tx->db.arena, "%s %lld %.*s", at->record->kind->name,
                       (long long)at->event_id, STR_FMT(n.to));
    mail_queue(tx, city_id, &n);
}

void procedure_forget(struct tx *tx, int64_t city_id, const struct record *record)
{
    str kind = str_from_c(record->kind->name);
    event_forget_subject(tx, city_id, kind, record->id);
    due_clear(tx, city_id, kind, record->id);
    follow_up_forget_subject(tx, city_id, kind, record->id);
}

/* ---- taking a step ---- */

static bool is_let(const struct rq *rq, const struct procedure_at *at)
{
    if (!(at->step->who & (unsigned)at->who))
        return false;
    return at->who != BY_PERSON || may_for(rq, at->step->permission, at->record->organisation_id);
}

/* 0, or why the step cannot be taken although its time has come. */
static enum msg objection(struct rq *rq, const struct procedure_at *at)
{
    return at->step->guard ? at->step->guard(rq, at) : 0;
}

static bool change_state(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    if (!at->step->to || is(at->step->to, at->record->state))
        return true;
    struct procedure_move move = { .city_id = rq->city->id,
                                   .id = at->record->id,
                                   .from = at->record->state,
                                   .to = str_from_c(at->step->to) };
    return at->procedure->move(tx, &move);
}

static enum procedure_result take(struct rq *rq, struct tx *tx, struct procedure_at *at)
{
    if (!change_state(rq, tx, at))
        return PROCEDURE_CONFLICT;
    struct procedure_entry entry = {
        .procedure = at->procedure,
        .city_id = rq->city->id,
        .id = at->record->id,
        .who = at->who,
        .account_id = at->who == BY_PERSON ? rq->who.account_id : 0,
        .verb = str_from_c(at->step->verb),
        .from = at->record->state,
        .to = at->step->to ? str_from_c(at->step->to) : at->record->state,
        .note = at->note,
    };
    at->event_id = write_event(tx, &entry);
    set_due(tx, &entry, at->step);
    if (at->step->effect)
        at->step->effect(rq, tx, at);
    return PROCEDURE_DONE;
}

enum procedure_result procedure_step(struct rq *rq, struct tx *tx, const struct procedure_ask *ask,
                                     enum msg *why)
{
    struct record record;
    const struct procedure *p = ask->procedure;
    struct procedure_at at = { .procedure = p,
                               .record = &record,
                               .who = ask->who ? ask->who : BY_PERSON,
                               .note = ask->note,
                               .data = ask->data };
    *why = 0;
    if (!verb_find(p, ask->verb, at.who) || !record_find(rq, p->record, ask->id, &record))
        return PROCEDURE_ABSENT;
    at.step = step_find(p, ask->verb, record.state);
    if (!at.step || (ask->seen.n && !str_eq(ask->seen, record.state)))
        return PROCEDURE_CONFLICT;
    if (!is_let(rq, &at))
        return PROCEDURE_FORBIDDEN;
    *why =
        at.step->reason && !str_trim(at.note).n ? MSG_procedure_reason_missing : objection(rq, &at);
    return *why ? PROCEDURE_REFUSED : take(rq, tx, &at);
}

/* Where somebody goes on whose step was not taken. */
static url way_back(struct rq *rq, const struct procedure_ask *ask)
{
    struct record record;
    if (ask->who == BY_LINK)
        return token_page(rq, S(""));
    record_find(rq, ask->procedure->record, ask->id, &record);
    return record.page;
}

static void stop(struct rq *rq, int status, enum msg title, str text, url back)
{
    rq->refused = true;
    rq->crumbs.n = 0;
    rq_status(rq, status);
    view_procedure_stop(rq, text_of(rq, title), text, back);
}

static void stop_conflict(struct rq *rq, const struct procedure_ask *ask)
{
    struct record record = { 0 };
    record_find(rq, ask->procedure->record, ask->id, &record);
    stop(rq, 409, MSG_error_409_title,
         t_procedure_conflict(rq, procedure_state_label(rq, ask->procedure, record.state)),
         way_back(rq, ask));
}

struct procedure_ask procedure_asked(const struct rq *rq, const struct procedure *p)
{
    return (struct procedure_ask){
        .procedure = p, .id = rq_id(rq), .verb = rq_param(rq, "step"), .seen = rq_param(rq, "seen")
    };
}

static enum procedure_result attempt(struct rq *rq, struct tx *tx, const struct procedure_ask *ask,
                                     enum msg *why)
{
    enum procedure_result result = procedure_step(rq, tx, ask, why);
    switch (result) {
    case PROCEDURE_DONE:
        break;
    case PROCEDURE_ABSENT:
        rq_not_found(rq);
        break;
    case PROCEDURE_FORBIDDEN:
        rq_forbidden(rq);
        break;
    case PROCEDURE_CONFLICT:
        if (rq->format == FORMAT_HTML)
            stop_conflict(rq, ask);
        else
            rq_conflict(rq);
        break;
    case PROCEDURE_REFUSED:
        rq_error(rq, NULL, text_of(rq, *why));
        break;
    }
    return result;
}

enum procedure_result procedure_try(struct rq *rq, struct tx *tx, const struct procedure_ask *ask)
{
    enum msg why;
    return attempt(rq, tx, ask, &why);
}

bool procedure_take(struct rq *rq, struct tx *tx, const struct procedure_ask *ask)
{
    enum msg why;
    enum procedure_result result = attempt(rq, tx, ask, &why);
    if (result == PROCEDURE_REFUSED)
        stop(rq, 422, MSG_procedure_refused_title, text_of(rq, why), way_back(rq, ask));
    return result == PROCEDURE_DONE;
}

/* ---- showing ---- */

struct procedure_choices procedure_choices(struct rq *rq, const struct procedure *p,
                                           const struct record *record, enum procedure_who who)
{
    size_t n = 0;
    size_t all = 0;
    while (p->steps[all].verb)
        all++;
    struct procedure_choice *v = NEW_ARRAY(rq->arena, all, struct procedure_choice);
    for (size_t i = 0; i < all; i++) {
        struct procedure_at at = {
            .procedure = p, .step = &p->steps[i], .record = record, .who = who
        };
        if (starts_at(at.step, record->state) && at.step->label && !at.step->apart &&
            is_let(rq, &at))
            v[n++] = (struct procedure_choice){ at.step, objection(rq, &at) };
    }
    return (struct procedure_choices){ v, n };
}

struct event_row_rows procedure_history(struct rq *rq, const struct record_kind *kind, int64_t id)
{
    return event_list(rq->db, rq->city->id, str_from_c(kind->name), id);
}

str procedure_state_label(const struct rq *rq, const struct procedure *p, str state)
{
    for (const struct procedure_state *s = p->states; s->code; s++)
        if (is(s->code, state))
            return text_of(rq, s->label);
    return state;
}

str procedure_due_text(const struct rq *rq, const struct procedure *p, const struct record *record,
                       str verb)
{
    const struct procedure_step *s = verb_find(p, verb, 0);
    /* A step that stays says more than the state; what a job does is about the state. */
    if (s && !s->to && s->label)
        return text_of(rq, s->past);
    return procedure_state_label(rq, p, record->state);
}

str procedure_event_text(const struct rq *rq, const struct procedure *p, const struct event_row *e)
{
    const struct procedure_step *s = step_find(p, e->verb, e->from_state);
    if (!s) /* one that an older version took */
        s = verb_find(p, e->verb, 0);
    if (s)
        return text_of(rq, s->past);
    return e->to_state.n ? procedure_state_label(rq, p, e->to_state) : e->verb;
}

str procedure_action_text(const struct rq *rq, str action)
{
    ptrdiff_t dot = str_find_byte(action, '.');
    if (dot < 0)
        return S("");
    const struct procedure *p = procedure_find(rq->app, str_slice(action, 0, (size_t)dot));
    const struct procedure_step *s =
        p ? verb_find(p, str_slice(action, (size_t)dot + 1, action.n), 0) : NULL;
    if (!s)
        return S("");
    return str_fmt(rq->arena, "%.*s: %.*s", STR_FMT(text_of(rq, p->record->label)),
                   STR_FMT(text_of(rq, s->past)));
}

str procedure_event_by(const struct rq *rq, const struct event_row *e)
{
    if (str_eq(e->actor, S("job")))
        return t_procedure_by_job(rq);
    if (str_eq(e->actor, S("link")))
        return t_procedure_by_link(rq);
    return e->name.has && e->name.v.n ? e->name.v : t_procedure_by_person(rq);
}

str procedure_replay(struct event_row_rows events)
{
    str state = S("");
    for (size_t i = events.n; i-- > 0;)
        if (events.v[i].to_state.n)
            state = events.v[i].to_state;
    return state;
}

bool procedure_view(struct rq *rq, const struct procedure *p, int64_t id,
                    struct procedure_view *view)
{
    *view = (struct procedure_view){ .procedure = p };
    if (!record_find(rq, p->record, id, &view->record))
        return false;
    view->choices = procedure_choices(rq, p, &view->record, BY_PERSON);
    view->events = procedure_history(rq, p->record, id);
    view->follow_ups = follow_ups_of(rq, &view->record);
    return true;
}

/* ---- people ---- */

void procedure_person_erase(struct tx *tx, int64_t account_id)
{
    event_forget_account(tx, account_id);
    follow_up_forget_owner(tx, account_id);
    follow_up_forget_author(tx, account_id);
    follow_up_forget_doer(tx, account_id);
}

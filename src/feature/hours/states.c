/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A month's sheet: open while the person writes into it, submitted to the organisation, which
 * confirms it or sends it back with a sentence. And the mails of that.
 */
#include "base/clock.h"
#include "feature/hours/pages.h"
#include "feature/report/report.h"
#include "hours.text.h"
#include "web/app.h"
#include "web/form.h"
#include "web/mail.h"

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, id);
    if (!s)
        return false;
    record->title = s->name;
    record->state = s->state;
    record->page = link_id(rq, S("/buero/stunden/"), id);
    return true;
}

const struct record_kind hours_record = {
    .name = "hours_sheet",
    .label = MSG_hours_record,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct hours_sheet_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return hours_sheet_set_state(tx, &in) == 1;
}

bool hours_is_open(const struct hours_sheet_row *s)
{
    return str_eq(s->state, S("open")) || str_eq(s->state, S("returned"));
}

str hours_addressee(const struct hours_sheet_row *s)
{
    if (mail_valid(s->contact_mail))
        return s->contact_mail;
    return mail_valid(s->organisation_mail) ? s->organisation_mail : S("");
}

static enum msg has_hours(struct rq *rq, const struct procedure_at *at)
{
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, at->record->id);
    return s && s->minutes > 0 ? (enum msg)0 : MSG_hours_refuse_empty;
}

/* ---- mails ---- */

static struct rq in_language(const struct rq *rq, str code)
{
    struct rq r = *rq;
    if (!lang_parse(code, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

bool hours_mail_link(struct rq *rq, struct tx *tx, const struct placement_full *p)
{
    struct rq r = in_language(rq, p->lang);
    if (!mail_valid(p->mail))
        return false;
    struct token_wish wish = { .purpose = S(HOURS_LINK),
                               .subject_id = p->id,
                               .seconds = HOURS_LINK_SECONDS,
                               .mail = p->mail };
    struct notice n = {
        .to = p->mail,
        .subject = t_hours_mail_link_subject(&r, rq->city->name, p->organisation),
        .text = t_hours_mail_link_text(&r, p->name, p->title, token_new(rq, tx, &wish).s,
                                       rq->city->name),
        .dedupe = str_fmt(rq->arena, "hours link %lld %lld", (long long)p->id, (long long)tx->now),
    };
    mail_queue(tx, rq->city->id, &n);
    return true;
}

/* Again: it has been asked before, and has not answered. */
static void ask_organisation(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                             bool again)
{
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, at->record->id);
    struct rq r = in_language(rq, S(""));
    struct token_wish wish = { .purpose = S(HOURS_LINK_CONFIRM),
                               .subject_id = at->record->id,
                               .seconds = HOURS_LINK_SECONDS,
                               .mail = s ? hours_addressee(s) : S("") };
    if (!s || !wish.mail.n)
        return;
    str month = hours_month(&r, s->month);
    str text = t_hours_mail_ask_text(&r, s->name, hours_time(&r, s->minutes), month, s->title,
                                     token_new(rq, tx, &wish).s, rq->city->name);
    struct notice n = {
        .to = wish.mail,
        .subject = again ? t_hours_mail_remind_subject(&r, rq->city->name, month)
                         : t_hours_mail_ask_subject(&r, rq->city->name, month),
        .text = again ? str_fmt(rq->arena, "%.*s\n\n%.*s", STR_FMT(t_hours_mail_remind_text(&r)),
                                STR_FMT(text))
                      : text,
    };
    procedure_mail(tx, rq->city->id, at, &n);
}

static void tell_person(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                        const struct hours_sheet_row *s)
{
    struct rq r = in_language(rq, s->lang);
    bool confirmed = str_eq(s->state, S("confirmed"));
    struct token_wish wish = { .purpose = S(HOURS_LINK),
                               .subject_id = s->placement_id,
                               .seconds = HOURS_LINK_SECONDS,
                               .mail = s->mail };
    if (!mail_valid(s->mail))
        return;
    str link = token_new(rq, tx, &wish).s;
    str month = hours_month(&r, s->month);
    struct notice n = {
        .to = s->mail,
        .subject = t_hours_mail_told_subject(&r, rq->city->name, month),
        .text = confirmed ? t_hours_mail_confirmed_text(&r, s->name, s->organisation,
                                                        hours_time(&r, s->minutes), month, link,
                                                        rq->city->name)
                          : t_hours_mail_returned_text(&r, s->name, s->organisation, month,
                                                       at->note, link, rq->city->name),
    };
    procedure_mail(tx, rq->city->id, at, &n);
}

/* ---- what comes of steps ---- */

static void submit(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct hours_paid *paid = at->data;
    struct hours_sheet_set_paid_in in = { .allowance = paid ? paid->allowance : S(""),
                                          .cents = paid ? paid->cents : 0,
                                          .city = rq->city->id,
                                          .id = at->record->id };
    if (paid) /* the office says nothing about money when it submits */
        hours_sheet_set_paid(tx, &in);
    hours_sheet_set_asked(tx, tx->now, rq->city->id, at->record->id);
    ask_organisation(rq, tx, at, false);
}

static void remind(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    hours_sheet_set_reminded(tx, tx->now, rq->city->id, at->record->id);
    ask_organisation(rq, tx, at, true);
}

static void answered(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    hours_sheet_set_answer(tx, at->note, rq->city->id, at->record->id);
    token_revoke(tx, rq->city->id, S(HOURS_LINK_CONFIRM), at->record->id);
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, at->record->id);
    if (s)
        tell_person(rq, tx, at, s);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "open", MSG_hours_state_open, .starts = true },
    { "submitted", MSG_hours_state_submitted },
    { "confirmed", MSG_hours_state_confirmed },
    { "returned", MSG_hours_state_returned },
    { 0 },
};

#define STEP(name, a, b)                                                                         \
    .verb = #name, .from = a, .to = b, .label = MSG_hours_##name, .past = MSG_hours_past_##name, \
    .permission = PERM_person_handle

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_hours_past_begin },
    { .verb = "enter", .from = "*", .past = MSG_hours_past_enter },
    { .verb = "strike", .from = "*", .past = MSG_hours_past_strike },
    { STEP(submit, "open", "submitted"), .who = BY_LINK | BY_PERSON, .due_days = HOURS_ANSWER_DAYS,
      .guard = has_hours, .effect = submit },
    { STEP(submit, "returned", "submitted"), .who = BY_LINK | BY_PERSON,
      .due_days = HOURS_ANSWER_DAYS, .guard = has_hours, .effect = submit },
    { .verb = "remind",
      .from = "submitted",
      .who = BY_JOB,
      .past = MSG_hours_past_remind,
      .due_days = HOURS_ANSWER_DAYS,
      .effect = remind },
    /* What a signature on paper says; which one, is noted. */
    { STEP(paper, "open", "confirmed"), .who = BY_PERSON, .apart = true, .reason = true,
      .guard = has_hours, .effect = answered },
    { STEP(paper, "returned", "confirmed"), .who = BY_PERSON, .apart = true, .reason = true,
      .guard = has_hours, .effect = answered },
    { STEP(paper, "submitted", "confirmed"), .who = BY_PERSON, .apart = true, .reason = true,
      .guard = has_hours, .effect = answered },
    { STEP(confirm, "submitted", "confirmed"), .who = BY_LINK | BY_PERSON, .effect = answered },
    { STEP(send_back, "submitted", "returned"), .who = BY_LINK | BY_PERSON, .apart = true,
      .reason = true, .effect = answered },
    { 0 },
};

const struct procedure hours_procedure = {
    .record = &hours_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/*
 * A confirmed month goes on counting in the figures of its year. The person counts with the last of
 * their months that goes: in a year each counts once.
 */
static void keep_count(struct tx *tx, const struct erasure *e)
{
    const struct hours_sheet_row *s = hours_sheet_get(&tx->db, e->city_id, e->id);
    str year = s ? str_slice(s->month, 0, 4) : S("");
    struct hours_last_of_in in = { .from = str_join(tx->db.arena, year, S("-01")),
                                   .to = str_join(tx->db.arena, year, S("-12")),
                                   .city = e->city_id,
                                   .id = e->id };
    const struct hours_last_row *last = hours_last_of(&tx->db, &in);
    if (last)
        report_keep(tx, &(struct report_kept){ .city_id = e->city_id,
                                               .figure = S("hours"),
                                               .office_id = last->office,
                                               .day = str_join(tx->db.arena, last->month, S("-01")),
                                               .code = S(""),
                                               .n = last->others ? 0 : 1,
                                               .amount = last->minutes });
}

void hours_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &hours_record, .id = e->id };
    keep_count(tx, e);
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(HOURS_LINK_CONFIRM), e->id);
    hours_entries_delete(tx, e->city_id, e->id);
    hours_sheet_delete(tx, e->city_id, e->id);
}

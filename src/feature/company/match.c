/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An offer and a need, brought together: new → proposed → half → agreed → done, or declined. Both
 * answer by link; who it is on the other side, and how to reach them, both learn when the office
 * passes it on, which is a step of its own and stands in the history.
 */
#include "company.text.h"
#include "feature/company/pages.h"
#include "web/app.h"
#include "web/vocab.h"

#define WEEK        7
#define PEOPLE_MOST 10000
#define AFTERWARDS  30 /* days until the office asks whether it was done */

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct company_match_row *m = company_match_get(rq->db, rq->city->id, id);
    if (!m)
        return false;
    record->title = t_company_match_title(rq, m->company, m->organisation);
    record->state = m->state;
    record->page = link_id(rq, S("/buero/unternehmen/vermittlungen/"), id);
    return true;
}

const struct record_kind company_match_record = {
    .name = "company_match",
    .label = MSG_company_match,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct company_match_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return company_match_set_state(tx, &in) == 1;
}

const struct company_match_row *company_match_at(struct rq *rq, const struct procedure_at *at)
{
    static const struct company_match_row none;
    const struct company_match_row *m = company_match_get(rq->db, rq->city->id, at->record->id);
    return m ? m : &none;
}

/* ---- beginning ---- */

static bool is_open(const struct company_item_row *i)
{
    return i && str_eq(i->state, S("open"));
}

int64_t company_match_new(struct rq *rq, struct tx *tx, int64_t offer_id, int64_t need_id,
                          enum msg *why_not)
{
    int64_t city = rq->city->id;
    const struct company_item_row *offer = company_item_get(rq->db, city, offer_id);
    const struct company_item_row *need = company_item_get(rq->db, city, need_id);
    *why_not = MSG_company_not_pair;
    if (!is_open(offer) || !is_open(need) || !offer->company_id.has || !need->organisation_id.has ||
        !str_eq(offer->kind, need->kind))
        return 0;
    *why_not = MSG_company_not_twice;
    if (company_match_open_of(rq->db, city, offer_id, need_id))
        return 0;
    *why_not = 0;
    struct company_match_insert_in in = { .id = db_new_id(),
                                          .city = city,
                                          .offer = offer_id,
                                          .need = need_id,
                                          .company = offer->company_id.v,
                                          .organisation = need->organisation_id.v,
                                          .at = tx->now };
    company_match_insert(tx, &in);
    company_touch(tx, tx->now, city, in.company);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &company_match_procedure,
                                                    .city_id = city,
                                                    .id = in.id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("begin"),
                                                    .from = S(""),
                                                    .to = S("new"),
                                                    .note = S("") });
    return in.id;
}

/* ---- guards: 0, or why not ---- */

static enum msg guard_ask(struct rq *rq, const struct procedure_at *at)
{
    const struct company_match_row *m = company_match_at(rq, at);
    bool both = mail_valid(m->company_mail) && mail_valid(m->organisation_mail);
    return both ? 0 : MSG_company_not_mail;
}

static enum msg guard_yes(struct rq *rq, const struct procedure_at *at)
{
    const struct company_match_row *m = company_match_at(rq, at);
    bool company = str_eq(str_from_c(at->step->verb), S("accept_company"));
    return (company ? m->company_yes_at : m->organisation_yes_at) ? MSG_company_not_yes_twice : 0;
}

static enum msg guard_pass_on(struct rq *rq, const struct procedure_at *at)
{
    return company_match_at(rq, at)->passed_at ? MSG_company_not_passed_twice : 0;
}

static enum msg guard_done(struct rq *rq, const struct procedure_at *at)
{
    const struct company_match_row *m = company_match_at(rq, at);
    const struct company_said *f = at->data;
    if (!m->passed_at)
        return MSG_company_not_passed;
    if (!f)
        return 0;
    if (!f->day.n)
        return MSG_company_not_day;
    return str_cmp(f->day, day_iso(rq->arena, clock_today())) > 0 ? MSG_company_not_future : 0;
}

static enum msg guard_rate(struct rq *rq, const struct procedure_at *at)
{
    const struct company_match_row *m = company_match_at(rq, at);
    const struct company_said *f = at->data;
    if (!f)
        return 0;
    if (f->rating < 1 || f->rating > 5)
        return MSG_company_not_rating;
    return (f->company ? m->rating_company : m->rating_organisation) ? MSG_company_not_rated : 0;
}

/* ---- what comes of steps ---- */

static void ask(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    company_mail_both(rq, tx, at, COMPANY_MAIL_ASK);
}

static void say_yes(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    if (str_eq(str_from_c(at->step->verb), S("accept_company")))
        company_match_set_company_yes(tx, tx->now, rq->city->id, at->record->id);
    else
        company_match_set_organisation_yes(tx, tx->now, rq->city->id, at->record->id);
}

static void pass_on(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    company_match_set_passed(tx, tx->now, rq->city->id, at->record->id);
    company_mail_both(rq, tx, at, COMPANY_MAIL_CONTACT);
}

static void done(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct company_said *f = at->data;
    struct company_match_set_done_in in = {
        .day = f->day, .people = f->people, .city = rq->city->id, .id = at->record->id
    };
    company_match_set_done(tx, &in);
    company_mail_both(rq, tx, at, COMPANY_MAIL_DONE);
}

/* Whoever was asked hears of it, without a reason; no link opens any more. */
static void decline(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    if (!str_eq(at->record->state, S("new")))
        company_mail_both(rq, tx, at, COMPANY_MAIL_OVER);
    token_revoke(tx, rq->city->id, S(COMPANY_LINK_MATCH), at->record->id);
    token_revoke(tx, rq->city->id, S(COMPANY_LINK_ORGANISATION), at->record->id);
}

static void rate(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct company_said *f = at->data;
    int64_t city = rq->city->id;
    int64_t id = at->record->id;
    if (f->company)
        company_match_rate_company(
            tx, &(struct company_match_rate_company_in){ f->rating, f->said, city, id });
    else
        company_match_rate_organisation(
            tx, &(struct company_match_rate_organisation_in){ f->rating, f->said, city, id });
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "new", MSG_company_state_new, .starts = true },
    { "proposed", MSG_company_state_proposed },
    { "half", MSG_company_state_half },
    { "agreed", MSG_company_state_agreed },
    { "done", MSG_company_state_done },
    { "declined", MSG_company_state_declined },
    { 0 },
};

#define STEP(name, a, b, whose)                                                        \
    .verb = #name, .from = a, .to = b, .who = whose, .permission = PERM_person_handle, \
    .label = MSG_company_step_##name, .past = MSG_company_past_##name

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_company_past_begin },
    { STEP(ask, "new", "proposed", BY_PERSON), .guard = guard_ask, .effect = ask,
      .due_days = WEEK },
    { STEP(accept_company, "proposed", "half", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = WEEK },
    { STEP(accept_company, "half", "agreed", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = 1 },
    { STEP(accept_organisation, "proposed", "half", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = WEEK },
    { STEP(accept_organisation, "half", "agreed", BY_LINK), .guard = guard_yes, .effect = say_yes,
      .due_days = 1 },
    { STEP(pass_on, "agreed", NULL, BY_PERSON), .guard = guard_pass_on, .effect = pass_on,
      .due_days = AFTERWARDS },
    { STEP(done, "agreed", "done", BY_PERSON), .guard = guard_done, .effect = done },
    { STEP(rate, "done", NULL, BY_LINK), .guard = guard_rate, .effect = rate },
    { STEP(decline, "new", "declined", BY_PERSON), .effect = decline },
    { STEP(decline, "proposed", "declined", BY_PERSON | BY_LINK), .effect = decline },
    { STEP(decline, "half", "declined", BY_PERSON | BY_LINK), .effect = decline },
    { STEP(decline, "agreed", "declined", BY_PERSON | BY_LINK), .effect = decline },
    { 0 },
};

const struct procedure company_match_procedure = {
    .record = &company_match_record,
    .states = states,
    .steps = steps,
    .move = move,
};

static const struct field none[] = { { 0 } };
static const struct field done_fields[] = {
    FIELD(struct company_said, day, DAY, MSG_company_field_done_on, .required = true),
    FIELD(struct company_said, people, INT, MSG_company_field_came, .max = PEOPLE_MOST),
    { 0 },
};

const struct field *company_fields(str verb)
{
    return str_eq(verb, S("done")) ? done_fields : none;
}

void company_match_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &company_match_record, .id = e->id };
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(COMPANY_LINK_MATCH), e->id);
    token_revoke(tx, e->city_id, S(COMPANY_LINK_ORGANISATION), e->id);
    company_match_forget(tx, tx->now, e->city_id, e->id);
}

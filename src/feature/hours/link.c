/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Both mailed links. The person's: write hours down, take an entry back, submit a month, see the
 * year. The organisation's: look at a month, confirm it or send it back.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/hours/pages.h"
#include "hours.html.h"
#include "hours.text.h"

const struct field hours_entry_fields[] = {
    FIELD(struct entry_form, day, DAY, MSG_hours_field_day, .required = true,
          .hint = MSG_hours_field_day_hint),
    FIELD(struct entry_form, time, DECIMAL, MSG_hours_field_time, .required = true, .min = 5,
          .max = 2400, .scale = 100, .hint = MSG_hours_field_time_hint),
    FIELD(struct entry_form, activity, TEXT, MSG_hours_field_activity, .max = 200),
    { 0 },
};

const struct field hours_submit_fields[] = {
    FIELD(struct submit_form, allowance, TEXT, MSG_hours_field_allowance, .max = 20),
    FIELD(struct submit_form, cents, DECIMAL, MSG_hours_field_cents, .max = 1000000, .scale = 100,
          .hint = MSG_hours_field_cents_hint),
    { 0 },
};

/* ---- the person's ---- */

void hours_load(struct rq *rq, const struct placement_full *p, struct hours_mine *m)
{
    struct hours_sheets_in in = { .city = rq->city->id,
                                  .from = S("2000-01"),
                                  .to = S("9999-12"),
                                  .person = p->person_id,
                                  .placement = p->id };
    struct hours_sums sums = hours_sums(rq, clock_today().year, p->person_id);
    *m = (struct hours_mine){ .placement = p,
                              .sheets = hours_sheets(rq->db, &in),
                              .year = sums.n ? &sums.v[0] : NULL };
    struct hours_entry_row_rows *entries =
        NEW_ARRAY(rq->arena, m->sheets.n + 1, struct hours_entry_row_rows);
    for (size_t i = 0; i < m->sheets.n; i++)
        entries[i] = hours_entries(rq->db, rq->city->id, m->sheets.v[i].id);
    m->entries = entries;
}

static void show(struct rq *rq, const struct placement_full *p, const struct entry_form *f)
{
    struct hours_mine m;
    hours_load(rq, p, &m);
    m.entry = *f;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_hours_mine(rq), token_page(rq, S("")));
    view_hours_mine(rq, &m);
}

void hours_link_mine(struct rq *rq, const struct token *token)
{
    struct entry_form f = { .day = day_iso(rq->arena, clock_today()), .time = 100 };
    const struct placement_full *p = placement_behind(rq, token);
    if (p)
        show(rq, p, &f);
}

static void back(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

/* Somebody may write down what was done since the trial or the start. */
static bool runs(const struct placement_full *p, str day)
{
    str since = p->trial_from.n ? p->trial_from : p->starts_on;
    bool began = str_eq(p->state, S("trial")) || p->placed_at;
    return began && (!since.n || str_cmp(since, day) <= 0) &&
           (!p->ended_on.n || str_cmp(day, p->ended_on) <= 0);
}

bool hours_read_entry(struct rq *rq, const struct placement_full *p, struct entry_form *f)
{
    rq_form(rq, hours_entry_fields, f);
    if (!rq_ok(rq))
        return false;
    if (str_cmp(f->day, day_iso(rq->arena, clock_today())) > 0)
        rq_error(rq, "day", t_hours_day_future(rq));
    else if (!runs(p, f->day))
        rq_error(rq, "day", t_hours_day_outside(rq));
    const struct hours_sheet_id *s =
        hours_sheet_find(rq->db, rq->city->id, p->id, str_slice(f->day, 0, 7));
    if (s && !str_eq(s->state, S("open")) && !str_eq(s->state, S("returned")))
        rq_error(rq, "day", t_hours_month_closed(rq));
    return rq_ok(rq);
}

int64_t hours_enter(struct tx *tx, int64_t city_id, const struct placement_full *p,
                    const struct entry_form *f)
{
    return hours_add(tx, &(struct hours_arrival){ .city_id = city_id,
                                                  .person_id = p->person_id,
                                                  .placement_id = p->id,
                                                  .day = f->day,
                                                  .minutes = (f->time * 60 + 50) / 100,
                                                  .activity = f->activity });
}

static void enter(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct entry_form f = { 0 };
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    if (!hours_read_entry(rq, p, &f)) {
        show(rq, p, &f);
        return;
    }
    hours_enter(tx, rq->city->id, p, &f);
    back(rq, MSG_hours_note_entered);
}

/* The sheet that a button names, of this placement; else 404. */
static const struct hours_sheet_row *sheet_of(struct rq *rq, int64_t placement_id, int64_t id)
{
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, id);
    if (s && s->placement_id == placement_id)
        return s;
    rq_not_found(rq);
    return NULL;
}

int64_t hours_strike(struct rq *rq, struct tx *tx, int64_t placement_id)
{
    int64_t id = rq_param_int(rq, "entry", 0);
    const struct hours_entry_one *e = hours_entry_get(rq->db, rq->city->id, id);
    const struct hours_sheet_row *s = sheet_of(rq, placement_id, e ? e->sheet_id : 0);
    if (!s)
        return 0;
    struct hours_entry_insert_in in = { .id = db_new_id(),
                                        .city = rq->city->id,
                                        .sheet = e->sheet_id,
                                        .person = s->person_id,
                                        .day = e->day,
                                        .minutes = -e->minutes,
                                        .activity = S(""),
                                        .reverses = e->id,
                                        .at = tx->now };
    if (!hours_is_open(s) || e->reverses_id || hours_entry_struck(rq->db, rq->city->id, e->id)) {
        rq_conflict(rq);
        return 0;
    }
    hours_entry_insert(tx, &in);
    return s->id;
}

static void strike(struct rq *rq, struct tx *tx, const struct token *token)
{
    if (placement_behind(rq, token) && hours_strike(rq, tx, token->subject_id))
        back(rq, MSG_hours_note_struck);
}

static bool knows_allowance(str allowance)
{
    bool found = !allowance.n;
    for (size_t i = 0; i < HOURS_ALLOWANCES; i++)
        found = found || str_eq(allowance, hours_allowance(i));
    return found;
}

static void submit(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct submit_form f = { 0 };
    struct entry_form empty = { .day = day_iso(rq->arena, clock_today()), .time = 100 };
    const struct placement_full *p = placement_behind(rq, token);
    const struct hours_sheet_row *s = p ? sheet_of(rq, p->id, rq_param_int(rq, "sheet", 0)) : NULL;
    if (!s)
        return;
    rq_form(rq, hours_submit_fields, &f);
    if (!knows_allowance(f.allowance) || (f.cents && !f.allowance.n))
        rq_error(rq, "allowance", t_hours_allowance_missing(rq));
    if (!rq_ok(rq)) {
        show(rq, p, &empty);
        return;
    }
    struct hours_paid paid = { f.cents ? f.allowance : S(""), f.cents };
    struct procedure_ask ask = { .procedure = &hours_procedure,
                                 .id = s->id,
                                 .verb = S("submit"),
                                 .who = BY_LINK,
                                 .data = &paid };
    if (procedure_take(rq, tx, &ask))
        back(rq, MSG_hours_note_submitted);
}

static void statement(struct rq *rq, const struct token *token)
{
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    struct hours_statement s = hours_statement_of(rq, p->person_id, p->name);
    s.pdf = hours_statement_link(rq, str_fmt(rq->arena, "/l/%.*s/pdf", STR_FMT(rq_segment(rq, 0))),
                                 s.year);
    rq_crumb(rq, t_hours_mine(rq), token_page(rq, S("")));
    rq_crumb(rq, t_hours_statement(rq), token_page(rq, S("nachweis")));
    view_hours_statement(rq, &s);
}

static void statement_pdf(struct rq *rq, const struct token *token)
{
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    struct hours_statement s = hours_statement_of(rq, p->person_id, p->name);
    hours_statement_put(rq, &s);
}

const struct link_part hours_mine_parts[] = {
    { .name = "eintragen", .act = enter },    { .name = "streichen", .act = strike },
    { .name = "einreichen", .act = submit },  { .name = "nachweis", .show = statement },
    { .name = "pdf", .show = statement_pdf }, { 0 },
};

/* ---- the organisation's ---- */

static const struct hours_sheet_row *sheet(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, token->subject_id);
    if (s && s->name.n)
        return s;
    rq_not_found(rq);
    return NULL;
}

void hours_link_confirm(struct rq *rq, const struct token *token)
{
    const struct hours_sheet_row *s = sheet(rq, token);
    if (!s)
        return;
    rq_crumb(rq, t_hours_confirm_title(rq), token_page(rq, S("")));
    view_hours_confirm(rq, s, hours_entries(rq->db, rq->city->id, s->id));
}

static void step(struct rq *rq, struct tx *tx, const struct token *token, const char *verb)
{
    struct procedure_ask ask = { .procedure = &hours_procedure,
                                 .id = token->subject_id,
                                 .verb = str_from_c(verb),
                                 .who = BY_LINK,
                                 .note = str_trim(utf8_clean(rq->arena, rq_param(rq, "note"))) };
    if (!sheet(rq, token) || !procedure_take(rq, tx, &ask))
        return;
    view_hours_thanks(rq);
}

static void confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "confirm");
}

static void send_back(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "send_back");
}

const struct link_part hours_confirm_parts[] = {
    { .name = "bestaetigen", .act = confirm },
    { .name = "zurueck", .act = send_back },
    { 0 },
};

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's appointments: a day or a week with what is booked and what is free, one
 * appointment with its steps, entering one during a call, moving one.
 */
#include "appointment.html.h"
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "office.text.h"

const struct field enter_fields[] = {
    FIELD(struct book_form, channel, TEXT, MSG_appointment_field_channel, .max = 10),
    FIELD(struct book_form, name, TEXT, MSG_appointment_field_person, .required = true, .max = 100),
    FIELD(struct book_form, phone, PHONE, MSG_appointment_field_phone, .max = 40),
    FIELD(struct book_form, mail, MAIL, MSG_appointment_field_mail, .max = 200,
          .hint = MSG_appointment_enter_mail_hint),
    FIELD(struct book_form, subject, LONG, MSG_appointment_field_subject, .max = 500),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_appointment_desk(rq), link_to(rq, S("/buero/termine")));
}

/* ---- a day, or a week ---- */

static int64_t begin_of(struct day day)
{
    struct local_time t = { .day = day };
    return clock_instant(t);
}

/* Bookings and free times of one day in one row; both are sorted. */
static void merge(struct rq *rq, struct desk_day *d, struct appointment_day_row_rows booked,
                  struct slots vacant)
{
    struct desk_line *v = NEW_ARRAY(rq->arena, booked.n + vacant.n + 1, struct desk_line);
    int64_t from = begin_of(d->day);
    int64_t to = begin_of(day_add(d->day, 1));
    size_t f = 0;
    for (size_t i = 0; i <= booked.n; i++) {
        int64_t until = i < booked.n ? booked.v[i].starts_at : INT64_MAX;
        for (; f < vacant.n && vacant.v[f].starts < until; f++)
            if (vacant.v[f].starts >= from && vacant.v[f].starts < to) {
                v[d->n++] = (struct desk_line){ .starts = vacant.v[f].starts,
                                                .ends = vacant.v[f].ends,
                                                .slot = &vacant.v[f] };
                d->vacant++;
            }
        if (i == booked.n || booked.v[i].starts_at < from || booked.v[i].starts_at >= to)
            continue;
        v[d->n++] = (struct desk_line){ .starts = booked.v[i].starts_at,
                                        .ends = booked.v[i].ends_at,
                                        .b = &booked.v[i] };
        d->booked += !str_eq(booked.v[i].state, S("cancelled"));
    }
    d->v = v;
}

static void fill(struct rq *rq, struct desk *desk, struct day first)
{
    struct day last = day_add(first, (int)desk->n - 1);
    int64_t now = clock_now();
    struct appointment_days_in in = { .city = rq->city->id,
                                      .from = begin_of(first),
                                      .to = begin_of(day_add(last, 1)),
                                      .now = now,
                                      .account = desk->account,
                                      .office = desk->office };
    struct slots_wish wish = { .from = first,
                               .to = last,
                               .not_before = now - APPOINTMENT_NOTICE,
                               .office = desk->office,
                               .account = desk->account };
    struct appointment_day_row_rows booked = appointment_days(rq->db, &in);
    struct slots vacant = slots_list(rq, &wish);
    for (size_t i = 0; i < desk->n; i++) {
        desk->days[i] = (struct desk_day){ .day = day_add(first, (int)i) };
        desk->days[i].off = slots_off(rq, desk->days[i].day);
        merge(rq, &desk->days[i], booked, vacant);
    }
}

/* GET /buero/termine */
void appointment_desk_show(struct rq *rq)
{
    struct day day = clock_today();
    struct desk desk = { .week = str_eq(rq_param(rq, "view"), S("week")),
                         .account = rq_param_int(rq, "account", 0),
                         .office = rq_param_int(rq, "office", 0),
                         .today = day_iso(rq->arena, day),
                         .people = appointment_counsellors(rq->db, rq->city->id),
                         .offices = appointment_offices(rq->db, rq->city->id) };
    (void)day_parse(rq_param(rq, "day"), day, &day);
    if (desk.week)
        day = day_add(day, -day_weekday(day));
    desk.n = desk.week ? 7 : 1;
    desk.previous = day_iso(rq->arena, day_add(day, -(int)desk.n));
    desk.next = day_iso(rq->arena, day_add(day, (int)desk.n));
    fill(rq, &desk, day);
    crumbs(rq);
    view_appointment_desk(rq, &desk);
}

/* ---- one ---- */

static void show_one(struct rq *rq, const struct appointment_row *b)
{
    struct procedure_view v;
    struct meet meet;
    if (!procedure_view(rq, &appointment_procedure, b->id, &v)) {
        rq_not_found(rq);
        return;
    }
    meet_load(rq, b, &meet);
    crumbs(rq);
    rq_crumb(rq, b->name, link_id(rq, S("/buero/termine/"), b->id));
    view_appointment_one(rq, b, &v, &meet);
}

/* GET /buero/termine/{id} */
void appointment_desk_one(struct rq *rq)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, rq_id(rq));
    if (b)
        show_one(rq, b);
    else
        rq_not_found(rq);
}

/* POST /buero/termine/{id}/schritt */
void appointment_desk_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &appointment_procedure);
    ask.note = rq_param(rq, "note");
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_appointment_note_done);
    rq_see(rq, S("/buero/termine/"), rq_id(rq));
}

/* ---- entering ---- */

/* The free time of the address; without one, or when it has gone, the week to choose from. */
static bool asked_slot(struct rq *rq, struct slot *slot)
{
    int64_t starts = rq_param_int(rq, "at", 0);
    return starts > 0 && starts < clock_now() * 2 &&
           slots_find(rq, rq_param_int(rq, "hours", 0), starts, slot);
}

static void show_form(struct rq *rq, const struct slot *slot, const struct book_form *f)
{
    crumbs(rq);
    rq_crumb(rq, t_appointment_enter(rq), link_to(rq, S("/buero/termine/neu")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_appointment_enter(rq, slot, f);
}

/* GET /buero/termine/neu */
void appointment_desk_form(struct rq *rq)
{
    struct slot slot;
    struct book_form f = { .channel = rq_param(rq, "channel") };
    if (asked_slot(rq, &slot)) {
        show_form(rq, &slot, &f);
        return;
    }
    struct week w;
    week_load(rq, WEEK_ENTER, &w);
    crumbs(rq);
    rq_crumb(rq, t_appointment_enter(rq), link_to(rq, S("/buero/termine/neu")));
    view_appointment_choose(rq, &w);
}

/* POST /buero/termine/neu */
void appointment_desk_enter(struct rq *rq, struct tx *tx)
{
    struct slot slot;
    struct book_form f = { 0 };
    if (!asked_slot(rq, &slot)) {
        rq_conflict(rq);
        return;
    }
    rq_form(rq, enter_fields, &f);
    book_check(rq, &slot, &f);
    if (rq_ok(rq) && !f.mail.n && !f.phone.n)
        rq_error(rq, "phone", t_appointment_reach_missing(rq));
    if (!rq_ok(rq)) {
        show_form(rq, &slot, &f);
        return;
    }
    int64_t id = appointment_keep(rq, tx, &(struct appointment_to){ &slot, f.channel }, &f, true);
    if (!id) {
        rq_conflict(rq);
        return;
    }
    rq_note(rq, f.mail.n ? MSG_appointment_note_entered_mail : MSG_appointment_note_entered);
    rq_see(rq, S("/buero/termine/"), id);
}

/* ---- moving ---- */

static void show_move(struct rq *rq, const struct appointment_row *b)
{
    struct week w;
    week_load(rq, WEEK_MOVE, &w);
    crumbs(rq);
    rq_crumb(rq, b->name, link_id(rq, S("/buero/termine/"), b->id));
    rq_crumb(rq, t_appointment_move_title(rq),
             link_id_sub(rq, S("/buero/termine/"), b->id, S("/verschieben")));
    view_appointment_move_desk(rq, b, &w);
}

/* GET /buero/termine/{id}/verschieben */
void appointment_desk_move(struct rq *rq)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, rq_id(rq));
    if (b && str_eq(b->state, S("booked")))
        show_move(rq, b);
    else
        rq_not_found(rq);
}

/* POST /buero/termine/{id}/verschieben */
void appointment_desk_moved(struct rq *rq, struct tx *tx)
{
    struct slot slot;
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, rq_id(rq));
    if (!b) {
        rq_not_found(rq);
        return;
    }
    if (!week_slot(rq, rq_param(rq, "slot"), &slot) || !move_channel(b, &slot).n) {
        rq_error(rq, NULL, t_appointment_gone(rq));
        rq_status(rq, 422);
        show_move(rq, b);
        return;
    }
    struct appointment_to to = { &slot, move_channel(b, &slot) };
    if (!appointment_move(rq, tx, b->id, &to, BY_PERSON))
        return;
    rq_note(rq, MSG_appointment_note_moved);
    rq_see(rq, S("/buero/termine/"), b->id);
}

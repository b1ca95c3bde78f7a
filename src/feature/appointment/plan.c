/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office plans: consulting hours of each week, extra days, days on which nothing is held, and
 * which holidays of the Land are left out by themselves.
 */
#include "appointment.html.h"
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/appointment.h"
#include "feature/appointment/pages.h"
#include "office.text.h"
#include "web/audit.h"
#include "web/page.h"
#include "web/vocab_label.h"

#define HOURS       "/buero/termine/zeiten"
#define DAY_MINUTES (24 * 60)
#define HOLIDAYS    40 /* of two years */

#define F(member, type, text, ...) \
    FIELD(struct plan_form, member, type, MSG_appointment_hours_##text, ##__VA_ARGS__)

const struct field plan_fields[] = {
    F(office, INT, office, .required = true, .min = 1, .max = INT64_MAX),
    F(account, INT, counsellor, .max = INT64_MAX),
    F(weekday, CODE, weekday, .vocab = &vocab_day),
    F(valid_from, DAY, valid_from, .required = true),
    F(valid_until, DAY, valid_until),
    F(opens, TEXT, opens, .required = true, .max = 5),
    F(closes, TEXT, closes, .required = true, .max = 5),
    F(minutes, INT, minutes, .required = true, .min = 10, .max = 240),
    F(pause, INT, pause, .min = 0, .max = 120),
    F(onsite, BOOL, onsite),
    F(place, INT, place, .max = INT64_MAX),
    F(phone, BOOL, phone),
    F(with_video, BOOL, with_video),
    F(video, WEB, video, .max = 300, .hint = MSG_appointment_hours_video_hint),
    { 0 },
};

#define C(member, type, text, ...) \
    FIELD(struct closure_form, member, type, MSG_appointment_closure_##text, ##__VA_ARGS__)

const struct field closure_fields[] = {
    C(from_day, DAY, from, .required = true),
    C(to_day, DAY, to),
    C(office, INT, office, .max = INT64_MAX),
    C(account, INT, counsellor, .max = INT64_MAX),
    C(reason, TEXT, reason, .max = 120, .hint = MSG_appointment_closure_reason_hint),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_appointment_desk(rq), link_to(rq, S("/buero/termine")));
    rq_crumb(rq, t_appointment_hours(rq), link_to(rq, S(HOURS)));
}

/* ---- times of the day ---- */

static bool take_number(str *s, int64_t *n)
{
    size_t digits = 0;
    while (digits < s->n && s->p[digits] >= '0' && s->p[digits] <= '9')
        digits++;
    bool good = digits >= 1 && digits <= 2 && str_to_i64(str_slice(*s, 0, digits), n);
    *s = str_slice(*s, digits, s->n);
    return good;
}

/* "9", "9:30", "09.30": minutes of the day; -1 for anything else. */
static int64_t minute_of(str text)
{
    int64_t hour = 0;
    int64_t minute = 0;
    str left = str_trim(text);
    if (!take_number(&left, &hour))
        return -1;
    if (left.n) {
        bool mark = left.p[0] == ':' || left.p[0] == '.';
        left = str_slice(left, 1, left.n);
        if (!mark || left.n != 2 || !take_number(&left, &minute) || left.n)
            return -1;
    }
    int64_t all = hour * 60 + minute;
    return minute < 60 && all <= DAY_MINUTES ? all : -1;
}

static str minute_text(struct rq *rq, int64_t minute)
{
    return str_fmt(rq->arena, "%d:%02d", (int)(minute / 60), (int)(minute % 60));
}

/* ---- the list ---- */

str plan_span(const struct rq *rq, const struct appointment_hours_row *h)
{
    str opens = str_fmt(rq->arena, "%d:%02d", (int)(h->opens / 60), (int)(h->opens % 60));
    str closes = str_fmt(rq->arena, "%d:%02d", (int)(h->closes / 60), (int)(h->closes % 60));
    return t_appointment_span(rq, opens, closes);
}

str plan_validity(const struct rq *rq, const struct appointment_hours_row *h)
{
    str from = page_iso_day(rq, h->valid_from);
    if (h->extra)
        return t_appointment_valid_once(rq, from);
    if (h->valid_until.n)
        return t_appointment_valid_span(rq, from, page_iso_day(rq, h->valid_until));
    return t_appointment_valid_open(rq, from);
}

/* Working days of this year and the next that the Land has off. */
static void fill_holidays(struct rq *rq, struct plan_page *p)
{
    struct day *v = NEW_ARRAY(rq->arena, HOLIDAYS, struct day);
    struct day today = clock_today();
    struct day end = { today.year + 1, 12, 31 };
    for (struct day d = today; day_number(d) <= day_number(end); d = day_add(d, 1))
        if (day_weekday(d) < 6 && p->holiday_count < HOLIDAYS && holiday_find(d, rq->city->land))
            v[p->holiday_count++] = d;
    p->holidays = v;
}

static void show_list(struct rq *rq, const struct closure_form *f)
{
    str today = day_iso(rq->arena, clock_today());
    struct plan_page p = { .hours =
                               appointment_hours_list(rq->db, rq->city->id, S("9999-12-31"), today),
                           .closures = appointment_closures(rq->db, rq->city->id, today),
                           .closure = f,
                           .people = appointment_counsellors(rq->db, rq->city->id),
                           .offices = appointment_offices(rq->db, rq->city->id) };
    fill_holidays(rq, &p);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_appointment_hours(rq, &p);
}

/* GET /buero/termine/zeiten */
void plan_list(struct rq *rq)
{
    struct closure_form f = { 0 };
    show_list(rq, &f);
}

/* ---- one consulting hour ---- */

static void show_form(struct rq *rq, int64_t id, const struct plan_form *f)
{
    struct plan_edit e = { .id = id,
                           .form = f,
                           .extra = f->extra != 0,
                           .people = appointment_counsellors(rq->db, rq->city->id),
                           .offices = appointment_offices(rq->db, rq->city->id),
                           .places = appointment_places(rq->db, rq->city->id) };
    crumbs(rq);
    rq_crumb(rq, id ? t_appointment_hours_one(rq) : t_appointment_hours_new(rq),
             link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_appointment_hours_form(rq, &e);
}

/* GET /buero/termine/zeiten/neu */
void plan_new(struct rq *rq)
{
    struct plan_form f = { .weekday = S("mo"),
                           .opens = S("9:00"),
                           .closes = S("12:00"),
                           .minutes = 30,
                           .onsite = 1,
                           .phone = 1,
                           .account = rq->who.account_id,
                           .valid_from = day_iso(rq->arena, clock_today()),
                           .extra = rq_has_param(rq, "extra") };
    show_form(rq, 0, &f);
}

/* GET /buero/termine/zeiten/{id} */
void plan_show(struct rq *rq)
{
    const struct appointment_hours_one *h = appointment_hours_get(rq->db, rq->city->id, rq_id(rq));
    if (!h) {
        rq_not_found(rq);
        return;
    }
    struct plan_form f = { .office = h->office_id,
                           .place = h->place_id,
                           .account = h->account_id,
                           .weekday = vocab_code(&vocab_day, (int)h->weekday),
                           .opens = minute_text(rq, h->opens),
                           .closes = minute_text(rq, h->closes),
                           .minutes = h->minutes,
                           .pause = h->pause,
                           .onsite = (h->channels & CHANNEL_ONSITE) != 0,
                           .phone = (h->channels & CHANNEL_PHONE) != 0,
                           .with_video = (h->channels & CHANNEL_VIDEO) != 0,
                           .video = h->video,
                           .valid_from = h->valid_from,
                           .valid_until = h->valid_until,
                           .extra = h->extra };
    show_form(rq, h->id, &f);
}

/* ---- what was typed ---- */

static bool in_steps(int64_t minutes)
{
    return minutes >= 0 && minutes % APPOINTMENT_STEP == 0;
}

static bool knows_person(struct rq *rq, int64_t id)
{
    struct appointment_person_rows rows = appointment_counsellors(rq->db, rq->city->id);
    bool found = id == 0;
    for (size_t i = 0; i < rows.n; i++)
        found = found || rows.v[i].id == id;
    return found;
}

static bool knows_office(struct rq *rq, int64_t id)
{
    struct appointment_office_row_rows rows = appointment_offices(rq->db, rq->city->id);
    bool found = false;
    for (size_t i = 0; i < rows.n; i++)
        found = found || rows.v[i].id == id;
    return found;
}

static bool knows_place(struct rq *rq, const struct plan_form *f)
{
    struct appointment_place_row_rows rows = appointment_places(rq->db, rq->city->id);
    bool found = false;
    for (size_t i = 0; i < rows.n; i++)
        found = found || (rows.v[i].id == f->place && rows.v[i].office_id == f->office);
    return found;
}

static void check_times(struct rq *rq, const struct plan_form *f)
{
    int64_t opens = minute_of(f->opens);
    int64_t closes = minute_of(f->closes);
    if (!in_steps(opens))
        rq_error(rq, "opens", t_appointment_hours_time_wrong(rq));
    if (!in_steps(closes))
        rq_error(rq, "closes", t_appointment_hours_time_wrong(rq));
    else if (closes < opens + f->minutes)
        rq_error(rq, "closes", t_appointment_hours_too_short(rq));
    if (!in_steps(f->minutes))
        rq_error(rq, "minutes", t_appointment_hours_steps(rq));
    if (!in_steps(f->pause))
        rq_error(rq, "pause", t_appointment_hours_steps(rq));
}

static void check_who_where(struct rq *rq, const struct plan_form *f)
{
    if (!knows_office(rq, f->office))
        rq_error(rq, "office", t_appointment_hours_office_missing(rq));
    if (!knows_person(rq, f->account))
        rq_error(rq, "account", t_appointment_hours_person_wrong(rq));
    if (f->onsite && !knows_place(rq, f))
        rq_error(rq, "place", t_appointment_hours_place_missing(rq));
    if (!f->onsite && !f->phone && !f->with_video)
        rq_error(rq, "onsite", t_appointment_hours_channel_missing(rq));
}

static void check_days(struct rq *rq, const struct plan_form *f)
{
    if (!f->extra && vocab_find(&vocab_day, f->weekday) < 0)
        rq_error(rq, "weekday", t_appointment_hours_weekday_missing(rq));
    if (f->valid_until.n && str_cmp(f->valid_until, f->valid_from) < 0)
        rq_error(rq, "valid_until", t_appointment_hours_backwards(rq));
}

static bool read_form(struct rq *rq, struct plan_form *f)
{
    rq_form(rq, plan_fields, f);
    f->extra = rq_has_param(rq, "extra");
    if (f->extra)
        f->valid_until = f->valid_from;
    if (rq_ok(rq)) {
        check_who_where(rq, f);
        check_days(rq, f);
        check_times(rq, f);
    }
    return rq_ok(rq);
}

static int64_t weekday_of(const struct plan_form *f)
{
    struct day day = { 0 };
    if (f->extra && day_parse_iso(f->valid_from, &day))
        return day_weekday(day);
    return vocab_find(&vocab_day, f->weekday);
}

static struct appointment_hours_update_in row_of(const struct rq *rq, const struct plan_form *f)
{
    return (struct appointment_hours_update_in){
        .city = rq->city->id,
        .office = f->office,
        .place = f->onsite ? f->place : 0,
        .account = f->account,
        .weekday = weekday_of(f),
        .opens = minute_of(f->opens),
        .closes = minute_of(f->closes),
        .minutes = f->minutes,
        .pause = f->pause,
        .channels = (f->onsite ? CHANNEL_ONSITE : 0) | (f->phone ? CHANNEL_PHONE : 0) |
                    (f->with_video ? CHANNEL_VIDEO : 0),
        .video = f->video,
        .valid_from = f->valid_from,
        .valid_until = f->valid_until,
        .extra = f->extra,
    };
}

/* POST /buero/termine/zeiten/neu */
void plan_create(struct rq *rq, struct tx *tx)
{
    struct plan_form f = { 0 };
    if (!read_form(rq, &f)) {
        show_form(rq, 0, &f);
        return;
    }
    struct appointment_hours_update_in row = row_of(rq, &f);
    struct appointment_hours_insert_in in = { .id = db_new_id(),
                                              .city = row.city,
                                              .office = row.office,
                                              .place = row.place,
                                              .account = row.account,
                                              .weekday = row.weekday,
                                              .opens = row.opens,
                                              .closes = row.closes,
                                              .minutes = row.minutes,
                                              .pause = row.pause,
                                              .channels = row.channels,
                                              .video = row.video,
                                              .valid_from = row.valid_from,
                                              .valid_until = row.valid_until,
                                              .extra = row.extra };
    appointment_hours_insert(tx, &in);
    audit(rq, tx, S("appointment.plan_create"), in.id, S(""));
    rq_note(rq, MSG_appointment_hours_saved);
    rq_see(rq, S(HOURS), 0);
}

/* POST /buero/termine/zeiten/{id}: saved, or taken away; what is booked stays booked. */
void plan_save(struct rq *rq, struct tx *tx)
{
    struct plan_form f = { 0 };
    bool remove = rq_has_param(rq, "remove");
    if (!appointment_hours_get(rq->db, rq->city->id, rq_id(rq))) {
        rq_not_found(rq);
        return;
    }
    if (!remove && !read_form(rq, &f)) {
        show_form(rq, rq_id(rq), &f);
        return;
    }
    if (remove) {
        appointment_hours_delete(tx, rq->city->id, rq_id(rq));
    } else {
        struct appointment_hours_update_in row = row_of(rq, &f);
        row.id = rq_id(rq);
        appointment_hours_update(tx, &row);
    }
    audit(rq, tx, remove ? S("appointment.hours_erase") : S("appointment.hours_change"), rq_id(rq),
          S(""));
    rq_note(rq, remove ? MSG_appointment_hours_erased : MSG_appointment_hours_saved);
    rq_see(rq, S(HOURS), 0);
}

/* ---- closures ---- */

static bool read_closure(struct rq *rq, struct closure_form *f)
{
    rq_form(rq, closure_fields, f);
    if (!f->to_day.n)
        f->to_day = f->from_day;
    if (rq_ok(rq) && str_cmp(f->to_day, f->from_day) < 0)
        rq_error(rq, "to_day", t_appointment_hours_backwards(rq));
    if (f->office && !knows_office(rq, f->office))
        rq_error(rq, "office", t_appointment_hours_office_missing(rq));
    if (!knows_person(rq, f->account))
        rq_error(rq, "account", t_appointment_hours_person_wrong(rq));
    return rq_ok(rq);
}

/* The instant at which a closure and what is booked in it ends. */
static int64_t end_of(str iso)
{
    struct day day = { 0 };
    must(day_parse_iso(iso, &day));
    struct local_time t = { .day = day_add(day, 1) };
    return clock_instant(t);
}

/* Whether something is booked that now falls into the closure: somebody has to move it. */
static bool hits_bookings(struct rq *rq, const struct closure_form *f)
{
    struct day from = { 0 };
    must(day_parse_iso(f->from_day, &from));
    struct local_time t = { .day = from };
    struct appointment_days_in in = { .city = rq->city->id,
                                      .from = clock_instant(t),
                                      .to = end_of(f->to_day),
                                      .now = clock_now(),
                                      .account = f->account,
                                      .office = f->office };
    struct appointment_day_row_rows rows = appointment_days(rq->db, &in);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        n += !str_eq(rows.v[i].state, S("cancelled")) && rows.v[i].starts_at > clock_now();
    return n > 0;
}

/* POST /buero/termine/schliessungen */
void closure_create(struct rq *rq, struct tx *tx)
{
    struct closure_form f = { 0 };
    if (!read_closure(rq, &f)) {
        show_list(rq, &f);
        return;
    }
    struct appointment_closure_insert_in in = { .id = db_new_id(),
                                                .city = rq->city->id,
                                                .office = f.office,
                                                .account = f.account,
                                                .from_day = f.from_day,
                                                .to_day = f.to_day,
                                                .over = end_of(f.to_day),
                                                .reason = f.reason };
    appointment_closure_insert(tx, &in);
    audit(rq, tx, S("appointment.closure_create"), in.id, S(""));
    rq_note(rq,
            hits_bookings(rq, &f) ? MSG_appointment_closure_hits : MSG_appointment_closure_saved);
    rq_see(rq, S(HOURS), 0);
}

/* POST /buero/termine/schliessungen/{id}/loeschen */
void closure_erase(struct rq *rq, struct tx *tx)
{
    if (appointment_closure_delete(tx, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("appointment.closure_erase"), rq_id(rq), S(""));
    rq_note(rq, MSG_appointment_closure_erased);
    rq_see(rq, S(HOURS), 0);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Appointments: the tables of the feature. Tables: appointment_hours, appointment_closure,
 * appointment, appointment_time. Neighbours: slots.c (what is free), book.c and link.c (citizens),
 * desk.c and plan.c (the office), states.c, mails.c, remind.c.
 */
#include "feature/appointment/appointment.h"

#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "web/procedure.h"

static const struct route routes[] = {
    GET("/termine", book_week, ANYONE, .api = "/appointments", .params = book_params,
        .answer = &book_schema, .listed = true, .doc = "Free times of the offices in a week."),
    GET("/termine/buchen", book_show, ANYONE),
    POST("/termine/buchen", book_send, ANYONE),
    GET("/termine/danke", book_thanks, ANYONE),
    GET("/buero/termine", appointment_desk_show, CAN(appointment_handle)),
    GET("/buero/termine/neu", appointment_desk_form, CAN(appointment_handle)),
    POST("/buero/termine/neu", appointment_desk_enter, CAN(appointment_handle)),
    POST("/buero/termine/kalender", feed_make, CAN(appointment_handle)),
    GET("/buero/termine/zeiten", plan_list, CAN(appointment_handle)),
    GET("/buero/termine/zeiten/neu", plan_new, CAN(appointment_handle)),
    POST("/buero/termine/zeiten/neu", plan_create, CAN(appointment_handle)),
    GET("/buero/termine/zeiten/{id}", plan_show, CAN(appointment_handle)),
    POST("/buero/termine/zeiten/{id}", plan_save, CAN(appointment_handle)),
    POST("/buero/termine/schliessungen", closure_create, CAN(appointment_handle)),
    POST("/buero/termine/schliessungen/{id}/loeschen", closure_erase, CAN(appointment_handle)),
    GET("/buero/termine/{id}", appointment_desk_one, CAN(appointment_handle)),
    POST("/buero/termine/{id}/schritt", appointment_desk_step, CAN(appointment_handle)),
    GET("/buero/termine/{id}/verschieben", appointment_desk_move, CAN(appointment_handle)),
    POST("/buero/termine/{id}/verschieben", appointment_desk_moved, CAN(appointment_handle)),
    POST("/buero/termine/{id}/person", meet_person, CAN(person_handle)),
    POST("/buero/termine/{id}/beratung", meet_case, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_appointment_desk,
      .path = "/buero/termine",
      .kind = ACCESS_CAN,
      .permission = PERM_appointment_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 16 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = "appointment", .show = link_mine, .parts = link_parts, .lasts = true },
    { .purpose = "appointment-feed", .show = feed_show, .parts = feed_parts, .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "appointment.remind",
      .doc = "Reminds of appointments a day before",
      .every = 600,
      .run = appointment_remind },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "appointment", appointment_erase },
    { 0 },
};

static const struct erasure_act hung[] = {
    { .table = "person", .erase = meet_erased },
    { 0 },
};

static const struct record_kind *const records[] = { &appointment_record, NULL };
static const struct procedure *const procedures[] = { &appointment_procedure, NULL };

/* A counsellor leaves: hours and appointments stay the office's. */
static void account_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    appointment_hours_leave(tx, account_id);
    appointment_closure_leave(tx, account_id);
    appointment_leave(tx, account_id);
}

bool appointment_offered(struct rq *rq)
{
    str today = day_iso(rq->arena, clock_today());
    return appointment_offered_hour(rq->db, rq->city->id, today) != NULL;
}

/* ---- for the demo and tests ---- */

int64_t appointment_hours_new(struct tx *tx, const struct appointment_hours_arrival *h)
{
    struct appointment_hours_insert_in in = { .id = db_new_id(),
                                              .city = h->city_id,
                                              .office = h->office_id,
                                              .place = h->place_id,
                                              .account = h->account_id,
                                              .weekday = h->weekday,
                                              .opens = h->opens,
                                              .closes = h->closes,
                                              .minutes = h->minutes,
                                              .pause = h->pause,
                                              .channels = h->channels,
                                              .video = h->video,
                                              .valid_from = day_iso(tx->db.arena, h->from),
                                              .valid_until = S("") };
    appointment_hours_insert(tx, &in);
    return in.id;
}

int64_t appointment_new(struct tx *tx, int64_t city_id, const struct appointment_arrival *a)
{
    const struct appointment_hours_one *h = appointment_hours_get(&tx->db, city_id, a->hours_id);
    must(h);
    struct appointment_hours_row hours = { .id = h->id,
                                           .office_id = h->office_id,
                                           .place_id = h->place_id,
                                           .account_id = h->account_id,
                                           .video = h->video };
    struct local_time t = { .day = a->day, .hour = a->minute / 60, .minute = a->minute % 60 };
    struct slot slot = { .hours = &hours, .starts = clock_instant(t) };
    slot.ends = slot.starts + h->minutes * 60;
    struct book_form f = {
        .name = a->name, .mail = a->mail, .phone = a->phone, .subject = a->subject
    };
    struct appointment_keeping k = { .city_id = city_id, .lang = LANG_DE, .by_office = true };
    return appointment_insert_kept(tx, &k, &(struct appointment_to){ &slot, a->channel }, &f);
}

const struct feature appointment_feature = {
    .name = "appointment",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .hung = hung,
    .merge_refs = meet_merge_refs,
    .records = records,
    .procedures = procedures,
    .person_erase = account_erase,
};

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Citizens choose a free time and say who they are; what they have chosen is kept for an hour,
 * until the mailed link confirms it (link.c). Neighbours: week.c (the choice), states.c.
 */
#include "appointment.html.h"
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/session.h"
#include "web/trap.h"

static const struct limit_rule by_peer = { "appointment.peer", 6, 600 };
static const struct limit_rule by_mail = { "appointment.mail", 4, 4 * 3600 };

const struct field book_fields[] = {
    FIELD(struct book_form, channel, TEXT, MSG_appointment_field_channel, .max = 10),
    FIELD(struct book_form, name, TEXT, MSG_appointment_field_name, .required = true, .max = 100,
          .autocomplete = "name"),
    FIELD(struct book_form, mail, MAIL, MSG_appointment_field_mail, .required = true, .max = 200,
          .hint = MSG_appointment_field_mail_hint, .autocomplete = "email"),
    FIELD(struct book_form, phone, PHONE, MSG_appointment_field_phone, .max = 40,
          .hint = MSG_appointment_field_phone_hint, .autocomplete = "tel"),
    FIELD(struct book_form, subject, LONG, MSG_appointment_field_subject, .max = 500,
          .hint = MSG_appointment_field_subject_hint),
    { 0 },
};

/* ---- the JSON ---- */

const struct param book_params[] = {
    { "from", "string", "a day of the week that is wanted, ISO 8601; this week without it" },
    { "office", "integer", "only this office" },
    { "channel", "string", "only times for it: onsite, phone or video" },
    { 0 },
};
static const struct property time_properties[] = {
    { "starts", "string", "ISO 8601, UTC" },
    { "ends", "string", "ISO 8601, UTC" },
    { "office", "string", "who advises" },
    { "place", "string", "where, for talks on site" },
    { "channels", "array", "onsite, phone, video", .item = "string" },
    { "url", "string", "where to book it" },
    { 0 },
};
static const struct schema time_schema = { "FreeTime", "A time that can be booked.",
                                           time_properties };
static const struct property week_properties[] = {
    { "from", "string", "Monday, ISO 8601" },
    { "items", "array", "free times", .of = &time_schema },
    { 0 },
};
const struct schema book_schema = { "FreeTimes", "The free times of a week.", week_properties };

static void key_str(struct json *j, str key, str value)
{
    json_key(j, key);
    json_str(j, value);
}

static void put_time(struct rq *rq, struct json *j, const struct week *w, const struct slot *slot)
{
    const struct appointment_hours_row *h = slot->hours;
    json_object(j);
    key_str(j, S("starts"), instant_iso(rq->arena, slot->starts));
    key_str(j, S("ends"), instant_iso(rq->arena, slot->ends));
    key_str(j, S("office"), h->office);
    key_str(j, S("place"), appointment_place(rq, h->place, h->street));
    json_key(j, S("channels"));
    json_array(j);
    for (int bit = CHANNEL_ONSITE; bit <= CHANNEL_VIDEO; bit *= 2)
        if (h->channels & bit)
            json_str(j, appointment_channel_code(bit));
    json_array_end(j);
    key_str(j, S("url"), link_absolute(rq, week_link(rq, w, slot)).s);
    json_object_end(j);
}

static void answer(struct rq *rq, const struct week *w)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    key_str(&j, S("from"), day_iso(rq->arena, w->monday));
    json_key(&j, S("items"));
    json_array(&j);
    for (int d = 0; d < 7; d++)
        for (size_t g = 0; g < w->days[d].n; g++)
            for (size_t i = 0; i < w->days[d].v[g].n; i++)
                put_time(rq, &j, w, w->days[d].v[g].v[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
}

/* ---- the week ---- */

/* GET /termine */
void book_week(struct rq *rq)
{
    struct week w;
    week_load(rq, WEEK_BOOK, &w);
    rq->no_cache = true; /* what is free depends on the clock */
    if (rq_wants_json(rq)) {
        answer(rq, &w);
        return;
    }
    rq_crumb(rq, t_appointment_title(rq), link_to(rq, S("/termine")));
    view_appointment_book(rq, &w);
}

/* ---- the form ---- */

bool book_offers(const struct slot *slot, str channel)
{
    return (slot->hours->channels & appointment_channel_find(channel)) != 0;
}

str move_channel(const struct appointment_row *b, const struct slot *slot)
{
    if (book_offers(slot, b->channel))
        return b->channel;
    for (int bit = CHANNEL_ONSITE; bit <= CHANNEL_VIDEO; bit *= 2)
        if ((slot->hours->channels & bit) && (bit != CHANNEL_PHONE || b->phone.n))
            return appointment_channel_code(bit);
    return S("");
}

void book_check(struct rq *rq, const struct slot *slot, struct book_form *f)
{
    int64_t all = slot->hours->channels;
    if (!f->channel.n && !(all & (all - 1))) /* there is only one */
        f->channel = appointment_channel_code((int)all);
    if (!book_offers(slot, f->channel))
        rq_error(rq, "channel", t_appointment_channel_missing(rq));
    if (str_eq(f->channel, S("phone")) && !f->phone.n)
        rq_error(rq, "phone", t_appointment_phone_missing(rq));
}

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_appointment_title(rq), link_to(rq, S("/termine")));
    rq_crumb(rq, t_appointment_book(rq), link_to(rq, S("/termine/buchen")));
}

/* The time has gone, or was never there: say so, and lead back to the others. */
static void gone(struct rq *rq)
{
    crumbs(rq);
    rq->no_cache = true;
    rq->refused = true;
    rq_status(rq, 409);
    view_appointment_gone(rq);
}

static bool asked_slot(struct rq *rq, struct slot *slot)
{
    int64_t starts = rq_param_int(rq, "at", 0);
    bool sane = starts > 0 && starts < clock_now() * 2;
    if (sane && slots_find(rq, rq_param_int(rq, "hours", 0), starts, slot) &&
        slots_open(clock_now(), slot))
        return true;
    gone(rq);
    return false;
}

static void show(struct rq *rq, const struct slot *slot, const struct book_form *f)
{
    crumbs(rq);
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_appointment_form(rq, slot, f);
}

/* GET /termine/buchen */
void book_show(struct rq *rq)
{
    struct slot slot;
    struct book_form f = { .channel = rq_param(rq, "channel") };
    if (!rq_has_param(rq, "hours"))
        rq_see_url(rq, link_to(rq, S("/termine")));
    else if (asked_slot(rq, &slot))
        show(rq, &slot, &f);
}

/* POST /termine/buchen */
void book_send(struct rq *rq, struct tx *tx)
{
    struct slot slot;
    struct book_form f = { 0 };
    if (!asked_slot(rq, &slot))
        return;
    rq_form(rq, book_fields, &f);
    book_check(rq, &slot, &f);
    if (rq_ok(rq))
        trap_passed(rq);
    if (!rq_ok(rq)) {
        show(rq, &slot, &f);
        return;
    }
    if (rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(f.mail)))
        return;
    if (appointment_keep(rq, tx, &(struct appointment_to){ &slot, f.channel }, &f, false))
        rq_see(rq, S("/termine/danke"), 0);
    else
        gone(rq);
}

/* GET /termine/danke */
void book_thanks(struct rq *rq)
{
    rq_crumb(rq, t_appointment_title(rq), link_to(rq, S("/termine")));
    rq_crumb(rq, t_appointment_thanks(rq), link_to(rq, S("/termine/danke")));
    view_appointment_thanks(rq);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An appointment's life. The citizen's link confirms, moves and cancels; the office does the same
 * and says afterwards whether somebody came. Time is taken in appointment_time (slots.h), whose
 * key lets nobody in twice; the state is in appointment.
 */
#include "feature/appointment/states.h"

#include "appointment.text.h"
#include "base/clock.h"
#include "feature/report/report.h"
#include "web/app.h"

/* ---- channels ---- */

static const str codes[] = { STR_INIT("onsite"), STR_INIT("phone"), STR_INIT("video") };

str appointment_channel_code(int channel)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (channel == 1 << i)
            return codes[i];
    return S("");
}

int appointment_channel_find(str code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (str_eq(code, codes[i]))
            return 1 << i;
    return 0;
}

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, id);
    if (!b)
        return false;
    record->title = b->name;
    record->state = b->state;
    record->page = link_id(rq, S("/buero/termine/"), id);
    return true;
}

const struct record_kind appointment_record = {
    .name = "appointment",
    .label = MSG_appointment_record,
    .permission = PERM_appointment_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct appointment_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return appointment_set_state(tx, &in) == 1;
}

/* ---- guards ---- */

bool appointment_ahead(const struct appointment_row *b)
{
    return b->starts_at > clock_now();
}

static enum msg is_ahead(struct rq *rq, const struct procedure_at *at)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    return b && appointment_ahead(b) ? (enum msg)0 : MSG_appointment_refuse_past;
}

static enum msg has_begun(struct rq *rq, const struct procedure_at *at)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    return b && !appointment_ahead(b) ? (enum msg)0 : MSG_appointment_refuse_early;
}

/* Whoever confirms late may find that the time has gone to somebody else. */
static enum msg is_still_kept(struct rq *rq, const struct procedure_at *at)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    const struct appointment_kept_row *kept =
        appointment_time_kept(rq->db, rq->city->id, at->record->id);
    if (!b || !appointment_ahead(b))
        return MSG_appointment_refuse_past;
    return kept && kept->steps ? (enum msg)0 : MSG_appointment_refuse_gone;
}

/* ---- what comes of steps ---- */

static void confirm(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    if (b)
        appointment_mail_booked(rq, tx, at, b);
}

static void cancel(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    slots_drop(tx, rq->city->id, at->record->id);
    if (b)
        appointment_mail_cancelled(rq, tx, at, b);
}

/* Where one goes, and where one dials in: each only for the channel that it is for. */
static int64_t place_of(const struct appointment_to *to)
{
    return str_eq(to->channel, S("onsite")) ? to->slot->hours->place_id : 0;
}

static str video_of(const struct appointment_to *to)
{
    return str_eq(to->channel, S("video")) ? to->slot->hours->video : S("");
}

static void moved(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct appointment_to *to = at->data;
    const struct appointment_hours_row *h = to->slot->hours;
    struct appointment_set_time_in in = { .office = h->office_id,
                                          .place = place_of(to),
                                          .account = h->account_id,
                                          .starts = to->slot->starts,
                                          .ends = to->slot->ends,
                                          .channel = to->channel,
                                          .video = video_of(to),
                                          .at = tx->now,
                                          .city = rq->city->id,
                                          .id = at->record->id };
    appointment_set_time(tx, &in);
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, at->record->id);
    if (b)
        appointment_mail_moved(rq, tx, at, b);
}

/* ---- the table ---- */

static const struct procedure_state states[] = {
    { "held", MSG_appointment_state_held, .starts = true },
    { "booked", MSG_appointment_state_booked, .starts = true },
    { "attended", MSG_appointment_state_attended },
    { "missed", MSG_appointment_state_missed },
    { "cancelled", MSG_appointment_state_cancelled },
    { 0 },
};

#define STEP(name, a, b, text)                                         \
    .verb = name, .from = a, .to = b, .label = MSG_appointment_##text, \
    .past = MSG_appointment_past_##text, .permission = PERM_appointment_handle

static const struct procedure_step steps[] = {
    { .verb = "hold", .from = "", .past = MSG_appointment_past_hold },
    { .verb = "enter", .from = "", .past = MSG_appointment_past_enter },
    { .verb = "meet", .from = "*", .past = MSG_appointment_past_meet },
    { .verb = "unmeet", .from = "*", .past = MSG_appointment_past_unmeet },
    { .verb = "begin_case", .from = "*", .past = MSG_appointment_past_begin_case },
    { STEP("confirm", "held", "booked", confirm), .who = BY_LINK, .guard = is_still_kept,
      .effect = confirm },
    { STEP("attend", "booked", "attended", attend), .who = BY_PERSON, .guard = has_begun },
    { STEP("miss", "booked", "missed", miss), .who = BY_PERSON, .guard = has_begun },
    { STEP("attend", "missed", "attended", attend), .who = BY_PERSON },
    { STEP("miss", "attended", "missed", miss), .who = BY_PERSON },
    { STEP("move", "booked", NULL, move), .who = BY_PERSON | BY_LINK, .apart = true,
      .guard = is_ahead, .effect = moved },
    { STEP("cancel", "held", "cancelled", cancel), .who = BY_PERSON | BY_LINK, .apart = true,
      .guard = is_ahead, .effect = cancel },
    { STEP("cancel", "booked", "cancelled", cancel), .who = BY_PERSON | BY_LINK, .apart = true,
      .guard = is_ahead, .effect = cancel },
    { 0 },
};

const struct procedure appointment_procedure = {
    .record = &appointment_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- keeping, moving, erasing ---- */

static void record_new(struct tx *tx, const struct appointment_keeping *k, int64_t id)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &appointment_procedure,
                                                    .city_id = k->city_id,
                                                    .id = id,
                                                    .who = k->by_office ? 0 : BY_LINK,
                                                    .verb = k->by_office ? S("enter") : S("hold"),
                                                    .from = S(""),
                                                    .to = k->by_office ? S("booked") : S("held"),
                                                    .note = S("") });
}

int64_t appointment_insert_kept(struct tx *tx, const struct appointment_keeping *k,
                                const struct appointment_to *to, const struct book_form *f)
{
    const struct appointment_hours_row *h = to->slot->hours;
    struct appointment_insert_in in = { .id = db_new_id(),
                                        .city = k->city_id,
                                        .office = h->office_id,
                                        .place = place_of(to),
                                        .account = h->account_id,
                                        .starts = to->slot->starts,
                                        .ends = to->slot->ends,
                                        .channel = to->channel,
                                        .video = video_of(to),
                                        .state = k->by_office ? S("booked") : S("held"),
                                        .name = f->name,
                                        .mail = f->mail,
                                        .phone = f->phone,
                                        .subject = f->subject,
                                        .lang = lang_info(k->lang)->code,
                                        .held_until = k->by_office ? 0 : tx->now + APPOINTMENT_HOLD,
                                        .at = tx->now };
    appointment_insert(tx, &in);
    if (!slots_take(tx, k->city_id, in.id, to->slot))
        return 0;
    record_new(tx, k, in.id);
    return in.id;
}

int64_t appointment_keep(struct rq *rq, struct tx *tx, const struct appointment_to *to,
                         const struct book_form *f, bool by_office)
{
    struct appointment_keeping k = { .city_id = rq->city->id,
                                     .lang = by_office ? rq->city->lang : rq->lang,
                                     .by_office = by_office };
    int64_t id = appointment_insert_kept(tx, &k, to, f);
    const struct appointment_row *b = id ? appointment_get(rq->db, rq->city->id, id) : NULL;
    if (b && by_office)
        appointment_mail_entered(rq, tx, b);
    else if (b)
        appointment_mail_confirm(rq, tx, b);
    return id;
}

bool appointment_move(struct rq *rq, struct tx *tx, int64_t id, const struct appointment_to *to,
                      enum procedure_who who)
{
    struct procedure_ask ask = {
        .procedure = &appointment_procedure, .id = id, .verb = S("move"), .who = who, .data = to
    };
    slots_drop(tx, rq->city->id, id);
    if (slots_take(tx, rq->city->id, id, to->slot))
        return procedure_take(rq, tx, &ask);
    rq_conflict(rq);
    return false;
}

/* One whose time has come goes on counting in the figures. */
static void keep_count(struct tx *tx, const struct erasure *e)
{
    const struct appointment_row *b = appointment_get(&tx->db, e->city_id, e->id);
    if (!b || b->starts_at > tx->now || str_eq(b->state, S("held")))
        return;
    report_keep(tx,
                &(struct report_kept){ .city_id = e->city_id,
                                       .figure = S("appointments"),
                                       .office_id = b->office_id,
                                       .day = day_iso(tx->db.arena, clock_local(b->starts_at).day),
                                       .code = b->state,
                                       .n = 1 });
}

void appointment_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &appointment_record, .id = e->id };
    keep_count(tx, e);
    procedure_forget(tx, e->city_id, &record);
    slots_drop(tx, e->city_id, e->id);
    token_revoke(tx, e->city_id, S(APPOINTMENT_LINK), e->id);
    appointment_delete(tx, e->city_id, e->id);
}

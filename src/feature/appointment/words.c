/* SPDX-License-Identifier: EUPL-1.2 */
/* Appointments in words, for pages, mails and calendars. */
#include "appointment.text.h"
#include "base/clock.h"
#include "base/out.h"
#include "feature/appointment/states.h"
#include "web/page.h"
#include "web/vocab_label.h"

str appointment_clock(const struct rq *rq, int64_t instant)
{
    struct local_time t = clock_local(instant);
    return str_fmt(rq->arena, "%d:%02d", t.hour, t.minute);
}

str appointment_day(const struct rq *rq, struct day day)
{
    return t_appointment_day(rq, vocab_label(rq, &vocab_day, day_weekday(day)),
                             page_iso_day(rq, day_iso(rq->arena, day)));
}

str appointment_when(const struct rq *rq, int64_t starts, int64_t ends)
{
    return t_appointment_when(rq, appointment_day(rq, clock_local(starts).day),
                              appointment_clock(rq, starts), appointment_clock(rq, ends));
}

str appointment_channel(const struct rq *rq, str code)
{
    switch (appointment_channel_find(code)) {
    case CHANNEL_ONSITE:
        return t_appointment_channel_onsite(rq);
    case CHANNEL_PHONE:
        return t_appointment_channel_phone(rq);
    case CHANNEL_VIDEO:
        return t_appointment_channel_video(rq);
    default:
        return S("");
    }
}

str appointment_channels(const struct rq *rq, int64_t bits)
{
    struct out o = out_new(rq->arena, 256);
    for (int bit = CHANNEL_ONSITE; bit <= CHANNEL_VIDEO; bit *= 2)
        if (bits & bit) {
            out_str(&o, o.n ? S(", ") : S(""));
            out_str(&o, appointment_channel(rq, appointment_channel_code(bit)));
        }
    return out_text(&o);
}

str appointment_place(const struct rq *rq, opt_str name, opt_str street)
{
    if (!name.has || !name.v.n)
        return street.has ? street.v : S("");
    return str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(name.v), STR_FMT(street.v));
}

str appointment_where(const struct rq *rq, const struct appointment_row *b)
{
    if (str_eq(b->channel, S("phone")))
        return t_appointment_where_phone(rq, b->phone);
    if (str_eq(b->channel, S("video")))
        return b->video.n ? b->video : t_appointment_where_video(rq);
    str place = appointment_place(rq, b->place, b->street);
    if (!place.n)
        return b->office;
    return str_fmt(rq->arena, "%.*s, %.*s, %.*s %.*s", STR_FMT(b->office), STR_FMT(place),
                   STR_FMT(b->postcode.v), STR_FMT(b->town.v));
}

str appointment_facts(const struct rq *rq, const struct appointment_row *b)
{
    return t_appointment_facts(rq, appointment_when(rq, b->starts_at, b->ends_at),
                               appointment_channel(rq, b->channel), appointment_where(rq, b));
}

str appointment_office(str name, str short_name)
{
    return short_name.n ? short_name : name;
}

str appointment_holiday(const struct rq *rq, enum holiday holiday)
{
    static const enum msg names[HOLIDAY_COUNT] = {
        [HOLIDAY_NEW_YEAR] = MSG_appointment_holiday_new_year,
        [HOLIDAY_EPIPHANY] = MSG_appointment_holiday_epiphany,
        [HOLIDAY_WOMEN] = MSG_appointment_holiday_women,
        [HOLIDAY_GOOD_FRIDAY] = MSG_appointment_holiday_good_friday,
        [HOLIDAY_EASTER_SUNDAY] = MSG_appointment_holiday_easter_sunday,
        [HOLIDAY_EASTER_MONDAY] = MSG_appointment_holiday_easter_monday,
        [HOLIDAY_LABOUR] = MSG_appointment_holiday_labour,
        [HOLIDAY_LIBERATION] = MSG_appointment_holiday_liberation,
        [HOLIDAY_ASCENSION] = MSG_appointment_holiday_ascension,
        [HOLIDAY_WHIT_SUNDAY] = MSG_appointment_holiday_whit_sunday,
        [HOLIDAY_WHIT_MONDAY] = MSG_appointment_holiday_whit_monday,
        [HOLIDAY_CORPUS_CHRISTI] = MSG_appointment_holiday_corpus_christi,
        [HOLIDAY_UPRISING] = MSG_appointment_holiday_uprising,
        [HOLIDAY_PEACE] = MSG_appointment_holiday_peace,
        [HOLIDAY_ASSUMPTION] = MSG_appointment_holiday_assumption,
        [HOLIDAY_CHILDREN] = MSG_appointment_holiday_children,
        [HOLIDAY_UNITY] = MSG_appointment_holiday_unity,
        [HOLIDAY_REFORMATION] = MSG_appointment_holiday_reformation,
        [HOLIDAY_ALL_SAINTS] = MSG_appointment_holiday_all_saints,
        [HOLIDAY_REPENTANCE] = MSG_appointment_holiday_repentance,
        [HOLIDAY_CHRISTMAS] = MSG_appointment_holiday_christmas,
        [HOLIDAY_BOXING] = MSG_appointment_holiday_boxing,
    };
    return names[holiday] ? text_of(rq, names[holiday]) : S("");
}

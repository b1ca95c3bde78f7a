/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Appointments as calendars. The citizen's file says everything; the counsellor's feed, which may
 * lie on somebody else's server, says when and how, and not who.
 */
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "web/ics.h"

static str uid(const struct rq *rq, int64_t id)
{
    str address = link_absolute(rq, link_to(rq, S("/"))).s;
    ptrdiff_t at = str_find(address, S("://"));
    str rest = at < 0 ? address : str_slice(address, (size_t)at + 3, address.n);
    str host = S("");
    str_next(&rest, '/', &host);
    return str_fmt(rq->arena, "appointment-%lld@%.*s", (long long)id, STR_FMT(host));
}

static struct ics begin(struct rq *rq, str name)
{
    rq_type(rq, S("text/calendar; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"termin.ics\""));
    return ics_new(rq->out, name, true);
}

void calendar_mine(struct rq *rq, const struct appointment_row *b)
{
    struct ics ics = begin(rq, t_appointment_calendar_name(rq, rq->city->name));
    if (!str_eq(b->state, S("cancelled")))
        ics_event(&ics, &(struct ics_event){ .uid = uid(rq, b->id),
                                             .changed = b->changed_at,
                                             .begins = b->starts_at,
                                             .ends = b->ends_at,
                                             .summary = t_appointment_calendar_mine(rq, b->office),
                                             .description = appointment_facts(rq, b),
                                             .place = appointment_where(rq, b) });
    ics_done(&ics);
}

static void put(struct rq *rq, struct ics *ics, const struct appointment_day_row *b)
{
    str how = appointment_channel(rq, b->channel);
    str link = link_absolute(rq, link_id(rq, S("/buero/termine/"), b->id)).s;
    ics_event(ics, &(struct ics_event){ .uid = uid(rq, b->id),
                                        .changed = b->changed_at,
                                        .begins = b->starts_at,
                                        .ends = b->ends_at,
                                        .summary = t_appointment_calendar_feed(rq, how),
                                        .place = appointment_place(rq, b->place, b->street),
                                        .link = link });
}

void calendar_feed(struct rq *rq, struct appointment_day_row_rows rows)
{
    struct ics ics = begin(rq, t_appointment_calendar_name(rq, rq->city->name));
    for (size_t i = 0; i < rows.n; i++)
        if (!str_eq(rows.v[i].state, S("cancelled")) && !str_eq(rows.v[i].state, S("held")))
            put(rq, &ics, &rows.v[i]);
    ics_done(&ics);
}

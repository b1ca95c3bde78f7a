/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers that have a date, as calendars. */
#include "feature/opportunity/calendar.h"

#include "opportunity.text.h"
#include "web/ics.h"

static struct day day_of(str iso)
{
    struct day d = { 0 };
    return day_parse_iso(iso, &d) ? d : (struct day){ 0 };
}

/* "lübeck.example" of "https://lübeck.example/angebote/7": what makes ids unique in the world. */
static str host_of(str address)
{
    ptrdiff_t at = str_find(address, S("://"));
    str rest = at < 0 ? address : str_slice(address, (size_t)at + 3, address.n);
    str host = S("");
    str_next(&rest, '/', &host);
    return host;
}

static void put(struct rq *rq, struct ics *ics, const struct opp_dated_row *o)
{
    str link = link_absolute(rq, link_id(rq, S("/angebote/"), o->id)).s;
    struct ics_event e = {
        .uid =
            str_fmt(rq->arena, "opportunity-%lld@%.*s", (long long)o->id, STR_FMT(host_of(link))),
        .changed = o->changed_at,
        .from = day_of(o->starts_on),
        .to = day_of(o->ends_on),
        .summary = o->title,
        .description = str_fmt(rq->arena, "%.*s\n%.*s\n%.*s", STR_FMT(o->summary),
                               STR_FMT(o->organisation), STR_FMT(link)),
        .place = o->district.n ? o->district : o->place,
        .link = link,
    };
    if (e.from.year)
        ics_event(ics, &e);
}

static struct ics begin(struct rq *rq, str file)
{
    rq_type(rq, S("text/calendar; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"),
              str_fmt(rq->arena, "attachment; filename=\"%.*s.ics\"", STR_FMT(file)));
    return ics_new(rq->out, t_opp_calendar_name(rq, rq->city->name), false);
}

void calendar_one(struct rq *rq, const struct opp_full *o)
{
    struct ics ics = begin(rq, S("angebot"));
    put(rq, &ics,
        &(struct opp_dated_row){ .id = o->id,
                                 .title = o->title,
                                 .summary = o->summary,
                                 .organisation = o->organisation,
                                 .place = o->place,
                                 .district = o->district,
                                 .starts_on = o->starts_on,
                                 .ends_on = o->ends_on,
                                 .changed_at = o->changed_at });
    ics_done(&ics);
}

void calendar_all(struct rq *rq)
{
    struct opp_dated_row_rows rows = opp_dated(rq->db, rq->city->id, opportunity_fresh_since(),
                                               day_iso(rq->arena, clock_today()));
    struct ics ics = begin(rq, S("angebote"));
    for (size_t i = 0; i < rows.n; i++)
        put(rq, &ics, &rows.v[i]);
    ics_done(&ics);
}

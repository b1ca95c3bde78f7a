/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Dates for calendars. A series is one entry with its rule; each single date that is otherwise is
 * one more, named by the time that it stands for (RFC 5545, 3.8.4.4).
 */
#include "feature/event/calendar.h"

#include "event.text.h"
#include "feature/organisation/organisation.h"
#include "web/ics.h"
#include "web/vocab_label.h"

/* What is over for so long leaves the feed. */
#define FEED_DAYS 60

/* "lübeck.example" of "https://lübeck.example/kalender/7": makes ids unique in the world. */
static str host_of(str address)
{
    ptrdiff_t at = str_find(address, S("://"));
    str rest = at < 0 ? address : str_slice(address, (size_t)at + 3, address.n);
    str host = S("");
    str_next(&rest, '/', &host);
    return host;
}

/* UNTIL is in UTC beside a time with a zone, and a day beside days (3.3.10). */
static str rule_of(struct rq *rq, const struct event_full *e)
{
    str until = event_until_of(rq->arena, e->rule);
    ptrdiff_t at = str_find(e->rule, S(";UNTIL="));
    struct day last;
    if (at < 0 || !day_parse_iso(until, &last))
        return e->rule;
    str start = str_slice(e->rule, 0, (size_t)at);
    if (!e->begins_at.n)
        return str_fmt(rq->arena, "%.*s;UNTIL=%04d%02d%02d", STR_FMT(start), last.year, last.month,
                       last.day);
    struct local_time evening = { .day = last, .hour = 23, .minute = 59, .second = 59 };
    str iso = instant_iso(rq->arena, clock_instant(evening));
    return str_fmt(rq->arena, "%.*s;UNTIL=%.4s%.2s%.2sT%.2s%.2s%.2sZ", STR_FMT(start), iso.p,
                   iso.p + 5, iso.p + 8, iso.p + 11, iso.p + 14, iso.p + 17);
}

static void put_span(struct ics_event *i, const struct event_span *span)
{
    if (span->whole_day) {
        i->from = recur_local(span->wall).day;
        i->to = recur_local(span->wall + span->length - 1).day;
        return;
    }
    i->begins = clock_instant(recur_local(span->wall));
    i->ends = clock_instant(recur_local(span->wall + span->length));
}

static struct ics_event entry_of(struct rq *rq, const struct event_full *e)
{
    str link = link_absolute(rq, link_id(rq, S("/kalender/"), e->id)).s;
    str place = event_address(rq, e);
    return (struct ics_event){
        .uid = str_fmt(rq->arena, "event-%lld@%.*s", (long long)e->id, STR_FMT(host_of(link))),
        .changed = e->changed_at,
        .sequence = e->sequence,
        .cancelled = str_eq(e->state, S("cancelled")),
        .summary = event_full_title(rq, e),
        .description = str_fmt(rq->arena, "%.*s%s%.*s\n%.*s", STR_FMT(e->summary),
                               e->online.n ? "\n" : "", STR_FMT(e->online), STR_FMT(link)),
        .place = e->venue.n ? str_fmt(rq->arena, "%.*s%s%.*s", STR_FMT(e->venue),
                                      place.n ? ", " : "", STR_FMT(place))
                            : place,
        .category = vocab_labels(rq, &vocab_field, e->fields),
        .link = link,
    };
}

static void put_single(struct rq *rq, struct ics *ics, const struct event_full *e,
                       const struct event_change_row *c)
{
    struct event_span by_rule;
    struct event_span span;
    struct ics_event i = entry_of(rq, e);
    bool moved = c->begins_on.n != 0;
    if (!event_span_of(&(struct event_times){ c->day, e->begins_at, S(""), e->begins_at },
                       &by_rule) ||
        !event_span_of(EVENT_TIMES(e), &span))
        return;
    span.wall = by_rule.wall;
    if (moved && !event_span_of(EVENT_TIMES(c), &span))
        return;
    put_span(&i, &span);
    if (by_rule.whole_day)
        i.instead_on = recur_local(by_rule.wall).day;
    else
        i.instead_at = clock_instant(recur_local(by_rule.wall));
    i.cancelled = i.cancelled || c->cancelled;
    i.changed = c->changed_at > e->changed_at ? c->changed_at : e->changed_at;
    if (c->note.n)
        i.description = str_fmt(rq->arena, "%.*s\n%.*s", STR_FMT(c->note), STR_FMT(i.description));
    ics_event(ics, &i);
}

static void put(struct rq *rq, struct ics *ics, const struct event_full *e)
{
    struct event_span span;
    struct ics_event i = entry_of(rq, e);
    if (!event_span_of(EVENT_TIMES(e), &span))
        return;
    put_span(&i, &span);
    i.rule = rule_of(rq, e);
    ics_event(ics, &i);
    struct event_change_row_rows changes = event_changes(rq->db, rq->city->id, e->id);
    for (size_t k = 0; k < changes.n; k++)
        put_single(rq, ics, e, &changes.v[k]);
}

static struct ics begin(struct rq *rq, str file)
{
    rq_type(rq, S("text/calendar; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"),
              str_fmt(rq->arena, "attachment; filename=\"%.*s.ics\"", STR_FMT(file)));
    return ics_new(rq->out, t_event_feed_name(rq, rq->city->name), true);
}

void event_ics_one(struct rq *rq, const struct event_full *e)
{
    struct ics ics = begin(rq, S("termin"));
    put(rq, &ics, e);
    ics_done(&ics);
}

void event_ics_all(struct rq *rq)
{
    struct event_ask ask = event_ask_read(rq);
    struct event_feed_in in = {
        .city = rq->city->id,
        .from_at = clock_instant((struct local_time){ .day = day_add(clock_today(), -FEED_DAYS) }),
        .fields = ask.field >= 0 ? (int64_t)vocab_bit(ask.field) : 0,
        .district = ask.district,
        .organisation = ask.organisation,
        .pattern = organisation_pattern(rq->arena, ask.q),
    };
    struct event_full_rows rows = event_feed(rq->db, &in);
    struct ics ics = begin(rq, S("kalender"));
    for (size_t i = 0; i < rows.n; i++)
        put(rq, &ics, &rows.v[i]);
    ics_done(&ics);
}

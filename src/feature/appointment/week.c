/* SPDX-License-Identifier: EUPL-1.2 */
/* A week of free times: for citizens who book or move, and for the office that enters. */
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "web/page.h"

static struct day monday_of(struct day d)
{
    return day_add(d, -day_weekday(d));
}

/* ---- grouping ---- */

static bool together(const struct week_group *g, const struct slot *slot)
{
    return g->hours->office_id == slot->hours->office_id &&
           g->hours->place_id == slot->hours->place_id &&
           g->hours->channels == slot->hours->channels;
}

static struct week_group *group_for(struct week_day *d, const struct slot *slot)
{
    for (size_t i = 0; i < d->n; i++)
        if (together(&d->v[i], slot))
            return &d->v[i];
    d->v[d->n] = (struct week_group){ .hours = slot->hours, .v = d->v[d->n].v };
    return &d->v[d->n++];
}

/* One time is shown once, also where several counsellors have it free. */
static void group_add(struct week_day *d, const struct slot *slot)
{
    struct week_group *g = group_for(d, slot);
    if (g->n && g->v[g->n - 1]->starts == slot->starts)
        return;
    g->v[g->n++] = slot;
    d->vacant++;
}

static void fill_day(struct rq *rq, struct week_day *d, struct slots all)
{
    int64_t number = day_number(d->day);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        n += clock_day_number(all.v[i].starts) == number;
    if (!n)
        return;
    d->v = NEW_ARRAY(rq->arena, n, struct week_group);
    for (size_t i = 0; i < n; i++)
        d->v[i].v = NEW_ARRAY(rq->arena, n, const struct slot *);
    for (size_t i = 0; i < all.n; i++)
        if (clock_day_number(all.v[i].starts) == number)
            group_add(d, &all.v[i]);
}

/* ---- loading ---- */

static int64_t earliest(const struct week *w)
{
    return clock_now() + (w->use == WEEK_ENTER ? -APPOINTMENT_NOTICE : APPOINTMENT_NOTICE);
}

static struct slots free_between(struct rq *rq, const struct week *w, struct day from,
                                 struct day to)
{
    struct slots_wish wish = { .from = from,
                               .to = to,
                               .not_before = earliest(w),
                               .office = w->office,
                               .channels = w->channel };
    return slots_list(rq, &wish);
}

/* The last Monday on whose week something may be chosen. */
static struct day last_monday(void)
{
    return monday_of(day_add(clock_today(), APPOINTMENT_WEEKS * 7 - 1));
}

static struct day asked_monday(const struct rq *rq)
{
    struct day d;
    struct day first = monday_of(clock_today());
    struct day last = last_monday();
    if (!day_parse_iso(rq_param(rq, "from"), &d))
        return first;
    d = monday_of(d);
    if (day_number(d) < day_number(first))
        return first;
    return day_number(d) > day_number(last) ? last : d;
}

/* Where the next free time is; the page then has somewhere to lead to. */
static void look_ahead(struct rq *rq, struct week *w)
{
    struct slots later = free_between(rq, w, day_add(w->monday, 7), day_add(last_monday(), 6));
    if (later.n)
        w->first = day_iso(rq->arena, monday_of(clock_local(later.v[0].starts).day));
}

void week_load(struct rq *rq, enum week_use use, struct week *w)
{
    *w = (struct week){ .use = use,
                        .monday = asked_monday(rq),
                        .office = rq_param_int(rq, "office", 0),
                        .channel = appointment_channel_find(rq_param(rq, "channel")),
                        .offices = appointment_offices(rq->db, rq->city->id) };
    bool had = rq_has_param(rq, "from");
    struct slots all = free_between(rq, w, w->monday, day_add(w->monday, 6));
    if (!all.n && !had) { /* whoever just comes in is led to the first week with something */
        look_ahead(rq, w);
        if (w->first.n && day_parse_iso(w->first, &w->monday))
            all = free_between(rq, w, w->monday, day_add(w->monday, 6));
    }
    for (int i = 0; i < 7; i++) {
        w->days[i].day = day_add(w->monday, i);
        w->days[i].off = slots_off(rq, w->days[i].day);
        fill_day(rq, &w->days[i], all);
        w->vacant += w->days[i].vacant;
    }
    w->first = S("");
    if (!w->vacant)
        look_ahead(rq, w);
    if (day_number(w->monday) > day_number(monday_of(clock_today())))
        w->previous = day_iso(rq->arena, day_add(w->monday, -7));
    if (day_number(w->monday) < day_number(last_monday()))
        w->next = day_iso(rq->arena, day_add(w->monday, 7));
}

/* ---- words and addresses ---- */

str week_title(const struct rq *rq, const struct week *w)
{
    return t_appointment_week(rq, page_iso_day(rq, day_iso(rq->arena, w->monday)),
                              page_iso_day(rq, day_iso(rq->arena, day_add(w->monday, 6))));
}

bool week_shows(const struct week *w, int day)
{
    return day < 5 || (day < 7 && w->days[day].vacant);
}

str week_nothing(const struct rq *rq, const struct week_day *d)
{
    if (d->off.holiday)
        return appointment_holiday(rq, d->off.holiday);
    if (d->off.closed)
        return d->off.reason.n ? d->off.reason : t_appointment_closed(rq);
    return t_appointment_none_day(rq);
}

url week_link(const struct rq *rq, const struct week *w, const struct slot *slot)
{
    const struct http_field fields[] = {
        { S("hours"), str_fmt(rq->arena, "%lld", (long long)slot->hours->id) },
        { S("at"), str_fmt(rq->arena, "%lld", (long long)slot->starts) },
        { S("channel"), appointment_channel_code(w->channel) },
    };
    return link_query(rq, w->use == WEEK_BOOK ? S("/termine/buchen") : S("/buero/termine/neu"),
                      fields, w->channel ? 3 : 2);
}

str week_value(const struct rq *rq, const struct slot *slot)
{
    return str_fmt(rq->arena, "%lld-%lld", (long long)slot->hours->id, (long long)slot->starts);
}

bool week_slot(struct rq *rq, str value, struct slot *slot)
{
    int64_t hours = 0;
    int64_t starts = 0;
    str left = value;
    str part = S("");
    return str_next(&left, '-', &part) && str_to_i64(part, &hours) && str_to_i64(left, &starts) &&
           starts > 0 && starts < INT32_MAX * (int64_t)8 && slots_find(rq, hours, starts, slot);
}

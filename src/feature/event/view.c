/* SPDX-License-Identifier: EUPL-1.2 */
/* The calendar's questions and answers: which part, narrowed down to what, day by day. */
#include "feature/event/view.h"

#include "event.text.h"
#include "feature/event/states.h"
#include "feature/organisation/organisation.h"
#include "web.text.h"
#include "web/page.h"
#include "web/vocab_label.h"

#define DAY       86400
#define LIST_DAYS 42
#define DAYS_MOST 366
#define CARDS     400 /* of one page */

static struct day first_of_month(struct day d)
{
    d.day = 1;
    return d;
}

static struct day next_month(struct day d, int by)
{
    int month = d.year * 12 + d.month - 1 + by;
    return (struct day){ month / 12, month % 12 + 1, 1 };
}

static int64_t midnight(struct day d)
{
    return clock_instant((struct local_time){ .day = d });
}

/* ---- the question ---- */

static enum event_view view_of(str code)
{
    if (str_eq(code, S("week")))
        return EVENT_WEEK;
    return str_eq(code, S("month")) ? EVENT_MONTH : EVENT_LIST;
}

static bool day_of(const struct rq *rq, const char *name, struct day *d)
{
    return day_parse(rq_param(rq, name), clock_today(), d) && d->year >= 1990 && d->year <= 2200;
}

/* The days of a month, with the weeks that it begins and ends in. */
static void month_days(struct event_ask *ask)
{
    struct day next = next_month(ask->month, 1);
    ask->first = day_add(ask->month, -day_weekday(ask->month));
    int days = (int)(day_number(next) - day_number(ask->first));
    ask->days = (days + 6) / 7 * 7;
}

static void read_part(const struct rq *rq, struct event_ask *ask)
{
    struct day to;
    ask->first = clock_today();
    bool from = day_of(rq, "from", &ask->first);
    ask->month = first_of_month(ask->first);
    ask->days = LIST_DAYS;
    if (ask->view == EVENT_MONTH) {
        month_days(ask);
    } else if (ask->view == EVENT_WEEK) {
        ask->first = day_add(ask->first, -day_weekday(ask->first));
        ask->days = 7;
    } else if (day_of(rq, "to", &to)) {
        int64_t days = day_number(to) - day_number(ask->first) + 1;
        ask->days = days < 1 ? 1 : days > DAYS_MOST ? DAYS_MOST : (int)days;
        ask->chosen = true;
    } else {
        ask->chosen = from;
    }
    ask->last = day_add(ask->first, ask->days - 1);
}

struct event_ask event_ask_read(const struct rq *rq)
{
    struct event_ask ask = { .view = view_of(rq_param(rq, "view")) };
    ask.q = str_trim(rq_param(rq, "q"));
    ask.district = rq_param(rq, "district");
    ask.field = vocab_find(&vocab_field, rq_param(rq, "field"));
    ask.organisation = rq_param_int(rq, "organisation", 0);
    ask.narrowed = ask.q.n || ask.district.n || ask.field >= 0 || ask.organisation;
    read_part(rq, &ask);
    return ask;
}

/* ---- the answer ---- */

static bool is_on(const struct event_card *e, struct day d)
{
    int64_t from = midnight(d);
    int64_t to = midnight(day_add(d, 1));
    return e->begins < to && (e->ends > from || (e->ends == e->begins && e->begins >= from));
}

static void fill_day(struct rq *rq, struct event_calendar *c, struct event_day *d)
{
    d->v = NEW_ARRAY(rq->arena, c->rows.n + 1, const struct event_card *);
    for (size_t i = 0; i < c->rows.n; i++)
        if (is_on(&c->rows.v[i], d->day))
            d->v[d->n++] = &c->rows.v[i];
}

struct event_calendar event_calendar_find(struct rq *rq)
{
    struct event_calendar c = { .ask = event_ask_read(rq) };
    int64_t from = midnight(c.ask.first);
    int64_t today = day_number(clock_today());
    struct event_between_in in = {
        .city = rq->city->id,
        .earliest = from - (int64_t)(EVENT_DAYS_MOST + 1) * DAY,
        .from_at = from,
        .to_at = midnight(day_add(c.ask.last, 1)),
        .fields = c.ask.field >= 0 ? (int64_t)vocab_bit(c.ask.field) : 0,
        .district = c.ask.district,
        .organisation = c.ask.organisation,
        .pattern = organisation_pattern(rq->arena, c.ask.q),
        .limit = CARDS + 1,
    };
    c.rows = event_between(rq->db, &in);
    c.cut = c.rows.n > CARDS;
    c.rows.n = c.cut ? CARDS : c.rows.n;
    c.districts = event_districts(rq->db, rq->city->id, clock_now() / DAY * DAY);
    c.days = NEW_ARRAY(rq->arena, (size_t)c.ask.days, struct event_day);
    for (int i = 0; i < c.ask.days; i++) {
        struct event_day *d = &c.days[c.n_days];
        *d = (struct event_day){ .day = day_add(c.ask.first, i) };
        d->today = day_number(d->day) == today;
        d->outside = c.ask.view == EVENT_MONTH && d->day.month != c.ask.month.month;
        fill_day(rq, &c, d);
        c.n_days += c.ask.view != EVENT_LIST || d->n;
        c.shown += d->outside ? 0 : d->n;
    }
    return c;
}

struct event_card_rows event_next(struct rq *rq, size_t n)
{
    int64_t now = clock_now();
    struct event_between_in in = { .city = rq->city->id,
                                   .earliest = now - (int64_t)(EVENT_DAYS_MOST + 1) * DAY,
                                   .from_at = now / 3600 * 3600,
                                   .to_at = now + 60 * DAY,
                                   .district = S(""),
                                   .pattern = S("%"),
                                   .limit = 40 };
    struct event_card_rows rows = event_between(rq->db, &in);
    struct event_card *next = NEW_ARRAY(rq->arena, n + 1, struct event_card);
    size_t count = 0;
    for (size_t i = 0; i < rows.n && count < n; i++) {
        bool known = event_card_cancelled(&rows.v[i]);
        for (size_t k = 0; k < count; k++)
            known = known || next[k].event_id == rows.v[i].event_id;
        if (!known)
            next[count++] = rows.v[i];
    }
    return (struct event_card_rows){ next, count };
}

struct event_instance_row_rows event_dates_of(struct rq *rq, int64_t id, int64_t from, int64_t most)
{
    struct event_instances_in in = {
        .city = rq->city->id, .event = id, .from_at = from, .limit = most
    };
    return event_instances(rq->db, &in);
}

/* ---- other parts ---- */

#define NARROWING 4

/* What the calendar is narrowed down to, as parameters. */
static size_t narrowing(const struct rq *rq, const struct event_ask *ask, struct http_field *v)
{
    size_t n = 0;
    if (ask->q.n)
        v[n++] = (struct http_field){ S("q"), ask->q };
    if (ask->field >= 0)
        v[n++] = (struct http_field){ S("field"), vocab_code(&vocab_field, ask->field) };
    if (ask->district.n)
        v[n++] = (struct http_field){ S("district"), ask->district };
    if (ask->organisation)
        v[n++] = (struct http_field){ S("organisation"),
                                      str_fmt(rq->arena, "%lld", (long long)ask->organisation) };
    return n;
}

/* This page's question with another view and day. */
static url at(const struct rq *rq, const struct event_ask *ask, str view, struct day day)
{
    struct http_field v[NARROWING + 2];
    size_t n = narrowing(rq, ask, v);
    if (view.n)
        v[n++] = (struct http_field){ S("view"), view };
    if (day.year)
        v[n++] = (struct http_field){ S("from"), day_iso(rq->arena, day) };
    return n ? link_query(rq, S("/kalender"), v, n) : link_to(rq, S("/kalender"));
}

static str view_code(enum event_view view)
{
    return view == EVENT_WEEK ? S("week") : view == EVENT_MONTH ? S("month") : S("");
}

url event_turn(const struct rq *rq, const struct event_calendar *c, int by)
{
    const struct event_ask *ask = &c->ask;
    struct day to =
        ask->view == EVENT_MONTH ? next_month(ask->month, by) : day_add(ask->first, by * ask->days);
    return at(rq, ask, view_code(ask->view), to);
}

url event_as(const struct rq *rq, const struct event_calendar *c, enum event_view view)
{
    struct day today = clock_today();
    struct day day = c->ask.view == EVENT_MONTH ? c->ask.month : c->ask.first;
    bool here =
        day_number(today) >= day_number(day) && day_number(today) <= day_number(c->ask.last);
    return at(rq, &c->ask, view_code(view), here ? (struct day){ 0 } : day);
}

url event_on_day(const struct rq *rq, struct day day)
{
    str iso = day_iso(rq->arena, day);
    struct http_field fields[] = { { S("from"), iso }, { S("to"), iso } };
    return link_query(rq, S("/kalender"), fields, 2);
}

url event_feed_link(const struct rq *rq, const struct event_ask *ask, str file)
{
    struct http_field v[NARROWING];
    size_t n = narrowing(rq, ask, v);
    return n ? link_query(rq, file, v, n) : link_to(rq, file);
}

str event_month_words(const struct rq *rq, struct day month)
{
    static const enum msg names[] = {
        MSG_page_month_1, MSG_page_month_2,  MSG_page_month_3,  MSG_page_month_4,
        MSG_page_month_5, MSG_page_month_6,  MSG_page_month_7,  MSG_page_month_8,
        MSG_page_month_9, MSG_page_month_10, MSG_page_month_11, MSG_page_month_12,
    };
    return str_fmt(rq->arena, "%.*s %d", STR_FMT(text_of(rq, names[month.month - 1])), month.year);
}

str event_part_words(const struct rq *rq, const struct event_ask *ask)
{
    if (ask->view == EVENT_MONTH)
        return event_month_words(rq, ask->month);
    str first = page_iso_day(rq, day_iso(rq->arena, ask->first));
    if (ask->days == 1)
        return first;
    return t_event_part(rq, first, page_iso_day(rq, day_iso(rq->arena, ask->last)));
}

/* ---- a card ---- */

url event_card_link(const struct rq *rq, const struct event_card *e)
{
    if (!e->rule.n)
        return link_id(rq, S("/kalender/"), e->event_id);
    struct http_field day = { S("day"), e->day };
    return link_query(rq, str_fmt(rq->arena, "/kalender/%lld", (long long)e->event_id), &day, 1);
}

static str in_language(const struct rq *rq, str normal, str simple, str english)
{
    if (rq->lang == LANG_DE_SIMPLE && simple.n)
        return simple;
    return rq->lang == LANG_EN && english.n ? english : normal;
}

str event_card_title(const struct rq *rq, const struct event_card *e)
{
    return in_language(rq, e->title, e->title_simple, e->title_en);
}

str event_full_title(const struct rq *rq, const struct event_full *e)
{
    return in_language(rq, e->title, e->title_simple, e->title_en);
}

bool event_card_cancelled(const struct event_card *e)
{
    return e->cancelled || str_eq(e->state, S("cancelled"));
}

str event_card_clock(const struct rq *rq, const struct event_card *e, struct day day)
{
    struct local_time t = clock_local(e->begins);
    if (!e->begins_at.n)
        return t_event_whole_day(rq);
    if (day_number(t.day) != day_number(day))
        return t_event_goes_on(rq);
    return str_fmt(rq->arena, "%d:%02d", t.hour, t.minute);
}

str event_card_when(const struct rq *rq, const struct event_card *e)
{
    return event_when_words(rq, e->begins, e->ends, !e->begins_at.n);
}

str event_card_where(const struct rq *rq, const struct event_card *e)
{
    str where = e->venue.n ? e->venue : e->place;
    if (!where.n && !e->district.n)
        return e->online.n ? t_event_online(rq) : S("");
    if (!where.n)
        return e->district;
    if (!e->district.n)
        return where;
    return str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(where), STR_FMT(e->district));
}

str event_address(const struct rq *rq, const struct event_full *e)
{
    str town = str_trim(str_fmt(rq->arena, "%.*s %.*s", STR_FMT(e->postcode), STR_FMT(e->place)));
    if (!e->street.n)
        return town;
    return town.n ? str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(e->street), STR_FMT(town)) : e->street;
}

url event_date_link(const struct rq *rq, int64_t event_id, str day)
{
    return link_id_sub(rq, S("/buero/kalender/"), event_id,
                       str_fmt(rq->arena, "/termin/%.*s", STR_FMT(day)));
}

str event_state_label(const struct rq *rq, str state)
{
    return procedure_state_label(rq, &event_procedure, state);
}

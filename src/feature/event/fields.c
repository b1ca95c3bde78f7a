/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a date. */
#include "feature/event/fields.h"

#include "base/clock.h"
#include "feature/event/when.h"
#include "event.text.h"
#include "web.text.h"
#include "web/access.h"

#define F(member, type, text, ...) \
    FIELD(struct event_form, member, type, MSG_event_field_##text, ##__VA_ARGS__)

const struct field event_fields[] = {
    F(title, TEXT, title, .required = true, .max = 120),
    F(organisation, TEXT, organisation),
    F(summary, LONG, summary, .required = true, .max = 400, .hint = MSG_event_hint_summary),
    F(text_md, LONG, text, .hint = MSG_event_hint_markdown),
    F(fields, BITS, fields, .required = true, .vocab = &vocab_field),
    F(begins_on, DAY, begins_on, .required = true, .hint = MSG_form_hint_day),
    F(begins_at, TEXT, begins_at, .max = 12, .hint = MSG_event_hint_clock),
    F(ends_on, DAY, ends_on, .hint = MSG_event_hint_ends_on),
    F(ends_at, TEXT, ends_at, .max = 12),
    F(repeat, TEXT, repeat, .max = 20),
    F(until, DAY, until, .hint = MSG_event_hint_until),
    F(venue, TEXT, venue, .max = 160, .hint = MSG_event_hint_venue),
    F(street, TEXT, street, .autocomplete = "off"),
    F(postcode, POSTCODE, postcode),
    F(place, TEXT, place),
    F(district, TEXT, district),
    F(online, WEB, online, .max = 400, .hint = MSG_event_hint_online),
    F(access, ACCESS, access, .required = true, .hint = MSG_event_hint_access),
    F(title_simple, TEXT, title_simple, .max = 120),
    F(simple_md, LONG, simple),
    F(title_en, TEXT, title_en, .max = 120),
    { 0 },
};

#define GROUP(of, from, to)                           \
    {                                                 \
        STR_INIT(#of), MSG_event_group_##of, from, to \
    }

const struct event_group event_groups[] = {
    GROUP(what, "title", "fields"),
    GROUP(when, "begins_on", "until"),
    GROUP(where, "venue", "access"),
    GROUP(simple, "title_simple", "title_en"),
    { .first = NULL },
};

#define G(member, type, text, ...) \
    FIELD(struct event_single_form, member, type, MSG_event_field_##text, ##__VA_ARGS__)

const struct field event_single_fields[] = {
    G(begins_on, DAY, begins_on, .required = true, .hint = MSG_form_hint_day),
    G(begins_at, TEXT, begins_at, .max = 12, .hint = MSG_event_hint_clock),
    G(ends_on, DAY, ends_on, .hint = MSG_event_hint_ends_on),
    G(ends_at, TEXT, ends_at, .max = 12),
    G(note, TEXT, note, .max = 200, .hint = MSG_event_hint_note),
    { 0 },
};

opt_int event_form_organisation(const struct event_form *f)
{
    int64_t id = 0;
    return f->organisation.n && str_to_i64(f->organisation, &id) ? some_int(id) : no_int;
}

/* Without organisation a date is the town's: only who acts for the town may enter it. */
static void check_organisation(struct rq *rq, const struct event_form *f)
{
    int64_t id = 0;
    if (!f->organisation.n) {
        if (!may(rq, PERM_opportunity_edit))
            rq_error(rq, "organisation", t_form_error_choice(rq));
        return;
    }
    if (!str_to_i64(f->organisation, &id) || !event_organisation_known(rq->db, rq->city->id, id) ||
        !may_for(rq, PERM_opportunity_edit, id))
        rq_error(rq, "organisation", t_form_error_choice(rq));
}

static void read_clock(struct rq *rq, const char *field, str *clock)
{
    if (clock->n && !event_clock_parse(rq->arena, *clock, clock))
        rq_error(rq, field, t_event_error_clock(rq));
}

static bool repeat_known(str code)
{
    for (const struct event_repeat *r = event_repeats; r->code.p; r++)
        if (str_eq(r->code, code))
            return true;
    return false;
}

/* Day and clock together; an end that was left out is the beginning's day. */
static void check_span(struct rq *rq, const struct event_single_form *f)
{
    struct event_span span;
    if (!rq_ok(rq))
        return;
    if (f->ends_at.n && !f->begins_at.n)
        rq_error(rq, "begins_at", t_event_error_begins(rq));
    else if (!event_span_of(EVENT_TIMES(f), &span))
        rq_error(rq, f->ends_at.n ? "ends_at" : "ends_on", t_event_error_order(rq));
    else if (span.length > (int64_t)EVENT_DAYS_MOST * 86400)
        rq_error(rq, "ends_on", t_event_error_long(rq, EVENT_DAYS_MOST));
}

/*
 * "22:00 to 2:00" without a last day means the next morning.
 */
static void past_midnight(struct rq *rq, struct event_single_form *f)
{
    struct day d;
    if (f->ends_on.n || !f->begins_on.n || !day_parse_iso(f->begins_on, &d))
        return;
    bool next = f->ends_at.n && f->begins_at.n && str_cmp(f->ends_at, f->begins_at) < 0;
    f->ends_on = next ? day_iso(rq->arena, day_add(d, 1)) : f->begins_on;
}

static void check_times(struct rq *rq, struct event_single_form *f)
{
    read_clock(rq, "begins_at", &f->begins_at);
    read_clock(rq, "ends_at", &f->ends_at);
    past_midnight(rq, f);
    check_span(rq, f);
}

static void check_series(struct rq *rq, struct event_form *f)
{
    if (f->repeat.n && !repeat_known(f->repeat))
        rq_error(rq, "repeat", t_form_error_choice(rq));
    if (!f->repeat.n)
        f->until = S("");
    if (f->until.n && f->begins_on.n && str_cmp(f->until, f->begins_on) < 0)
        rq_error(rq, "until", t_event_error_until(rq));
}

bool event_form_read(struct rq *rq, struct event_form *f)
{
    rq_form(rq, event_fields, f);
    struct event_single_form times = { f->begins_on, f->begins_at, f->ends_on, f->ends_at, S("") };
    check_organisation(rq, f);
    check_times(rq, &times);
    f->begins_at = times.begins_at;
    f->ends_on = times.ends_on;
    f->ends_at = times.ends_at;
    check_series(rq, f);
    if (!f->venue.n && !f->street.n && !f->online.n)
        rq_error(rq, "venue", t_event_error_where(rq));
    return rq_ok(rq);
}

bool event_single_read(struct rq *rq, struct event_single_form *f)
{
    rq_form(rq, event_single_fields, f);
    check_times(rq, f);
    return rq_ok(rq);
}

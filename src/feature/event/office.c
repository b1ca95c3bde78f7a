/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's pages about dates. A change of a series says for which dates it is meant: for all
 * (the form), for one (its own page), or for one and all following (the form, with a day: then
 * the series is split there).
 */
#include "feature/event/office.h"

#include "base/clock.h"
#include "event.html.h"
#include "event.text.h"
#include "feature/event/states.h"
#include "feature/event/view.h"
#include "feature/organisation/organisation.h"
#include "office.text.h"
#include "base/utf8.h"

#define PER_PAGE 60
#define DATES    24 /* on the page of a series */

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_event_nav(rq), link_to(rq, S("/buero/kalender")));
}

/* GET /buero/kalender */
void event_office_list_page(struct rq *rq)
{
    struct event_office_page page = { .q = rq_param(rq, "q"), .state = rq_param(rq, "state") };
    page.page = rq_param_int(rq, "page", 1);
    page.page = page.page < 1 || page.page > 10000 ? 1 : page.page;
    struct event_office_list_in in = { .city = rq->city->id,
                                       .state = page.state,
                                       .pattern = organisation_pattern(rq->arena, page.q),
                                       .limit = PER_PAGE + 1,
                                       .offset = (page.page - 1) * PER_PAGE };
    page.rows = event_office_list(rq->db, &in);
    page.more = page.rows.n > PER_PAGE;
    page.rows.n = page.more ? PER_PAGE : page.rows.n;
    crumbs(rq);
    view_event_office_list(rq, &page);
}

/* What the public sees changes only by who may publish. */
static bool may_save(const struct rq *rq, const struct event_full *e)
{
    return !e || !event_is_public(e->state) || may(rq, PERM_opportunity_publish);
}

static void show_form(struct rq *rq, const struct event_full *stored, const struct event_form *f)
{
    struct event_edit_page page = { .stored = stored, .may_save = may_save(rq, stored) };
    page.organisations =
        event_organisations(rq->db, rq->city->id,
                            stored && stored->organisation_id.has ? stored->organisation_id.v : 0);
    if (stored && stored->rule.n)
        page.day = rq_param(rq, "day");
    crumbs(rq);
    rq_crumb(rq, stored ? stored->title : t_event_new(rq),
             stored ? link_id(rq, S("/buero/kalender/"), stored->id)
                    : link_to(rq, S("/buero/kalender/neu")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    if (stored) {
        procedure_view(rq, &event_procedure, stored->id, &page.view);
        page.dates = event_dates_of(rq, stored->id, clock_now(), DATES);
    }
    view_event_edit(rq, f, &page);
}

/* GET /buero/kalender/neu */
void event_office_new(struct rq *rq)
{
    struct event_form f = { .place = rq->city->name };
    show_form(rq, NULL, &f);
}

static struct event_arrival arrival_of(const struct rq *rq, const struct event_form *f, str state)
{
    return (struct event_arrival){ .city_id = rq->city->id,
                                   .organisation_id = event_form_organisation(f),
                                   .state = state,
                                   .account_id = rq->who.account_id };
}

/* POST /buero/kalender/neu */
void event_office_create(struct rq *rq, struct tx *tx)
{
    struct event_form f = { 0 };
    if (!event_form_read(rq, &f)) {
        show_form(rq, NULL, &f);
        return;
    }
    bool publish = rq_has_param(rq, "publish") && may(rq, PERM_opportunity_publish);
    struct event_arrival arrival = arrival_of(rq, &f, publish ? S("published") : S("draft"));
    int64_t id = event_new(tx, &arrival, &f);
    rq_note(rq, MSG_event_note_saved);
    rq_see(rq, S("/buero/kalender/"), id);
}

static const struct event_full *find(struct rq *rq)
{
    const struct event_full *e = event_get(rq->db, rq->city->id, rq_id(rq));
    if (!e)
        rq_not_found(rq);
    return e;
}

/* The day of a series from which on it is changed; NULL: not asked for, or no such date. */
static const struct event_instance_row *following(struct rq *rq, const struct event_full *e)
{
    str day = rq_param(rq, "day");
    return day.n && e->rule.n ? event_instance_of_day(rq->db, rq->city->id, e->id, day) : NULL;
}

/* What the form says of "this one and all following": the series, beginning with this date. */
static void begin_at(struct rq *rq, struct event_form *f, const struct event_instance_row *date)
{
    struct event_span span;
    struct day day;
    if (!day_parse_iso(date->day, &day) || !event_span_of(EVENT_TIMES(f), &span))
        return;
    int64_t by = day_number(day) - day_number(recur_local(span.wall).day);
    struct day last;
    if (day_parse_iso(f->ends_on, &last))
        f->ends_on = day_iso(rq->arena, day_add(last, (int)by));
    f->begins_on = date->day;
}

/* GET /buero/kalender/{id}; with a day: this date and all following. */
void event_office_edit(struct rq *rq)
{
    const struct event_full *e = find(rq);
    if (!e)
        return;
    struct event_form f = event_said(rq->arena, e);
    const struct event_instance_row *date = following(rq, e);
    if (date)
        begin_at(rq, &f, date);
    show_form(rq, e, &f);
}

/* POST /buero/kalender/{id} */
void event_office_save(struct rq *rq, struct tx *tx)
{
    struct event_form f = { 0 };
    const struct event_full *e = find(rq);
    if (!e)
        return;
    if (!may_save(rq, e)) {
        rq_forbidden(rq);
        return;
    }
    const struct event_instance_row *date = following(rq, e);
    bool read = event_form_read(rq, &f);
    if (read && rq_param(rq, "day").n && !date) {
        rq_conflict(rq); /* somebody has changed the series meanwhile */
        return;
    }
    if (!read) {
        show_form(rq, e, &f);
        return;
    }
    struct event_arrival arrival = arrival_of(rq, &f, e->state);
    int64_t id = e->id;
    if (date)
        id = event_split(tx, e, date->day, &arrival, &f);
    else
        event_save(tx, id, &arrival, &f);
    rq_note(rq, MSG_event_note_saved);
    rq_see(rq, S("/buero/kalender/"), id);
}

/* POST /buero/kalender/{id}/status: one step of the table in states.c. */
void event_office_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &event_procedure);
    ask.note = rq_param(rq, "note");
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_event_note_moved);
    rq_see(rq, S("/buero/kalender/"), rq_id(rq));
}

/* ---- one date of a series ---- */

static bool find_single(struct rq *rq, struct event_single_page *page)
{
    page->series = event_get(rq->db, rq->city->id, rq_id(rq));
    if (page->series && page->series->rule.n)
        page->date = event_instance_of_day(rq->db, rq->city->id, rq_id(rq), rq_segment(rq, 1));
    if (!page->date)
        rq_not_found(rq);
    else
        page->otherwise = page->date->cancelled || page->date->moved || page->date->note.n;
    return page->date != NULL;
}

static void show_single(struct rq *rq, const struct event_single_page *page,
                        const struct event_single_form *f)
{
    const struct event_full *e = page->series;
    crumbs(rq);
    rq_crumb(rq, e->title, link_id(rq, S("/buero/kalender/"), e->id));
    rq_crumb(rq, event_day_words(rq, page->date->begins),
             event_date_link(rq, e->id, page->date->day));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_event_single(rq, f, page);
}

static str clock_text(struct rq *rq, struct local_time t)
{
    return str_fmt(rq->arena, "%02d:%02d", t.hour, t.minute);
}

/* GET /buero/kalender/{id}/termin/{day} */
void event_office_single(struct rq *rq)
{
    struct event_single_page page = { 0 };
    if (!find_single(rq, &page))
        return;
    bool timed = page.series->begins_at.n != 0;
    struct local_time begins = clock_local(page.date->begins);
    struct local_time ends = clock_local(timed ? page.date->ends : page.date->ends - 1);
    struct event_single_form f = { .begins_on = day_iso(rq->arena, begins.day),
                                   .ends_on = day_iso(rq->arena, ends.day),
                                   .note = page.date->note };
    if (timed) {
        f.begins_at = clock_text(rq, begins);
        f.ends_at = page.date->ends > page.date->begins ? clock_text(rq, ends) : S("");
    }
    show_single(rq, &page, &f);
}

/* Whether the form puts the date elsewhere than it is by the rule. */
static bool is_moved(const struct event_full *e, str day, const struct event_single_form *f)
{
    struct event_span by_rule;
    struct event_span span;
    struct event_span series;
    if (!event_span_of(&(struct event_times){ day, e->begins_at, S(""), e->begins_at }, &by_rule) ||
        !event_span_of(EVENT_TIMES(e), &series) || !event_span_of(EVENT_TIMES(f), &span))
        return false;
    return span.wall != by_rule.wall || span.length != series.length ||
           span.whole_day != series.whole_day;
}

static struct event_single single_of(const struct event_single_page *page,
                                     const struct event_single_form *f)
{
    struct event_single s = { .day = page->date->day, .note = f->note };
    if (is_moved(page->series, s.day, f)) {
        s.begins_on = f->begins_on;
        s.begins_at = f->begins_at;
        s.ends_on = f->ends_on;
        s.ends_at = f->ends_at;
    }
    return s;
}

static void keep_single(struct rq *rq, struct tx *tx, int64_t id, str day)
{
    struct procedure_entry e = { .procedure = &event_procedure,
                                 .city_id = rq->city->id,
                                 .id = id,
                                 .account_id = rq->who.account_id,
                                 .verb = S("single"),
                                 .note = day };
    procedure_record(tx, &e);
}

/* POST /buero/kalender/{id}/termin/{day}: act is cancel, undo, or nothing for the form. */
void event_office_single_save(struct rq *rq, struct tx *tx)
{
    struct event_single_page page = { 0 };
    struct event_single_form f = { 0 };
    str act = rq_param(rq, "act");
    if (!find_single(rq, &page))
        return;
    if (!may_save(rq, page.series)) {
        rq_forbidden(rq);
        return;
    }
    struct event_single s = { .day = page.date->day, .note = rq_param(rq, "note") };
    int64_t id = page.series->id;
    if (str_eq(act, S("undo"))) {
        event_change_undo(tx, rq->city->id, id, s.day);
    } else if (str_eq(act, S("cancel"))) {
        s.cancelled = true;
        s.note = utf8_cut(s.note, 200);
        event_change_save(tx, rq->city->id, id, &s);
    } else if (event_single_read(rq, &f)) {
        s = single_of(&page, &f);
        event_change_save(tx, rq->city->id, id, &s);
    } else {
        show_single(rq, &page, &f);
        return;
    }
    keep_single(rq, tx, id, s.day);
    rq_note(rq, MSG_event_note_saved);
    rq_see(rq, S("/buero/kalender/"), id);
}

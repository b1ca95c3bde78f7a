/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The town's calendar: what is on, by list, week and month; one date; for calendars and programs.
 * Tables: event, event_change, event_instance. Neighbours: organisation (who invites), home (what
 * is on next), web/recur.h (series), web/ics.h.
 */
#include "feature/event/event.h"

#include "base/clock.h"
#include "event.html.h"
#include "event.text.h"
#include "feature/event/calendar.h"
#include "feature/event/office.h"
#include "feature/event/states.h"
#include "feature/event/store.h"
#include "feature/event/view.h"
#include "web/merge.h"

#define DATES 12 /* that a page of a series lists */

/* GET /kalender */
static void list(struct rq *rq)
{
    struct event_calendar c = event_calendar_find(rq);
    if (rq_wants_json(rq)) {
        event_answer_list(rq, &c);
        return;
    }
    rq_crumb(rq, t_event_nav(rq), link_to(rq, S("/kalender")));
    view_event_calendar(rq, &c);
}

/* What the public may see, or who works on it. */
static const struct event_full *find(struct rq *rq)
{
    const struct event_full *e = event_get(rq->db, rq->city->id, rq_id(rq));
    if (e && (event_is_public(e->state) || may(rq, PERM_opportunity_edit)))
        return e;
    rq_not_found(rq);
    return NULL;
}

/* The date that is asked for; else the next one; else the last there was. */
static const struct event_instance_row *date_of(struct rq *rq, int64_t id,
                                                struct event_instance_row_rows next)
{
    str day = rq_param(rq, "day");
    if (day.n)
        return event_instance_of_day(rq->db, rq->city->id, id, day);
    if (next.n)
        return &next.v[0];
    struct event_instance_row_rows all = event_dates_of(rq, id, 0, 1000);
    return all.n ? &all.v[all.n - 1] : NULL;
}

/* GET /kalender/{id}, also as .json and .ics */
static void show(struct rq *rq)
{
    const struct event_full *e = find(rq);
    if (!e)
        return;
    if (rq->format == FORMAT_ICS) {
        event_ics_one(rq, e);
        return;
    }
    struct event_instance_row_rows next = event_dates_of(rq, e->id, clock_now(), DATES);
    const struct event_instance_row *date = date_of(rq, e->id, next);
    if (!date) {
        rq_not_found(rq);
        return;
    }
    if (rq_wants_json(rq)) {
        event_answer_show(rq, e, next);
        return;
    }
    rq_crumb(rq, t_event_nav(rq), link_to(rq, S("/kalender")));
    rq_crumb(rq, event_full_title(rq, e), link_id(rq, S("/kalender/"), e->id));
    view_event_show(rq, e, date, next);
}

/* ---- the contract ---- */

static const struct param list_params[] = {
    { "view", "string", "week or month; else a list" },
    { "from", "string", "a day, as people write it or ISO" },
    { "to", "string", "last day of the list" },
    { "q", "string", "words of title, summary and place" },
    { "field", "string", "code of a field" },
    { "district", "string", "part of the town" },
    { "organisation", "integer", "id of who invites" },
    { 0 },
};
static const struct param show_params[] = {
    { "day", "string", "which date of a series: its day by the rule" },
    { 0 },
};

static const struct route routes[] = {
    GET("/kalender", list, ANYONE, .api = "/events", .params = list_params,
        .answer = &event_list_schema, .listed = true,
        .doc = "What is on in a town between two days."),
    GET("/kalender/{id}", show, ANYONE, .api = "/events/{id}", .params = show_params,
        .answer = &event_full_schema, .doc = "One date or series."),
    GET("/feed/kalender.ics", event_ics_all, ANYONE, .params = list_params),
    GET("/buero/kalender", event_office_list_page, CAN(opportunity_edit)),
    GET("/buero/kalender/neu", event_office_new, CAN(opportunity_edit)),
    POST("/buero/kalender/neu", event_office_create, CAN(opportunity_edit)),
    GET("/buero/kalender/{id}", event_office_edit, CAN(opportunity_edit)),
    POST("/buero/kalender/{id}", event_office_save, CAN(opportunity_edit)),
    POST("/buero/kalender/{id}/status", event_office_step, CAN(opportunity_edit)),
    GET("/buero/kalender/{id}/termin/{day}", event_office_single, CAN(opportunity_edit)),
    POST("/buero/kalender/{id}/termin/{day}", event_office_single_save, CAN(opportunity_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_event_nav, .path = "/kalender", .kind = ACCESS_ANYONE, .order = 25 },
    { .label = MSG_event_nav,
      .path = "/buero/kalender",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_edit,
      .office = true,
      .order = 25 },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "event.expand",
      .doc = "Writes down what dates of a series come next.",
      .hour = 4,
      .run = event_expand_run },
    { 0 },
};

static const struct record_kind *const records[] = { &event_record_kind, NULL };
static const struct procedure *const procedures[] = { &event_procedure, NULL };

/* ---- merging organisations ---- */

static struct merge_ids of_organisation(struct db *db, int64_t city_id, int64_t id)
{
    struct event_hung_row_rows rows = event_of_organisation(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct event_set_organisation_in in = {
        .to = w->to, .city = w->city_id, .id = row, .from = w->from
    };
    return event_set_organisation(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "organisation", "event.organisation_id", MSG_event_hung, of_organisation, move },
    { 0 },
};

const struct feature event_feature = {
    .name = "event",
    .routes = routes,
    .nav = nav,
    .jobs = jobs,
    .records = records,
    .procedures = procedures,
    .merge_refs = merge_refs,
};

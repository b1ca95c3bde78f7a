/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates as JSON (interface.md is stable: add, never rename) and as schema.org. */
#include "event.text.h"
#include "feature/event/calendar.h"
#include "web/json.h"

static void pair(struct json *j, const char *key, str value)
{
    json_key(j, str_from_c(key));
    json_str(j, value);
}

static str id_text(struct rq *rq, int64_t id)
{
    return str_fmt(rq->arena, "%lld", (long long)id);
}

static void put_fields(struct json *j, int64_t fields)
{
    json_key(j, S("fields"));
    json_array(j);
    for (size_t i = 0; i < vocab_field.n; i++)
        if ((uint64_t)fields & vocab_bit((int)i))
            json_str(j, vocab_field.codes[i]);
    json_array_end(j);
}

static void put_organisation(struct rq *rq, struct json *j, opt_int id, opt_str name)
{
    if (!id.has || !name.has)
        return;
    json_key(j, S("organisation"));
    json_object(j);
    pair(j, "id", id_text(rq, id.v));
    pair(j, "name", name.v);
    json_object_end(j);
}

static void put_times(struct rq *rq, struct json *j, int64_t begins, int64_t ends)
{
    pair(j, "begins", instant_iso(rq->arena, begins));
    pair(j, "ends", instant_iso(rq->arena, ends));
}

static void put_card(struct rq *rq, struct json *j, const struct event_card *e)
{
    json_object(j);
    pair(j, "id", id_text(rq, e->event_id));
    pair(j, "day", e->day);
    pair(j, "title", event_card_title(rq, e));
    pair(j, "summary", e->summary);
    put_times(rq, j, e->begins, e->ends);
    json_key(j, S("whole_day"));
    json_bool(j, !e->begins_at.n);
    json_key(j, S("cancelled"));
    json_bool(j, event_card_cancelled(e));
    put_organisation(rq, j, e->organisation_id, e->organisation);
    put_fields(j, e->fields);
    pair(j, "place", event_card_where(rq, e));
    pair(j, "district", e->district);
    pair(j, "online", e->online);
    pair(j, "note", e->note);
    pair(j, "url", link_absolute(rq, event_card_link(rq, e)).s);
    json_object_end(j);
}

void event_answer_list(struct rq *rq, const struct event_calendar *c)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    pair(&j, "from", day_iso(rq->arena, c->ask.first));
    pair(&j, "to", day_iso(rq->arena, c->ask.last));
    json_key(&j, S("total"));
    json_int(&j, (int64_t)c->rows.n);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < c->rows.n; i++)
        put_card(rq, &j, &c->rows.v[i]);
    json_array_end(&j);
    json_object_end(&j);
}

static void put_dates(struct rq *rq, struct json *j, struct event_instance_row_rows dates)
{
    json_key(j, S("dates"));
    json_array(j);
    for (size_t i = 0; i < dates.n; i++) {
        json_object(j);
        pair(j, "day", dates.v[i].day);
        put_times(rq, j, dates.v[i].begins, dates.v[i].ends);
        json_key(j, S("cancelled"));
        json_bool(j, dates.v[i].cancelled != 0);
        pair(j, "note", dates.v[i].note);
        json_object_end(j);
    }
    json_array_end(j);
}

void event_answer_show(struct rq *rq, const struct event_full *e,
                       struct event_instance_row_rows dates)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    pair(&j, "id", id_text(rq, e->id));
    pair(&j, "title", event_full_title(rq, e));
    pair(&j, "summary", e->summary);
    pair(&j, "text_md", e->text_md);
    pair(&j, "state", e->state);
    pair(&j, "rule", e->rule);
    put_organisation(rq, &j, e->organisation_id, e->organisation);
    put_fields(&j, e->fields);
    pair(&j, "venue", e->venue);
    pair(&j, "address", event_address(rq, e));
    pair(&j, "district", e->district);
    pair(&j, "online", e->online);
    put_dates(rq, &j, dates);
    pair(&j, "url", link_absolute(rq, link_id(rq, S("/kalender/"), e->id)).s);
    json_object_end(&j);
}

/* ---- the shapes ---- */

static const struct property organisation_properties[] = {
    { "id", "string", "decimal id" },
    { "name", "string", "name of the organisation" },
    { 0 },
};
static const struct schema organisation_schema = { "EventOrganiser", "Who invites.",
                                                   organisation_properties };
static const struct property card_properties[] = {
    { "id", "string", "decimal id of the event or series" },
    { "day", "string", "which date of a series: its day by the rule" },
    { "title", "string", "in the language of the answer" },
    { "summary", "string", "one or two sentences" },
    { "begins", "string", "ISO 8601" },
    { "ends", "string", "ISO 8601" },
    { "whole_day", "boolean", "no time of day was said" },
    { "cancelled", "boolean", "it does not take place" },
    { "organisation", "object", "who invites; absent: the town", .of = &organisation_schema,
      .optional = true },
    { "fields", "array", "codes of the fields", .item = "string" },
    { "place", "string", "where" },
    { "district", "string", "part of the town" },
    { "online", "string", "address in the web" },
    { "note", "string", "what is otherwise on this date" },
    { "url", "string", "the page for people" },
    { 0 },
};
static const struct schema card_schema = { "Event", "A date in the calendar.", card_properties };
static const struct property list_properties[] = {
    { "from", "string", "first day of the answer" },
    { "to", "string", "its last day" },
    { "total", "integer", "number of dates" },
    { "items", "array", "the dates by time", .of = &card_schema },
    { 0 },
};
const struct schema event_list_schema = { "EventList", "What is on between two days.",
                                          list_properties };
static const struct property date_properties[] = {
    { "day", "string", "its day by the rule" },
    { "begins", "string", "ISO 8601" },
    { "ends", "string", "ISO 8601" },
    { "cancelled", "boolean", "this one does not take place" },
    { "note", "string", "what is otherwise" },
    { 0 },
};
static const struct schema date_schema = { "EventDate", "One date of a series.", date_properties };
static const struct property full_properties[] = {
    { "id", "string", "decimal id" },
    { "title", "string", "in the language of the answer" },
    { "summary", "string", "one or two sentences" },
    { "text_md", "string", "Markdown" },
    { "state", "string", "published or cancelled" },
    { "rule", "string", "RFC 5545 on the clock in Germany; empty: once" },
    { "organisation", "object", "who invites; absent: the town", .of = &organisation_schema,
      .optional = true },
    { "fields", "array", "codes of the fields", .item = "string" },
    { "venue", "string", "name of the place" },
    { "address", "string", "street, postcode, place" },
    { "district", "string", "part of the town" },
    { "online", "string", "address in the web" },
    { "dates", "array", "what is still to come", .of = &date_schema },
    { "url", "string", "the page for people" },
    { 0 },
};
const struct schema event_full_schema = { "EventFull", "Everything about one date or series.",
                                          full_properties };

/* ---- schema.org ---- */

static void put_ld_place(struct rq *rq, struct json *j, const struct event_full *e)
{
    bool here = e->venue.n || e->street.n;
    json_key(j, S("location"));
    json_object(j);
    if (!here) {
        pair(j, "@type", S("VirtualLocation"));
        pair(j, "url", e->online);
    } else {
        pair(j, "@type", S("Place"));
        pair(j, "name", e->venue.n ? e->venue : e->street);
        json_key(j, S("address"));
        json_object(j);
        pair(j, "@type", S("PostalAddress"));
        pair(j, "streetAddress", e->street);
        pair(j, "postalCode", e->postcode);
        pair(j, "addressLocality", e->place.n ? e->place : rq->city->name);
        pair(j, "addressCountry", S("DE"));
        json_object_end(j);
    }
    json_object_end(j);
}

static void put_ld_organizer(struct rq *rq, struct json *j, const struct event_full *e)
{
    json_key(j, S("organizer"));
    json_object(j);
    pair(j, "@type", S("Organization"));
    pair(j, "name", e->organisation.has ? e->organisation.v : rq->city->name);
    json_object_end(j);
}

str event_json_ld(struct rq *rq, const struct event_full *e, const struct event_instance_row *i)
{
    struct out out = out_new(rq->arena, 65536);
    struct json j = json_new(&out);
    bool here = e->venue.n || e->street.n;
    bool off = i->cancelled || str_eq(e->state, S("cancelled"));
    json_object(&j);
    pair(&j, "@context", S("https://schema.org"));
    pair(&j, "@type", S("Event"));
    pair(&j, "name", e->title);
    pair(&j, "description", e->summary);
    pair(&j, "startDate",
         e->begins_at.n ? instant_iso(rq->arena, i->begins)
                        : day_iso(rq->arena, clock_local(i->begins).day));
    pair(&j, "endDate",
         e->begins_at.n ? instant_iso(rq->arena, i->ends)
                        : day_iso(rq->arena, clock_local(i->ends - 1).day));
    pair(&j, "eventStatus",
         off        ? S("https://schema.org/EventCancelled")
         : i->moved ? S("https://schema.org/EventRescheduled")
                    : S("https://schema.org/EventScheduled"));
    pair(&j, "eventAttendanceMode",
         !here         ? S("https://schema.org/OnlineEventAttendanceMode")
         : e->online.n ? S("https://schema.org/MixedEventAttendanceMode")
                       : S("https://schema.org/OfflineEventAttendanceMode"));
    pair(&j, "url", link_absolute(rq, link_id(rq, S("/kalender/"), e->id)).s);
    put_ld_place(rq, &j, e);
    put_ld_organizer(rq, &j, e);
    json_object_end(&j);
    return out_text(&out);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Calendars of strangers, line by line. Lines and components are taken apart here, so that each
 * reason has its line and depth has its bound; one property at a time is given to libical, which
 * knows parameters, types of values, escapes, durations and periods. The only file that knows it.
 */
#include "web/ics_in.h"

#include <libical/ical.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"

#define TROUBLE_MOST 500
#define ZONES_MOST   200
#define FIRST_YEAR   1900
#define LAST_YEAR    2200

enum part { PART_OTHER, PART_CALENDAR, PART_EVENT, PART_ZONE, PART_OBSERVANCE };

struct level {
    str name;
    int64_t line;
    enum part part;
};

/* An event, with its end as long as zones are not known. */
struct pending {
    struct ics_item item;
    struct ics_time ends;
    bool ends_apart; /* in a zone of its own */
};

struct reading {
    struct arena *a;
    struct ics_in *in;
    int64_t line;
    struct level levels[ICS_IN_DEPTH];
    size_t depth;
    size_t calendars;
    str refused; /* the whole file, for this reason */
    struct {
        struct pending *v;
        size_t n, cap;
    } items;
    struct {
        struct ics_trouble *v;
        size_t n, cap;
    } trouble;
    struct ics_zone *zones;
    size_t n_zones;
    /* of the event being read */
    struct ics_item item;
    struct ics_time ends;
    int64_t duration;
    bool has_start, has_end, has_duration, broken;
    /* of the zone being read */
    str tzid;
    struct {
        struct ics_observance *v;
        size_t n, cap;
    } observances;
};

static void note(struct reading *g, int64_t line, bool left_out, str what)
{
    if (g->trouble.n < TROUBLE_MOST)
        *vec_add(g->a, &g->trouble) = (struct ics_trouble){ line, left_out, what };
}

/* The event that is being read cannot be shown. */
static void spoil(struct reading *g, const char *what)
{
    if (!g->broken)
        note(g, g->line, true, str_from_c(what));
    g->broken = true;
}

static void quirk(struct reading *g, const char *what)
{
    note(g, g->line, false, str_from_c(what));
}

/* ---- values ---- */

static str text_of(struct reading *g, const char *c)
{
    return str_trim(utf8_clean(g->a, str_from_c(c)));
}

/* Zones may begin in 1601, when Windows does. */
static bool time_of(struct reading *g, struct icaltimetype t, struct ics_time *out)
{
    struct local_time l = { .day = { t.year, t.month, t.day } };
    bool in_zone = g->depth && g->levels[g->depth - 1].part == PART_OBSERVANCE;
    if (t.year < (in_zone ? 1 : FIRST_YEAR) || t.year > LAST_YEAR || !day_valid(l.day)) {
        spoil(g, "a time is none, or lies before 1900 or after 2200");
        return false;
    }
    if (!t.is_date && (t.hour < 0 || t.hour > 23 || t.minute < 0 || t.minute > 59 || t.second < 0 ||
                       t.second > 60)) {
        spoil(g, "a time of day is none");
        return false;
    }
    if (!t.is_date) {
        l.hour = t.hour;
        l.minute = t.minute;
        l.second = t.second;
    }
    *out = (struct ics_time){ .wall = recur_wall(l), .day = t.is_date };
    if (icaltime_is_utc(t))
        out->kind = ICS_UTC;
    return true;
}

static void zone_of(struct reading *g, icalproperty *p, struct ics_time *t)
{
    char *tzid = icalproperty_get_parameter_as_string_r(p, "TZID");
    if (tzid && t->kind == ICS_LOCAL && !t->day) {
        t->kind = ICS_ZONE;
        t->tzid = text_of(g, tzid);
        if (str_starts(t->tzid, S("\"")) && str_ends(t->tzid, S("\"")) && t->tzid.n > 1)
            t->tzid = str_slice(t->tzid, 1, t->tzid.n - 1);
    }
    if (tzid)
        icalmemory_free_buffer(tzid);
}

/* DTSTART, DTEND, RECURRENCE-ID, EXDATE: a day or a time. */
static bool read_time(struct reading *g, icalproperty *p, struct ics_time *t)
{
    icalvalue *v = icalproperty_get_value(p);
    icalvalue_kind kind = v ? icalvalue_isa(v) : ICAL_NO_VALUE;
    struct icaltimetype at = icaltime_null_time();
    if (kind == ICAL_DATE_VALUE)
        at = icalvalue_get_date(v);
    else if (kind == ICAL_DATETIME_VALUE)
        at = icalvalue_get_datetime(v);
    else if (kind == ICAL_DATETIMEDATE_VALUE)
        at = icalvalue_get_datetimedate(v);
    else if (kind == ICAL_DATETIMEPERIOD_VALUE)
        at = icalvalue_get_datetimeperiod(v).time;
    if (!time_of(g, at, t))
        return false;
    zone_of(g, p, t);
    return true;
}

static int64_t seconds_of(struct icaldurationtype d)
{
    int64_t n = (int64_t)d.weeks * 604800 + (int64_t)d.days * 86400 + (int64_t)d.hours * 3600 +
                (int64_t)d.minutes * 60 + d.seconds;
    return d.is_neg ? -n : n;
}

/* RDATE: a day, a time, or a period. */
static bool read_span(struct reading *g, icalproperty *p, struct ics_span *s)
{
    icalvalue *v = icalproperty_get_value(p);
    icalvalue_kind kind = v ? icalvalue_isa(v) : ICAL_NO_VALUE;
    struct icaldatetimeperiodtype rdate = { .time = icaltime_null_time() };
    struct ics_time ends;
    s->length = -1;
    if (kind == ICAL_PERIOD_VALUE)
        rdate.period = icalvalue_get_period(v);
    else if (kind == ICAL_DATETIMEPERIOD_VALUE)
        rdate = icalvalue_get_datetimeperiod(v);
    else
        return read_time(g, p, &s->begins);
    if (!icaltime_is_null_time(rdate.time))
        return read_time(g, p, &s->begins);
    if (!time_of(g, rdate.period.start, &s->begins))
        return false;
    zone_of(g, p, &s->begins);
    if (icaltime_is_null_time(rdate.period.end))
        s->length = seconds_of(rdate.period.duration);
    else if (time_of(g, rdate.period.end, &ends))
        s->length = ends.wall - s->begins.wall;
    if (s->length < 0 || s->length > (int64_t)ICS_IN_YEARS * 366 * 86400)
        spoil(g, "a period of RDATE ends before it begins, or after too many years");
    return !g->broken;
}

/* Lists grow one by one. */
static bool grow(struct reading *g, void *list, size_t *n, size_t size)
{
    void **v = list;
    if (*n >= ICS_IN_LIST) {
        spoil(g, "an event has more dates or rules than we read");
        return false;
    }
    /* Room doubles at powers of two. */
    if ((*n & (*n - 1)) == 0 && (*n == 0 || *n >= 4)) {
        char *more = arena_alloc(g->a, (*n ? *n * 2 : 4) * size);
        if (*n)
            memcpy(more, *v, *n * size);
        *v = more;
    }
    ++*n;
    return true;
}

static void add_rule(struct reading *g, str value, bool without)
{
    struct recur r;
    struct ics_item *e = &g->item;
    const char *why = "";
    if (!value.n) {
        quirk(g, "a rule says nothing");
        return;
    }
    if (!recur_parse(value, &r, &why)) {
        spoil(g, why);
        return;
    }
    str copy = str_copy(g->a, value);
    if (without && grow(g, &e->without_rules, &e->n_without_rules, sizeof copy))
        e->without_rules[e->n_without_rules - 1] = copy;
    else if (!without && grow(g, &e->rules, &e->n_rules, sizeof copy))
        e->rules[e->n_rules - 1] = copy;
}

static void read_status(struct ics_item *e, icalproperty *p)
{
    icalproperty_status status = icalproperty_get_status(p);
    e->status = status == ICAL_STATUS_CANCELLED   ? ICS_CANCELLED
                : status == ICAL_STATUS_TENTATIVE ? ICS_TENTATIVE
                                                  : ICS_CONFIRMED;
}

static void read_instead(struct reading *g, icalproperty *p)
{
    struct ics_item *e = &g->item;
    icalparameter *range = icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER);
    e->replaces = read_time(g, p, &e->instead);
    e->following = range && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
}

static void read_changed(struct reading *g, icalproperty *p, bool certain)
{
    struct ics_time t;
    bool broken = g->broken;
    size_t n = g->trouble.n;
    if (read_time(g, p, &t)) {
        if (certain || !g->item.changed)
            g->item.changed = t.wall;
        return;
    }
    /* When it was changed is not worth losing the event. */
    g->broken = broken;
    g->trouble.n = n;
}

static void read_words(struct reading *g, icalproperty *p)
{
    struct ics_item *e = &g->item;
    switch ((int)icalproperty_isa(p)) {
    case ICAL_UID_PROPERTY:
        e->uid = text_of(g, icalproperty_get_uid(p));
        break;
    case ICAL_SUMMARY_PROPERTY:
        e->summary = text_of(g, icalproperty_get_summary(p));
        break;
    case ICAL_DESCRIPTION_PROPERTY:
        e->description = text_of(g, icalproperty_get_description(p));
        break;
    case ICAL_LOCATION_PROPERTY:
        e->location = text_of(g, icalproperty_get_location(p));
        break;
    case ICAL_URL_PROPERTY:
        e->url = text_of(g, icalproperty_get_url(p));
        break;
    case ICAL_ORGANIZER_PROPERTY:
        e->organiser = text_of(g, icalproperty_get_organizer(p));
        break;
    case ICAL_CATEGORIES_PROPERTY:
        e->categories =
            str_fmt(g->a, "%.*s%s%.*s", STR_FMT(e->categories), e->categories.n ? "," : "",
                    STR_FMT(text_of(g, icalproperty_get_categories(p))));
        break;
    case ICAL_CLASS_PROPERTY:
        e->secret = icalproperty_get_class(p) != ICAL_CLASS_PUBLIC;
        break;
    default:
        break;
    }
}

static void read_event_property(struct reading *g, icalproperty *p)
{
    struct ics_item *e = &g->item;
    struct ics_time t;
    struct ics_span s;
    switch ((int)icalproperty_isa(p)) {
    case ICAL_DTSTART_PROPERTY:
        g->has_start = read_time(g, p, &e->begins);
        break;
    case ICAL_DTEND_PROPERTY:
        g->has_end = read_time(g, p, &g->ends);
        break;
    case ICAL_DURATION_PROPERTY:
        g->duration = seconds_of(icalproperty_get_duration(p));
        g->has_duration = true;
        break;
    case ICAL_RDATE_PROPERTY:
        if (read_span(g, p, &s) && grow(g, &e->dates, &e->n_dates, sizeof s))
            e->dates[e->n_dates - 1] = s;
        break;
    case ICAL_EXDATE_PROPERTY:
        if (read_time(g, p, &t) && grow(g, &e->without, &e->n_without, sizeof t))
            e->without[e->n_without - 1] = t;
        break;
    case ICAL_RECURRENCEID_PROPERTY:
        read_instead(g, p);
        break;
    case ICAL_SEQUENCE_PROPERTY:
        e->sequence = icalproperty_get_sequence(p);
        break;
    case ICAL_STATUS_PROPERTY:
        read_status(e, p);
        break;
    case ICAL_LASTMODIFIED_PROPERTY:
    case ICAL_DTSTAMP_PROPERTY:
        read_changed(g, p, icalproperty_isa(p) == ICAL_LASTMODIFIED_PROPERTY);
        break;
    default:
        read_words(g, p);
    }
}

static void read_zone_property(struct reading *g, icalproperty *p)
{
    struct ics_observance *o = &g->observances.v[g->observances.n - 1];
    struct ics_time t;
    switch ((int)icalproperty_isa(p)) {
    case ICAL_DTSTART_PROPERTY:
        o->has_start = read_time(g, p, &t);
        if (o->has_start)
            o->start = t.wall;
        break;
    case ICAL_TZOFFSETFROM_PROPERTY:
        o->before = icalproperty_get_tzoffsetfrom(p);
        o->has_before = abs(o->before) < 86400;
        break;
    case ICAL_TZOFFSETTO_PROPERTY:
        o->after = icalproperty_get_tzoffsetto(p);
        o->has_after = abs(o->after) < 86400;
        break;
    case ICAL_RDATE_PROPERTY:
        if (read_time(g, p, &t) && grow(g, &o->dates, &o->n_dates, sizeof *o->dates))
            o->dates[o->n_dates - 1] = t.kind == ICS_UTC ? t.wall + o->before : t.wall;
        break;
    default:
        break;
    }
}

/* ---- one line ---- */

struct content {
    str line, name, value;
};

/* What an event is nothing without; other lines may be broken, and are then not shown. */
static bool decides(str name)
{
    return str_ieq(name, S("DTSTART")) || str_ieq(name, S("DTEND")) ||
           str_ieq(name, S("DURATION")) || str_ieq(name, S("RECURRENCE-ID")) ||
           str_ieq(name, S("EXDATE"));
}

/* The properties that a line is (EXDATE with three days is three), or a reason. */
static void read_property(struct reading *g, const struct content *content, enum part part)
{
    str line = content->line;
    str text = str_fmt(g->a, "BEGIN:VEVENT\r\n%.*s\r\nEND:VEVENT\r\n", STR_FMT(line));
    icalcomponent *c = icalparser_parse_string(str_to_c(g->a, text));
    if (!c) {
        spoil(g, "a line cannot be understood");
        return;
    }
    icalproperty *p = icalcomponent_get_first_property(c, ICAL_ANY_PROPERTY);
    if (!p)
        quirk(g, "a line says nothing");
    for (; p; p = icalcomponent_get_next_property(c, ICAL_ANY_PROPERTY)) {
        if (icalproperty_isa(p) == ICAL_XLICERROR_PROPERTY) {
            str why = text_of(g, icalproperty_get_xlicerror(p));
            note(g, g->line, decides(content->name), why);
            g->broken = g->broken || decides(content->name);
        } else if (part == PART_EVENT) {
            read_event_property(g, p);
        } else if (part == PART_OBSERVANCE) {
            read_zone_property(g, p);
        }
    }
    icalcomponent_free(c);
}

static bool known(str name)
{
    static const str names[] = {
        STR_INIT("DTSTART"),      STR_INIT("DTEND"),      STR_INIT("DURATION"),
        STR_INIT("RDATE"),        STR_INIT("EXDATE"),     STR_INIT("RECURRENCE-ID"),
        STR_INIT("SEQUENCE"),     STR_INIT("STATUS"),     STR_INIT("LAST-MODIFIED"),
        STR_INIT("DTSTAMP"),      STR_INIT("UID"),        STR_INIT("SUMMARY"),
        STR_INIT("DESCRIPTION"),  STR_INIT("LOCATION"),   STR_INIT("URL"),
        STR_INIT("ORGANIZER"),    STR_INIT("CATEGORIES"), STR_INIT("CLASS"),
        STR_INIT("TZOFFSETFROM"), STR_INIT("TZOFFSETTO"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_ieq(name, names[i]))
            return true;
    return false;
}

/* "DTSTART;TZID=…:2026…": the value begins after the first colon outside of quotes. */
static bool take_apart(str line, struct content *c)
{
    bool quoted = false;
    size_t name = line.n;
    for (size_t i = 0; i < line.n; i++) {
        char x = line.p[i];
        quoted = x == '"' ? !quoted : quoted;
        if (name == line.n && (x == ';' || x == ':'))
            name = i;
        if (x != ':' || quoted)
            continue;
        c->line = line;
        c->name = str_slice(line, 0, name);
        c->value = str_slice(line, i + 1, line.n);
        return name > 0;
    }
    return false;
}

static enum part part_of(const struct reading *g, str name)
{
    enum part around = g->depth ? g->levels[g->depth - 1].part : PART_OTHER;
    if (str_ieq(name, S("VCALENDAR")))
        return g->depth ? PART_OTHER : PART_CALENDAR;
    if (str_ieq(name, S("VEVENT")))
        return around == PART_CALENDAR ? PART_EVENT : PART_OTHER;
    if (str_ieq(name, S("VTIMEZONE")))
        return around == PART_CALENDAR ? PART_ZONE : PART_OTHER;
    if (str_ieq(name, S("STANDARD")) || str_ieq(name, S("DAYLIGHT")))
        return around == PART_ZONE ? PART_OBSERVANCE : PART_OTHER;
    return PART_OTHER;
}

static void refuse(struct reading *g, const char *why)
{
    if (!g->refused.n)
        g->refused = str_fmt(g->a, "line %lld: %s", (long long)g->line, why);
}

static void begin(struct reading *g, str name)
{
    enum part part = part_of(g, name);
    if (!g->depth && part != PART_CALENDAR) {
        refuse(g, "a calendar begins with BEGIN:VCALENDAR");
        return;
    }
    if (g->depth == ICS_IN_DEPTH) {
        refuse(g, "components lie too deep in one another");
        return;
    }
    g->levels[g->depth++] = (struct level){ str_copy(g->a, name), g->line, part };
    g->calendars += part == PART_CALENDAR;
    if (part == PART_EVENT) {
        g->item = (struct ics_item){ .line = g->line };
        g->has_start = g->has_end = g->has_duration = g->broken = false;
    } else if (part == PART_ZONE) {
        g->tzid = S("");
        g->observances.n = 0;
        g->broken = false;
    } else if (part == PART_OBSERVANCE) {
        *vec_add(g->a, &g->observances) = (struct ics_observance){ .line = g->line };
    }
}

/* DTEND or DURATION, else one day for days and a moment for times (3.6.1). */
static void measure(struct reading *g)
{
    struct ics_item *e = &g->item;
    e->length = e->begins.day ? 86400 : 0;
    if (g->has_end && g->ends.day == e->begins.day)
        e->length = g->ends.wall - e->begins.wall; /* zones are settled later */
    else if (g->has_duration)
        e->length = g->duration;
    else if (g->has_end)
        quirk(g, "DTSTART and DTEND are not of one kind; the end was not followed");
    bool apart = g->has_end && !str_eq(g->ends.tzid, e->begins.tzid);
    if ((e->length < 0 && !apart) || (e->begins.day && e->length == 0)) {
        note(g, e->line, false, S("the event ends before it begins; its end was not followed"));
        e->length = e->begins.day ? 86400 : 0;
        g->has_end = false;
    }
    if (e->length > (int64_t)ICS_IN_YEARS * 366 * 86400)
        spoil(g, "the event lasts too many years");
}

static void end_event(struct reading *g)
{
    struct ics_item *e = &g->item;
    if (!g->has_start)
        spoil(g, "the event has no DTSTART");
    else
        measure(g);
    if (g->broken)
        return;
    if (g->items.n == ICS_IN_EVENTS) {
        refuse(g, "the calendar has more events than we read");
        return;
    }
    if (!e->uid.n)
        note(g, e->line, false, S("the event has no UID"));
    bool apart = g->has_end && !e->begins.day && !g->ends.day &&
                 (g->ends.kind != e->begins.kind || !str_eq(g->ends.tzid, e->begins.tzid));
    *vec_add(g->a, &g->items) = (struct pending){ *e, g->ends, apart };
}

static void end_zone(struct reading *g)
{
    const char *why = "";
    if (g->n_zones == ZONES_MOST || !g->tzid.n)
        return;
    struct ics_zone *z = &g->zones[g->n_zones];
    z->tzid = g->tzid;
    if (ics_zone_make(g->a, z, g->observances.v, g->observances.n, &why))
        g->n_zones++;
    else
        note(g, g->line, false, str_fmt(g->a, "the time zone was not read: %s", why));
}

static void end(struct reading *g, str name)
{
    if (!g->depth || !str_ieq(name, g->levels[g->depth - 1].name)) {
        refuse(g, "END does not belong to the BEGIN before it");
        return;
    }
    enum part part = g->levels[--g->depth].part;
    if (part == PART_EVENT)
        end_event(g);
    else if (part == PART_ZONE)
        end_zone(g);
}

static void take(struct reading *g, const struct content *c)
{
    enum part part = g->levels[g->depth - 1].part;
    bool rule = str_ieq(c->name, S("RRULE"));
    if (part == PART_CALENDAR && str_ieq(c->name, S("X-WR-CALNAME"))) {
        g->in->name = text_of(g, str_to_c(g->a, c->value));
    } else if (part == PART_ZONE && str_ieq(c->name, S("TZID"))) {
        g->tzid = text_of(g, str_to_c(g->a, c->value));
    } else if (part == PART_EVENT && (rule || str_ieq(c->name, S("EXRULE")))) {
        add_rule(g, str_trim(c->value), !rule);
    } else if (part == PART_OBSERVANCE && rule) {
        struct ics_observance *o = &g->observances.v[g->observances.n - 1];
        if (grow(g, &o->rules, &o->n_rules, sizeof *o->rules))
            o->rules[o->n_rules - 1] = str_copy(g->a, str_trim(c->value));
    } else if ((part == PART_EVENT || part == PART_OBSERVANCE) && known(c->name)) {
        if (str_trim(c->value).n || decides(c->name))
            read_property(g, c, part);
    }
}

static void read_line(struct reading *g, str line)
{
    struct content c;
    if (!str_trim(line).n)
        return;
    if (!take_apart(line, &c))
        refuse(g, "this is no line of a calendar: it has no name with a colon after it");
    else if (str_ieq(c.name, S("BEGIN")))
        begin(g, str_trim(c.value));
    else if (str_ieq(c.name, S("END")))
        end(g, str_trim(c.value));
    else if (!g->depth)
        refuse(g, "a calendar begins with BEGIN:VCALENDAR");
    else
        take(g, &c);
}

/* ---- the whole ---- */

/* One line of the file without its end; CR LF, LF and CR end one. */
static bool physical_line(str *rest, str *line)
{
    size_t n = 0;
    if (!rest->n)
        return false;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
        n++;
    *line = str_slice(*rest, 0, n);
    if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
        n++;
    *rest = str_slice(*rest, n + 1, rest->n);
    return true;
}

static bool continues(str rest)
{
    return rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t');
}

static void read_lines(struct reading *g, str rest)
{
    str line;
    int64_t next = 1;
    while (!g->refused.n && physical_line(&rest, &line)) {
        g->line = next++;
        if (continues(rest)) {
            struct out whole = out_new(g->a, ICS_IN_LINE);
            out_str(&whole, line);
            for (; continues(rest) && physical_line(&rest, &line); next++)
                out_str(&whole, str_slice(line, 1, line.n));
            line = out_text(&whole);
            if (whole.full)
                refuse(g, "a line is too long");
        }
        if (line.n > ICS_IN_LINE)
            refuse(g, "a line is too long");
        if (!g->refused.n)
            read_line(g, line);
    }
    g->line = next - 1;
    if (g->depth && !g->refused.n)
        g->refused =
            str_fmt(g->a, "line %lld: %.*s of line %lld has no end", (long long)g->line,
                    STR_FMT(g->levels[g->depth - 1].name), (long long)g->levels[g->depth - 1].line);
    if (!g->calendars)
        refuse(g, "there is no calendar in the file");
}

static const struct ics_zone *zone_named(const struct reading *g, str tzid)
{
    for (size_t i = 0; i < g->n_zones; i++)
        if (str_eq(g->zones[i].tzid, tzid))
            return &g->zones[i];
    return NULL;
}

static void settle_time(struct reading *g, struct ics_time *t, int64_t line)
{
    if (t->kind != ICS_ZONE)
        return;
    t->zone = zone_named(g, t->tzid);
    if (!t->zone && ics_zone_is_utc(t->tzid))
        t->kind = ICS_UTC;
    else if (!t->zone && !ics_zone_is_german(t->tzid))
        note(g, line, false,
             str_fmt(g->a, "the time zone %.*s is not explained; read as German time",
                     STR_FMT(str_slice(t->tzid, 0, 60))));
}

static void settle(struct reading *g, struct pending *p)
{
    struct ics_item *e = &p->item;
    settle_time(g, &e->begins, e->line);
    settle_time(g, &e->instead, e->line);
    for (size_t i = 0; i < e->n_without; i++)
        settle_time(g, &e->without[i], e->line);
    for (size_t i = 0; i < e->n_dates; i++)
        settle_time(g, &e->dates[i].begins, e->line);
    if (p->ends_apart) {
        settle_time(g, &p->ends, e->line);
        int64_t ends = ics_wall_as(&p->ends, &e->begins);
        e->length = ends > e->begins.wall ? ends - e->begins.wall : 0;
    }
}

static bool newer(const struct ics_item *l, const struct ics_item *r)
{
    return l->sequence != r->sequence ? l->sequence > r->sequence : l->changed >= r->changed;
}

/* Of two series with one UID the newer counts; it takes the place of the older. */
static void drop_twins(struct reading *g)
{
    struct map seen = map_new(g->a);
    struct ics_item *v = NEW_ARRAY(g->a, g->items.n + 1, struct ics_item);
    size_t n = 0;
    for (size_t i = 0; i < g->items.n; i++) {
        const struct ics_item *e = &g->items.v[i].item;
        uint64_t *at = e->replaces || !e->uid.n ? NULL : map_put(&seen, e->uid);
        if (at && *at) {
            struct ics_item *twin = &v[*at - 1];
            const struct ics_item *loser = newer(e, twin) ? twin : e;
            note(g, loser->line, true, S("another event has the same UID and is newer"));
            if (loser == twin)
                *twin = *e;
            continue;
        }
        if (at)
            *at = n + 1;
        v[n++] = *e;
    }
    g->in->v = v;
    g->in->n = n;
}

static int by_uid(const void *left, const void *right)
{
    const struct ics_item *l = *(const struct ics_item *const *)left;
    const struct ics_item *r = *(const struct ics_item *const *)right;
    int c = str_cmp(l->uid, r->uid);
    return c ? c : (l->line > r->line) - (l->line < r->line);
}

/* What replaces an instance of a series that is not here stands for itself. */
static void find_others(struct reading *g)
{
    struct map series = map_new(g->a);
    struct ics_in *in = g->in;
    for (size_t i = 0; i < in->n; i++)
        if (!in->v[i].replaces && in->v[i].uid.n)
            *map_put(&series, in->v[i].uid) = 1;
    in->others = NEW_ARRAY(g->a, in->n + 1, const struct ics_item *);
    for (size_t i = 0; i < in->n; i++) {
        struct ics_item *e = &in->v[i];
        uint64_t *count = e->replaces && e->uid.n ? map_find(&series, e->uid) : NULL;
        if (e->replaces && !count)
            e->replaces = false;
        else if (e->replaces && (*count)++ <= ICS_IN_LIST)
            in->others[in->n_others++] = e;
    }
    qsort(in->others, in->n_others, sizeof *in->others, by_uid);
}

static void libical_is_quiet(void)
{
    icalerror_set_errors_are_fatal(0);
}

static str as_utf8(struct reading *g, str bytes)
{
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.n);
    if (utf8_valid(bytes))
        return bytes;
    note(g, 1, false, S("the file is not UTF-8; read as Windows-1252"));
    return utf8_from_windows1252(g->a, bytes);
}

enum err ics_in_read(struct arena *a, str bytes, struct ics_in *in, str *problem)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, libical_is_quiet);
    struct reading *g = NEW(a, struct reading);
    *in = (struct ics_in){ 0 };
    g->a = a;
    g->in = in;
    if (bytes.n > ICS_IN_BYTES) {
        *problem = str_fmt(a, "line 1: the file is larger than %zu bytes", ICS_IN_BYTES);
        return ERR_LIMIT;
    }
    if (str_find_byte(bytes, '\0') >= 0) {
        *problem = S("line 1: the file is no text");
        return ERR_INVALID;
    }
    g->zones = NEW_ARRAY(a, ZONES_MOST, struct ics_zone);
    read_lines(g, as_utf8(g, bytes));
    if (g->refused.n) {
        *problem = g->refused;
        return ERR_INVALID;
    }
    for (size_t i = 0; i < g->items.n; i++)
        settle(g, &g->items.v[i]);
    drop_twins(g);
    find_others(g);
    in->trouble = g->trouble.v;
    in->n_trouble = g->trouble.n;
    return ERR_OK;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Calendars, line by line. */
#include "web/ics.h"

#define LINE_OCTETS 75

/* Europe/Berlin as base/clock.h has it (directive 2000/84/EC, since 1996). */
static const char zone[] = "BEGIN:VTIMEZONE\r\n"
                           "TZID:Europe/Berlin\r\n"
                           "BEGIN:DAYLIGHT\r\n"
                           "TZOFFSETFROM:+0100\r\n"
                           "TZOFFSETTO:+0200\r\n"
                           "TZNAME:CEST\r\n"
                           "DTSTART:19960331T020000\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                           "END:DAYLIGHT\r\n"
                           "BEGIN:STANDARD\r\n"
                           "TZOFFSETFROM:+0200\r\n"
                           "TZOFFSETTO:+0100\r\n"
                           "TZNAME:CET\r\n"
                           "DTSTART:19961027T030000\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                           "END:STANDARD\r\n"
                           "END:VTIMEZONE\r\n";

/* One content line, folded: a continuation begins with a blank, which counts. */
static void put_line(struct out *o, str line)
{
    size_t room = LINE_OCTETS;
    while (line.n > room) {
        size_t n = room;
        while (n > 1 && ((unsigned char)line.p[n] & 0xC0) == 0x80)
            n--;
        out_str(o, str_slice(line, 0, n));
        OUT(o, "\r\n ");
        line = str_slice(line, n, line.n);
        room = LINE_OCTETS - 1;
    }
    out_str(o, line);
    OUT(o, "\r\n");
}

static void put_escaped(struct out *o, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n')
            OUT(o, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            out_fmt(o, "\\%c", c);
        else if ((unsigned char)c >= 0x20 && c != 0x7f)
            out_char(o, c);
    }
}

static void put_text(struct out *o, const char *name, str text)
{
    if (!text.n)
        return;
    struct out line = out_new(o->arena, text.n * 2 + 64);
    out_fmt(&line, "%s:", name);
    put_escaped(&line, text);
    put_line(o, out_text(&line));
}

static void put_day(struct out *o, const char *name, struct day d)
{
    out_fmt(o, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month, d.day);
}

static void put_local(struct out *o, const char *name, int64_t instant)
{
    struct local_time t = clock_local(instant);
    out_fmt(o, "%s;TZID=Europe/Berlin:%04d%02d%02dT%02d%02d%02d\r\n", name, t.day.year, t.day.month,
            t.day.day, t.hour, t.minute, t.second);
}

/* "2026-11-22T15:04:05Z" without its punctuation. */
static void put_instant(struct out *o, const char *name, int64_t instant)
{
    str iso = instant_iso(o->arena, instant);
    out_fmt(o, "%s:", name);
    for (size_t i = 0; i < iso.n; i++)
        if (iso.p[i] != '-' && iso.p[i] != ':')
            out_char(o, iso.p[i]);
    OUT(o, "\r\n");
}

struct ics ics_new(struct out *out, str name, bool timed)
{
    struct ics ics = { out };
    OUT(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tandem//Ehrenamt//DE\r\n");
    OUT(out, "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    put_text(out, "X-WR-CALNAME", name);
    if (timed)
        out_str(out, str_from_c(zone));
    return ics;
}

void ics_event(struct ics *ics, const struct ics_event *e)
{
    struct out *o = ics->out;
    struct day last = e->to.year ? e->to : e->from;
    OUT(o, "BEGIN:VEVENT\r\n");
    put_text(o, "UID", e->uid);
    put_instant(o, "DTSTAMP", e->changed);
    put_instant(o, "LAST-MODIFIED", e->changed);
    if (e->begins) {
        put_local(o, "DTSTART", e->begins);
        if (e->ends > e->begins)
            put_local(o, "DTEND", e->ends);
    } else {
        put_day(o, "DTSTART", e->from);
        put_day(o, "DTEND", day_add(last, 1)); /* the day after: the end is not part of it */
        OUT(o, "TRANSP:TRANSPARENT\r\n");
    }
    if (e->instead_at)
        put_local(o, "RECURRENCE-ID", e->instead_at);
    else if (e->instead_on.year)
        put_day(o, "RECURRENCE-ID", e->instead_on);
    if (e->rule.n)
        put_line(o, str_fmt(o->arena, "RRULE:%.*s", STR_FMT(e->rule)));
    if (e->sequence)
        out_fmt(o, "SEQUENCE:%lld\r\n", (long long)e->sequence);
    if (e->cancelled)
        OUT(o, "STATUS:CANCELLED\r\n");
    put_text(o, "SUMMARY", e->summary);
    put_text(o, "CATEGORIES", e->category);
    put_text(o, "DESCRIPTION", e->description);
    put_text(o, "LOCATION", e->place);
    if (e->link.n)
        put_line(o, str_fmt(o->arena, "URL:%.*s", STR_FMT(e->link)));
    OUT(o, "END:VEVENT\r\n");
}

void ics_done(struct ics *ics)
{
    OUT(ics->out, "END:VCALENDAR\r\n");
}

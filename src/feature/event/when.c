/* SPDX-License-Identifier: EUPL-1.2 */
/* When a date is, computed and in words. */
#include "feature/event/when.h"

#include "base/out.h"
#include "event.text.h"
#include "web/page.h"
#include "web/vocab_label.h"

#define DAY 86400

static bool clock_of(str s, int *hour, int *minute)
{
    int64_t h = 0;
    int64_t m = 0;
    if (s.n != 5 || s.p[2] != ':' || !str_to_i64(str_slice(s, 0, 2), &h) ||
        !str_to_i64(str_slice(s, 3, 5), &m))
        return false;
    *hour = (int)h;
    *minute = (int)m;
    return h >= 0 && h < 24 && m >= 0 && m < 60;
}

static bool wall_of(str day, str clock, int64_t *wall)
{
    struct local_time t = { 0 };
    if (!day_parse_iso(day, &t.day) || (clock.n && !clock_of(clock, &t.hour, &t.minute)))
        return false;
    *wall = recur_wall(t);
    return true;
}

bool event_span_of(const struct event_times *t, struct event_span *span)
{
    int64_t ends = 0;
    span->whole_day = !t->begins_at.n;
    str last = t->ends_on.n ? t->ends_on : t->begins_on;
    str clock = span->whole_day ? S("") : t->ends_at.n ? t->ends_at : t->begins_at;
    if (!wall_of(t->begins_on, t->begins_at, &span->wall) || !wall_of(last, clock, &ends))
        return false;
    /* A last day is meant with its evening. */
    span->length = ends - span->wall + (span->whole_day ? DAY : 0);
    return span->length >= 0;
}

bool event_clock_parse(struct arena *a, str typed, str *clock)
{
    char digits[4];
    size_t n = 0;
    size_t of_hour = 0;
    str s = str_trim(typed);
    if (str_ends(s, S("Uhr")))
        s = str_trim(str_slice(s, 0, s.n - 3));
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        bool mark = (s.p[i] == ':' || s.p[i] == '.') && !of_hour && n;
        if (!mark && (!digit || n == 4))
            return false;
        if (mark)
            of_hour = n;
        else
            digits[n++] = s.p[i];
    }
    of_hour = of_hour ? of_hour : n > 2 ? n - 2 : n;
    int64_t h = 0;
    int64_t m = 0;
    bool good = n && of_hour <= 2 && (n == of_hour || n == of_hour + 2) &&
                str_to_i64((str){ digits, of_hour }, &h) &&
                (n == of_hour || str_to_i64((str){ digits + of_hour, n - of_hour }, &m));
    if (!good || h > 23 || m > 59)
        return false;
    *clock = str_fmt(a, "%02d:%02d", (int)h, (int)m);
    return true;
}

/* ---- series ---- */

const struct event_repeat event_repeats[] = {
    { STR_INIT("daily"), MSG_event_repeat_daily },
    { STR_INIT("weekly"), MSG_event_repeat_weekly },
    { STR_INIT("biweekly"), MSG_event_repeat_biweekly },
    { STR_INIT("monthly_day"), MSG_event_repeat_monthly_day },
    { STR_INIT("monthly_last"), MSG_event_repeat_monthly_last },
    { STR_INIT("monthly_date"), MSG_event_repeat_monthly_date },
    { STR_INIT("yearly"), MSG_event_repeat_yearly },
    { { NULL, 0 }, 0 },
};

static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

str event_rule(struct arena *a, str repeat, str begins_on, str until)
{
    struct day d;
    struct day last;
    struct out o = out_new(a, 128);
    if (!repeat.n || !day_parse_iso(begins_on, &d))
        return S("");
    const char *weekday = weekdays[day_weekday(d)];
    if (str_eq(repeat, S("daily")))
        OUT(&o, "FREQ=DAILY");
    else if (str_eq(repeat, S("weekly")))
        OUT(&o, "FREQ=WEEKLY");
    else if (str_eq(repeat, S("biweekly")))
        OUT(&o, "FREQ=WEEKLY;INTERVAL=2");
    else if (str_eq(repeat, S("monthly_day")))
        out_fmt(&o, "FREQ=MONTHLY;BYDAY=%d%s", (d.day - 1) / 7 + 1, weekday);
    else if (str_eq(repeat, S("monthly_last")))
        out_fmt(&o, "FREQ=MONTHLY;BYDAY=-1%s", weekday);
    else if (str_eq(repeat, S("monthly_date")))
        OUT(&o, "FREQ=MONTHLY");
    else
        OUT(&o, "FREQ=YEARLY");
    if (until.n && day_parse_iso(until, &last))
        out_fmt(&o, ";UNTIL=%04d%02d%02dT235959", last.year, last.month, last.day);
    return out_text(&o);
}

static str without_until(str rule)
{
    ptrdiff_t at = str_find(rule, S(";UNTIL="));
    return at < 0 ? rule : str_slice(rule, 0, (size_t)at);
}

str event_repeat_of(str rule)
{
    rule = without_until(rule);
    if (str_eq(rule, S("FREQ=DAILY")))
        return S("daily");
    if (str_eq(rule, S("FREQ=WEEKLY")))
        return S("weekly");
    if (str_eq(rule, S("FREQ=WEEKLY;INTERVAL=2")))
        return S("biweekly");
    if (str_starts(rule, S("FREQ=MONTHLY;BYDAY=-1")))
        return S("monthly_last");
    if (str_starts(rule, S("FREQ=MONTHLY;BYDAY=")))
        return S("monthly_day");
    if (str_eq(rule, S("FREQ=MONTHLY")))
        return S("monthly_date");
    return rule.n ? S("yearly") : S("");
}

str event_until_of(struct arena *a, str rule)
{
    ptrdiff_t at = str_find(rule, S(";UNTIL="));
    str day = at < 0 ? S("") : str_slice(rule, (size_t)at + 7, (size_t)at + 15);
    if (day.n != 8)
        return S("");
    return str_fmt(a, "%.4s-%.2s-%.2s", day.p, day.p + 4, day.p + 6);
}

str event_rule_before(struct arena *a, str rule, str day)
{
    struct day d;
    if (!day_parse_iso(day, &d))
        return rule;
    d = day_add(d, -1);
    str start = without_until(rule);
    return str_fmt(a, "%.*s;UNTIL=%04d%02d%02dT235959", STR_FMT(start), d.year, d.month, d.day);
}

/* ---- words ---- */

static str weekday_of(const struct rq *rq, struct day d)
{
    return vocab_label(rq, &vocab_day, day_weekday(d));
}

static str repeat_words(const struct rq *rq, str repeat, struct day d)
{
    str weekday = weekday_of(rq, d);
    if (str_eq(repeat, S("daily")))
        return t_event_every_daily(rq);
    if (str_eq(repeat, S("weekly")))
        return t_event_every_weekly(rq, weekday);
    if (str_eq(repeat, S("biweekly")))
        return t_event_every_biweekly(rq, weekday);
    if (str_eq(repeat, S("monthly_day")))
        return t_event_every_monthly_day(rq, (d.day - 1) / 7 + 1, weekday);
    if (str_eq(repeat, S("monthly_last")))
        return t_event_every_monthly_last(rq, weekday);
    if (str_eq(repeat, S("monthly_date")))
        return t_event_every_monthly_date(rq, d.day);
    return t_event_every_yearly(rq);
}

str event_repeat_words(const struct rq *rq, str rule, str begins_on)
{
    struct day d;
    str repeat = event_repeat_of(rule);
    if (!repeat.n || !day_parse_iso(begins_on, &d))
        return S("");
    str words = repeat_words(rq, repeat, d);
    str until = event_until_of(rq->arena, rule);
    return until.n ? t_event_every_until(rq, words, page_iso_day(rq, until)) : words;
}

str event_day_words(const struct rq *rq, int64_t instant)
{
    struct day d = clock_local(instant).day;
    return t_event_day(rq, weekday_of(rq, d), page_iso_day(rq, day_iso(rq->arena, d)));
}

static str clock_words(const struct rq *rq, int64_t instant)
{
    struct local_time t = clock_local(instant);
    return str_fmt(rq->arena, "%d:%02d", t.hour, t.minute);
}

str event_clock_words(const struct rq *rq, int64_t begins, int64_t ends, bool whole_day)
{
    struct day first = clock_local(begins).day;
    struct day last = clock_local(ends > begins ? ends - 1 : ends).day;
    bool same = day_number(first) == day_number(last);
    str last_day = page_iso_day(rq, day_iso(rq->arena, last));
    if (whole_day)
        return same ? t_event_whole_day(rq) : t_event_whole_days(rq, last_day);
    if (ends == begins)
        return t_event_clock(rq, clock_words(rq, begins));
    if (same)
        return t_event_clocks(rq, clock_words(rq, begins), clock_words(rq, ends));
    return t_event_clocks_days(rq, clock_words(rq, begins), clock_words(rq, ends), last_day);
}

str event_when_words(const struct rq *rq, int64_t begins, int64_t ends, bool whole_day)
{
    return t_event_when(rq, event_day_words(rq, begins),
                        event_clock_words(rq, begins, ends, whole_day));
}

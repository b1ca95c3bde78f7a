/* SPDX-License-Identifier: EUPL-1.2 */
/* The time of a report, and the time before it. */
#include "feature/report/span.h"

#include "report.text.h"
#include "web/page.h"

#define FIRST_YEAR 2000
#define LAST_YEAR  9998
#define MOST_YEARS 10

static int64_t midnight(struct day d)
{
    return clock_instant((struct local_time){ .day = d });
}

struct report_span report_span_of(struct rq *rq, struct day first, struct day last)
{
    if (day_number(last) < day_number(first)) {
        struct day other = first;
        first = last;
        last = other;
    }
    struct report_span s = { .city_id = rq->city->id, .first = first, .last = last };
    int64_t now = clock_now() + 1;
    s.from = midnight(first);
    s.until = midnight(day_add(last, 1));
    s.until = s.until < now ? s.until : now;
    s.first_iso = day_iso(rq->arena, first);
    s.last_iso = day_iso(rq->arena, last);
    s.years = first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31;
    return s;
}

static struct report_span year_span(struct rq *rq, int year)
{
    return report_span_of(rq, (struct day){ year, 1, 1 }, (struct day){ year, 12, 31 });
}

static bool day_asked(struct rq *rq, const char *name, struct day *day)
{
    str text = rq_param(rq, name);
    if (!text.n)
        return false;
    if (day_parse(text, clock_today(), day) && day->year >= FIRST_YEAR && day->year <= LAST_YEAR)
        return true;
    rq_error(rq, name, t_report_not_a_day(rq));
    return false;
}

struct report_span report_span_asked(struct rq *rq)
{
    struct day first = { 0 }, last = { 0 };
    int64_t year = rq_param_int(rq, "year", clock_today().year - 1);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        year = clock_today().year - 1;
    bool from = day_asked(rq, "from", &first);
    bool to = day_asked(rq, "to", &last);
    if (!from && !to)
        return year_span(rq, (int)year);
    if (!to)
        last = (struct day){ first.year, 12, 31 };
    if (!from)
        first = (struct day){ last.year, 1, 1 };
    if (last.year - first.year > MOST_YEARS || first.year - last.year > MOST_YEARS) {
        rq_error(rq, "to", t_report_too_long(rq, MOST_YEARS));
        return year_span(rq, (int)year);
    }
    return report_span_of(rq, first, last);
}

struct report_span report_span_now(struct rq *rq)
{
    struct day today = clock_today();
    return report_span_of(rq, (struct day){ today.year, 1, 1 }, today);
}

/* 29 February becomes the 28th where there is none. */
static struct day years_before(struct day d, int years)
{
    d.year -= years;
    if (!day_valid(d))
        d.day = 28;
    return d;
}

struct report_span report_span_before(struct rq *rq, const struct report_span *s)
{
    int years = s->years ? s->last.year - s->first.year + 1 : 1;
    int64_t days = day_number(s->last) - day_number(s->first) + 1;
    if (s->years || s->first.year == s->last.year)
        return report_span_of(rq, years_before(s->first, years), years_before(s->last, years));
    return report_span_of(rq, day_from_number(day_number(s->first) - days), day_add(s->first, -1));
}

str report_span_words(const struct rq *rq, const struct report_span *s)
{
    str first = page_iso_day(rq, s->first_iso);
    str last = page_iso_day(rq, s->last_iso);
    if (!s->years)
        return t_report_span_days(rq, first, last);
    str year = str_fmt(rq->arena, "%d", s->first.year);
    if (s->first.year == s->last.year)
        return year;
    return t_report_span_years(rq, year, str_fmt(rq->arena, "%d", s->last.year));
}

str report_span_short(const struct rq *rq, const struct report_span *s)
{
    if (s->years)
        return report_span_words(rq, s);
    str year = s->first.year == s->last.year ? S("") : str_fmt(rq->arena, "%d", s->first.year);
    return str_fmt(rq->arena, "%d.%d.%.*s–%d.%d.%d", s->first.day, s->first.month, STR_FMT(year),
                   s->last.day, s->last.month, s->last.year);
}

size_t report_span_months(const struct report_span *s)
{
    int months = (s->last.year - s->first.year) * 12 + s->last.month - s->first.month + 1;
    return (size_t)months;
}

int report_span_month(const struct report_span *s, struct day day)
{
    int month = (day.year - s->first.year) * 12 + day.month - s->first.month;
    return month >= 0 && (size_t)month < report_span_months(s) ? month : -1;
}

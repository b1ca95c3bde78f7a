/* SPDX-License-Identifier: EUPL-1.2 */
/* Time: the calendar in whole numbers, German summer time by rule. */
#include "base/clock.h"

#include <stdatomic.h>

#include "base/arena.h"

#define DAY_SECONDS 86400

static _Atomic int64_t fixed;

int64_t clock_now(void)
{
    int64_t f = atomic_load(&fixed);
    if (f)
        return f;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec;
}

void clock_set(int64_t instant)
{
    atomic_store(&fixed, instant);
}

int64_t clock_ticks(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool day_valid(struct day d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= month_days(d.year, d.month);
}

/* Years are counted from March, so that the leap day comes last. */
int64_t day_number(struct day d)
{
    int64_t y = d.year - (d.month <= 2);
    int64_t m = (d.month + 9) % 12;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * m + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct day day_from_number(int64_t n)
{
    int64_t z = n + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    return (struct day){
        .year = (int)(y + era * 400 + (month <= 2)),
        .month = month,
        .day = (int)(of_year - (153 * m + 2) / 5 + 1),
    };
}

struct day day_add(struct day d, int days)
{
    return day_from_number(day_number(d) + days);
}

int day_weekday(struct day d)
{
    return (int)(((day_number(d) + 3) % 7 + 7) % 7);
}

/* The instant at which summer time begins (month 3) or ends (month 10). */
static int64_t switch_instant(int year, int month)
{
    struct day last = { year, month, 31 };
    struct day sunday = day_add(last, -((day_weekday(last) + 1) % 7));
    return day_number(sunday) * DAY_SECONDS + 3600;
}

static int offset_at(int64_t instant)
{
    int64_t n = instant / DAY_SECONDS - (instant % DAY_SECONDS < 0);
    int year = day_from_number(n).year;
    bool summer = instant >= switch_instant(year, 3) && instant < switch_instant(year, 10);
    return summer ? 7200 : 3600;
}

static struct local_time split(int64_t seconds)
{
    int64_t n = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    int rest = (int)(seconds - n * DAY_SECONDS);
    return (struct local_time){ day_from_number(n), rest / 3600, rest / 60 % 60, rest % 60 };
}

struct local_time clock_local(int64_t instant)
{
    return split(instant + offset_at(instant));
}

int64_t clock_day_number(int64_t instant)
{
    return day_number(clock_local(instant).day);
}

int64_t clock_instant(struct local_time t)
{
    int64_t wall = day_number(t.day) * DAY_SECONDS + t.hour * 3600 + t.minute * 60 + t.second;
    int64_t summer = wall - 7200;
    return offset_at(summer) == 7200 ? summer : wall - 3600;
}

struct day clock_today(void)
{
    return clock_local(clock_now()).day;
}

/* Reads up to max digits off the front. */
static bool take_number(str *s, size_t max, int *value)
{
    size_t n = 0;
    int v = 0;
    while (n < s->n && n < max && s->p[n] >= '0' && s->p[n] <= '9')
        v = v * 10 + (s->p[n++] - '0');
    *s = str_slice(*s, n, s->n);
    *value = v;
    return n > 0;
}

static bool take_char(str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_slice(*s, 1, s->n);
    return true;
}

bool day_parse_iso(str s, struct day *d)
{
    struct day got = { 0 };
    if (s.n != 10 || !take_number(&s, 4, &got.year) || !take_char(&s, '-') ||
        !take_number(&s, 2, &got.month) || !take_char(&s, '-') || !take_number(&s, 2, &got.day) ||
        s.n || !day_valid(got))
        return false;
    *d = got;
    return true;
}

/* A month as number or as the beginning of its German name, at least three letters. */
static bool take_month(str *s, int *month)
{
    static const str names[] = { STR_INIT("januar"),  STR_INIT("februar"),  STR_INIT("m\xc3\xa4rz"),
                                 STR_INIT("april"),   STR_INIT("mai"),      STR_INIT("juni"),
                                 STR_INIT("juli"),    STR_INIT("august"),   STR_INIT("september"),
                                 STR_INIT("oktober"), STR_INIT("november"), STR_INIT("dezember") };
    if (take_number(s, 2, month)) {
        take_char(s, '.');
        return *month >= 1 && *month <= 12;
    }
    size_t n = 0;
    while (n < s->n && s->p[n] != ' ' && s->p[n] != '.')
        n++;
    str word = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->n);
    take_char(s, '.');
    if (str_ieq(word, S("maerz")) || str_ieq(word, S("mrz")))
        word = S("m\xc3\xa4rz");
    for (int i = 0; i < 12 && n >= 3; i++)
        if (word.n <= names[i].n && str_ieq(word, str_slice(names[i], 0, word.n))) {
            *month = i + 1;
            return true;
        }
    return false;
}

bool day_parse(str s, struct day today, struct day *d)
{
    s = str_trim(s);
    if (day_parse_iso(s, d))
        return true;
    struct day got = { 0 };
    if (!take_number(&s, 2, &got.day) || !take_char(&s, '.'))
        return false;
    s = str_trim(s);
    if (!take_month(&s, &got.month))
        return false;
    s = str_trim(s);
    size_t digits = s.n;
    if (!digits) {
        got.year = today.year;
        if (!day_valid(got) || day_number(got) < day_number(today))
            got.year++;
    } else if (!take_number(&s, 4, &got.year) || s.n || (digits != 2 && digits != 4)) {
        return false;
    }
    if (digits == 2)
        got.year += 2000;
    if (!day_valid(got))
        return false;
    *d = got;
    return true;
}

str day_iso(struct arena *a, struct day d)
{
    return str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

str instant_iso(struct arena *a, int64_t instant)
{
    struct local_time t = split(instant);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.day.year, t.day.month, t.day.day, t.hour,
                   t.minute, t.second);
}

str instant_http(struct arena *a, int64_t instant)
{
    static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct local_time t = split(instant);
    return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[day_weekday(t.day)], t.day.day,
                   months[t.day.month - 1], t.day.year, t.hour, t.minute, t.second);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The times of a rule. It goes from period to period (a year, a month … a second), and of each
 * it makes one set: days, hours, minutes and seconds that fit. A time is one of each, so a set
 * is never written out; its k-th time is computed (a month may have 70 000, of which BYSETPOS
 * takes two).
 */
#include "web/recur.h"

#include "base/banned_feature.h"

#define DAY       86400
#define LAST_DAY  INT64_C(2932896) /* 9999-12-31 */
#define DAYS_MOST 385              /* of one period: the longest year of weeks has 371 */

struct set {
    int64_t days[DAYS_MOST];
    int hours[24], minutes[60], seconds[60];
    size_t n_days, n_hours, n_minutes, n_seconds;
};

struct run {
    struct recur r; /* complete: what the rule leaves open comes from the start */
    struct recur_ask ask;
    struct recur_found *found;
    struct local_time start;
    int64_t start_day;
    int base_year;
    int left; /* of COUNT; -1: without */
    int64_t work;
    struct set set;
};

int64_t recur_wall(struct local_time t)
{
    return day_number(t.day) * DAY + t.hour * 3600 + t.minute * 60 + t.second;
}

static int64_t day_of(int64_t wall)
{
    return wall >= 0 ? wall / DAY : -((DAY - 1 - wall) / DAY);
}

struct local_time recur_local(int64_t wall)
{
    int64_t day = day_of(wall);
    int of_day = (int)(wall - day * DAY);
    return (struct local_time){ .day = day_from_number(day),
                                .hour = of_day / 3600,
                                .minute = of_day / 60 % 60,
                                .second = of_day % 60 };
}

static int weekday(int64_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7);
}

static bool has(const uint64_t *words, int64_t n)
{
    return n > 0 && n < RECUR_ORDINALS && words[n / 64] >> n % 64 & 1;
}

/* The n-th of `of`, counted from either end. */
static bool fits(const struct recur_ordinals *o, int64_t n, int64_t of)
{
    return has(o->first, n) || has(o->last, of - n + 1);
}

static int64_t year_start(int year)
{
    return day_number((struct day){ year, 1, 1 });
}

/* The first day of the first week of a year: the first with at least four days in it. */
static int64_t weeks_start(const struct recur *r, int year)
{
    int64_t fourth = year_start(year) + 3;
    return fourth - (weekday(fourth) - r->week_start + 7) % 7;
}

/* The year that the week of a day belongs to: that of the week's fourth day. */
static int week_year(const struct recur *r, int64_t day)
{
    int64_t week = day - (weekday(day) - r->week_start + 7) % 7;
    return day_from_number(week + 3).year;
}

static bool week_fits(const struct recur *r, int64_t day)
{
    int year = week_year(r, day);
    int64_t first = weeks_start(r, year);
    int64_t weeks = (weeks_start(r, year + 1) - first) / 7;
    return fits(&r->weeks, (day - first) / 7 + 1, weeks);
}

static int64_t month_start(struct day d)
{
    return day_number((struct day){ d.year, d.month, 1 });
}

static int64_t month_length(struct day d)
{
    int year = d.year + (d.month == 12);
    return day_number((struct day){ year, d.month % 12 + 1, 1 }) - month_start(d);
}

/* BYDAY, numbered within the month, or within the year where no month is named. */
static bool weekday_fits(const struct recur *r, int64_t day, struct day d)
{
    int w = weekday(day);
    if (r->weekdays >> w & 1)
        return true;
    if (!r->nth || !r->of_weekday[w].any)
        return false;
    bool of_year = r->freq == RECUR_YEARLY && !r->months;
    int64_t first = of_year ? year_start(d.year) : month_start(d);
    int64_t length = of_year ? year_start(d.year + 1) - first : month_length(d);
    int64_t at = day - first;
    const struct recur_ordinals *o = &r->of_weekday[w];
    return has(o->first, at / 7 + 1) || has(o->last, (length - 1 - at) / 7 + 1);
}

static bool month_fits(const struct recur *r, struct day d)
{
    return !r->months || r->months >> d.month & 1;
}

static bool day_fits(const struct recur *r, int64_t day)
{
    struct day d = day_from_number(day);
    if (!month_fits(r, d))
        return false;
    if (r->month_days.any && !fits(&r->month_days, d.day, month_length(d)))
        return false;
    int64_t first = year_start(d.year);
    if (r->year_days.any && !fits(&r->year_days, day - first + 1, year_start(d.year + 1) - first))
        return false;
    if (r->weeks.any && !week_fits(r, day))
        return false;
    return (!r->weekdays && !r->nth) || weekday_fits(r, day, d);
}

static void fill_days(struct run *run, int64_t from, int64_t to)
{
    int64_t day = from;
    run->set.n_days = 0;
    while (day < to) {
        struct day d = day_from_number(day);
        run->work++;
        if (!month_fits(&run->r, d)) {
            day = month_start(d) + month_length(d);
            continue;
        }
        if (day_fits(&run->r, day))
            run->set.days[run->set.n_days++] = day;
        day++;
    }
}

static size_t fill_clock(uint64_t bits, int *v)
{
    size_t n = 0;
    for (int i = 0; i < 60; i++)
        if (bits >> i & 1)
            v[n++] = i;
    return n;
}

static void fill_times(struct run *run)
{
    struct set *s = &run->set;
    s->n_hours = fill_clock(run->r.hours, s->hours);
    s->n_minutes = fill_clock(run->r.minutes, s->minutes);
    s->n_seconds = fill_clock(run->r.seconds, s->seconds);
}

static size_t set_size(const struct set *s)
{
    return s->n_days * s->n_hours * s->n_minutes * s->n_seconds;
}

static int64_t set_time(const struct set *s, size_t k)
{
    int64_t second = s->seconds[k % s->n_seconds];
    k /= s->n_seconds;
    int64_t minute = s->minutes[k % s->n_minutes];
    k /= s->n_minutes;
    int64_t hour = s->hours[k % s->n_hours];
    return s->days[k / s->n_hours] * DAY + hour * 3600 + minute * 60 + second;
}

/* One time; false when no further one is wanted. */
static bool emit(struct run *run, int64_t wall)
{
    const struct recur_ask *ask = &run->ask;
    struct recur_found *f = run->found;
    if (wall < ask->start)
        return true;
    if (wall > run->r.until || wall >= ask->to || !run->left)
        return false;
    run->left -= run->left > 0;
    if (wall < ask->from)
        return true;
    if (f->n == f->most) {
        f->cut = true;
        return false;
    }
    f->wall[f->n++] = wall;
    return true;
}

/* Marks the places of a set that BYSETPOS takes, in order and each once. */
static size_t positions(const struct recur *r, size_t size, size_t *places)
{
    size_t n = 0;
    for (size_t i = 1; i < RECUR_ORDINALS && i <= size; i++)
        if (has(r->positions.first, (int64_t)i))
            places[n++] = i - 1;
    for (size_t i = size < RECUR_ORDINALS ? size : RECUR_ORDINALS - 1; i > 0; i--) {
        if (!has(r->positions.last, (int64_t)i))
            continue;
        size_t at = n;
        size_t place = size - i;
        while (at > 0 && places[at - 1] > place)
            at--;
        if (at > 0 && places[at - 1] == place)
            continue;
        for (size_t j = n++; j > at; j--)
            places[j] = places[j - 1];
        places[at] = place;
    }
    return n;
}

/* The first place of the set that is not before a time. */
static size_t place_from(const struct set *s, int64_t wall)
{
    size_t low = 0;
    size_t high = set_size(s);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set_time(s, middle) < wall)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool emit_set(struct run *run)
{
    const struct set *s = &run->set;
    size_t size = set_size(s);
    if (run->r.positions.any) {
        size_t places[2 * RECUR_ORDINALS];
        size_t n = positions(&run->r, size, places);
        for (size_t i = 0; i < n; i++)
            if (!emit(run, set_time(s, places[i])))
                return false;
        return true;
    }
    bool counted = run->left >= 0;
    int64_t least = counted || run->ask.from < run->ask.start ? run->ask.start : run->ask.from;
    for (size_t k = place_from(s, least); k < size; k++, run->work++)
        if (run->work > RECUR_WORK || !emit(run, set_time(s, k)))
            return false;
    return true;
}

static void fill_year(struct run *run, int year)
{
    if (run->r.weeks.any)
        fill_days(run, weeks_start(&run->r, year), weeks_start(&run->r, year + 1));
    else
        fill_days(run, year_start(year), year_start(year + 1));
}

/* The period after so many; false: it lies beyond what is wanted. */
static bool fill_long(struct run *run, int64_t step)
{
    int64_t by = step * run->r.interval;
    int64_t first = 0;
    if (run->r.freq == RECUR_YEARLY || run->r.freq == RECUR_MONTHLY) {
        int64_t month = run->r.freq == RECUR_YEARLY
                            ? (run->base_year + by) * 12
                            : run->start.day.year * INT64_C(12) + run->start.day.month - 1 + by;
        if (month / 12 > 9998)
            return false;
        struct day d = { (int)(month / 12), (int)(month % 12) + 1, 1 };
        first = day_number(d);
        if (run->r.freq == RECUR_YEARLY)
            fill_year(run, d.year);
        else
            fill_days(run, first, first + month_length(d));
        first -= 7; /* weeks of a year begin before it */
    } else if (run->r.freq == RECUR_WEEKLY) {
        first = run->start_day - (weekday(run->start_day) - run->r.week_start + 7) % 7 + 7 * by;
        fill_days(run, first, first + 7);
    } else {
        first = run->start_day + by;
        fill_days(run, first, first + 1);
    }
    return first * DAY < run->ask.to && first * DAY <= run->r.until;
}

/* Which period a time is in: none may be left out before it. */
static int64_t step_before(const struct run *run, int64_t wall)
{
    struct day d = day_from_number(day_of(wall));
    int64_t by = 0;
    if (run->r.freq == RECUR_YEARLY)
        by = d.year - run->base_year - 1;
    else if (run->r.freq == RECUR_MONTHLY)
        by = (d.year - run->start.day.year) * INT64_C(12) + d.month - run->start.day.month;
    else
        by = (day_of(wall) - run->start_day) / (run->r.freq == RECUR_WEEKLY ? 7 : 1);
    int64_t step = by / run->r.interval - 1;
    return step > 0 ? step : 0;
}

static int64_t first_step(const struct run *run)
{
    int64_t from = run->ask.from;
    return run->left >= 0 || from <= run->ask.start ? 0 : step_before(run, from);
}

static void run_long(struct run *run)
{
    fill_times(run);
    for (int64_t step = first_step(run); run->work++ <= RECUR_WORK; step++) {
        if (!fill_long(run, step) || !emit_set(run))
            return;
    }
    run->found->cut = true;
}

/* Below a day: the next time worth a look, when this one does not fit. 0: it fits. */
static int64_t misfit(const struct run *run, int64_t wall, int64_t *fitting_day)
{
    const struct recur *r = &run->r;
    int64_t day = day_of(wall);
    int64_t of_day = wall - day * DAY;
    if (day != *fitting_day && !day_fits(r, day))
        return (day + 1) * DAY;
    *fitting_day = day;
    if (r->hours && !(r->hours >> of_day / 3600 & 1))
        return wall - of_day % 3600 + 3600;
    if (r->freq < RECUR_HOURLY && r->minutes && !(r->minutes >> of_day / 60 % 60 & 1))
        return wall - of_day % 60 + 60;
    if (r->freq == RECUR_SECONDLY && r->seconds && !(r->seconds >> of_day % 60 & 1))
        return wall + 1;
    return 0;
}

static void set_period(struct run *run, int64_t wall)
{
    struct local_time t = recur_local(wall);
    struct set *s = &run->set;
    s->days[0] = day_of(wall);
    s->hours[0] = t.hour;
    s->n_days = s->n_hours = 1;
    s->n_minutes = run->r.freq == RECUR_HOURLY ? fill_clock(run->r.minutes, s->minutes) : 1;
    s->n_seconds = run->r.freq >= RECUR_MINUTELY ? fill_clock(run->r.seconds, s->seconds) : 1;
    if (run->r.freq < RECUR_HOURLY)
        s->minutes[0] = t.minute;
    if (run->r.freq == RECUR_SECONDLY)
        s->seconds[0] = t.second;
}

/* Hours, minutes and seconds: one step is so many seconds; what cannot fit is jumped over. */
static void run_short(struct run *run)
{
    int64_t unit = run->r.freq == RECUR_HOURLY ? 3600 : run->r.freq == RECUR_MINUTELY ? 60 : 1;
    int64_t by = unit * run->r.interval;
    int64_t base = run->ask.start - (run->ask.start % unit + unit) % unit;
    int64_t at = base;
    int64_t fitting_day = INT64_MIN;
    if (run->left < 0 && run->ask.from > base)
        at = base + (run->ask.from - base) / by * by;
    while (at < run->ask.to && at <= run->r.until) {
        if (run->work++ > RECUR_WORK) {
            run->found->cut = true;
            return;
        }
        int64_t next = misfit(run, at, &fitting_day);
        if (next) {
            at = base + (next - base + by - 1) / by * by;
            continue;
        }
        set_period(run, at);
        if (!emit_set(run))
            return;
        at += by;
    }
}

static void only(struct recur_ordinals *o, int n)
{
    o->first[n / 64] |= UINT64_C(1) << n % 64;
    o->any = true;
}

/* What the rule does not say is as at the start (3.3.10, last paragraphs). */
static void complete(struct run *run)
{
    struct recur *r = &run->r;
    const struct local_time *t = &run->start;
    bool day_said = r->weekdays || r->nth || r->month_days.any || r->year_days.any;
    if (r->freq == RECUR_WEEKLY && !r->weekdays)
        r->weekdays = UINT32_C(1) << weekday(run->start_day);
    if (r->freq == RECUR_YEARLY && r->weeks.any && !day_said)
        r->weekdays = UINT32_C(1) << weekday(run->start_day);
    if (r->freq >= RECUR_MONTHLY && !r->weeks.any && !day_said) {
        if (r->freq == RECUR_YEARLY && !r->months)
            r->months = UINT32_C(1) << t->day.month;
        only(&r->month_days, t->day.day);
    }
    if (run->ask.whole_day) {
        r->hours = 1;
        r->minutes = r->seconds = 1;
    }
    if (r->freq >= RECUR_DAILY && !r->hours)
        r->hours = UINT32_C(1) << t->hour;
    if (r->freq >= RECUR_HOURLY && !r->minutes)
        r->minutes = UINT64_C(1) << t->minute;
    if (r->freq >= RECUR_MINUTELY && !r->seconds)
        r->seconds = UINT64_C(1) << t->second;
}

/*
 * The year that INTERVAL counts from. A start in the first days of January may belong to the
 * weeks of the year before; that is the first year if it has a time for us.
 */
static void choose_year(struct run *run)
{
    run->base_year = run->start.day.year;
    if (run->r.freq != RECUR_YEARLY || !run->r.weeks.any)
        return;
    int year = week_year(&run->r, run->start_day);
    fill_times(run);
    fill_year(run, year);
    size_t size = set_size(&run->set);
    if (year > run->base_year || (size && set_time(&run->set, size - 1) >= run->ask.start))
        run->base_year = year;
}

void recur_expand(const struct recur *r, const struct recur_ask *ask, struct recur_found *found)
{
    struct run run = { .r = *r, .ask = *ask, .found = found, .left = r->count ? r->count : -1 };
    found->n = 0;
    found->cut = false;
    run.start = recur_local(ask->start);
    run.start_day = day_of(ask->start);
    if (run.start.day.year < 2 || run.start.day.year > 9990)
        return;
    if (r->until_day && !ask->whole_day && r->until != INT64_MAX)
        run.r.until += DAY - 1;
    run.ask.to = ask->to < LAST_DAY * DAY ? ask->to : LAST_DAY * DAY;
    complete(&run);
    choose_year(&run);
    if (r->freq >= RECUR_DAILY)
        run_long(&run);
    else if (!ask->whole_day)
        run_short(&run);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading recurrence rules: each part once, each number within its bounds. */
#include "web/recur.h"

#include "base/banned_feature.h"

struct reading {
    struct recur *r;
    const char *why;
};

static bool refuse(struct reading *g, const char *why)
{
    g->why = why;
    return false;
}

/* Digits with an optional sign, no more than six of them. */
static bool number(str s, int *value)
{
    int64_t n = 0;
    str digits = str_starts(s, S("+")) ? str_slice(s, 1, s.n) : s;
    if (!digits.n || digits.n > 7 || !str_to_i64(digits, &n))
        return false;
    *value = (int)n;
    return true;
}

/* "0,15,30" into bits; each from least to most. */
static bool read_bits(str list, int least, int most, uint64_t *bits)
{
    str part;
    int n = 0;
    *bits = 0;
    while (str_next(&list, ',', &part)) {
        if (!number(part, &n) || n < least || n > most)
            return false;
        *bits |= UINT64_C(1) << n;
    }
    return *bits != 0;
}

/* A leap second counts as the second before it (3.3.12). */
static bool read_seconds(str list, uint64_t *bits)
{
    bool good = read_bits(list, 0, 60, bits);
    if (*bits & UINT64_C(1) << 60)
        *bits = (*bits & ~(UINT64_C(1) << 60)) | UINT64_C(1) << 59;
    return good;
}

static bool read_bits32(str list, int least, int most, uint32_t *bits)
{
    uint64_t wide = 0;
    bool good = read_bits(list, least, most, &wide);
    *bits = (uint32_t)wide;
    return good;
}

static void add_ordinal(struct recur_ordinals *o, int n)
{
    uint64_t *words = n > 0 ? o->first : o->last;
    unsigned at = (unsigned)(n > 0 ? n : -n);
    words[at / 64] |= UINT64_C(1) << at % 64;
    o->any = true;
}

/* "1,-1": from either end, never 0. */
static bool read_ordinals(str list, int most, struct recur_ordinals *o)
{
    str part;
    int n = 0;
    while (str_next(&list, ',', &part)) {
        if (!number(part, &n) || !n || n > most || n < -most)
            return false;
        add_ordinal(o, n);
    }
    return o->any;
}

static bool read_weekday(str s, int *weekday)
{
    static const str names[] = { STR_INIT("MO"), STR_INIT("TU"), STR_INIT("WE"), STR_INIT("TH"),
                                 STR_INIT("FR"), STR_INIT("SA"), STR_INIT("SU") };
    for (int i = 0; i < 7; i++)
        if (str_ieq(s, names[i])) {
            *weekday = i;
            return true;
        }
    return false;
}

/* "TU", "2TU", "-1SU" */
static bool read_days(struct recur *r, str list)
{
    str part;
    while (str_next(&list, ',', &part)) {
        int weekday = 0;
        int n = 0;
        if (part.n < 2 || !read_weekday(str_slice(part, part.n - 2, part.n), &weekday))
            return false;
        str before = str_slice(part, 0, part.n - 2);
        if (before.n && (!number(before, &n) || !n || n > 53 || n < -53))
            return false;
        if (n) {
            add_ordinal(&r->of_weekday[weekday], n);
            r->nth = true;
        } else {
            r->weekdays |= UINT32_C(1) << weekday;
        }
    }
    return r->weekdays || r->nth;
}

static bool read_freq(str s, enum recur_freq *freq)
{
    static const str names[] = { STR_INIT("SECONDLY"), STR_INIT("MINUTELY"), STR_INIT("HOURLY"),
                                 STR_INIT("DAILY"),    STR_INIT("WEEKLY"),   STR_INIT("MONTHLY"),
                                 STR_INIT("YEARLY") };
    for (unsigned i = 0; i < 7; i++)
        if (str_ieq(s, names[i])) {
            *freq = (enum recur_freq)i;
            return true;
        }
    return false;
}

static bool digits(str s, size_t at, size_t n, int *value)
{
    int64_t v = 0;
    str part = str_slice(s, at, at + n);
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return false;
    if (part.n != n || !str_to_i64(part, &v))
        return false;
    *value = (int)v;
    return true;
}

/* "20261224", "20261224T180000", "20261224T180000Z" */
static bool read_until(struct recur *r, str s)
{
    struct local_time t = { 0 };
    bool day = s.n == 8;
    bool utc = s.n == 16 && s.p[15] == 'Z';
    if (!day && !utc && s.n != 15)
        return false;
    if (!digits(s, 0, 4, &t.day.year) || !digits(s, 4, 2, &t.day.month) ||
        !digits(s, 6, 2, &t.day.day) || !day_valid(t.day))
        return false;
    if (!day && (s.p[8] != 'T' || !digits(s, 9, 2, &t.hour) || !digits(s, 11, 2, &t.minute) ||
                 !digits(s, 13, 2, &t.second) || t.hour > 23 || t.minute > 59 || t.second > 60))
        return false;
    r->until = recur_wall(t);
    r->until_day = day;
    r->until_utc = utc;
    return true;
}

/* COUNT=-1 is what some programs write for "without". */
static bool read_limit(struct reading *g, str name, str value)
{
    struct recur *r = g->r;
    if (str_ieq(name, S("FREQ")))
        return read_freq(value, &r->freq) || refuse(g, "FREQ is none that there is");
    if (str_ieq(name, S("INTERVAL")))
        return (number(value, &r->interval) && r->interval >= 1) ||
               refuse(g, "INTERVAL is not a number from 1 on");
    if (str_ieq(name, S("COUNT")))
        return str_eq(value, S("-1")) || (number(value, &r->count) && r->count >= 1) ||
               refuse(g, "COUNT is not a number from 1 on");
    if (str_ieq(name, S("UNTIL")))
        return read_until(r, value) || refuse(g, "UNTIL is not a day or time");
    if (str_ieq(name, S("WKST")))
        return read_weekday(value, &r->week_start) || refuse(g, "WKST is not a weekday");
    if (str_ieq(name, S("RSCALE")))
        return str_ieq(value, S("GREGORIAN")) || refuse(g, "RSCALE is not our calendar");
    if (str_ieq(name, S("SKIP")))
        return str_ieq(value, S("OMIT")) || refuse(g, "SKIP is not followed");
    return str_starts(name, S("X-")) || refuse(g, "a part of the rule is not known");
}

static bool read_part(struct reading *g, str name, str value)
{
    struct recur *r = g->r;
    bool good = true;
    if (str_ieq(name, S("BYSECOND")))
        good = read_seconds(value, &r->seconds);
    else if (str_ieq(name, S("BYMINUTE")))
        good = read_bits(value, 0, 59, &r->minutes);
    else if (str_ieq(name, S("BYHOUR")))
        good = read_bits32(value, 0, 23, &r->hours);
    else if (str_ieq(name, S("BYDAY")))
        good = read_days(r, value);
    else if (str_ieq(name, S("BYMONTHDAY")))
        good = read_ordinals(value, 31, &r->month_days);
    else if (str_ieq(name, S("BYYEARDAY")))
        good = read_ordinals(value, 366, &r->year_days);
    else if (str_ieq(name, S("BYWEEKNO")))
        good = read_ordinals(value, 53, &r->weeks);
    else if (str_ieq(name, S("BYMONTH")))
        good = read_bits32(value, 1, 12, &r->months);
    else if (str_ieq(name, S("BYSETPOS")))
        good = read_ordinals(value, 366, &r->positions);
    else
        return read_limit(g, name, value);
    return good || refuse(g, "a list of the rule holds a value that it cannot have");
}

/* What RFC 5545 forbids together, where it would have no meaning. */
static bool sound(struct reading *g, bool has_freq)
{
    const struct recur *r = g->r;
    if (!has_freq)
        return refuse(g, "the rule has no FREQ");
    if (r->weeks.any && r->freq != RECUR_YEARLY)
        return refuse(g, "BYWEEKNO is only for FREQ=YEARLY");
    if (r->nth && (r->freq < RECUR_MONTHLY || r->weeks.any))
        return refuse(g, "a numbered weekday needs a month or a year");
    if (r->year_days.any && r->freq >= RECUR_DAILY && r->freq != RECUR_YEARLY)
        return refuse(g, "BYYEARDAY is not for days, weeks and months");
    if (r->month_days.any && r->freq == RECUR_WEEKLY)
        return refuse(g, "BYMONTHDAY is not for weeks");
    return true;
}

bool recur_parse(str text, struct recur *r, const char **why)
{
    struct reading g = { .r = r };
    bool has_freq = false;
    str part;
    *r = (struct recur){ .freq = RECUR_YEARLY, .interval = 1, .until = INT64_MAX };
    while (str_next(&text, ';', &part)) {
        ptrdiff_t equals = str_find_byte(part, '=');
        if (!part.n)
            continue;
        if (equals < 0) {
            *why = "a part of the rule has no value";
            return false;
        }
        str name = str_slice(part, 0, (size_t)equals);
        if (!read_part(&g, name, str_slice(part, (size_t)equals + 1, part.n))) {
            *why = g.why;
            return false;
        }
        has_freq = has_freq || str_ieq(name, S("FREQ"));
    }
    bool good = sound(&g, has_freq);
    *why = g.why;
    return good;
}

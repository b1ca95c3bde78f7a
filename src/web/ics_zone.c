/* SPDX-License-Identifier: EUPL-1.2 */
/* Zones: the changes of the clock, listed once, looked up ever after. */
#include "web/ics_zone.h"

#include "base/arena.h"
#include "base/banned_feature.h"
#include "base/clock.h"
#include "web/recur.h"

#define SHIFTS_MOST 1000
#define LAST_YEAR   2100

struct making {
    struct ics_zone *z;
    const char *why;
};

static void add(struct ics_zone *z, const struct ics_observance *o, int64_t wall)
{
    if (z->n == SHIFTS_MOST)
        return;
    struct ics_shift s = { wall - o->before, o->before, o->after };
    size_t at = z->n;
    while (at > 0 && z->v[at - 1].at > s.at)
        at--;
    if (at > 0 && z->v[at - 1].at == s.at && z->v[at - 1].after == s.after)
        return;
    for (size_t i = z->n++; i > at; i--)
        z->v[i] = z->v[i - 1];
    z->v[at] = s;
}

static bool add_rule(struct making *m, const struct ics_observance *o, str rule)
{
    int64_t room[SHIFTS_MOST / 2];
    struct recur_found found = { .wall = room, .most = SHIFTS_MOST / 2 };
    struct recur r;
    if (!recur_parse(rule, &r, &m->why))
        return false;
    if (r.until_utc && r.until != INT64_MAX)
        r.until += o->before;
    struct recur_ask ask = { .start = o->start,
                             .from = o->start,
                             .to = recur_wall((struct local_time){ .day = { LAST_YEAR, 1, 1 } }) };
    recur_expand(&r, &ask, &found);
    for (size_t i = 0; i < found.n; i++)
        add(m->z, o, found.wall[i]);
    return true;
}

static bool add_observance(struct making *m, const struct ics_observance *o)
{
    if (!o->has_start || !o->has_before || !o->has_after) {
        m->why = "a part of a time zone lacks DTSTART, TZOFFSETFROM or TZOFFSETTO";
        return false;
    }
    add(m->z, o, o->start);
    for (size_t i = 0; i < o->n_dates; i++)
        add(m->z, o, o->dates[i]);
    for (size_t i = 0; i < o->n_rules; i++)
        if (!add_rule(m, o, o->rules[i]))
            return false;
    return true;
}

bool ics_zone_make(struct arena *a, struct ics_zone *z, const struct ics_observance *v, size_t n,
                   const char **why)
{
    struct making m = { .z = z, .why = "a time zone has no STANDARD and no DAYLIGHT" };
    bool good = n > 0;
    z->v = NEW_ARRAY(a, SHIFTS_MOST, struct ics_shift);
    z->n = 0;
    for (size_t i = 0; i < n && good; i++)
        good = add_observance(&m, &v[i]);
    *why = m.why;
    return good;
}

int64_t ics_zone_instant(const struct ics_zone *z, int64_t wall)
{
    if (!z)
        return clock_instant(recur_local(wall));
    int offset = z->v[0].before;
    for (size_t i = 0; i < z->n; i++) {
        const struct ics_shift *s = &z->v[i];
        if (wall < s->at + (s->before > s->after ? s->before : s->after))
            break;
        offset = s->after;
    }
    return wall - offset;
}

int64_t ics_zone_wall(const struct ics_zone *z, int64_t instant)
{
    if (!z)
        return recur_wall(clock_local(instant));
    int offset = z->v[0].before;
    for (size_t i = 0; i < z->n && z->v[i].at <= instant; i++)
        offset = z->v[i].after;
    return instant + offset;
}

static bool ends_in_one(str tzid, const str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_ends(tzid, names[i]))
            return true;
    return false;
}

/* Countries with the clock of directive 2000/84/EC in the same hour as Germany. */
bool ics_zone_is_german(str tzid)
{
    static const str names[] = {
        STR_INIT("Europe/Berlin"),
        STR_INIT("Europe/Busingen"),
        STR_INIT("Europe/Vienna"),
        STR_INIT("Europe/Zurich"),
        STR_INIT("Europe/Paris"),
        STR_INIT("Europe/Amsterdam"),
        STR_INIT("Europe/Brussels"),
        STR_INIT("Europe/Rome"),
        STR_INIT("Europe/Madrid"),
        STR_INIT("Europe/Copenhagen"),
        STR_INIT("Europe/Warsaw"),
        STR_INIT("Europe/Prague"),
        STR_INIT("Europe/Luxembourg"),
        STR_INIT("CET"),
        STR_INIT("W. Europe Standard Time"),
    };
    return ends_in_one(tzid, names, sizeof names / sizeof *names);
}

bool ics_zone_is_utc(str tzid)
{
    static const str names[] = { STR_INIT("UTC"), STR_INIT("Etc/GMT"), STR_INIT("Etc/UTC"),
                                 STR_INIT("Zulu") };
    return str_eq(tzid, S("GMT")) || ends_in_one(tzid, names, sizeof names / sizeof *names);
}

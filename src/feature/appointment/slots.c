/* SPDX-License-Identifier: EUPL-1.2 */
/* Times that can be booked; see slots.h. */
#include "feature/appointment/slots.h"

#include <stdlib.h>

#include "base/clock.h"

#define STEP_SECONDS (APPOINTMENT_STEP * 60)

/* ---- one consulting hour ---- */

size_t slots_cut(const struct appointment_hours_row *h, struct day day, struct slot *v)
{
    size_t n = 0;
    int64_t over = 0; /* the end of the one before */
    for (int64_t at = h->opens; at + h->minutes <= h->closes; at += h->minutes + h->pause) {
        struct local_time t = { .day = day, .hour = (int)(at / 60), .minute = (int)(at % 60) };
        int64_t starts = clock_instant(t);
        struct local_time there = clock_local(starts);
        bool skipped = there.hour != t.hour || there.minute != t.minute;
        if (skipped || starts < over || n == SLOTS_MOST)
            continue;
        over = starts + h->minutes * 60;
        v[n++] = (struct slot){ .hours = h, .starts = starts, .ends = over };
    }
    return n;
}

/* ---- days off ---- */

static bool covers(const struct appointment_closure_row *c, str day)
{
    return str_cmp(c->from_day, day) <= 0 && str_cmp(c->to_day, day) >= 0;
}

struct slots_off slots_off(struct rq *rq, struct day day)
{
    str iso = day_iso(rq->arena, day);
    struct appointment_closure_row_rows rows = appointment_closures(rq->db, rq->city->id, iso);
    struct slots_off off = { .holiday = holiday_find(day, rq->city->land) };
    for (size_t i = 0; i < rows.n && !off.closed; i++)
        if (covers(&rows.v[i], iso) && !rows.v[i].office_id && !rows.v[i].account_id)
            off = (struct slots_off){ off.holiday, rows.v[i].reason, true };
    return off;
}

static bool is_closed(const struct appointment_closure_row_rows *closures,
                      const struct appointment_hours_row *h, str day)
{
    for (size_t i = 0; i < closures->n; i++) {
        const struct appointment_closure_row *c = &closures->v[i];
        bool whose = (!c->office_id || c->office_id == h->office_id) &&
                     (!c->account_id || c->account_id == h->account_id);
        if (whose && covers(c, day))
            return true;
    }
    return false;
}

/* ---- a span of days ---- */

/* What is needed for all of them, read once. */
struct span {
    struct rq *rq;
    const struct slots_wish *wish;
    struct appointment_hours_row_rows hours;
    struct appointment_closure_row_rows closures;
    struct slots found;
    size_t room;
};

static bool is_held(const struct span *s, const struct appointment_hours_row *h, struct day day,
                    str iso)
{
    bool valid = h->weekday == day_weekday(day) && str_cmp(h->valid_from, iso) <= 0 &&
                 (!h->valid_until.n || str_cmp(h->valid_until, iso) >= 0);
    return valid && (h->extra || !holiday_find(day, s->rq->city->land)) &&
           !is_closed(&s->closures, h, iso);
}

static bool is_wanted(const struct slots_wish *w, const struct appointment_hours_row *h)
{
    return (!w->office || h->office_id == w->office) &&
           (!w->account || h->account_id == w->account) &&
           (!w->channels || (h->channels & w->channels));
}

static bool is_taken(const struct appointment_taken_row_rows *taken, const struct slot *slot)
{
    size_t low = 0;
    size_t high = taken->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (taken->v[middle].at < slot->starts)
            low = middle + 1;
        else
            high = middle;
    }
    return low < taken->n && taken->v[low].at < slot->ends;
}

static void keep(struct span *s, const struct slot *slot)
{
    if (s->found.n == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        struct slot *v = NEW_ARRAY(s->rq->arena, room, struct slot);
        for (size_t i = 0; i < s->found.n; i++)
            v[i] = s->found.v[i];
        s->found.v = v;
        s->room = room;
    }
    s->found.v[s->found.n++] = *slot;
}

static void add_day(struct span *s, const struct appointment_hours_row *h, struct day day,
                    const struct appointment_taken_row_rows *taken)
{
    struct slot cut[SLOTS_MOST];
    if (!is_held(s, h, day, day_iso(s->rq->arena, day)))
        return;
    size_t n = slots_cut(h, day, cut);
    for (size_t i = 0; i < n; i++) {
        cut[i].taken = is_taken(taken, &cut[i]);
        if (cut[i].starts >= s->wish->not_before && (s->wish->all || !cut[i].taken))
            keep(s, &cut[i]);
    }
}

static void add_hours(struct span *s, const struct appointment_hours_row *h)
{
    struct local_time from = { .day = s->wish->from };
    struct local_time to = { .day = day_add(s->wish->to, 1) };
    struct appointment_taken_in in = { .hours = h->id,
                                       .account = h->account_id,
                                       .from = clock_instant(from),
                                       .to = clock_instant(to),
                                       .now = clock_now() };
    struct appointment_taken_row_rows taken = appointment_taken(s->rq->db, &in);
    int64_t last = day_number(s->wish->to);
    for (struct day d = s->wish->from; day_number(d) <= last; d = day_add(d, 1))
        add_day(s, h, d, &taken);
}

static int compare(const void *a, const void *b)
{
    const struct slot *x = a;
    const struct slot *y = b;
    if (x->starts != y->starts)
        return x->starts < y->starts ? -1 : 1;
    if (x->hours->office_id != y->hours->office_id)
        return x->hours->office_id < y->hours->office_id ? -1 : 1;
    return x->hours->id < y->hours->id ? -1 : x->hours->id > y->hours->id;
}

struct slots slots_list(struct rq *rq, const struct slots_wish *wish)
{
    str from = day_iso(rq->arena, wish->from);
    str to = day_iso(rq->arena, wish->to);
    struct span s = { .rq = rq,
                      .wish = wish,
                      .hours = appointment_hours_list(rq->db, rq->city->id, to, from),
                      .closures = appointment_closures(rq->db, rq->city->id, from) };
    for (size_t i = 0; i < s.hours.n; i++)
        if (is_wanted(wish, &s.hours.v[i]))
            add_hours(&s, &s.hours.v[i]);
    if (s.found.n)
        qsort(s.found.v, s.found.n, sizeof *s.found.v, compare);
    return s.found;
}

bool slots_find(struct rq *rq, int64_t hours_id, int64_t starts, struct slot *slot)
{
    struct day day = clock_local(starts).day;
    struct slots all =
        slots_list(rq, &(struct slots_wish){ .from = day, .to = day, .not_before = starts });
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].starts == starts && all.v[i].hours->id == hours_id) {
            *slot = all.v[i];
            return true;
        }
    return false;
}

bool slots_open(int64_t now, const struct slot *slot)
{
    return slot->starts >= now + APPOINTMENT_NOTICE &&
           slot->starts < now + APPOINTMENT_WEEKS * 7 * (int64_t)86400;
}

/* ---- taking ---- */

/* The steps of one owner. */
static bool take_of(struct tx *tx, int64_t whose, struct appointment_time_take_in in,
                    const struct slot *slot)
{
    struct appointment_time_free_in old = {
        .whose = whose, .from = slot->starts, .to = slot->ends, .now = tx->now
    };
    appointment_time_free(tx, &old);
    in.whose = whose;
    for (in.at = slot->starts; in.at < slot->ends; in.at += STEP_SECONDS) {
        in.id = db_new_id();
        if (appointment_time_take(tx, &in) != 1)
            return false;
    }
    return true;
}

bool slots_take(struct tx *tx, int64_t city_id, int64_t appointment_id, const struct slot *slot)
{
    const struct appointment_hours_row *h = slot->hours;
    struct appointment_time_take_in in = { .city = city_id, .appointment = appointment_id };
    return take_of(tx, h->id, in, slot) && (!h->account_id || take_of(tx, h->account_id, in, slot));
}

void slots_drop(struct tx *tx, int64_t city_id, int64_t appointment_id)
{
    appointment_time_drop(tx, city_id, appointment_id);
}

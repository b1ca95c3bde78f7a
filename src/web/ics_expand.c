/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The instances of a series: its start, what its rules name and its dates, less what is
 * excepted; then what was moved, changed or cancelled, one of them or one and all following.
 */
#include "web/ics_in.h"

#include <stdlib.h>

#include "base/banned_feature.h"
#include "base/vec.h"

#define STARTS_MOST ((size_t)20000) /* of one series, before exceptions */

struct start {
    int64_t wall;
    int64_t length;
};

struct starts {
    struct start *v;
    size_t n, cap;
};

struct series {
    struct arena *a;
    const struct ics_in *in;
    const struct ics_item *item;
    const struct ics_item *const *others; /* what replaces instances of it */
    size_t n_others;
    const struct ics_window *window;
    struct ics_instances *found;
    int64_t from, to; /* wall of the series, wide enough for what was moved */
    struct starts starts;
};

int64_t ics_instant(const struct ics_time *t)
{
    return t->kind == ICS_UTC ? t->wall : ics_zone_instant(t->zone, t->wall);
}

/* The instant on the wall of that time's zone. */
static int64_t wall_of(const struct ics_time *there, int64_t instant)
{
    return there->kind == ICS_UTC ? instant : ics_zone_wall(there->zone, instant);
}

int64_t ics_wall_as(const struct ics_time *t, const struct ics_time *there)
{
    bool same = t->day || (t->kind == there->kind && t->zone == there->zone);
    return same ? t->wall : wall_of(there, ics_instant(t));
}

static int64_t day_of(int64_t wall)
{
    return day_number(recur_local(wall).day);
}

static int by_wall(const void *left, const void *right)
{
    const struct start *l = left;
    const struct start *r = right;
    if (l->wall != r->wall)
        return l->wall < r->wall ? -1 : 1;
    /* Of the same start a length that was said comes first (RDATE as a period). */
    return (l->length < r->length) - (l->length > r->length);
}

static struct recur_found by_rule(struct series *s, str text, size_t most)
{
    struct recur_found found = { .wall = NEW_ROOM(s->a, most, int64_t), .most = most };
    struct recur r;
    const char *why = "";
    if (!recur_parse(text, &r, &why))
        return found; /* the reader has looked at it: it is not there otherwise */
    if (r.until_utc)
        r.until = wall_of(&s->item->begins, r.until);
    struct recur_ask ask = { .start = s->item->begins.wall,
                             .whole_day = s->item->begins.day,
                             .from = s->from,
                             .to = s->to };
    recur_expand(&r, &ask, &found);
    s->found->cut = s->found->cut || found.cut;
    return found;
}

static void collect(struct series *s)
{
    const struct ics_item *e = s->item;
    *vec_add(s->a, &s->starts) = (struct start){ e->begins.wall, -1 };
    for (size_t i = 0; i < e->n_rules; i++) {
        struct recur_found found = by_rule(s, e->rules[i], STARTS_MOST);
        for (size_t k = 0; k < found.n; k++)
            *vec_add(s->a, &s->starts) = (struct start){ found.wall[k], -1 };
    }
    for (size_t i = 0; i < e->n_dates; i++)
        *vec_add(s->a, &s->starts) =
            (struct start){ ics_wall_as(&e->dates[i].begins, &e->begins), e->dates[i].length };
    qsort(s->starts.v, s->starts.n, sizeof *s->starts.v, by_wall);
    size_t n = 0;
    for (size_t i = 0; i < s->starts.n; i++)
        if (!n || s->starts.v[n - 1].wall != s->starts.v[i].wall)
            s->starts.v[n++] = s->starts.v[i];
    s->starts.n = n;
}

static void leave_out(struct series *s, int64_t wall, bool whole_day)
{
    size_t n = 0;
    int64_t day = day_of(wall);
    for (size_t i = 0; i < s->starts.n; i++) {
        bool out = whole_day ? day_of(s->starts.v[i].wall) == day : s->starts.v[i].wall == wall;
        if (!out)
            s->starts.v[n++] = s->starts.v[i];
    }
    s->starts.n = n;
}

static void except(struct series *s)
{
    const struct ics_item *e = s->item;
    for (size_t i = 0; i < e->n_without_rules; i++) {
        struct recur_found found = by_rule(s, e->without_rules[i], ICS_IN_LIST);
        for (size_t k = 0; k < found.n; k++)
            leave_out(s, found.wall[k], false);
    }
    for (size_t i = 0; i < e->n_without; i++)
        leave_out(s, ics_wall_as(&e->without[i], &e->begins), e->without[i].day);
}

/* Whether that item stands for the instance of the series that begins at `wall`. */
static bool stands_for(const struct series *s, const struct ics_item *other, int64_t wall)
{
    int64_t instead = ics_wall_as(&other->instead, &s->item->begins);
    if (other->following && wall >= instead)
        return true;
    return other->instead.day ? day_of(wall) == day_of(instead) : wall == instead;
}

/* What is shown for an instance: one that replaces just it wins over one "and following". */
static const struct ics_item *words_of(const struct series *s, int64_t wall)
{
    const struct ics_item *best = s->item;
    for (size_t i = 0; i < s->n_others; i++) {
        const struct ics_item *other = s->others[i];
        if (!stands_for(s, other, wall))
            continue;
        bool later = best == s->item || (best->following && !other->following) ||
                     (best->following == other->following &&
                      (best->following ? other->instead.wall >= best->instead.wall
                                       : other->sequence >= best->sequence));
        if (later)
            best = other;
    }
    return best;
}

static void show(struct series *s, const struct ics_item *words, const struct start *start)
{
    struct ics_instance x = { .item = words, .of = s->item, .id = start->wall };
    x.day = words->begins.day;
    x.wall = start->wall;
    x.length = start->length >= 0 ? start->length : s->item->length;
    if (words != s->item) {
        int64_t instead = ics_wall_as(&words->instead, &words->begins);
        int64_t id =
            wall_of(&words->begins, s->item->begins.kind == ICS_UTC
                                        ? start->wall
                                        : ics_zone_instant(s->item->begins.zone, start->wall));
        x.wall = words->following ? id + (words->begins.wall - instead) : words->begins.wall;
        x.length = words->length;
    }
    struct ics_time t = words->begins;
    t.wall = x.wall;
    x.begins = ics_instant(&t);
    t.wall = x.wall + x.length;
    x.ends = ics_instant(&t);
    x.ends = x.ends > x.begins ? x.ends : x.begins;
    if (x.begins >= s->window->to || x.ends < s->window->from ||
        (x.ends == s->window->from && x.begins < x.ends))
        return;
    if (s->found->n >= s->window->most)
        s->found->cut = true;
    else
        *vec_add(s->a, s->found) = x;
}

/* Instances that were moved here from where the rule has none (any more). */
static void show_strays(struct series *s)
{
    for (size_t i = 0; i < s->n_others; i++) {
        const struct ics_item *other = s->others[i];
        if (other->following)
            continue;
        bool known = false;
        for (size_t k = 0; k < s->starts.n && !known; k++)
            known = stands_for(s, other, s->starts.v[k].wall);
        int64_t wall = ics_wall_as(&other->instead, &s->item->begins);
        if (!known && words_of(s, wall) == other)
            show(s, other, &(struct start){ wall, -1 });
    }
}

/* How far instances may lie from where the rule puts them: as far as somebody moved one. */
static int64_t reach(const struct series *s)
{
    int64_t most = s->item->length;
    for (size_t i = 0; i < s->n_others; i++) {
        const struct ics_item *other = s->others[i];
        int64_t by = ics_instant(&other->begins) - ics_instant(&other->instead);
        by = (by < 0 ? -by : by) + other->length;
        most = most > by ? most : by;
    }
    return most + 2 * 86400;
}

/* Those that replace instances of the series lie side by side. */
static void find_others(struct series *s)
{
    size_t low = 0;
    size_t high = s->in->n_others;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(s->in->others[middle]->uid, s->item->uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    s->others = s->in->others + low;
    while (low + s->n_others < s->in->n_others && str_eq(s->others[s->n_others]->uid, s->item->uid))
        s->n_others++;
}

static int by_begin(const void *left, const void *right)
{
    const struct ics_instance *l = left;
    const struct ics_instance *r = right;
    if (l->begins != r->begins)
        return l->begins < r->begins ? -1 : 1;
    return (l->id > r->id) - (l->id < r->id);
}

void ics_in_expand_one(struct arena *a, const struct ics_in *in, size_t n,
                       const struct ics_window *window, struct ics_instances *found)
{
    const struct ics_item *item = &in->v[n];
    if (item->replaces)
        return;
    struct series s = { .a = a, .in = in, .item = item, .window = window, .found = found };
    find_others(&s);
    int64_t far = reach(&s);
    s.from = window->from > INT64_MIN + far ? window->from - far : INT64_MIN;
    s.to = window->to < INT64_MAX - far ? window->to + far : INT64_MAX;
    size_t before = found->n;
    collect(&s);
    except(&s);
    for (size_t i = 0; i < s.starts.n; i++)
        show(&s, words_of(&s, s.starts.v[i].wall), &s.starts.v[i]);
    show_strays(&s);
    if (found->n > before)
        qsort(found->v + before, found->n - before, sizeof *found->v, by_begin);
}

void ics_in_expand(struct arena *a, const struct ics_in *in, const struct ics_window *window,
                   struct ics_instances *found)
{
    for (size_t i = 0; i < in->n; i++)
        ics_in_expand_one(a, in, i, window, found);
}

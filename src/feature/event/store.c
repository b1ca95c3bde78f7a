/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing dates; each change of what is on when ends in event_expand. */
#include "feature/event/store.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "feature/event/states.h"
#include "feature/event/when.h"
#include "web/sweep.h"

#define DAY            86400
#define INSTANCES_MOST 1000

/* ---- the event ---- */

static int64_t keep_event(struct tx *tx, int64_t id, const struct event_arrival *a, bool created)
{
    struct procedure_entry e = { .procedure = &event_procedure,
                                 .city_id = a->city_id,
                                 .id = id,
                                 .account_id = a->account_id,
                                 .verb = created ? S("create") : S("change"),
                                 .to = created ? a->state : S("") };
    return procedure_record(tx, &e);
}

static str search_words(struct arena *a, const struct event_form *f)
{
    return utf8_fold(a, str_fmt(a, "%.*s %.*s %.*s %.*s %.*s %.*s", STR_FMT(f->title),
                                STR_FMT(f->title_en), STR_FMT(f->summary), STR_FMT(f->venue),
                                STR_FMT(f->place), STR_FMT(f->district)));
}

/* The members that insert and update share, named once. */
#define SAID(f)                                                                                   \
    .title = (f)->title, .title_simple = (f)->title_simple, .title_en = (f)->title_en,            \
    .summary = (f)->summary, .text_md = (f)->text_md, .simple_md = (f)->simple_md,                \
    .fields = (f)->fields, .begins_on = (f)->begins_on, .begins_at = (f)->begins_at,              \
    .ends_on = (f)->ends_on, .ends_at = (f)->ends_at, .venue = (f)->venue, .street = (f)->street, \
    .postcode = (f)->postcode, .place = (f)->place, .district = (f)->district,                    \
    .online = (f)->online, .access = (f)->access

struct event_form event_said(struct arena *a, const struct event_full *e)
{
    return (struct event_form){
        .organisation =
            e->organisation_id.has ? str_fmt(a, "%lld", (long long)e->organisation_id.v) : S(""),
        .title = e->title,
        .title_simple = e->title_simple,
        .title_en = e->title_en,
        .summary = e->summary,
        .text_md = e->text_md,
        .simple_md = e->simple_md,
        .fields = e->fields,
        .begins_on = e->begins_on,
        .begins_at = e->begins_at,
        .ends_on = e->ends_on,
        .ends_at = e->ends_at,
        .repeat = event_repeat_of(e->rule),
        .until = event_until_of(a, e->rule),
        .venue = e->venue,
        .street = e->street,
        .postcode = e->postcode,
        .place = e->place,
        .district = e->district,
        .online = e->online,
        .access = e->access,
    };
}

int64_t event_new(struct tx *tx, const struct event_arrival *a, const struct event_form *f)
{
    struct event_create_in in = { .id = db_new_id(),
                                  .city = a->city_id,
                                  .organisation = a->organisation_id,
                                  .state = a->state,
                                  .rule =
                                      event_rule(tx->db.arena, f->repeat, f->begins_on, f->until),
                                  .follows = a->follows,
                                  .search = search_words(tx->db.arena, f),
                                  .at = tx->now,
                                  .published_at = str_eq(a->state, S("published")) ? tx->now : 0,
                                  SAID(f) };
    event_create(tx, &in);
    keep_event(tx, in.id, a, true);
    event_expand(tx, a->city_id, in.id);
    return in.id;
}

void event_save(struct tx *tx, int64_t id, const struct event_arrival *a,
                const struct event_form *f)
{
    const struct event_full *before = event_get(&tx->db, a->city_id, id);
    str rule = event_rule(tx->db.arena, f->repeat, f->begins_on, f->until);
    if (!before)
        return;
    struct event_update_in in = { .organisation = a->organisation_id,
                                  .rule = rule,
                                  .search = search_words(tx->db.arena, f),
                                  .at = tx->now,
                                  .city = a->city_id,
                                  .id = id,
                                  SAID(f) };
    event_update(tx, &in);
    /* A change names the day by the rule: with another day or rule it would mean nothing. */
    bool same =
        str_eq(before->begins_on, f->begins_on) && str_eq(event_repeat_of(before->rule), f->repeat);
    if (!same)
        event_changes_erase(tx, a->city_id, id, S(""));
    keep_event(tx, id, a, false);
    event_expand(tx, a->city_id, id);
}

/* ---- what is on when ---- */

struct expanding {
    struct tx *tx;
    const struct event_full *e;
    struct event_change_row_rows changes;
    struct event_span span;
    int64_t city_id;
};

static const struct event_change_row *change_of(const struct expanding *x, str day)
{
    for (size_t i = 0; i < x->changes.n; i++)
        if (str_eq(x->changes.v[i].day, day))
            return &x->changes.v[i];
    return NULL;
}

static void write_down(struct expanding *x, int64_t wall)
{
    struct arena *a = x->tx->db.arena;
    str day = day_iso(a, recur_local(wall).day);
    const struct event_change_row *c = change_of(x, day);
    struct event_span span = { wall, x->span.length, x->span.whole_day };
    struct event_span moved;
    bool is_moved = c && c->begins_on.n && event_span_of(EVENT_TIMES(c), &moved);
    span = is_moved ? moved : span;
    struct event_instance_insert_in in = {
        .id = db_new_id(),
        .city = x->city_id,
        .event = x->e->id,
        .day = day,
        .begins = clock_instant(recur_local(span.wall)),
        .ends = clock_instant(recur_local(span.wall + span.length)),
        .cancelled = c && c->cancelled,
        .moved = is_moved,
        .note = c ? c->note : S(""),
    };
    event_instance_insert(x->tx, &in);
}

static int64_t wall_of_day(int64_t number)
{
    return number * DAY;
}

void event_expand(struct tx *tx, int64_t city_id, int64_t id)
{
    struct expanding x = { .tx = tx, .city_id = city_id };
    int64_t today = clock_day_number(tx->now);
    struct recur_found found = { .wall = NEW_ROOM(tx->db.arena, INSTANCES_MOST, int64_t),
                                 .most = INSTANCES_MOST };
    struct recur rule;
    const char *why = "";
    x.e = event_get(&tx->db, city_id, id);
    if (!x.e)
        return;
    must(event_span_of(EVENT_TIMES(x.e), &x.span));
    x.changes = event_changes(&tx->db, city_id, id);
    event_instances_erase(tx, city_id, id);
    struct recur_ask ask = { .start = x.span.wall,
                             .whole_day = x.span.whole_day,
                             .from = wall_of_day(today - EVENT_BACK_DAYS),
                             .to = wall_of_day(today + EVENT_AHEAD_DAYS) };
    if (x.e->rule.n && recur_parse(x.e->rule, &rule, &why)) {
        recur_expand(&rule, &ask, &found);
    } else {
        found.wall[0] = x.span.wall;
        found.n = 1;
    }
    for (size_t i = 0; i < found.n; i++)
        write_down(&x, found.wall[i]);
    event_set_expanded(tx, tx->now + EVENT_AHEAD_DAYS * DAY, city_id, id);
}

/* ---- the job ---- */

static struct sweep_rows list_due(struct db *db, const struct job_run *job, int64_t behind)
{
    /* Each series about once a month. */
    int64_t before = job->now + (EVENT_AHEAD_DAYS - 30) * DAY;
    struct event_due_row_rows rows = event_unexpanded(db, behind, before);
    struct sweep_rows due = { NEW_ARRAY(db->arena, rows.n + 1, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        due.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return due;
}

static bool expand_one(struct rq *rq, struct tx *tx, int64_t id)
{
    event_expand(tx, rq->city->id, id);
    return true;
}

void event_expand_run(struct job_run *job)
{
    struct sweep s = { .job = job,
                       .list = list_due,
                       .each = expand_one,
                       .trouble = "dates of a series were not written down" };
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld series", (long long)s.done));
}

/* ---- single dates ---- */

void event_change_save(struct tx *tx, int64_t city_id, int64_t id, const struct event_single *s)
{
    event_change_erase(tx, city_id, id, s->day);
    event_change_create(tx, &(struct event_change_create_in){ .id = db_new_id(),
                                                              .city = city_id,
                                                              .event = id,
                                                              .day = s->day,
                                                              .cancelled = s->cancelled,
                                                              .begins_on = s->begins_on,
                                                              .begins_at = s->begins_at,
                                                              .ends_on = s->ends_on,
                                                              .ends_at = s->ends_at,
                                                              .note = s->note,
                                                              .at = tx->now });
    event_touch(tx, tx->now, city_id, id);
    event_expand(tx, city_id, id);
}

void event_change_undo(struct tx *tx, int64_t city_id, int64_t id, str day)
{
    event_change_erase(tx, city_id, id, day);
    event_touch(tx, tx->now, city_id, id);
    event_expand(tx, city_id, id);
}

int64_t event_split(struct tx *tx, const struct event_full *e, str day,
                    const struct event_arrival *a, const struct event_form *f)
{
    struct event_arrival new_one = *a;
    new_one.follows = some_int(e->id);
    struct event_set_rule_in earlier = { .rule = event_rule_before(tx->db.arena, e->rule, day),
                                         .at = tx->now,
                                         .city = a->city_id,
                                         .id = e->id };
    event_set_rule(tx, &earlier);
    event_changes_erase(tx, a->city_id, e->id, day);
    keep_event(tx, e->id, a, false);
    event_expand(tx, a->city_id, e->id);
    return event_new(tx, &new_one, f);
}

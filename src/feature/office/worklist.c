/* SPDX-License-Identifier: EUPL-1.2 */
/* The worklist of the person of a request. */
#include "feature/office/worklist.h"

#include "base/clock.h"
#include "base/vec.h"
#include "guide.text.h"
#include "office.sql.h"
#include "office.text.h"
#include "web/follow_up.h"
#include "web/procedure.h"

/* How far "what comes" looks ahead. */
#define DAYS_AHEAD 14

struct loading {
    struct rq *rq;
    struct worklist *w;
    str today;
    str horizon;
};

static void add(struct loading *l, struct tasks *list, const struct task *t)
{
    *(struct task *)vec_add(l->rq->arena, list) = *t;
}

/* The record behind a line; false where it is gone, or not this person's work. */
static bool find(struct loading *l, str kind_name, int64_t id, struct record *record)
{
    const struct record_kind *kind = record_kind_find(l->rq->app, kind_name);
    return kind && record_find(l->rq, kind, id, record) && record_may(l->rq, record);
}

static void add_due(struct loading *l, const struct due_row *d)
{
    struct record r;
    const struct procedure *p = procedure_find(l->rq->app, d->kind);
    if (!p || !find(l, d->kind, d->subject_id, &r))
        return;
    struct task t = { .title = r.title,
                      .page = r.page,
                      .why = t_office_task_step(l->rq, text_of(l->rq, r.kind->label),
                                                procedure_due_text(l->rq, p, &r, d->verb)),
                      .due_on = d->due_on };
    add(l, str_cmp(d->due_on, l->today) < 0 ? &l->w->late : &l->w->waiting, &t);
}

static void add_follow_up(struct loading *l, const struct follow_up_row *f)
{
    struct record r;
    if (!find(l, f->kind, f->subject_id, &r))
        return;
    struct task t = {
        .title = r.title, .page = r.page, .why = f->note, .due_on = f->due_on, .follow_up_id = f->id
    };
    int order = str_cmp(f->due_on, l->today);
    add(l, order < 0 ? &l->w->late : order ? &l->w->coming : &l->w->waiting, &t);
}

static void add_ending(struct loading *l, const struct office_ending_row *o)
{
    struct task t = { .title = o->title,
                      .page = link_id(l->rq, S("/buero/angebote/"), o->id),
                      .why = t_office_task_ends(l->rq, o->organisation),
                      .due_on = o->valid_until };
    add(l, &l->w->coming, &t);
}

/* What nobody has ever checked waits from today on. */
static void add_guide(struct loading *l, const struct office_guide_row *g)
{
    struct task t = { .title = g->title,
                      .page = link_id(l->rq, S("/buero/ratgeber/"), g->id),
                      .why = t_guide_task(l->rq),
                      .due_on = g->review_due.n ? g->review_due : l->today };
    int order = str_cmp(t.due_on, l->today);
    add(l, order < 0 ? &l->w->late : order ? &l->w->coming : &l->w->waiting, &t);
}

/* The nearest day first; few lines, so that insertion does. */
static void sort(struct tasks *list)
{
    for (size_t i = 1; i < list->n; i++)
        for (size_t k = i; k > 0 && str_cmp(list->v[k].due_on, list->v[k - 1].due_on) < 0; k--) {
            struct task t = list->v[k];
            list->v[k] = list->v[k - 1];
            list->v[k - 1] = t;
        }
}

void worklist_load(struct rq *rq, struct worklist *w)
{
    struct day today = clock_today();
    struct loading l = { .rq = rq,
                         .w = w,
                         .today = day_iso(rq->arena, today),
                         .horizon = day_iso(rq->arena, day_add(today, DAYS_AHEAD)) };
    struct due_row_rows due = due_list(rq->db, rq->city->id, l.horizon);
    for (size_t i = 0; i < due.n; i++)
        add_due(&l, &due.v[i]);
    struct follow_up_row_rows own =
        follow_up_list(rq->db, rq->city->id, l.horizon, rq->who.account_id);
    for (size_t i = 0; i < own.n; i++)
        add_follow_up(&l, &own.v[i]);
    struct office_ending_row_rows ending = office_ending(rq->db, rq->city->id, l.horizon);
    for (size_t i = 0; i < ending.n; i++)
        add_ending(&l, &ending.v[i]);
    if (may(rq, PERM_guide_edit)) {
        struct office_guide_row_rows guides = office_guides(rq->db, rq->city->id, l.horizon);
        for (size_t i = 0; i < guides.n; i++)
            add_guide(&l, &guides.v[i]);
    }
    sort(&w->waiting);
    sort(&w->late);
    sort(&w->coming);
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taking a merge back: moved rows go back where they were, values become again what they were.
 * What has been changed since stays as it is now and is shown before; where the two cannot be
 * taken apart at all, the page says why.
 */
#include "base/clock.h"
#include "base/vec.h"
#include "duplicate.html.h"
#include "duplicate.text.h"
#include "feature/duplicate/duplicate.h"
#include "office.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/feature.h"

#define DAY 86400

/* ---- what would come back ---- */

static struct merge_row *side_of(struct undo_page *p, const struct dup_value *v)
{
    return str_eq(v->side, S("kept")) ? &p->kept : &p->gone;
}

/* What the merge wrote there; of a contact it is what the other record says. */
static str said_of(const struct undo_page *p, const struct dup_value *v)
{
    const struct field *f = merge_field(p->kind, v->name);
    return f && p->kind->personal(f) ? merge_get(&p->gone, v->name) : v->said;
}

static void add_lines(struct rq *rq, struct undo_page *p)
{
    struct dup_value_rows rows = dup_values(rq->db, rq->city->id, p->merge->id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct dup_value *v = &rows.v[i];
        const struct field *f = merge_field(p->kind, v->name);
        str now = merge_get(side_of(p, v), v->name);
        bool stays = !str_eq(now, said_of(p, v));
        if (!f)
            continue;
        p->staying += stays;
        *vec_add(rq->arena, &p->lines) = (struct undo_line){ .label = text_of(rq, f->label),
                                                             .now = p->kind->words(rq, f, now),
                                                             .back = p->kind->words(rq, f, v->was),
                                                             .stays = stays };
    }
}

static bool among(struct merge_ids ids, int64_t id)
{
    for (size_t i = 0; i < ids.n; i++)
        if (ids.v[i] == id)
            return true;
    return false;
}

/* Only what still hangs on the one that stayed. */
static int64_t count(struct rq *rq, const struct undo_page *p, struct dup_move_rows rows,
                     const struct merge_ref *r)
{
    struct merge_ids now = r->list(rq->db, rq->city->id, p->kept.id);
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        n += str_eq(rows.v[i].ref, str_from_c(r->name)) && among(now, rows.v[i].row_id);
    return n;
}

static void add_moves(struct rq *rq, struct undo_page *p)
{
    struct dup_move_rows rows = dup_moves(rq->db, rq->city->id, p->merge->id);
    const struct merge_ref *r;
    for (size_t i = 0; (r = merge_ref_at(rq->app, p->merge->kind, i)); i++) {
        int64_t n = count(rq, p, rows, r);
        if (n)
            *vec_add(rq->arena, &p->moves) = (struct merge_count){ text_of(rq, r->label), n };
    }
}

static enum msg objection(struct rq *rq, const struct undo_page *p)
{
    int64_t into = merge_get_int(&p->gone, S(MERGE_INTO));
    if (p->merge->undone_at)
        return MSG_dup_undo_done;
    if (clock_now() > p->until)
        return MSG_dup_undo_late;
    if (merge_get_int(&p->kept, S(MERGE_INTO)) || into != p->kept.id)
        return MSG_dup_undo_further;
    (void)rq;
    return 0;
}

/* False, with 404 answered: it is not known (any more), or one of the two has been erased. */
static bool load(struct rq *rq, struct undo_page *p)
{
    *p = (struct undo_page){ .merge = dup_merge_get(rq->db, rq->city->id, rq_id(rq)) };
    p->kind = p->merge ? merge_kind_find(rq->app, p->merge->kind) : NULL;
    if (!p->kind || !p->kind->read(rq->db, rq->city->id, p->merge->kept_id, &p->kept) ||
        !p->kind->read(rq->db, rq->city->id, p->merge->gone_id, &p->gone)) {
        rq_not_found(rq);
        return false;
    }
    p->until = p->merge->at + UNDO_DAYS * DAY;
    record_find(rq, p->kind->record, p->kept.id, &p->kept_record);
    record_find(rq, p->kind->record, p->gone.id, &p->gone_record);
    p->objection = objection(rq, p);
    if (!p->objection) {
        add_lines(rq, p);
        add_moves(rq, p);
    }
    return true;
}

static void show(struct rq *rq, const struct undo_page *p)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_dup_title(rq), link_to(rq, S("/buero/doppelte")));
    rq_crumb(rq, p->kept_record.title, link_id(rq, S("/buero/doppelte/vorgaenge/"), p->merge->id));
    view_dup_undo(rq, p);
}

/* GET /buero/doppelte/vorgaenge/{id} */
void undo_show(struct rq *rq)
{
    struct undo_page p;
    if (load(rq, &p))
        show(rq, &p);
}

/* ---- taking it back ---- */

static void move_back(struct rq *rq, struct tx *tx, const struct undo_page *p)
{
    struct merge_way way = { rq->city->id, p->kept.id, p->gone.id };
    struct dup_move_rows rows = dup_moves(&tx->db, way.city_id, p->merge->id);
    const struct merge_ref *r;
    for (size_t i = 0; (r = merge_ref_at(rq->app, p->merge->kind, i)); i++)
        for (size_t k = 0; k < rows.n; k++)
            if (str_eq(rows.v[k].ref, str_from_c(r->name)))
                (void)r->move(tx, &way, rows.v[k].row_id);
}

static void set_back(struct tx *tx, struct undo_page *p)
{
    struct undo_page now = *p; /* what is compared stays as it was read */
    struct dup_value_rows rows = dup_values(&tx->db, p->kept.city_id, p->merge->id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct dup_value *v = &rows.v[i];
        if (str_eq(merge_get(side_of(&now, v), v->name), said_of(&now, v)))
            merge_set(side_of(p, v), v->name, v->was);
    }
    p->kind->write(tx, &p->kept); /* first: what an import knows the other one by is free then */
    p->kind->write(tx, &p->gone);
}

static void note(struct rq *rq, struct tx *tx, const struct undo_page *p,
                 const struct merge_row *was)
{
    struct merge_row now;
    must(p->kind->read(&tx->db, was->city_id, was->id, &now));
    p->kind->note(rq, tx, &(struct merge_step){ S("unmerge"), was, &now });
}

static bool may_go_on(struct rq *rq, const struct undo_page *p)
{
    if (p->objection) {
        rq_error(rq, NULL, text_of(rq, p->objection));
        rq_status(rq, 422);
    } else if (rq_param_int(rq, "staying", -1) != (int64_t)p->staying) {
        rq_error(rq, NULL, t_dup_stale(rq));
        rq_status(rq, 409);
    }
    return rq_ok(rq);
}

/* POST /buero/doppelte/vorgaenge/{id} */
void undo_act(struct rq *rq, struct tx *tx)
{
    struct undo_page p;
    if (!load(rq, &p))
        return;
    if (!may_go_on(rq, &p)) {
        show(rq, &p);
        return;
    }
    if (dup_merge_undone(tx, tx->now, rq->city->id, p.merge->id) != 1) {
        rq_conflict(rq);
        return;
    }
    struct undo_page before = p;
    move_back(rq, tx, &p);
    set_back(tx, &p);
    dup_pairs_open(tx, rq->city->id, p.merge->kind, p.gone.id);
    note(rq, tx, &p, &before.kept);
    note(rq, tx, &p, &before.gone);
    rq_note(rq, MSG_dup_note_undone);
    rq_see(rq, S("/buero/doppelte"), 0);
}

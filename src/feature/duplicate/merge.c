/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two records side by side, and making one of them. Everything that is changed is kept with the
 * merge: rows that were moved, by their ids, and values that became others. undo.c takes it back.
 * Tables: duplicate_merge, duplicate_move, duplicate_value; all others by web/merge.h.
 */
#include "base/vec.h"
#include "duplicate.html.h"
#include "duplicate.text.h"
#include "feature/duplicate/duplicate.h"
#include "office.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/feature.h"
#include "web/locate.h"

/* ---- both side by side ---- */

static str version_of(struct rq *rq, const struct merge_page *p)
{
    struct out o = out_new(rq->arena, 65536);
    const struct merge_row *rows[] = { &p->kept, &p->gone };
    for (size_t r = 0; r < 2; r++)
        for (size_t i = 0; i < rows[r]->n; i++)
            out_fmt(&o, "%.*s\n", STR_FMT(rows[r]->v[i].value));
    return str_fmt(rq->arena, "%llx", (unsigned long long)str_hash(out_text(&o)));
}

/* What is fuller; else what the one says that stays. */
static bool is_fuller(const struct field *f, str kept, str gone)
{
    if (!kept.n || str_eq(kept, S("0")))
        return gone.n > 0;
    return f->type == FIELD_LONG && gone.n > kept.n + kept.n / 2;
}

static bool chooses_gone(struct rq *rq, const struct field *f, const struct merge_page *p)
{
    str name = str_from_c(f->name);
    str said = rq_param(rq, f->name);
    if (said.n)
        return str_eq(said, S("gone"));
    return is_fuller(f, merge_get(&p->kept, name), merge_get(&p->gone, name));
}

static void add_lines(struct rq *rq, struct merge_page *p)
{
    for (const struct field *f = p->kind->fields; f->name; f++) {
        str kept = merge_get(&p->kept, str_from_c(f->name));
        str gone = merge_get(&p->gone, str_from_c(f->name));
        if (str_eq(kept, gone)) {
            p->same++;
            continue;
        }
        *vec_add(rq->arena, &p->lines) =
            (struct merge_line){ .field = f,
                                 .kept = p->kind->words(rq, f, kept),
                                 .gone = p->kind->words(rq, f, gone),
                                 .takes_gone = chooses_gone(rq, f, p) };
    }
}

static void add_moves(struct rq *rq, struct merge_page *p)
{
    const struct merge_ref *r;
    for (size_t i = 0; (r = merge_ref_at(rq->app, p->pair->kind, i)); i++) {
        size_t n = r->list(rq->db, rq->city->id, p->gone.id).n;
        if (n)
            *vec_add(rq->arena, &p->moves) =
                (struct merge_count){ text_of(rq, r->label), (int64_t)n };
    }
}

static void swap(struct merge_page *p)
{
    struct merge_row row = p->kept;
    p->kept = p->gone;
    p->gone = row;
}

/* Which of them stays: what was asked for, else what weighs more, else the older one. */
static bool stays_other(struct rq *rq, const struct merge_page *p)
{
    int64_t asked = rq_param_int(rq, "keep", 0);
    if (asked == p->kept.id || asked == p->gone.id)
        return asked == p->gone.id;
    int kept = p->kind->weight(&p->kept), gone = p->kind->weight(&p->gone);
    if (kept != gone)
        return gone > kept;
    return merge_get_int(&p->gone, S("created_at")) < merge_get_int(&p->kept, S("created_at"));
}

/* False, with 404 answered: there is no such pair, or one of them is no longer there. */
static bool load(struct rq *rq, struct merge_page *p)
{
    *p = (struct merge_page){ .pair = dup_pair_get(rq->db, rq->city->id, rq_id(rq)) };
    p->kind = p->pair ? merge_kind_find(rq->app, p->pair->kind) : NULL;
    if (!p->kind || !p->kind->read(rq->db, rq->city->id, p->pair->low_id, &p->kept) ||
        !p->kind->read(rq->db, rq->city->id, p->pair->high_id, &p->gone)) {
        rq_not_found(rq);
        return false;
    }
    if (stays_other(rq, p))
        swap(p);
    record_find(rq, p->kind->record, p->kept.id, &p->kept_record);
    record_find(rq, p->kind->record, p->gone.id, &p->gone_record);
    p->objection = p->kind->objection(rq, &p->kept, &p->gone);
    p->adopts = !merge_get(&p->kept, S("ref")).n && merge_get(&p->gone, S("ref")).n;
    p->version = version_of(rq, p);
    add_lines(rq, p);
    add_moves(rq, p);
    return true;
}

static void show(struct rq *rq, const struct merge_page *p)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_dup_title(rq), link_to(rq, S("/buero/doppelte")));
    rq_crumb(rq, p->kept_record.title, link_id(rq, S("/buero/doppelte/"), p->pair->id));
    view_dup_merge(rq, p);
}

/* GET /buero/doppelte/{id} */
void merge_show(struct rq *rq)
{
    struct merge_page p;
    if (load(rq, &p))
        show(rq, &p);
}

/* ---- merging ---- */

struct merging {
    struct rq *rq;
    struct tx *tx;
    const struct merge_kind *kind;
    int64_t id;                  /* of the merge */
    struct merge_row kept, gone; /* as they were */
};

static bool same_place(const struct merge_row *a, const struct merge_row *b)
{
    static const str names[] = { STR_INIT("street"), STR_INIT("postcode"), STR_INIT("place"),
                                 STR_INIT("district") };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!str_eq(merge_get(a, names[i]), merge_get(b, names[i])))
            return false;
    return true;
}

/* The point on the map is that of the address, whosever it is now. */
static void follow_place(struct merging *m, struct merge_row *choice)
{
    struct arena *a = m->rq->arena;
    if (same_place(choice, &m->kept))
        return;
    if (same_place(choice, &m->gone)) {
        merge_set(choice, S("lat"), merge_get(&m->gone, S("lat")));
        merge_set(choice, S("lon"), merge_get(&m->gone, S("lon")));
        merge_set(choice, S("geo_from"), merge_get(&m->gone, S("geo_from")));
        return;
    }
    struct located at =
        locate_words(m->rq, merge_get(choice, S("district")), merge_get(choice, S("postcode")));
    merge_set(choice, S("lat"), at.lat.has ? str_fmt(a, "%.17g", at.lat.v) : S(""));
    merge_set(choice, S("lon"), at.lon.has ? str_fmt(a, "%.17g", at.lon.v) : S(""));
    merge_set(choice, S("geo_from"), at.from);
}

/* Keeps what has become another value. What tells who somebody is stands in the other row. */
static void keep_values(struct merging *m, const struct merge_row *was, str side)
{
    struct merge_row now;
    must(m->kind->read(&m->tx->db, was->city_id, was->id, &now));
    for (size_t i = 0; i < was->n; i++) {
        if (str_eq(was->v[i].value, now.v[i].value))
            continue;
        const struct field *f = merge_field(m->kind, was->v[i].name);
        bool silent = f && m->kind->personal(f);
        dup_value_insert(m->tx,
                         &(struct dup_value_insert_in){ .id = db_new_id(),
                                                        .city = was->city_id,
                                                        .merge = m->id,
                                                        .side = side,
                                                        .name = was->v[i].name,
                                                        .was = was->v[i].value,
                                                        .said = silent ? S("") : now.v[i].value });
    }
}

static void move_rows(struct merging *m)
{
    struct merge_way way = { m->rq->city->id, m->gone.id, m->kept.id };
    const struct merge_ref *r;
    for (size_t i = 0; (r = merge_ref_at(m->rq->app, str_from_c(m->kind->record->name), i)); i++) {
        struct merge_ids ids = r->list(&m->tx->db, way.city_id, way.from);
        for (size_t k = 0; k < ids.n; k++)
            if (r->move(m->tx, &way, ids.v[k]))
                dup_move_insert(m->tx,
                                &(struct dup_move_insert_in){ db_new_id(), way.city_id, m->id,
                                                              str_from_c(r->name), ids.v[k] });
    }
}

/* Whether a contact is among what changes, who must be found when they ask for their data. */
static bool replaces_contact(const struct merging *m, const struct merge_row *choice)
{
    for (const struct field *f = m->kind->fields; f->name; f++)
        if (m->kind->personal(f) && !str_eq(merge_get(choice, str_from_c(f->name)),
                                            merge_get(&m->kept, str_from_c(f->name))))
            return true;
    return false;
}

static void note(struct merging *m, const struct merge_row *was, str verb)
{
    struct merge_row now;
    must(m->kind->read(&m->tx->db, was->city_id, was->id, &now));
    m->kind->note(m->rq, m->tx, &(struct merge_step){ verb, was, &now });
}

static void merge(struct merging *m, struct merge_row *choice)
{
    struct tx *tx = m->tx;
    struct merge_row gone = m->gone;
    int64_t city = m->rq->city->id;
    str kind = str_from_c(m->kind->record->name);
    str mail = merge_get(&m->kept, str_from_c(m->kind->mail));
    follow_place(m, choice);
    m->kind->settle(tx, choice, &gone);
    dup_merge_insert(
        tx, &(struct dup_merge_insert_in){ .id = m->id,
                                           .city = city,
                                           .kind = kind,
                                           .kept = m->kept.id,
                                           .gone = m->gone.id,
                                           .at = tx->now,
                                           .account = m->rq->who.account_id,
                                           .mail = replaces_contact(m, choice) ? mail : S("") });
    m->kind->write(tx, &gone); /* first: what an import knows it by is free then */
    m->kind->write(tx, choice);
    move_rows(m);
    keep_values(m, &m->kept, S("kept"));
    keep_values(m, &m->gone, S("gone"));
    dup_pairs_close(tx, city, kind, m->gone.id);
    note(m, &m->kept, S("merge"));
    note(m, &m->gone, S("merged"));
}

/* A decision is about what was on the page. */
static bool may_go_on(struct rq *rq, const struct merge_page *p)
{
    if (p->objection) {
        rq_error(rq, NULL, text_of(rq, p->objection));
        rq_status(rq, 422);
    } else if (!str_eq(rq_param(rq, "version"), p->version)) {
        rq_error(rq, NULL, t_dup_stale(rq));
        rq_status(rq, rq_has_param(rq, "version") ? 409 : 422);
    }
    return rq_ok(rq);
}

/* POST /buero/doppelte/{id} */
void merge_act(struct rq *rq, struct tx *tx)
{
    struct merge_page p;
    if (!load(rq, &p))
        return;
    if (!may_go_on(rq, &p)) {
        show(rq, &p);
        return;
    }
    struct merging m = {
        .rq = rq, .tx = tx, .kind = p.kind, .id = db_new_id(), .kept = p.kept, .gone = p.gone
    };
    struct merge_row choice = p.kept;
    for (size_t i = 0; i < p.lines.n; i++) {
        str name = str_from_c(p.lines.v[i].field->name);
        if (p.lines.v[i].takes_gone)
            merge_set(&choice, name, merge_get(&p.gone, name));
    }
    merge(&m, &choice);
    rq_note(rq, MSG_dup_note_merged);
    rq_see(rq, S("/buero/doppelte/vorgaenge/"), m.id);
}

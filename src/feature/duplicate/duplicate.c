/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The desk for duplicates: what may be the same, what the office has said is not, what was merged.
 * Table: duplicate_pair. Neighbours: find.c, merge.c, undo.c; records of all features by
 * web/merge.h.
 */
#include "feature/duplicate/duplicate.h"

#include "base/clock.h"
#include "base/vec.h"
#include "duplicate.html.h"
#include "duplicate.text.h"
#include "office.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/feature.h"

#define DAY 86400

/* ---- the list ---- */

static void add_pairs(struct rq *rq, struct desk_page *page, const struct merge_kind *kind)
{
    struct dup_pair_rows rows = dup_pairs(rq->db, rq->city->id, page->kind, page->view);
    for (size_t i = 0; i < rows.n; i++) {
        const struct dup_pair *p = &rows.v[i];
        struct desk_row row = { .id = p->id,
                                .why = merge_reasons(rq, kind->reasons, p->reasons),
                                .level = duplicate_level(p->score),
                                .at = p->decided_at ? p->decided_at : p->found_at };
        if (record_find(rq, kind->record, p->low_id, &row.one) &&
            record_find(rq, kind->record, p->high_id, &row.other))
            *vec_add(rq->arena, &page->rows) = row;
    }
}

static void add_merges(struct rq *rq, struct desk_page *page)
{
    struct dup_merge_rows rows = dup_merges(rq->db, rq->city->id, clock_now() - UNDO_DAYS * DAY);
    for (size_t i = 0; i < rows.n; i++) {
        const struct merge_kind *kind = merge_kind_find(rq->app, rows.v[i].kind);
        struct desk_row row = { .id = rows.v[i].id, .at = rows.v[i].at };
        if (kind && record_find(rq, kind->record, rows.v[i].kept_id, &row.one) &&
            record_find(rq, kind->record, rows.v[i].gone_id, &row.other))
            *vec_add(rq->arena, &page->rows) = row;
    }
}

static void count(struct rq *rq, struct desk_page *page)
{
    struct dup_count_rows counts = dup_counts(rq->db, rq->city->id);
    for (size_t i = 0; i < counts.n; i++) {
        if (!str_eq(counts.v[i].state, S("open")))
            continue;
        if (str_eq(counts.v[i].kind, S("organisation")))
            page->organisations = counts.v[i].n;
        else if (str_eq(counts.v[i].kind, S("person")))
            page->people = counts.v[i].n;
        else
            page->offers = counts.v[i].n;
    }
}

/* GET /buero/doppelte */
static void desk(struct rq *rq)
{
    struct desk_page page = { .kind = rq_param(rq, "kind"), .view = rq_param(rq, "view") };
    const struct merge_kind *kind = merge_kind_find(rq->app, page.kind);
    if (!kind) {
        page.kind = S("organisation");
        kind = merge_kind_find(rq->app, page.kind);
    }
    if (!str_eq(page.view, S("different")) && !str_eq(page.view, S("merged")))
        page.view = S("open");
    count(rq, &page);
    if (str_eq(page.view, S("merged")))
        add_merges(rq, &page);
    else
        add_pairs(rq, &page, kind);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_dup_title(rq), link_to(rq, S("/buero/doppelte")));
    view_dup_desk(rq, &page);
}

static void back_to_list(struct rq *rq, str kind, str view)
{
    const struct http_field fields[] = { { S("kind"), kind }, { S("view"), view } };
    rq_see_url(rq, link_query(rq, S("/buero/doppelte"), fields, view.n ? 2 : 1));
}

/* POST /buero/doppelte/suchen */
static void look(struct rq *rq, struct tx *tx)
{
    find_in_town(tx, rq->app, rq->city->id);
    rq_note(rq, MSG_dup_note_looked);
    back_to_list(rq, rq_param(rq, "kind"), S(""));
}

/* POST /buero/doppelte/{id}/verschieden: they are not the same; with again=1 they may be. */
static void differ(struct rq *rq, struct tx *tx)
{
    bool again = rq_has_param(rq, "again");
    const struct dup_pair *p = dup_pair_get(rq->db, rq->city->id, rq_id(rq));
    if (!p) {
        rq_not_found(rq);
        return;
    }
    struct dup_pair_decide_in in = { .state = again ? S("open") : S("different"),
                                     .at = again ? 0 : tx->now,
                                     .account = again ? 0 : rq->who.account_id,
                                     .city = rq->city->id,
                                     .id = p->id,
                                     .was = again ? S("different") : S("open") };
    if (dup_pair_decide(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    audit(rq, tx, again ? S("duplicate.reopen") : S("duplicate.differ"), p->id, p->kind);
    rq_note(rq, again ? MSG_dup_note_again : MSG_dup_note_different);
    back_to_list(rq, p->kind, again ? S("different") : S(""));
}

/* ---- people ---- */

static void person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    dup_forget_account(tx, account_id);
    dup_merge_forget_account(tx, account_id);
}

/*
 * When its time is over a merge is forgotten. When a contact wants to be, only what it kept of them
 * is: the rest can still be taken back.
 */
static void merge_erase(struct tx *tx, const struct erasure *e)
{
    if (e->why == ERASE_BY_TIME) {
        dup_values_delete(tx, e->city_id, e->id);
        dup_moves_delete(tx, e->city_id, e->id);
        dup_merge_delete(tx, e->city_id, e->id);
        return;
    }
    const struct dup_merge *m = dup_merge_get(&tx->db, e->city_id, e->id);
    const struct merge_kind *kind = m ? merge_kind_find(e->app, m->kind) : NULL;
    struct dup_value_rows rows = dup_values(&tx->db, e->city_id, e->id);
    for (size_t i = 0; kind && i < rows.n; i++) {
        const struct field *f = merge_field(kind, rows.v[i].name);
        if (f && kind->personal(f))
            dup_value_delete(tx, e->city_id, rows.v[i].id);
    }
    dup_merge_forget(tx, e->city_id, e->id);
}

static const struct erasure_act erasures[] = {
    { "duplicate_merge", merge_erase },
    { 0 },
};

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/buero/doppelte", desk, CAN(organisation_edit)),
    POST("/buero/doppelte/suchen", look, CAN(organisation_edit), .slow = true),
    GET("/buero/doppelte/{id}", merge_show, CAN(organisation_edit)),
    POST("/buero/doppelte/{id}", merge_act, CAN(organisation_edit), .fresh = true),
    POST("/buero/doppelte/{id}/verschieden", differ, CAN(organisation_edit)),
    GET("/buero/doppelte/vorgaenge/{id}", undo_show, CAN(organisation_edit)),
    POST("/buero/doppelte/vorgaenge/{id}", undo_act, CAN(organisation_edit), .fresh = true),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_dup_nav,
      .path = "/buero/doppelte",
      .kind = ACCESS_CAN,
      .permission = PERM_organisation_edit,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 32 },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "duplicate.find",
      .doc = "Looks for organisations and offers that were entered twice.",
      .hour = 5,
      .run = find_run },
    { 0 },
};

const struct feature duplicate_feature = { .name = "duplicate",
                                           .routes = routes,
                                           .nav = nav,
                                           .jobs = jobs,
                                           .erasures = erasures,
                                           .person_erase = person_erase };

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The facts of a certificate, whether it permits something, and how it goes: by its clock, or at
 * once where nothing came of it. Tables: certificate, certificate_count; reads
 * placement. Neighbours: clock.c (the rules), placement (which asks and tells).
 */
#include "feature/certificate/certificate.h"

#include "feature/certificate/clock.h"
#include "feature/certificate/pages.h"
#include "feature/placement/placement.h"
#include "certificate.text.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/merge.h"
#include "web/session.h"

/* ---- may somebody be placed? ---- */

struct seal_place certificate_place(int64_t id)
{
    return (struct seal_place){ CERTIFICATE_ENTRY, id };
}

bool certificate_permits(struct rq *rq, int64_t person_id)
{
    str entry;
    const struct certificate_row *c = certificate_of(rq->db, rq->city->id, person_id);
    if (!c || !seal_open(rq->app, rq->arena, certificate_place(c->id), c->entry, &entry))
        return false;
    return str_eq(entry, S("no")) &&
           day_number(certificate_renew_on(rq->arena, c->inspected_on)) > day_number(clock_today());
}

/* ---- counting and deleting ---- */

void certificate_counted(struct tx *tx, int64_t city_id, str act)
{
    struct certificate_count_add_in in = {
        .id = db_new_id(), .city = city_id, .year = clock_local(tx->now).day.year, .act = act
    };
    certificate_count_add(tx, &in);
}

/* Of whoever has it done, or the program: the proof is a line of the audit trail, and a count. */
static void erase_row(struct tx *tx, const struct erasure *e)
{
    if (certificate_delete(tx, e->city_id, e->id) != 1)
        return;
    certificate_counted(tx, e->city_id, S("erased"));
    erasure_note(tx, S("certificate"), e->id); /* a restore does not bring it back */
    audit_add(tx, (struct audit_by){ e->city_id, 0 }, S("certificate.erase"), e->id, S(""));
}

void certificate_erase_now(struct rq *rq, struct tx *tx, int64_t id)
{
    struct erasure e = { rq->app, rq->city->id, id, ERASE_BY_TIME };
    erase_row(tx, &e);
}

/* The person goes: so do the facts. */
static void person_erased(struct tx *tx, const struct erasure *e)
{
    const struct certificate_row *c = certificate_of(&tx->db, e->city_id, e->id);
    struct erasure own = { e->app, e->city_id, c ? c->id : 0, e->why };
    if (c)
        erase_row(tx, &own);
}

/* ---- the clock ---- */

struct certificate_work certificate_work_of(struct rq *rq, int64_t person_id)
{
    struct certificate_work w = { 0 };
    struct certificate_work_row_rows rows = certificate_work(rq->db, rq->city->id, person_id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct certificate_work_row *r = &rows.v[i];
        if (!placement_near_children(r->fields, r->targets, r->certificate))
            continue;
        w.runs |= !r->closed_at;
        if (r->placed_at && r->closed_at > w.ended_at)
            w.ended_at = r->closed_at;
    }
    return w;
}

void certificate_activity(struct rq *rq, struct tx *tx, int64_t person_id)
{
    const struct certificate_row *c = certificate_of(rq->db, rq->city->id, person_id);
    struct certificate_work w = certificate_work_of(rq, person_id);
    if (!c)
        return;
    if (!w.runs && !w.ended_at) { /* not taken up: at once */
        certificate_erase_now(rq, tx, c->id);
        return;
    }
    struct day ended = clock_local(w.ended_at).day;
    struct day over =
        certificate_months_after(ended, certificate_rule_on(rq->arena, S("erase"), ended).months);
    int64_t at = w.runs ? 0 : clock_instant((struct local_time){ .day = over });
    certificate_set_clock(tx, at, rq->city->id, c->id);
}

void certificate_keep(struct rq *rq, struct tx *tx, const struct certificate_facts *f)
{
    const struct certificate_row *old = certificate_of(rq->db, rq->city->id, f->person_id);
    if (old)
        certificate_erase_now(rq, tx, old->id);
    int64_t id = db_new_id();
    sealed entry = seal_close(rq->app, tx, certificate_place(id), f->entry ? S("yes") : S("no"));
    certificate_insert(tx, &(struct certificate_insert_in){ .id = id,
                                                            .city = rq->city->id,
                                                            .person = f->person_id,
                                                            .inspected_on = f->inspected_on,
                                                            .issued_on = f->issued_on,
                                                            .entry = entry });
    certificate_counted(tx, rq->city->id, S("inspected"));
    audit(rq, tx, S("certificate.inspect"), id, S(""));
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/buero/fuehrungszeugnisse", certificate_list, CAN(certificate_inspect)),
    GET("/buero/fuehrungszeugnisse/{id}", certificate_show, CAN(certificate_inspect)),
    POST("/buero/fuehrungszeugnisse/{id}/einsicht", certificate_inspect, CAN(certificate_inspect)),
    POST("/buero/fuehrungszeugnisse/{id}/angaben", certificate_open, CAN(certificate_inspect),
         .reads = true),
    POST("/buero/fuehrungszeugnisse/{id}/loeschen", certificate_take_away,
         CAN(certificate_inspect)),
    POST("/buero/fuehrungszeugnisse/{id}/anschreiben", certificate_letter_new,
         CAN(certificate_inspect)),
    GET("/buero/fuehrungszeugnisse/{id}/anschreiben.pdf", certificate_letter,
        CAN(certificate_inspect), .slow = true),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_certificate_title,
      .path = "/buero/fuehrungszeugnisse",
      .kind = ACCESS_CAN,
      .permission = PERM_certificate_inspect,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 60 },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { .table = "certificate", .erase = erase_row },
    { 0 },
};

static const struct erasure_act hung[] = {
    { .table = "person", .erase = person_erased },
    { 0 },
};

static struct merge_ids of_person(struct db *db, int64_t city_id, int64_t id)
{
    struct certificate_hung_rows rows = certificate_ids_of_person(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_person(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct certificate_move_in in = { w->to, w->city_id, row, w->from };
    return certificate_move(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "person", "certificate.person_id", MSG_certificate_title, of_person, move_person },
    { 0 },
};

const struct feature certificate_feature = {
    .name = "certificate",
    .routes = routes,
    .nav = nav,
    .erasures = erasures,
    .hung = hung,
    .merge_refs = merge_refs,
};

/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages of pairs: proposals with their reasons, the list, one with its next steps. */
#include "base/utf8.h"
#include "feature/certificate/certificate.h"
#include "feature/mentoring/pages.h"
#include "mentoring.html.h"
#include "mentoring.sql.web.h"
#include "mentoring.text.h"

/* ---- proposals ---- */

static void show_proposals(struct rq *rq, const struct mentoring_programme_row *g, int64_t one)
{
    struct mentoring_proposals v = { .programme = g };
    struct mentoring_profile_row_rows all = mentoring_profiles(rq->db, rq->city->id, g->id);
    for (size_t i = 0; i < all.n; i++) {
        const struct mentoring_profile_row *p = &all.v[i];
        if (p->id == one)
            v.one = p;
        if (mentoring_has_room(p))
            (*(str_eq(p->side, S("mentor")) ? &v.mentors : &v.mentees))++;
    }
    if (one && !v.one) {
        rq_not_found(rq);
        return;
    }
    v.fits = v.one ? mentoring_for(rq, all, one)
                   : mentoring_best(rq, all, mentoring_tried(rq->db, rq->city->id, g->id));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    mentoring_programme_crumb(rq, g->id, g->title);
    rq_crumb(rq, t_mentoring_proposals(rq),
             link_id_sub(rq, S("/buero/mentoring/"), g->id, S("/vorschlaege")));
    view_mentoring_proposals(rq, &v);
}

/* GET /buero/mentoring/{id}/vorschlaege: the best pairs; ?profile= everybody for one of them. */
void mentoring_proposals(struct rq *rq)
{
    const struct mentoring_programme_row *g = mentoring_programme_of(rq, rq_id(rq));
    if (g)
        show_proposals(rq, g, rq_param_int(rq, "profile", 0));
}

/* POST /buero/mentoring/{id}/vorschlaege: the office decides for a pair. */
void mentoring_propose(struct rq *rq, struct tx *tx)
{
    enum msg why;
    const struct mentoring_programme_row *g = mentoring_programme_of(rq, rq_id(rq));
    if (!g)
        return;
    int64_t mentor = rq_param_int(rq, "mentor", 0);
    int64_t id = mentoring_pair_new(rq, tx, mentor, rq_param_int(rq, "mentee", 0), &why);
    if (!id) {
        rq_error(rq, NULL, text_of(rq, why));
        show_proposals(rq, g, 0);
        return;
    }
    rq_note(rq, MSG_mentoring_note_proposed);
    rq_see(rq, S("/buero/mentoring/paare/"), id);
}

/* ---- list ---- */

static struct mentoring_pairs_in list_in(struct rq *rq, struct mentoring_filter *f)
{
    *f = (struct mentoring_filter){ .q = rq_param(rq, "q"),
                                    .state = rq_param(rq, "state"),
                                    .programme = rq_param_int(rq, "programme", 0) };
    str folded = utf8_fold(rq->arena, f->q); /* which leaves no wildcard */
    return (struct mentoring_pairs_in){ .city = rq->city->id,
                                        .state = f->state,
                                        .programme = f->programme,
                                        .pattern = str_fmt(rq->arena, "%%%.*s%%",
                                                           STR_FMT(str_trim(folded))) };
}

/* GET /buero/mentoring/paare */
void mentoring_pairs_list(struct rq *rq)
{
    struct mentoring_pairs_view v = { 0 };
    struct mentoring_pairs_in in = list_in(rq, &v.filter);
    v.rows = mentoring_pairs(rq->db, &in);
    v.programmes = mentoring_programmes(rq->db, rq->city->id);
    mentoring_crumbs(rq);
    rq_crumb(rq, t_mentoring_pairs(rq), link_to(rq, S("/buero/mentoring/paare")));
    view_mentoring_pairs(rq, &v);
}

/* POST /buero/mentoring/paare/export: the list with its filters as a file. */
void mentoring_pairs_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("patenschaften"), STR_INIT("Patenschaften"),
                                             STR_INIT("mentoring.export"),
                                             STR_INIT("/buero/mentoring/paare") };
    struct mentoring_filter f;
    struct mentoring_pairs_in in = list_in(rq, &f);
    struct mentoring_pair_card_rows rows = mentoring_pairs(rq->db, &in);
    mentoring_pair_card_export(rq, tx, &file, rows.v, rows.n);
}

/* ---- one ---- */

static void show(struct rq *rq, const struct mentoring_pair_row *p, str failed,
                 const struct mentoring_said *typed)
{
    struct mentoring_pair_view v = {
        .pair = p,
        .meetings = mentoring_meetings(rq->db, rq->city->id, p->id),
        .answers = mentoring_answers(rq->db, rq->city->id, p->id),
        .fits = mentoring_split(rq, p->fits),
        .misses = mentoring_split(rq, p->misses),
        .form = { .day = day_iso(rq->arena, clock_today()), .minutes = 60 },
        .failed = failed,
        .minor = p->minors || mentoring_is_minor(p->mentee_birth_year, p->mentee_age_band),
        .permitted = certificate_permits(rq, p->mentor_person_id),
    };
    if (typed)
        v.form = *typed;
    if (!procedure_view(rq, &mentoring_pair_procedure, p->id, &v.course))
        return;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    mentoring_programme_crumb(rq, p->programme_id, p->title);
    rq_crumb(rq, v.course.record.title, v.course.record.page);
    view_mentoring_pair_show(rq, &v);
}

static const struct mentoring_pair_row *addressed(struct rq *rq)
{
    const struct mentoring_pair_row *p = mentoring_pair_get(rq->db, rq->city->id, rq_id(rq));
    if (!p)
        rq_not_found(rq);
    return p;
}

/* GET /buero/mentoring/paare/{id} */
void mentoring_pair_show(struct rq *rq)
{
    const struct mentoring_pair_row *p = addressed(rq);
    if (p)
        show(rq, p, S(""), NULL);
}

/* One step; what a guard refuses is said above its form, in which nothing is lost. */
static void take(struct rq *rq, struct tx *tx, const struct mentoring_pair_row *p,
                 const struct procedure_ask *ask)
{
    enum procedure_result result = procedure_try(rq, tx, ask);
    if (result == PROCEDURE_REFUSED) {
        show(rq, p, ask->verb, ask->data);
    } else if (result == PROCEDURE_DONE) {
        rq_note(rq, MSG_mentoring_note_saved);
        rq_see(rq, S("/buero/mentoring/paare/"), p->id);
    }
}

/* POST /buero/mentoring/paare/{id}/schritt: step=VERB with the fields of its form. */
void mentoring_pair_step(struct rq *rq, struct tx *tx)
{
    const struct mentoring_pair_row *p = addressed(rq);
    struct mentoring_said f = { 0 };
    struct procedure_ask ask = procedure_asked(rq, &mentoring_pair_procedure);
    if (!p)
        return;
    if (!rq_form(rq, mentoring_fields(ask.verb), &f)) {
        show(rq, p, ask.verb, &f);
        return;
    }
    ask.note = f.note;
    ask.data = &f;
    take(rq, tx, p, &ask);
}

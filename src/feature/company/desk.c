/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages of what is brought together: the list, one with its next steps. */
#include "company.html.h"
#include "company.text.h"
#include "feature/company/pages.h"

static void crumbs(struct rq *rq)
{
    company_crumbs(rq);
    rq_crumb(rq, t_company_matches(rq), link_to(rq, S("/buero/unternehmen/vermittlungen")));
}

/* GET /buero/unternehmen/vermittlungen */
void company_matches_list(struct rq *rq)
{
    str state = rq_param(rq, "state");
    crumbs(rq);
    view_company_matches(rq, state, company_matches(rq->db, rq->city->id, state, 0));
}

static void show(struct rq *rq, const struct company_match_row *m, str failed,
                 const struct company_said *typed)
{
    struct company_match_view v = { .match = m,
                                    .failed = failed,
                                    .form = { .day = day_iso(rq->arena, clock_today()) } };
    v.fit.offer = company_item_get(rq->db, rq->city->id, m->offer_id);
    v.fit.need = company_item_get(rq->db, rq->city->id, m->need_id);
    if (!v.fit.offer || !v.fit.need ||
        !procedure_view(rq, &company_match_procedure, m->id, &v.course)) {
        rq_not_found(rq);
        return;
    }
    company_reasons(rq, &v.fit);
    v.form.people = v.fit.offer->people;
    if (typed)
        v.form = *typed;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, v.course.record.title, v.course.record.page);
    view_company_match_show(rq, &v);
}

static const struct company_match_row *addressed(struct rq *rq)
{
    const struct company_match_row *m = company_match_get(rq->db, rq->city->id, rq_id(rq));
    if (!m)
        rq_not_found(rq);
    return m;
}

/* GET /buero/unternehmen/vermittlungen/{id} */
void company_match_show(struct rq *rq)
{
    const struct company_match_row *m = addressed(rq);
    if (m)
        show(rq, m, S(""), NULL);
}

/* POST /buero/unternehmen/vermittlungen/{id}/schritt: step=VERB with the fields of its form. */
void company_match_step(struct rq *rq, struct tx *tx)
{
    const struct company_match_row *m = addressed(rq);
    struct company_said f = { 0 };
    struct procedure_ask ask = procedure_asked(rq, &company_match_procedure);
    if (!m)
        return;
    if (!rq_form(rq, company_fields(ask.verb), &f)) {
        show(rq, m, ask.verb, &f);
        return;
    }
    ask.note = f.note;
    ask.data = &f;
    enum procedure_result result = procedure_try(rq, tx, &ask);
    if (result == PROCEDURE_REFUSED) {
        show(rq, m, ask.verb, &f);
    } else if (result == PROCEDURE_DONE) {
        rq_note(rq, MSG_company_note_saved);
        rq_see(rq, S("/buero/unternehmen/vermittlungen/"), m->id);
    }
}

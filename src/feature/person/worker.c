/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who looks after a person: office of the tandem and counsellor. From one office to another only
 * with the person's agreement, which the ledger keeps; the history says who it was and is.
 */
#include "feature/consent/consent.h"
#include "feature/person/pages.h"
#include "person.text.h"

const struct field worker_fields[] = {
    FIELD(struct worker_form, office, INT, MSG_person_office, .max = INT64_MAX),
    FIELD(struct worker_form, worker, INT, MSG_person_worker, .max = INT64_MAX),
    FIELD(struct worker_form, handed, BOOL, MSG_person_hand_over,
          .hint = MSG_person_hand_over_hint),
    { 0 },
};

void worker_load(struct rq *rq, struct person_page *page)
{
    const struct person_row *p = page->person;
    page->offices = person_offices(rq->db, rq->city->id);
    page->workers = person_workers(rq->db, rq->city->id);
    page->worker = (struct worker_form){ p->office_id.has ? p->office_id.v : 0, p->account_id, 0 };
}

/* Their names; NULL: there is none of that id. */
static const struct person_office_row *office_of(const struct person_page *page, int64_t id)
{
    for (size_t i = 0; i < page->offices.n; i++)
        if (page->offices.v[i].id == id)
            return &page->offices.v[i];
    return NULL;
}

static const struct person_worker_row *worker_of(const struct person_page *page, int64_t id)
{
    for (size_t i = 0; i < page->workers.n; i++)
        if (page->workers.v[i].id == id)
            return &page->workers.v[i];
    return NULL;
}

/* Whether the record goes from one office to another one. */
static bool goes_over(const struct person_row *p, const struct worker_form *f)
{
    return p->office_id.has && f->office && p->office_id.v != f->office;
}

static void check(struct rq *rq, const struct person_page *page, const struct worker_form *f)
{
    if (f->office && !office_of(page, f->office))
        rq_error(rq, "office", t_person_error_office(rq));
    if (f->worker && !worker_of(page, f->worker))
        rq_error(rq, "worker", t_person_error_worker(rq));
    if (goes_over(page->person, f) && !f->handed)
        rq_error(rq, "handed", t_person_error_hand_over(rq));
}

/* An agreement is for one office: one to an earlier one is over. */
static void agree_to_office(struct rq *rq, struct tx *tx, const struct person_page *page,
                            const struct person_office_row *office)
{
    const struct person_row *p = page->person;
    consent_end(tx, rq->city->id, S(PERSON_AGREES_HAND_OVER), p->id);
    person_agree(rq, tx,
                 &(struct person_consent_given){
                     .person_id = p->id,
                     .mail = p->mail,
                     .purpose = S(PERSON_AGREES_HAND_OVER),
                     .channel = rq_has_param(rq, "paper") ? S("paper") : S("office"),
                     .words = t_person_consent_hand_over(rq, office->name) });
}

static void note(struct rq *rq, struct tx *tx, const struct person_page *page,
                 const struct worker_form *f)
{
    const struct person_office_row *o = office_of(page, f->office);
    const struct person_worker_row *w = worker_of(page, f->worker);
    procedure_record(tx, &(struct procedure_entry){
                             .procedure = &person_procedure,
                             .city_id = rq->city->id,
                             .id = page->person->id,
                             .account_id = rq->who.account_id,
                             .verb = S("assign"),
                             .note = t_person_assigned(rq, o ? o->name : t_person_office_any(rq),
                                                       w ? w->name : t_person_worker_none(rq)) });
}

/* POST /buero/personen/{id}/zustaendig */
void worker_save(struct rq *rq, struct tx *tx)
{
    struct person_page page = { .person = person_get(rq, rq_id(rq)) };
    struct worker_form f = { .office = 0 };
    const struct person_row *p = page.person;
    if (!p)
        return;
    worker_load(rq, &page);
    rq_form(rq, worker_fields, &f);
    check(rq, &page, &f);
    if (!rq_ok(rq)) {
        person_desk_page(rq, &page);
        return;
    }
    struct person_set_worker_in in = { .office = f.office ? some_int(f.office) : no_int,
                                       .worker = f.worker,
                                       .at = tx->now,
                                       .city = rq->city->id,
                                       .id = p->id };
    if (person_set_worker(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    if (goes_over(p, &f))
        agree_to_office(rq, tx, &page, office_of(&page, f.office));
    if (f.office != page.worker.office || f.worker != page.worker.worker)
        note(rq, tx, &page, &f);
    rq_note(rq, MSG_person_note_saved);
    rq_see(rq, S("/buero/personen/"), p->id);
}

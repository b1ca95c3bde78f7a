/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Person records: the contract of the feature. Tables: person, person_support. Neighbours: store.c
 * (storing), states.c (procedure, erasing), agree.c (consents), profile.c (for the matching),
 * consent (the ledger).
 */
#include "feature/person/person.h"

#include "feature/person/store.h"
#include "person.text.h"
#include "web/erasure.h"

const struct person_row *person_get(struct rq *rq, int64_t id)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, id);
    if (p && p->merged_into.has)
        p = person_find(rq->db, rq->city->id, p->merged_into.v);
    if (p && !str_eq(p->state, S("erased")))
        return p;
    rq_not_found(rq);
    return NULL;
}

bool person_open(const struct person_row *p)
{
    return !p->merged_into.has && (str_eq(p->state, S("active")) || str_eq(p->state, S("resting")));
}

str person_name(const struct rq *rq, const struct person_row *p)
{
    return p->name.n ? p->name : t_person_nameless(rq);
}

static void person_erase_account(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    person_worker_forget(tx, account_id);
}

static const struct erasure_act erasures[] = {
    { "person", person_erase_row, person_corrected },
    { 0 },
};

static const struct record_kind *const records[] = { &person_record, NULL };
static const struct procedure *const procedures[] = { &person_procedure, NULL };

const struct feature person_feature = {
    .name = "person",
    .erasures = erasures,
    .records = records,
    .procedures = procedures,
    .person_erase = person_erase_account,
};

/* SPDX-License-Identifier: EUPL-1.2 */
/* What a person agrees to: the ledger of consents with the person's id as subject. */
#include "feature/consent/consent.h"
#include "feature/person/person.h"
#include "person.text.h"

static bool needs_guardian(str purpose)
{
    return str_eq(purpose, S(PERSON_AGREES_PROPOSE)) || str_eq(purpose, S(PERSON_AGREES_PASS_ON));
}

bool person_agrees(struct db *db, const struct person_row *p, str purpose)
{
    if (!person_consent_now(db, p->city_id, p->id, purpose))
        return false;
    return !needs_guardian(purpose) || !person_is_child(p, clock_today()) ||
           person_consent_now(db, p->city_id, p->id, S(PERSON_AGREES_GUARDIAN));
}

bool person_proposable(const struct person_row *p, struct day today)
{
    return person_open(p) && str_eq(p->state, S("active")) && p->agrees_propose &&
           (p->guardian_agrees || !person_is_child(p, today));
}

str person_consent_words(const struct rq *rq, str purpose)
{
    if (str_eq(purpose, S(PERSON_AGREES_PROPOSE)))
        return t_person_consent_propose(rq, rq->city->name);
    if (str_eq(purpose, S(PERSON_AGREES_PASS_ON)))
        return t_person_consent_pass_on(rq, rq->city->name);
    if (str_eq(purpose, S(PERSON_AGREES_GUARDIAN)))
        return t_person_consent_guardian(rq, rq->city->name);
    return t_person_consent_keep(rq, rq->city->name);
}

/* The history says that something was agreed or withdrawn; what, says the ledger. */
static void note(struct rq *rq, struct tx *tx, int64_t id, const char *verb, bool by_list)
{
    bool here = rq_signed_in(rq) || by_list; /* a list that a command takes in: nobody's account */
    procedure_record(tx, &(struct procedure_entry){ .procedure = &person_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .who = here ? 0 : BY_LINK,
                                                    .account_id = rq->who.account_id,
                                                    .verb = str_from_c(verb) });
    person_set_changed(tx, tx->now, rq->city->id, id);
}

void person_agree(struct rq *rq, struct tx *tx, const struct person_consent_given *given)
{
    if (person_consent_now(&tx->db, rq->city->id, given->person_id, given->purpose))
        return;
    consent_give(rq, tx,
                 &(struct consent_wish){ .purpose = given->purpose,
                                         .subject_id = given->person_id,
                                         .mail = given->mail,
                                         .words = given->words.n
                                                      ? given->words
                                                      : person_consent_words(rq, given->purpose),
                                         .channel = given->channel,
                                         .given_at = given->given_at });
    note(rq, tx, given->person_id, "agree", str_eq(given->channel, S("import")));
}

void person_withdraw(struct rq *rq, struct tx *tx, int64_t person_id, str purpose)
{
    if (!person_consent_now(&tx->db, rq->city->id, person_id, purpose))
        return;
    consent_withdraw(rq, tx, purpose, person_id);
    note(rq, tx, person_id, "withdraw", false);
}

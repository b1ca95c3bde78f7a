/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a step of a placement may not do, and in which words. A guard looks in the transaction of
 * the step, so that what it saw still holds when the step is written. Where only the buttons are
 * asked for (no `data`), what the form would say is taken as said.
 */
#include "feature/certificate/certificate.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "placement.text.h"
#include "web/vocab.h"

#define DAY                ((int64_t)86400)
#define FEEDBACK_IS_RECENT (60 * DAY)

static const struct placement_form *form_of(const struct procedure_at *at)
{
    return at->data;
}

bool placement_agreed(struct rq *rq, int64_t person_id)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, person_id);
    return p && person_agrees(rq->db, p, S(PERSON_AGREES_PASS_ON));
}

str placement_addressee(const struct placement_full *p)
{
    if (mail_valid(p->contact_mail))
        return p->contact_mail;
    return mail_valid(p->organisation_mail) ? p->organisation_mail : S("");
}

bool placement_near_children(int64_t fields, int64_t targets, str certificate)
{
    uint64_t near_fields = vocab_bit(FIELD_children_youth) | vocab_bit(FIELD_school_daycare);
    uint64_t near_targets = vocab_bit(TARGET_children) | vocab_bit(TARGET_youth);
    return ((uint64_t)fields & near_fields) || ((uint64_t)targets & near_targets) ||
           str_eq(certificate, vocab_code(&vocab_certificate, CERTIFICATE_extended));
}

enum msg guard_tell(struct rq *rq, const struct procedure_at *at)
{
    return mail_valid(placement_at(rq, at)->mail) ? 0 : MSG_placement_not_no_mail;
}

enum msg guard_consent(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    const struct placement_form *f = form_of(at);
    if (p->consent_at && placement_agreed(rq, p->person_id))
        return MSG_placement_not_agreed_already;
    return f && at->who == BY_PERSON && !f->given.n ? MSG_placement_not_how : 0;
}

enum msg guard_withdraw(struct rq *rq, const struct procedure_at *at)
{
    return placement_at(rq, at)->consent_at ? 0 : MSG_placement_not_consented;
}

/* An offer that nobody may be sent to any more. */
static bool is_shut(str state)
{
    return str_eq(state, S("draft")) || str_eq(state, S("submitted")) ||
           str_eq(state, S("archived")) || str_eq(state, S("expired"));
}

/*
 * Data go out only with a consent that holds. Who calls the organisation alone needs none: nothing
 * is passed on.
 */
enum msg guard_contact(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    const struct placement_form *f = form_of(at);
    bool passes = at->who == BY_LINK || (f && !str_eq(f->writes, S("person")));
    if (is_shut(p->offer_state))
        return MSG_placement_not_shut;
    if (p->is_full)
        return MSG_placement_not_full;
    if (f && at->who == BY_PERSON && !f->writes.n)
        return MSG_placement_not_who_writes;
    if (passes && !placement_agreed(rq, p->person_id))
        return MSG_placement_not_consent;
    return passes && !placement_addressee(p).n ? MSG_placement_not_reached : 0;
}

/* Data that were passed on are used on as long as the consent holds. */
enum msg guard_agreed(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    bool passed = str_eq(p->writes, S("organisation"));
    return passed && !placement_agreed(rq, p->person_id) ? MSG_placement_not_consent : 0;
}

static bool has_waited(int64_t since)
{
    struct day then = clock_local(since).day;
    return day_number(clock_today()) - day_number(then) >= PLACEMENT_CONTACT_DAYS;
}

enum msg guard_remind(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    if (!str_eq(p->writes, S("organisation")))
        return MSG_placement_not_passed;
    if (p->answered_at)
        return MSG_placement_not_answered;
    return placement_addressee(p).n ? guard_agreed(rq, at) : MSG_placement_not_reached;
}

enum msg guard_silent(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    if (p->answered_at)
        return MSG_placement_not_answered;
    return has_waited(p->contact_at) ? 0 : MSG_placement_not_yet;
}

enum msg guard_silent_person(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    int64_t since = p->contact_at > p->created_at ? p->contact_at : p->created_at;
    since = p->moved_up_at > since ? p->moved_up_at : since;
    return has_waited(since) ? 0 : MSG_placement_not_yet;
}

/* Nobody is insured who was not commissioned (domain: accident cover). */
enum msg guard_trial(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    if (!p->commissioned_on.n || !p->commissioned_by.n || !p->supervisor.n || !p->scope.n)
        return MSG_placement_not_commissioned;
    return p->all_taken ? MSG_placement_not_full : guard_agreed(rq, at);
}

/* Section 72a SGB VIII: an inspection on record, or reasons why none is needed here. */
static enum msg guard_check(struct rq *rq, const struct placement_full *p,
                            const struct placement_form *f)
{
    bool near = placement_near_children(p->fields, p->targets, p->certificate);
    if (str_eq(f->checked, S("inspected")))
        return certificate_permits(rq, p->person_id) ? 0 : MSG_placement_not_inspected;
    if (str_eq(f->checked, S("exempt")))
        return f->checked_why.n ? 0 : MSG_placement_not_exempt;
    if (str_eq(f->checked, S("not_needed")))
        return near ? MSG_placement_not_near_children : 0;
    return MSG_placement_not_checked;
}

enum msg guard_place(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    const struct placement_form *f = form_of(at);
    if (p->all_taken)
        return MSG_placement_not_full;
    if (f && !(f->person_agrees && f->organisation_agrees))
        return MSG_placement_not_both;
    enum msg why = f ? guard_check(rq, p, f) : 0;
    return why ? why : guard_agreed(rq, at);
}

enum msg guard_wait(struct rq *rq, const struct procedure_at *at)
{
    return placement_at(rq, at)->is_full ? 0 : MSG_placement_not_free;
}

/* In order: only who has waited longest, and only into a place that is free. */
enum msg guard_move_up(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    const struct placement_id *next = placement_next(rq->db, rq->city->id, p->opportunity_id);
    if (p->is_full)
        return MSG_placement_not_full;
    return next && next->id == p->id ? 0 : MSG_placement_not_next;
}

enum msg guard_exit(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    (void)rq;
    return f && at->who == BY_PERSON && !f->exit_reason.n ? MSG_placement_not_reason : 0;
}

enum msg guard_end(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    (void)rq;
    return f && (!f->end_reason.n || !f->ended_on.n) ? MSG_placement_not_reason : 0;
}

static bool said_lately(struct placement_feedback_row_rows rows, str side)
{
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].side, side) && rows.v[i].at >= clock_now() - FEEDBACK_IS_RECENT)
            return true;
    return false;
}

/* A follow-up knows both sides: told to the office now, or by link in the last weeks. */
enum msg guard_rating(struct rq *rq, const struct procedure_at *at)
{
    const struct placement_form *f = form_of(at);
    if (!f)
        return 0;
    if (at->who == BY_LINK)
        return f->rating_person || f->rating_organisation ? 0 : MSG_placement_not_rating;
    struct placement_feedback_row_rows rows =
        placement_feedbacks(rq->db, rq->city->id, at->record->id);
    bool person = f->rating_person || said_lately(rows, S("person"));
    bool organisation = f->rating_organisation || said_lately(rows, S("organisation"));
    return person && organisation ? 0 : MSG_placement_not_both_sides;
}

/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mails of a placement. The organisation learns who it is by one mail, after the person has
 * agreed; no other mail names an address. Each carries a link of its own.
 */
#include "feature/placement/pages.h"
#include "placement.text.h"
#include "web/mail.h"
#include "web/page.h"

/* The same request in the language in which the person is written to; of others the town's. */
static struct rq in_language(const struct rq *rq, str code)
{
    struct rq r = *rq;
    if (!lang_parse(code, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

static str link_for(struct rq *rq, struct tx *tx, const struct placement_full *p, bool person)
{
    struct token_wish wish = {
        .purpose = person ? S(PLACEMENT_LINK_PERSON) : S(PLACEMENT_LINK_ORGANISATION),
        .subject_id = p->id,
        .seconds = PLACEMENT_LINK_SECONDS,
        .mail = person ? p->mail : placement_addressee(p),
    };
    return token_new(rq, tx, &wish).s;
}

/* To the person; nothing where there is no address (the office calls). */
static void to_person(struct rq *rq, struct tx *tx, const struct procedure_at *at, struct notice *n)
{
    n->to = placement_at(rq, at)->mail;
    if (mail_valid(n->to))
        procedure_mail(tx, rq->city->id, at, n);
}

static void to_organisation(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                            struct notice *n)
{
    n->to = placement_addressee(placement_at(rq, at));
    if (n->to.n)
        procedure_mail(tx, rq->city->id, at, n);
}

void placement_mail_proposal(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, p->lang);
    str why = p->why.n ? t_placement_mail_why(&r, p->why) : S("");
    str link = link_for(rq, tx, p, true);
    struct notice n = {
        .subject = t_placement_mail_proposal_subject(&r, p->title, rq->city->name),
        .text = str_join(
            rq->arena,
            str_join(rq->arena,
                     t_placement_mail_proposal_text(&r, p->name, p->title, p->organisation), why),
            t_placement_mail_proposal_end(&r, link, rq->city->name)),
    };
    to_person(rq, tx, at, &n);
}

void placement_mail_contact(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, S(""));
    str mail = p->mail.n ? p->mail : t_placement_unknown(&r);
    str phone = p->phone.n ? p->phone : t_placement_unknown(&r);
    str link = link_for(rq, tx, p, false);
    struct notice n = {
        .subject = t_placement_mail_contact_subject(&r, p->title, rq->city->name),
        .text =
            str_join(rq->arena, t_placement_mail_contact_text(&r, p->title, p->name, mail, phone),
                     t_placement_mail_contact_end(&r, link, rq->city->name)),
        .reply_to = mail_valid(p->mail) ? p->mail : S(""),
    };
    to_organisation(rq, tx, at, &n);
}

void placement_mail_remind(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, S(""));
    struct notice n = {
        .subject = t_placement_mail_remind_subject(&r, p->title, rq->city->name),
        .text = t_placement_mail_remind_text(&r, p->name, p->title, link_for(rq, tx, p, false),
                                             rq->city->name),
    };
    to_organisation(rq, tx, at, &n);
}

static str answer_text(const struct rq *r, const struct procedure_at *at,
                       const struct placement_full *p)
{
    str verb = str_from_c(at->step->verb);
    if (str_eq(verb, S("answer_yes")))
        return t_placement_mail_answer_yes(r, p->name, p->organisation, p->title);
    if (str_eq(verb, S("answer_full")))
        return t_placement_mail_answer_full(r, p->name, p->organisation, p->title);
    return t_placement_mail_answer_no(r, p->name, p->organisation, p->title);
}

void placement_mail_answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, p->lang);
    str said = p->answer.n ? t_placement_mail_said(&r, p->answer) : S("");
    struct notice n = {
        .subject = t_placement_mail_answer_subject(&r, p->title, rq->city->name),
        .text =
            str_join(rq->arena, str_join(rq->arena, answer_text(&r, at, p), said),
                     t_placement_mail_answer_end(&r, link_for(rq, tx, p, true), rq->city->name)),
    };
    to_person(rq, tx, at, &n);
}

void placement_mail_withdrawn(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, S(""));
    struct notice n = {
        .subject = t_placement_mail_withdrawn_subject(&r, p->title, rq->city->name),
        .text = t_placement_mail_withdrawn_text(&r, p->name, p->title, rq->city->name),
    };
    to_organisation(rq, tx, at, &n);
}

void placement_mail_moved_up(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq r = in_language(rq, p->lang);
    struct notice n = {
        .subject = t_placement_mail_moved_up_subject(&r, p->title, rq->city->name),
        .text = t_placement_mail_moved_up_text(&r, p->name, p->title, link_for(rq, tx, p, true),
                                               rq->city->name),
    };
    to_person(rq, tx, at, &n);
}

void placement_mail_ask(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct placement_full *p = placement_at(rq, at);
    struct rq theirs = in_language(rq, p->lang);
    struct rq ours = in_language(rq, S(""));
    struct notice person = {
        .subject = t_placement_mail_ask_subject(&theirs, p->title, rq->city->name),
        .text = t_placement_mail_ask_person(&theirs, p->name, p->title, link_for(rq, tx, p, true),
                                            rq->city->name),
    };
    struct notice organisation = {
        .subject = t_placement_mail_ask_subject(&ours, p->title, rq->city->name),
        .text = t_placement_mail_ask_organisation(&ours, p->name, p->title,
                                                  link_for(rq, tx, p, false), rq->city->name),
    };
    to_person(rq, tx, at, &person);
    to_organisation(rq, tx, at, &organisation);
}

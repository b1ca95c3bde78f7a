/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mails of an interest. Nobody's address stands on a page: the contact learns the citizen's
 * address by the mail that the citizen agreed to, the citizen the contact's by its answer.
 */
#include "feature/interest/interest.h"
#include "interest.text.h"
#include "web/mail.h"
#include "web/token.h"

/* The same request in the language in which a person is written to. */
static struct rq in_language(const struct rq *rq, str code)
{
    struct rq r = *rq;
    if (!lang_parse(code, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

static str occasion(const struct rq *rq, const char *what, const struct interest_row *i)
{
    return str_fmt(rq->arena, "interest %s %lld", what, (long long)i->id);
}

static str link_new(struct rq *rq, struct tx *tx, const char *purpose, const struct interest_row *i,
                    str mail)
{
    struct token_wish wish = { .purpose = str_from_c(purpose),
                               .subject_id = i->id,
                               .seconds = INTEREST_LINK_SECONDS,
                               .mail = mail };
    return token_new(rq, tx, &wish).s;
}

void interest_mail_confirm(struct rq *rq, struct tx *tx, const struct interest_row *i,
                           const struct interest_offer_row *offer)
{
    struct rq r = in_language(rq, i->lang);
    str link = link_new(rq, tx, "interest", i, i->mail);
    struct notice n = {
        .to = i->mail,
        .subject = t_interest_mail_confirm_subject(&r, rq->city->name),
        .text = t_interest_mail_confirm_text(&r, i->name, offer->title, link, rq->city->name),
        .dedupe = occasion(rq, "confirm", i),
    };
    mail_queue(tx, rq->city->id, &n);
}

void interest_mail_contact(struct rq *rq, struct tx *tx, const struct interest_row *i,
                           const struct interest_offer_row *offer)
{
    struct rq r = in_language(rq, S(""));
    str to = interest_addressee(rq, offer);
    if (!to.n)
        return;
    str link = link_new(rq, tx, "interest-answer", i, to);
    str phone = i->phone.n ? i->phone : t_interest_none(&r);
    struct notice n = {
        .to = to,
        .subject = t_interest_mail_contact_subject(&r, offer->title, rq->city->name),
        .text = str_join(rq->arena,
                         t_interest_mail_contact_text(&r, offer->title, i->name, i->mail, phone),
                         t_interest_mail_contact_answer(&r, i->message, link, rq->city->name)),
        .reply_to = i->mail,
        .dedupe = occasion(rq, "contact", i),
    };
    mail_queue(tx, rq->city->id, &n);
}

static str answer_text(const struct rq *r, const struct interest_row *i,
                       const struct interest_offer_row *offer)
{
    if (str_eq(i->state, S("talk")))
        return t_interest_mail_talk(r, i->name, offer->organisation, offer->title);
    if (str_eq(i->state, S("full")))
        return t_interest_mail_full(r, i->name, offer->organisation, offer->title);
    return t_interest_mail_declined(r, i->name, offer->organisation, offer->title);
}

void interest_mail_answer(struct rq *rq, struct tx *tx, const struct interest_row *i,
                          const struct interest_offer_row *offer)
{
    struct rq r = in_language(rq, i->lang);
    str said = i->answer.n ? t_interest_mail_said(&r, i->answer) : S("");
    str list = link_absolute(rq, link_to(rq, S("/angebote"))).s;
    bool talk = str_eq(i->state, S("talk"));
    struct notice n = {
        .to = i->mail,
        .subject = t_interest_mail_answer_subject(&r, offer->title, rq->city->name),
        .text = str_join(rq->arena, str_join(rq->arena, answer_text(&r, i, offer), said),
                         talk ? t_interest_mail_end_talk(&r, rq->city->name)
                              : t_interest_mail_end_other(&r, list, rq->city->name)),
        .dedupe = occasion(rq, "answer", i),
    };
    if (talk && mail_valid(interest_addressee(rq, offer)))
        n.reply_to = interest_addressee(rq, offer);
    mail_queue(tx, rq->city->id, &n);
}

void interest_mail_remind(struct rq *rq, struct tx *tx, const struct interest_row *i,
                          const struct interest_offer_row *offer)
{
    struct rq r = in_language(rq, S(""));
    str to = interest_addressee(rq, offer);
    if (!to.n)
        return;
    struct notice n = {
        .to = to,
        .subject = t_interest_mail_remind_subject(&r, offer->title, rq->city->name),
        .text = t_interest_mail_remind_text(
            &r, i->name, offer->title, link_new(rq, tx, "interest-answer", i, to), rq->city->name),
        .reply_to = i->mail,
        .dedupe = occasion(rq, "remind", i),
    };
    mail_queue(tx, rq->city->id, &n);
}

void interest_mail_sorry(struct rq *rq, struct tx *tx, const struct interest_row *i,
                         const struct interest_offer_row *offer)
{
    struct rq r = in_language(rq, i->lang);
    struct notice n = {
        .to = i->mail,
        .subject = t_interest_mail_sorry_subject(&r, offer->title, rq->city->name),
        .text = t_interest_mail_sorry_text(&r, i->name, offer->organisation,
                                           link_absolute(rq, link_to(rq, S("/beratung"))).s,
                                           rq->city->name),
        .dedupe = occasion(rq, "sorry", i),
    };
    mail_queue(tx, rq->city->id, &n);
}

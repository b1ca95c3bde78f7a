/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mails: to both sides of a match, to a company that entered itself, to an organisation that is
 * asked what it needs. Only "contact" names anybody: it is sent when the office passes that on.
 */
#include "company.text.h"
#include "feature/company/pages.h"
#include "web/mail.h"
#include "web/vocab_label.h"

/* The same request in the town's language: companies and organisations are written to in that. */
static struct rq in_town(const struct rq *rq)
{
    struct rq r = *rq;
    r.lang = rq->city->lang;
    return r;
}

struct side {
    const struct company_match_row *m;
    bool company;
    str link;
};

static str subject(const struct rq *r, const struct side *s, enum company_mail what)
{
    str mine = s->company ? s->m->offer : s->m->need;
    switch (what) {
    case COMPANY_MAIL_ASK:
        return t_company_mail_ask_subject(r, mine, r->city->name);
    case COMPANY_MAIL_CONTACT:
        return t_company_mail_contact_subject(r, mine, r->city->name);
    case COMPANY_MAIL_DONE:
        return t_company_mail_done_subject(r, mine, r->city->name);
    case COMPANY_MAIL_OVER:
        return t_company_mail_over_subject(r, mine, r->city->name);
    }
    return S("");
}

static str known(const struct rq *r, str s)
{
    return s.n ? s : t_company_mail_unknown(r);
}

static str text(const struct rq *r, const struct side *s, enum company_mail what)
{
    const struct company_match_row *m = s->m;
    str mine = s->company ? m->offer : m->need;
    str theirs = s->company ? m->need : m->offer;
    str town = r->city->name;
    switch (what) {
    case COMPANY_MAIL_ASK:
        return t_company_mail_ask_text(r, mine, theirs, s->link, town);
    case COMPANY_MAIL_CONTACT:
        if (s->company)
            return t_company_mail_contact_company(r, mine, m->organisation,
                                                  known(r, m->organisation_mail),
                                                  known(r, m->organisation_phone), town);
        return t_company_mail_contact_organisation(r, mine, m->company, known(r, m->contact_name),
                                                   known(r, m->company_mail),
                                                   known(r, m->company_phone), town);
    case COMPANY_MAIL_DONE:
        return t_company_mail_done_text(r, mine, s->link, town);
    case COMPANY_MAIL_OVER:
        return t_company_mail_over_text(r, mine, town);
    }
    return S("");
}

void company_mail_both(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                       enum company_mail what)
{
    struct rq r = in_town(rq);
    bool linked = what == COMPANY_MAIL_ASK || what == COMPANY_MAIL_DONE;
    for (int i = 0; i < 2; i++) {
        struct side s = { .m = company_match_at(rq, at), .company = i == 0 };
        str to = s.company ? s.m->company_mail : s.m->organisation_mail;
        struct token_wish wish = { .purpose = s.company ? S(COMPANY_LINK_MATCH)
                                                        : S(COMPANY_LINK_ORGANISATION),
                                   .subject_id = s.m->id,
                                   .seconds = COMPANY_LINK_SECONDS,
                                   .mail = to };
        if (!mail_valid(to))
            continue;
        s.link = linked ? token_new(rq, tx, &wish).s : S("");
        struct notice n = { .to = to,
                            .subject = subject(&r, &s, what),
                            .text = text(&r, &s, what) };
        procedure_mail(tx, rq->city->id, at, &n);
    }
}

void company_mail_confirm(struct rq *rq, struct tx *tx, int64_t company_id,
                          const struct company_form *f)
{
    struct token_wish wish = { .purpose = S(COMPANY_LINK),
                               .subject_id = company_id,
                               .seconds = 7 * (int64_t)86400,
                               .mail = f->mail };
    struct notice n = { .to = f->mail,
                        .subject = t_company_mail_confirm_subject(rq, rq->city->name),
                        .text = t_company_mail_confirm_text(rq, f->name, token_new(rq, tx, &wish).s,
                                                            rq->city->name),
                        .dedupe =
                            str_fmt(rq->arena, "company confirm %lld", (long long)company_id) };
    mail_queue(tx, rq->city->id, &n);
}

bool company_mail_need(struct rq *rq, struct tx *tx, const struct company_organisation_row *g)
{
    struct rq r = in_town(rq);
    struct token_wish wish = { .purpose = S(COMPANY_LINK_NEED),
                               .subject_id = g->id,
                               .seconds = COMPANY_LINK_SECONDS,
                               .mail = g->mail };
    if (!mail_valid(g->mail))
        return false;
    struct notice n = {
        .to = g->mail,
        .subject = t_company_mail_need_subject(&r, rq->city->name),
        .text = t_company_mail_need_text(&r, g->name, token_new(rq, tx, &wish).s, rq->city->name),
        .dedupe = str_fmt(rq->arena, "company need %lld %lld", (long long)g->id, (long long)tx->now)
    };
    mail_queue(tx, rq->city->id, &n);
    return true;
}
